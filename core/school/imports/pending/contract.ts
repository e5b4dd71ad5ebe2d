import type { CodeSheet } from '../../../entry/codes/contract.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import type { Preview, PreviewLine } from '../../../roster/preview.ts';
import type {
  ColumnMapping,
  ExportedSchool,
  FoundFile,
  RosterFile,
} from '../../../roster/reading/contract.ts';
import type { RefusedLine } from '../../../roster/reading/rows.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { BatchOutcome, DraftChoices } from '../../../store/schools/contract.ts';
import type { PastImport, Rehearsal, Undone } from '../contract.ts';
import type { OpenChoice, OpenQuestion } from '../questions/contract.ts';
import type { ReportRow } from '../report.ts';

export type { FoundFile } from '../../../roster/reading/contract.ts';
export type { ExportedSchool } from '../../../roster/reading/contract.ts';
export type { ReportRow } from '../report.ts';

/** A school whose roster somebody may import. */
export interface RosterSchool {
  readonly id: SchoolId;
  readonly slug: string;
  readonly name: string;
}

/** A school's imports, done and to be done, as a head or an agent finds them. */
export interface ImportsOfSchool {
  readonly school: RosterSchool;
  readonly runningYear: string;
  readonly nextYear: string;
  /** Why no file can be taken, in the reader's language; null where one can. */
  readonly closed: string | null;
  readonly drafts: readonly { readonly id: number; readonly at: Date; readonly year: string }[];
  readonly imports: readonly ShownImport[];
  /** Lines that wait for somebody to say who they are. */
  readonly questions: number;
  /** The day of the roll-over that waits, `YYYY-MM-DD`; null when none does. */
  readonly rollOver: string | null;
  /** Children of other schools whom this one has asked the town for, by the names of the file. */
  readonly moves: readonly {
    readonly name: string;
    readonly className: string | null;
    readonly at: Date;
    readonly refused: { readonly at: Date; readonly reason: string } | null;
  }[];
}

/** A child of one school whom another's head asks the town for. */
export interface ShownMove {
  readonly id: number;
  readonly name: string;
  /** As the asking school's file writes it. */
  readonly written: string;
  readonly address: string;
  /** Where the child is today; `left` where that school has ended the stay. */
  readonly from: {
    readonly school: string;
    readonly className: string | null;
    readonly left: boolean;
  };
  readonly to: { readonly school: string; readonly className: string | null };
  /** Who asked; null for somebody who is gone. */
  readonly by: string | null;
  readonly at: Date;
  /** Null while it waits. */
  readonly refused: { readonly at: Date; readonly reason: string } | null;
}

/**
 * `unclear`: of a school where one of the children can no longer be told; none of that school's
 * came.
 */
export interface MovesDecided {
  readonly moved: number;
  readonly unclear: number;
  readonly refused: number;
}

export interface ShownImport extends Omit<PastImport, 'by'> {
  /** Who did it; null for somebody of the town, and for the command line. */
  readonly by: string | null;
  /** Until when it can be undone; null when it can't: not the last one, or too late. */
  readonly undoUntil: Date | null;
}

interface ShownRefusal extends RefusedLine {
  /** In the reader's language; says what to do. */
  readonly sentence: string;
  /** Nothing has to be mended. */
  readonly harmless: boolean;
}

/** A preview as this reader may see it. */
export interface ShownPreview extends Omit<Preview, 'refused' | 'changesSchool'> {
  readonly refused: readonly ShownRefusal[];
  /** `fromSchool` is a name for agents, null for heads. */
  readonly changesSchool: readonly (PreviewLine & {
    readonly fromSchool: string | null;
    readonly waitsForAgent: boolean;
  })[];
}

interface DraftHead {
  readonly id: number;
  readonly school: RosterSchool;
  readonly year: string;
  readonly at: Date;
  /** The batch that it came with, for agents; null otherwise. */
  readonly batch: number | null;
}

/** Files that were given, on their way to being applied. */
export type ShownDraft = DraftHead &
  /** Its columns have no known names: which is which? */
  (
    | {
        readonly kind: 'columns';
        readonly file: string;
        readonly header: string;
        readonly headers: readonly string[];
        readonly sample: readonly (readonly string[])[];
        readonly mapping: ColumnMapping | null;
        readonly complaint: string | null;
      }
    /** An export of several schools: which of them? */
    | { readonly kind: 'which-school'; readonly exported: readonly ExportedSchool[] }
    | {
        readonly kind: 'preview';
        /** Another one as soon as anybody says more about it. */
        readonly version: string;
        readonly preview: ShownPreview;
        readonly found: readonly FoundFile[];
        readonly rehearsal: boolean;
        readonly sameFileAppliedAt: Date | null;
        readonly choices: DraftChoices;
        /** Whether columns were named by hand, and can be named anew. */
        readonly mapped: boolean;
      }
    /** Nothing can be made of it: its school has ended, or its school year is over. */
    | { readonly kind: 'unusable'; readonly sentence: string }
    /** It has been applied meanwhile. Null import: it changed nothing. */
    | { readonly kind: 'settled'; readonly import: number | null }
  );

