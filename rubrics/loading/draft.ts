import { z } from 'zod';
import {
  type ItemSource,
  itemSourceSchema,
  type Modifier,
  type Module,
  modifierSchema,
  moduleSchema,
  type PaperSource,
  paperSourceSchema,
  type Slot,
  slotSchema,
} from '../paper-schema.ts';
import type { Source } from './source.ts';

/**
 * What of a paper.yaml is well-formed. One broken field must not hide the faults of the other fifty items, so
 * the rules run over the rest; `whole` is null as soon as anything at all is malformed, and then nothing loads.
 */
export interface Draft {
  readonly whole: PaperSource | null;
  readonly module: Module | null;
  /** Null for a slot that is named but malformed. */
  readonly slots: ReadonlyMap<string, Slot | null>;
  readonly items: readonly { readonly index: number; readonly source: ItemSource }[];
  /** False when an item is malformed: then its id and points are missing from every list and sum. */
  readonly allItems: boolean;
  readonly causes: Readonly<Record<string, string>>;
  readonly modifiers: readonly { readonly index: number; readonly source: Modifier }[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly task: string;
}

const mapOf = z.record(z.string(), z.unknown()).catch({});
const listOf = z.array(z.unknown()).catch([]);

/** Checks the shape of a paper, refuses every malformed field at its line, and keeps the rest for the rules. */
export function draftOf(source: Source): Draft {
  const checked = paperSourceSchema.safeParse(source.value);
  if (!checked.success) source.refuseIssues([], checked.error);
  const raw = mapOf.parse(source.value);
  const items = listOf.parse(raw.items);
  const wellFormed = formed(itemSourceSchema, items);
  return {
    whole: checked.success ? checked.data : null,
    module: moduleSchema.safeParse(raw.module).data ?? null,
    slots: new Map(
      Object.entries(mapOf.parse(raw.slots)).map(([name, slot]) => [
        name,
        slotSchema.safeParse(slot).data ?? null,
      ]),
    ),
    items: wellFormed,
    allItems: items.length > 0 && wellFormed.length === items.length,
    causes: z.record(z.string(), z.string()).catch({}).parse(raw.causes),
    modifiers: formed(modifierSchema, listOf.parse(raw.modifiers)),
    facts: mapOf.parse(raw.facts),
    task: z.string().catch('task.md').parse(raw.task),
  };
}

const formed = <T>(schema: z.ZodType<T>, list: readonly unknown[]): { index: number; source: T }[] =>
  list.flatMap((value, index) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [{ index, source: parsed.data }] : [];
  });
