import { z } from 'zod';
import { defineCheck, type Reasons } from '../../check.ts';
import type { FileFact, ProblemFact } from '../../facts/schema.ts';
import {
  type Finding,
  fileEvidence,
  findings,
  measured,
  slotReasons,
  slotsSchema,
  together,
} from './per-slot.ts';

const reasons: Reasons = {
  ...slotReasons,
  opens: { zh: '{file} 可以打开。', en: '{file} opens.' },
  blank: {
    zh: '{file} 可以打开，但内容是空白的（没有文字和图片）。',
    en: '{file} opens, but is blank: neither text nor pictures.',
  },
  unopened: { zh: '评卷程序未能打开 {file}：{why}', en: 'The grader could not open {file}: {why}' },
  'no-document': {
    zh: '{file} 不是评卷程序能读取的文档，请人工查看。',
    en: '{file} is no document that the grader reads; a human must look.',
  },
};

/** Problems that say the document as a whole did not open; an embedded object or a doubtful encoding does not. */
const closed = /^(?:encrypted|truncated|bomb|unsupported)-documents?$/;

const unclear = (file: FileFact, code: string, values: Finding['values']): Finding => ({
  share: null,
  code,
  values,
  evidence: [fileEvidence(file)],
  brief: `${file.path} (?)`,
});

const problemOf = (problems: readonly ProblemFact[], path: string): ProblemFact | undefined =>
  problems.find((problem) => problem.path === path && closed.test(problem.code));

/** presale-8 and others: does the document open. Old and locked formats go to a human, who has Office (E14). */
export const documentOpens = defineCheck({
  id: 'document-opens',
  version: 1,
  parameters: z.strictObject({ slots: slotsSchema }),
  summary: {
    zh: '文档能否打开、是否空白；旧格式、加密或损坏的文档交人工查看。',
    en: 'Whether documents open and hold anything; old, locked or damaged ones go to a human.',
  },
  example: { slots: ['report'] },
  reads: ['files', 'documents'],
  reasons,
  slots: ({ slots }) => slots,
  judge: (input) =>
    together(
      findings(input, input.parameters.slots, (file) => {
        const { path } = file;
        const problem = problemOf(input.facts.problems, path);
        if (problem !== undefined) return unclear(file, 'unopened', { file: path, why: problem.message });
        const document = input.facts.documents.find((fact) => fact.path === path);
        if (document === undefined) return unclear(file, 'no-document', { file: path });
        const { generous } = document.text;
        const evidence = [fileEvidence(file), measured(file, 'characters', String(generous), '>0')];
        const blank = generous === 0 && document.images.length === 0 && document.hidden.length === 0;
        const code = blank ? 'blank' : 'opens';
        return {
          share: blank ? '0' : '1',
          code,
          values: { file: path },
          evidence,
          brief: `${path} (${generous})`,
        };
      }),
    ),
});
