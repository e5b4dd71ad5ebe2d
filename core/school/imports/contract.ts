import type { CodeSheet } from '../../entry/codes/contract.ts';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { RollOverDays } from '../../roster/planning/year.ts';
import type { Preview } from '../../roster/preview.ts';
import type {
  ColumnMapping,
  RosterFile,
  RosterSet,
  FileAtPath,
} from '../../roster/reading/contract.ts';
import type { UnreadableRoster } from '../../roster/reading/rows.ts';
import type { SchoolRow } from '../../store/schools/contract.ts';
import type { SchoolQuestions } from './questions/contract.ts';

export type {
  Decisions,
  Preview,
  PreviewLine,
  RosterQuestion,
  ImportStop,
} from '../../roster/preview.ts';
export type { ColumnMapping } from '../../roster/reading/contract.ts';
export type { RosterFile } from '../../roster/reading/contract.ts';
export type { FilePosition, RefusedLine, UnreadableRoster } from '../../roster/reading/rows.ts';

/**
 * What somebody wants imported. The same wish, with what was decided and retyped, is previewed and
 * then applied.
 */
export interface RosterWish {
  readonly school: SchoolId;
  /** One file, or all that say together what the school is: ONDE's three, a OneRoster export. */
  readonly files: readonly RosterFile[];
  /**
   * For a file of no known header: which column is what. Null takes what this school used last for
   * that header.
   */
  readonly mapping: ColumnMapping | null;
  /** Which school of a OneRoster export that has several. */
  readonly exported: string | null;
  /**
   * `2026-2027`: the running school year is imported as of today, the next one is rehearsed until
   * its first day.
   */
  readonly year: string;
  readonly decisions: Readonly<Record<string, string>>;
  /** The number of those who leave, typed again. */
  readonly retyped: number | null;
  /** The number of those who arrive, typed where they are many. */
  readonly arrivals: number | null;
  readonly by: RosterActor;
}

/**
 * An agent moves pupils between schools and names a school's first head, and says why; a head's
 * import only proposes it. Null address: the command line.
 */
export type RosterActor =
  | { readonly kind: 'agent'; readonly address: AddressId | null; readonly reason: string }
  | { readonly kind: 'head'; readonly address: AddressId };

/** What the command line says where an agent gives a reason. */
export const COMMAND_LINE: RosterActor = { kind: 'agent', address: null, reason: 'preau roster' };

/** A wish that nothing can be made of. */
export type Unusable =
  | UnreadableRoster
  | { readonly kind: 'no-school' }
  /** On the day from which the roster would hold the school has ended: `day` was its end. */
  | { readonly kind: 'school-closed'; readonly day: string }
  /** Neither the running school year nor the next. */
  | { readonly kind: 'wrong-year'; readonly running: string; readonly next: string };

export type PreviewOutcome =
  | Unusable
  | {
      readonly kind: 'preview';
      readonly preview: Preview;
      /** Whether it would wait for the roll-over. */
      readonly rehearsal: boolean;
      /** When the very same files were applied last. */
      readonly sameFileAppliedAt: Date | null;
    };

export type ApplyOutcome =
  | Unusable
  | {
      readonly kind: 'applied';
      readonly id: number;
      readonly preview: Preview;
      readonly sheets: readonly CodeSheet[];
    }
  | {
      readonly kind: 'rehearsed';
      readonly id: number;
      readonly preview: Preview;
      readonly day: string;
    }
  /** The roster says already what the files say; nothing was written. */
  | {
      readonly kind: 'nothing';
      readonly preview: Preview;
      readonly sameFileAppliedAt: Date | null;
      readonly sheets: readonly CodeSheet[];
    }
  /** `preview.stops` says why. Nothing was written. */
  | { readonly kind: 'stopped'; readonly preview: Preview };

export type Undone =
  | { readonly kind: 'undone'; readonly id: number; readonly appliedAt: Date }
  | { readonly kind: 'nothing-to-undo' }
  /** It isn't the last one any more. */
  | { readonly kind: 'another-since' }
  /** More than 30 days ago. */
  | { readonly kind: 'too-late'; readonly appliedAt: Date }
  | { readonly kind: 'mail-would-be-lost'; readonly addresses: readonly string[] }
  /** People made something in classes that came with it, which would go with them. */
  | { readonly kind: 'classes-in-use'; readonly classes: readonly string[] }
  | { readonly kind: 'changed-since'; readonly rows: number };

