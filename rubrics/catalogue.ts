import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Module, moduleSchema, type Part, partSchema } from './paper-schema.ts';

/** One of the 52 评分要点 of the standard. */
export interface Criterion {
  /** `<part>-<number>`, e.g. `page-5`. */
  readonly id: string;
  readonly module: Module;
  readonly part: Part;
  /** Its place in the part, counted from 1: the circled number of the standard. */
  readonly number: number;
  /** The words of the standard, without the list mark at the end. */
  readonly text: string;
  /** True for the 职业素养/6S criterion of a part: no upload can show it whole, the invigilator has a say. */
  readonly professional: boolean;
  /** Why the text reads as it does, where the source is carried as printed. */
  readonly note: string | null;
}

const catalogueSchema = z.strictObject({
  modules: z.array(
    z.strictObject({
      id: moduleSchema,
      name: z.string(),
      parts: z.array(
        z.strictObject({
          id: partSchema,
          name: z.string(),
          criteria: z.array(
            z.strictObject({
              id: z.string(),
              text: z.string(),
              professional: z.boolean().default(false),
              note: z.string().nullable().default(null),
            }),
          ),
        }),
      ),
    }),
  ),
});

const written = catalogueSchema.parse(
  parse(readFileSync(new URL('./catalogue.yaml', import.meta.url), 'utf8')),
);

/** All 52 criteria in the order of the standard. */
export const catalogue: readonly Criterion[] = written.modules.flatMap((module) =>
  module.parts.flatMap((part) =>
    part.criteria.map((criterion, index) => ({
      ...criterion,
      module: module.id,
      part: part.id,
      number: index + 1,
    })),
  ),
);

const byId = new Map(catalogue.map((criterion) => [criterion.id, criterion]));

/** The criterion of that id, or undefined when the standard has none. */
export const criterionOf = (id: string): Criterion | undefined => byId.get(id);

/** Chinese names of the five modules, in the order of the standard. */
export const moduleNames: ReadonlyMap<Module, string> = new Map(
  written.modules.map((module) => [module.id, module.name]),
);

/** Chinese names of the six parts, in the order of the standard. */
export const partNames: ReadonlyMap<Part, string> = new Map(
  written.modules.flatMap((module) => module.parts.map((part) => [part.id, part.name])),
);