export type UploadOutcome =
  | { readonly kind: 'draft'; readonly id: number }
  /** Nothing was kept. */
  | { readonly kind: 'refused'; readonly sentence: string };

export type DraftApplied =
  | { readonly kind: 'applied' | 'rehearsed'; readonly import: number }
  | { readonly kind: 'nothing' }
  /** What stands in the way is in the draft's preview. */
  | { readonly kind: 'stopped' };

/** An import with all that it did. */
export interface ImportReport {
  readonly school: RosterSchool;
  readonly import: ShownImport;
  /** Null once it can't be undone any more, and for imports of long ago. */
  readonly preview: ShownPreview | null;
  readonly rows: readonly ReportRow[];
  /** `rows` as RFC 4180, no cell a formula. */
  readonly csv: Buffer;
  /** Questions of the school that are open now. */
  readonly questions: number;
}

/** An open question as its reader may see it. */
export interface ShownQuestion extends Omit<OpenQuestion, 'choices' | 'proposed'> {
  /** `name` is empty for a child of another school whom a head isn't shown. */
  readonly choices: readonly (OpenChoice & { readonly word: string })[];
  /** The word of the answer that mail, telephone or postal address speak for. */
  readonly proposed: string | null;
}

export interface QuestionsOfSchool {
  readonly school: RosterSchool;
  readonly questions: readonly ShownQuestion[];
  /** How many lapsed in the last thirty days without an answer. */
  readonly lapsed: number;
}

/** `word`: of a choice, `new` for another person, `skip` to leave the line aside. */
export interface GivenAnswers {
  readonly answers: readonly {
    readonly school: SchoolId;
    readonly id: number;
    readonly word: string;
  }[];
  /** An agent's. */
  readonly reason: string;
}

/**
 * `impossible`: who was chosen is taken by another line, or gone, or the question was answered
 * meanwhile.
 */
export interface AnswersGiven {
  readonly answered: number;
  readonly impossible: number;
  readonly schools: number;
}

export interface ShownBatch {
  readonly id: number;
  readonly at: Date;
  readonly year: string;
  readonly fileName: string;
  readonly state: 'reading' | 'open' | 'applying' | 'over';
  /**
   * It was left in the middle: whoever worked on it has ended. What is done is done, the rest can
   * go on.
   */
  readonly leftAlone: boolean;
  /** Names beyond those that were kept. */
  readonly unknown: readonly string[];
  /** Files that are no school's for sure: an agent says whose. `mayBe` by name. */
  readonly strays: readonly {
    readonly draft: number;
    readonly name: string;
    readonly schools: readonly SchoolId[];
    readonly mayBe: readonly RosterSchool[];
  }[];
  readonly reason: string | null;
  /** Schools looked at, or applied, of how many. */
  readonly done: number;
  readonly of: number;
  readonly schools: readonly {
    readonly school: RosterSchool;
    readonly draft: number | null;
    readonly outcome: BatchOutcome | null;
  }[];
}

/** A batch without what has to be looked up for it. */
export type BatchHead = Omit<ShownBatch, 'schools' | 'done' | 'of' | 'strays'>;

/**
 * Rosters as heads and agents work on them: files are given, looked at, applied, undone. Each act
 * asks first whose right it is: a head's for their school, an agent's for all, with a reason that
 * is written down. Null and false: not there, or not theirs.
 */