/** Next year's roster as it lies ready. */
export interface Rehearsal {
  readonly id: number;
  readonly year: string;
  /** The day of the roll-over, `YYYY-MM-DD`. */
  readonly day: string;
  /** The days on which it may be, from today on. */
  readonly mayBe: RollOverDays;
  readonly classes: readonly {
    readonly name: string;
    readonly pupils: readonly string[];
    /** null: the files name no adult, so the class keeps whom it has. */
    readonly teachers: readonly string[] | null;
  }[];
  /** Held against the roster of today. */
  readonly preview: Preview;
  /**
   * Why the roll-over could not take place on its day; null while it isn't due or nothing hinders
   * it.
   */
  readonly stoppedBy: unknown;
}

export interface PastImport {
  readonly id: number;
  readonly by: AddressId | null;
  readonly createdAt: Date;
  readonly appliedAt: Date | null;
  readonly format: string;
  readonly year: string;
  readonly state: 'applied' | 'undone' | 'rehearsed' | 'replaced';
  readonly day: string;
  /** Counts: `arrives`, `leaves`, `movesClass`, `changesSchool`, `refused`… */
  readonly summary: Readonly<Record<string, number>>;
}

/**
 * Rosters from files, for those who may import into any school: the command line. `Imports` asks
 * first whose right it is.
 */
export interface Rosters {
  /** What an import would do; writes nothing. */
  preview(wish: RosterWish): Promise<PreviewOutcome>;
  /**
   * Does it, all of it in one transaction, or nothing. With codes, everybody of the school who has
   * no way in yet (no password, no code that is still good) gets a code in that same transaction,
   * on sheets that are in this answer and nowhere else; without, and for a rehearsal, there are
   * none. Throws a `Fault` when something of ours broke.
   */
  apply(wish: RosterWish, codes?: 'with-codes' | 'without-codes'): Promise<ApplyOutcome>;
  /**
   * Gives back the exact state before the last import of a school that took effect, for 30 days.
   * One that is named is undone only while it is the last.
   */
  undo(school: SchoolId, by: RosterActor, which?: number | 'last'): Promise<Undone>;
  /** The open questions of one school, or of all that have some, by the school's name. */
  questions(school: SchoolId | null): Promise<readonly SchoolQuestions[]>;
  rehearsal(school: SchoolId): Promise<Rehearsal | null>;
  /**
   * Puts the roll-over on another day. False: there is no rehearsal, or it can't be on that day
   * (`mayBe`).
   */
  moveRollOver(school: SchoolId, day: string, by: RosterActor): Promise<boolean>;
  /** Newest first, at most 50. */
  history(school: SchoolId): Promise<readonly PastImport[]>;
  /** Which files of a town are which school's. */
  shares(files: readonly FileAtPath[]): Promise<TownShares | UnreadableRoster>;
  /** A school's id by its national code, short name or name; null for none, or several. */
  schoolOf(called: string): Promise<SchoolId | null>;
}

/** Rosters taken in on the command line: this record of core, or `Name` of it alone. */
export interface WithRoster<Name extends keyof Rosters = keyof Rosters> {
  readonly roster: Pick<Rosters, Name>;
}

/** Files of one school among those of a town. `exported` names it within a file of several. */
export interface FilesOfSchool {
  readonly school: SchoolRow;
  readonly files: readonly RosterFile[];
  readonly exported: string | null;
  /** What an export of several schools says of this one, read with those of the others. */
  readonly read: RosterSet | UnreadableRoster | null;
}

/** Files that are no school's for sure; `schools` are those that the name may mean. */
export interface Stray {
  readonly name: string;
  readonly schools: readonly SchoolRow[];
  readonly files: readonly RosterFile[];
  /** Which part of a table of several schools. */
  readonly exported: string | null;
}

export interface TownShares {
  readonly shares: readonly FilesOfSchool[];
  readonly strays: readonly Stray[];
}
