/**
 * The walls between the rooms. Every rule says why it stands: the message is what a newcomer reads
 * when an import is refused. `rubrics ◀ graders ◀ src ▶ queue`; nothing imports src.
 */
const stages = ['exams', 'intake', 'grading', 'review', 'regrade', 'results'];

/** A stage may call another stage's use cases, never look into its queries or routes. */
const stageWalls = stages.map((stage) => ({
  name: `stage-${stage}-keeps-its-queries`,
  comment: `Only src/${stage} may use its own queries and routes: other stages call its use case, so a table has one owner.`,
  severity: 'error',
  from: { path: '^src/', pathNot: [`^src/${stage}/`, '^src/bin/'] },
  to: { path: [`^src/${stage}/queries.ts$`, `^src/${stage}/routes.ts$`] },
}));

module.exports = {
  forbidden: [
    {
      name: 'rubrics-stand-alone',
      comment:
        'Rubrics are data and pure arithmetic: they know neither graders nor the service nor the queue.',
      severity: 'error',
      from: { path: '^rubrics/' },
      to: { path: '^(graders|queue|src|samples|bench|test)/' },
    },
    {
      name: 'rubrics-import-schema-and-yaml-only',
      comment: 'A rubric must be scorable anywhere: only zod, yaml and fraction.js (exact numbers) come in.',
      severity: 'error',
      from: { path: '^rubrics/', pathNot: '^rubrics/papers/draw/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg'],
        pathNot: 'node_modules/(zod|yaml|fraction\\.js)/',
      },
    },
    {
      name: 'graders-know-no-service',
      comment:
        'A grader must run from a folder alone: it imports rubrics and parsing libraries, never src or queue.',
      severity: 'error',
      from: { path: '^graders/' },
      to: { path: '^(queue|src|samples|bench|test)/' },
    },
    {
      name: 'checks-read-no-file',
      comment: 'A check is a pure judge over facts: collectors under graders/facts do all the reading.',
      severity: 'error',
      from: { path: '^graders/checks/' },
      to: { path: '^(node:)?(fs|fs/promises|child_process|net|http|https|worker_threads)$' },
    },
    {
      name: 'checks-use-no-collector',
      comment: 'A check sees the schema of facts, never a collector or an unpacker.',
      severity: 'error',
      from: { path: '^graders/checks/' },
      to: { path: '^graders/(facts/(?!schema)|unpack/)' },
    },
    {
      name: 'collectors-never-judge',
      comment: 'A fact holds for every paper: collectors know neither checks nor points.',
      severity: 'error',
      from: { path: '^graders/(facts|unpack|text)/' },
      to: { path: '^(graders/checks/|rubrics/)' },
    },
    {
      name: 'queue-knows-no-grading',
      comment: 'The queue carries ids; the work to do is handed in by src/bin.',
      severity: 'error',
      from: { path: '^queue/' },
      to: { path: '^(rubrics|graders|src|samples|bench|test)/' },
    },
    {
      name: 'nothing-imports-bin',
      comment: 'src/bin is the only place that composes everything; it is started, not imported.',
      severity: 'error',
      from: { path: '^(rubrics|graders|queue|src)/', pathNot: '^src/bin/' },
      to: { path: '^src/bin/' },
    },
    {
      name: 'pages-import-schemas-only',
      comment: 'The pages share nothing with the server but schema files, or secrets end up in a browser.',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/(?!web/)', pathNot: '[-/]schemas?\\.ts$' },
    },
    {
      name: 'foundations-know-no-stage',
      comment: 'database, storage, access and http are what the stages stand on; they never look up.',
      severity: 'error',
      from: { path: '^src/(database|storage|access|http)/' },
      to: { path: `^src/(${stages.join('|')})/` },
    },
    {
      name: 'product-uses-no-test-code',
      comment: 'Tests, samples and benches lean on the product, never the other way round.',
      severity: 'error',
      from: { path: '^(rubrics|graders|queue|src)/' },
      to: { path: '^(test|bench|samples)/' },
    },
    ...stageWalls,
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'imports-resolve',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // Its swc reads no JSX: the wall around .tsx files is Biome's (biome.json, overrides of src/web).
    exclude: { path: '^(samples/[^/]+/submission|rubrics/papers/[^/]+/materials)/|\\.tsx$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'],
    },
  },
};