export interface PendingImports {
  /** By name; nobody's but a head's and an agent's. */
  schools(viewer: Viewer): Promise<readonly RosterSchool[]>;
  ofSchool(viewer: Viewer, school: SchoolId): Promise<ImportsOfSchool | null>;
  upload(
    viewer: Viewer,
    school: SchoolId,
    given: { readonly year: string; readonly files: readonly RosterFile[] },
  ): Promise<UploadOutcome | null>;
  draft(viewer: Viewer, school: SchoolId, id: number): Promise<ShownDraft | null>;
  /** Says more about a draft; what isn't named stays as it was said. */
  choose(
    viewer: Viewer,
    school: SchoolId,
    draft: { readonly id: number; readonly choices: Partial<DraftChoices> },
  ): Promise<boolean>;
  /**
   * Asks anew which column is which, where that was said by hand; false where the header says it.
   */
  askColumns(viewer: Viewer, school: SchoolId, id: number): Promise<boolean>;
  /** `reason` is an agent's, and counts for nobody else. */
  apply(
    viewer: Viewer,
    school: SchoolId,
    draft: { readonly id: number; readonly reason: string },
  ): Promise<DraftApplied | null>;
  discard(viewer: Viewer, school: SchoolId, id: number): Promise<boolean>;
  /** One import, while it is the school's last. Null besides: an agent without a reason. */
  undo(
    viewer: Viewer,
    school: SchoolId,
    undoing: { readonly id: number; readonly reason: string },
  ): Promise<Undone | null>;
  report(viewer: Viewer, school: SchoolId, id: number): Promise<ImportReport | null>;
  /** How many of the school have no way in yet and would get a code. */
  wayless(viewer: Viewer, school: SchoolId): Promise<number>;
  /** Lines of a school that wait for somebody to say who they are. */
  questions(viewer: Viewer, school: SchoolId): Promise<QuestionsOfSchool | null>;
  /** Those of all schools; nobody's but an agent's. */
  townQuestions(viewer: Viewer): Promise<readonly Omit<QuestionsOfSchool, 'lapsed'>[] | null>;
  /**
   * Carries answers out, as imports that can be undone. Null: not theirs, or an agent without a
   * reason.
   */
  answer(viewer: Viewer, given: GivenAnswers): Promise<AnswersGiven | null>;
  /** How many questions wait in a head's school; of an agent, in how many schools. */
  countQuestions(viewer: Viewer): Promise<number>;
  /**
   * Codes for everybody of the school who has no way in, on sheets that are in this answer and
   * nowhere else; none where nobody is left. `reason` is an agent's.
   */
  codes(viewer: Viewer, school: SchoolId, reason: string): Promise<readonly CodeSheet[] | null>;
  /**
   * Ends the codes of sheets made at a moment that never arrived, so that `codes` makes them anew;
   * used ones stay.
   */
  takeCodesBack(
    viewer: Viewer,
    school: SchoolId,
    lost: { readonly madeAt: Date; readonly reason: string },
  ): Promise<void>;
  /**
   * Next year as it lies ready: for everybody who works at the school. `mayMove` for its head and
   * agents.
   */
  rehearsal(
    viewer: Viewer,
    school: SchoolId,
  ): Promise<{
    readonly school: RosterSchool;
    readonly rehearsal: Omit<Rehearsal, 'preview'>;
    readonly stops: readonly string[];
    readonly mayMove: boolean;
  } | null>;
  /** The day of the roll-over that waits, `YYYY-MM-DD`, for the same people. */
  rollOverDay(viewer: Viewer, school: SchoolId): Promise<string | null>;
  moveRollOver(
    viewer: Viewer,
    school: SchoolId,
    move: { readonly day: string; readonly reason: string },
  ): Promise<boolean>;
  /**
   * Children whom heads ask the town for, waiting ones and refused ones; nobody's but an agent's.
   */
  moves(viewer: Viewer): Promise<readonly ShownMove[]>;
  /**
   * Lets children change school, mail and address along, as an import of the school that asked; or
   * says no. Null: not an agent, or no reason.
   */
  decideMoves(
    viewer: Viewer,
    decision: { readonly ids: readonly number[]; readonly agree: boolean; readonly reason: string },
  ): Promise<MovesDecided | null>;
  /**
   * Files of several schools in one archive, a folder a school or a OneRoster export: agents alone.
   * Work goes on after the answer.
   */
  uploadTown(
    viewer: Viewer,
    given: { readonly year: string; readonly file: RosterFile },
  ): Promise<UploadOutcome | null>;
  batches(viewer: Viewer): Promise<readonly BatchHead[]>;
  batch(viewer: Viewer, id: number): Promise<ShownBatch | null>;
  /** Gives files of a batch whose school wasn't known to one. */
  placeStray(
    viewer: Viewer,
    stray: { readonly batch: number; readonly draft: number; readonly school: SchoolId },
  ): Promise<boolean>;
  /**
   * Applies every school of it that is ready, one transaction a school; goes on after the answer.
   * False also where somebody is at it.
   */
  applyBatch(viewer: Viewer, id: number, reason: string): Promise<boolean>;
  /** Lets the school at hand end, and leaves the rest to be gone on with. */
  close(): Promise<void>;
}

/**
 * Rosters given on the pages, which wait for answers: this record of core, or `Name` of it alone.
 */
export interface WithPendingImports<Name extends keyof PendingImports = keyof PendingImports> {
  readonly pendingImports: Pick<PendingImports, Name>;
}
