import type { Check, CheckInput } from '../../../../graders/check.ts';
import type { SourceFile } from '../../../../graders/facts/collector.ts';
import { fileFacts, type Usage } from '../../../../graders/facts/files/files.ts';
import { imageCollector } from '../../../../graders/facts/images/collector.ts';
import type { Facts } from '../../../../graders/facts/schema.ts';
import { resolveSlots } from '../../../../graders/slots.ts';
import { reasonText } from '../../../../graders/wording.ts';
import type { Outcome } from '../../../../rubrics/outcome.ts';
import { outcomeSchema } from '../../../../rubrics/outcome.ts';
import { type Slot, slotSchema } from '../../../../rubrics/paper-schema.ts';

export const noFacts: Facts = { files: [], images: [], pages: [], documents: [], answers: [], problems: [] };

/** Facts of files and pictures, measured for real. */
export async function measured(sources: readonly SourceFile[], usage?: Usage): Promise<Facts> {
  const pictures = sources.filter((source) => imageCollector.accepts(source));
  const { facts, problems } = await imageCollector.collect(pictures, sources);
  return { ...noFacts, files: fileFacts(sources, usage), images: [...facts], problems: [...problems] };
}

export const image = (path: string, more: Partial<Slot> = {}): Slot =>
  slotSchema.parse({ path, kind: 'image', ...more });

/** What a check says, its sentence in both languages, every placeholder filled. */
export type Said = Outcome & { zh: string; en: string };

/** Judges as the grader does: parameters parsed, slots resolved, the outcome valid and worded. */
export function judge(
  check: Check,
  parameters: Record<string, unknown>,
  slots: Record<string, Slot>,
  facts: Facts,
  materials: Facts = noFacts,
): Said {
  const input: CheckInput<unknown> = {
    parameters: check.parameters.parse(parameters),
    facts,
    materials,
    slots: resolveSlots(slots, facts.files),
    taskText: '',
    answerTo: () => null,
  };
  const outcome = outcomeSchema.parse(check.judge(input));
  const said = { ...outcome, zh: reasonText(check, outcome, 'zh'), en: reasonText(check, outcome, 'en') };
  for (const text of [said.zh, said.en]) {
    if (text === outcome.reason.code || /\{\w+\}|undefined/.test(text))
      throw new Error(`no sentence: ${text}`);
  }
  return said;
}
