import type { RosterFile } from '../../../roster/reading/contract.ts';
import type { SchoolColumns } from '../../../roster/school-directory/columns.ts';
import type {
  SchoolChoices,
  SchoolCounts,
  SchoolPlan,
  SchoolsDone,
} from '../../../roster/school-directory/plan.ts';
import type { LeftAside } from '../../../roster/school-directory/read-schools.ts';
import type { TownActor } from '../contract.ts';

/** A file that can't be read at all, and why, in the reader's language; the machine gets both. */
interface SchoolFileRefused {
  readonly kind: 'refused';
  readonly reason: string;
  readonly sentence: string;
}

export type SchoolsUploaded =
  | { readonly kind: 'given'; readonly id: number }
  | SchoolFileRefused
  | { readonly kind: 'missing' };

/** A file whose headers nobody knows: which column is which has to be said. */
export interface ShownColumns {
  readonly kind: 'columns';
  readonly id: number;
  readonly file: string;
  readonly headers: readonly string[];
  readonly sample: readonly (readonly string[])[];
}

/** What a file would change, if it were applied now. */
export interface ShownSchools {
  readonly kind: 'preview';
  readonly id: number;
  readonly file: string;
  readonly encoding: string;
  readonly delimiter: string | null;
  /** Lines of the file, the header apart. */
  readonly lines: number;
  readonly aside: LeftAside;
  readonly choices: SchoolChoices;
  readonly plan: SchoolPlan;
  readonly counts: SchoolCounts;
  /** All is as the file says already. */
  readonly changesNothing: boolean;
  /** Names the communes and schools as they are here: who applies says which they have seen. */
  readonly seen: string;
}

interface AppliedSchools {
  readonly kind: 'applied';
  readonly id: number;
  readonly file: string;
  readonly appliedAt: Date;
  readonly undoneAt: Date | null;
  readonly done: SchoolsDone;
  /** Until when it can be undone; null: no more, or another came after. */
  readonly undoUntil: Date | null;
}

export type ShownSchoolImport = ShownColumns | ShownSchools | AppliedSchools;

export type SchoolsApplied =
  | { readonly kind: 'applied'; readonly done: SchoolsDone }
  /** All is as the file says already. */
  | { readonly kind: 'nothing' }
  /** Communes or schools have changed since they were shown. */
  | { readonly kind: 'changed-meanwhile' }
  /** Short names, or days, that can't be so: the preview says which. */
  | { readonly kind: 'trouble'; readonly shortNames: number; readonly days: readonly string[] }
  | { readonly kind: 'missing' };

export type SchoolsUndone =
  | { readonly kind: 'undone'; readonly done: SchoolsDone }
  /** It wasn't applied, is undone, is too old, or another came after. */
  | { readonly kind: 'nothing-to-undo' }
  | { readonly kind: 'missing' };

export interface SchoolImportHead {
  readonly id: number;
  readonly file: string;
  readonly at: Date;
  readonly state: 'open' | 'applied' | 'undone';
}

/** Communes and schools from a file: given, looked at, applied in one go, undone. For agents. */
export interface SchoolImports {
  /** Newest first; null: whoever asks is no agent. */
  list(by: TownActor): Promise<readonly SchoolImportHead[] | null>;
  upload(by: TownActor, file: RosterFile): Promise<SchoolsUploaded>;
  /** Null: not there, or not theirs. */
  show(by: TownActor, id: number): Promise<ShownSchoolImport | null>;
  /** Which column is which. `refused`: one that isn't there. */
  nameColumns(by: TownActor, id: number, columns: SchoolColumns): Promise<SchoolsUploaded>;
  /** What was said of the preview; what isn't named stays. False: not there. */
  choose(by: TownActor, id: number, choices: Partial<SchoolChoices>): Promise<boolean>;
  /** All of it in one transaction, or nothing. `seen` is the preview's. */
  apply(by: TownActor, id: number, seen: string): Promise<SchoolsApplied>;
  discard(by: TownActor, id: number): Promise<boolean>;
  /**
   * Takes the last import back, for 30 days: what it made goes, what it changed is as before. A
   * school that anybody has come to stays, and so does what was changed again since.
   */
  undo(by: TownActor, id: number): Promise<SchoolsUndone>;
}

/** Schools taken in from a file: this record of core, or `Name` of it alone. */
export interface WithSchoolImports<Name extends keyof SchoolImports = keyof SchoolImports> {
  readonly schoolImports: Pick<SchoolImports, Name>;
}
