import type { Slot } from '../rubrics/paper-schema.ts';
import type { FileFact } from './facts/schema.ts';

/** How well a submitted file fills the slot's asked name. Only the naming check reads anything but `file`. */
export type SlotState = 'exact' | 'renamed' | 'ambiguous' | 'absent';

export interface SlotBinding {
  readonly name: string;
  readonly slot: Slot;
  readonly state: SlotState;
  /** The file that fills the slot; null when absent or when several could. */
  readonly file: FileFact | null;
  /** `ambiguous`: every file that could be meant. */
  readonly candidates: readonly FileFact[];
  /** `renamed`: how, e.g. `case`, `double-extension`, `other-folder`, `copy-suffix`, `near`. */
  readonly how: string | null;
}

export type SlotTable = ReadonlyMap<string, SlotBinding>;

/** PLACEHOLDER for the resolver that is being written; see the docstring it will carry. */
export declare function resolveSlots(slots: Readonly<Record<string, Slot>>, files: readonly FileFact[]): SlotTable;
