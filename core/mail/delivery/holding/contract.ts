import type { HoldId, SchoolId } from '../../../ground/ids.ts';
import type { Attachment, OfferedFile } from '../../../letters/message/message.ts';
import type { Refusal } from '../../../rules/outcome.ts';
import type { RuleName } from '../../../rules/verdict.ts';
import type { Face, Namesake, Viewer } from '../../../rules/viewer.ts';
import type { ProvedBy } from '../../../store/mail/contract.ts';
import type { MailStopPlace } from '../../../store/town/contract.ts';

export interface HeldLetter {
  readonly id: HoldId;
  readonly school: SchoolId;
  /** The school's name where it is another than the viewer's; null for their own. */
  readonly otherSchool: string | null;
  readonly rule: RuleName;
  readonly from: Face;
  readonly to: readonly Face[];
  readonly className: string;
  readonly cover: number;
  readonly subject: string;
  readonly text: string;
  /** The forbidden site for which it is held, where it is for one. */
  readonly site: string | null;
  /** The words for which it is held, where it is for words. */
  readonly doubtfulWords: readonly string[];
  readonly attachments: readonly Attachment[];
  readonly at: Date;
  /** When it is put before others as well; null: before nobody else. */
  readonly askAt: Date | null;
  /** By now it is put before the viewer; else it is theirs to decide, and first somebody else's. */
  readonly isPutBefore: boolean;
  /** When it leaves by itself (opening hours), or null when a teacher must say so. */
  readonly until: Date | null;
  /** What is known of a stranger who wrote it; null for anybody of the town. */
  readonly stranger: Stranger | null;
  /** Under which id it stands in the log of the service; null: it has none. */
  readonly trace: string | null;
}

/** What a teacher must know of somebody outside before a letter of theirs goes on. */
export interface Stranger {
  /** What proved the address in From; null: nothing did. */
  readonly provedBy: ProvedBy | null;
  /**
   * Somebody of the school, or another correspondent of the class, who is known by this name and
   * has another address.
   */
  readonly namesake: Namesake | null;
}

/** What became of a message that was let go, recipient by recipient. */
export interface LetGo {
  /** How many got it. */
  readonly sent: number;
  /**
   * How many are no longer in the list that it was written to: for them it isn't meant any more,
   * and nobody is told.
   */
  readonly left: number;
  /** For whom another rule holds it on. */
  readonly waiting: readonly Refusal[];
  /** Who may not have it by now; its writer, where it is somebody of the town, has been told. */
  readonly refused: readonly Refusal[];
}

/** A held letter, by one of its holds. */
export interface HoldName {
  readonly school: SchoolId;
  readonly hold: HoldId;
}

/** Let it go, where everything is asked again but what is decided so; or back, with a word. */
export type HoldChoice =
  | { readonly kind: 'release' }
  | { readonly kind: 'give-back'; readonly note: string };

/** A decision about some letters at once, with what came of it. */
export interface LettersDecision {
  /** By it the decision is taken back, or looked at. */
  readonly id: string;
  readonly kind: HoldChoice['kind'];
  /** Until then it can be taken back, and nothing moves; null: it has taken effect. */
  readonly until: Date | null;
  readonly letters: readonly DecidedLetter[];
}

/** A letter that was held, and what became of it. */
export interface DecidedLetter {
  readonly id: HoldId;
  readonly school: SchoolId;
  /** The school's name where it is another than the viewer's; null for their own. */
  readonly otherSchool: string | null;
  /** `pending`: it can still be taken back. `withdrawn`: by its writer. */
  readonly kind: 'pending' | 'released' | 'given-back' | 'withdrawn';
  /** Null: it was a rule, or the clock. */
  readonly by: Face | null;
  readonly at: Date;
  /** The word with which it went back. */
  readonly note: string;
  /** What had held it. */
  readonly rule: RuleName;
  readonly subject: string;
  readonly className: string;
  readonly cover: number;
  readonly from: Face;
  readonly to: readonly Face[];
  /** Who got it and who didn't; by whom it was let go. */
  readonly came: LetGo;
  /** Under which id it stands in the log of the service; null: it has none. */
  readonly trace: string | null;
}

export interface Moderation {
  /** What is this viewer's to decide, oldest first; at most 100. */
  waiting(viewer: Viewer): Promise<readonly HeldLetter[]>;
  /** A file of one of them, to be seen or heard; null: not there, or none of theirs. */
  file(viewer: Viewer, name: HoldName, path: string): Promise<OfferedFile | null>;
  /**
   * How many of them are put before the viewer by now, with the notices that pupils of their
   * classes propose.
   */
  waitingCount(viewer: Viewer): Promise<number>;
  /**
   * Decides about up to 100 at once; it takes effect after the seconds in which it can be taken
   * back. `missed`: how many are not there (any more), or not the viewer's to decide.
   */
  decide(
    viewer: Viewer,
    chosen: readonly HoldName[],
    choice: HoldChoice,
  ): Promise<{ readonly decided: LettersDecision | null; readonly missed: number }>;
  /** What a decision came to; null for none of the viewer's. */
  decided(viewer: Viewer, decision: string): Promise<LettersDecision | null>;
  /** Takes back a decision that has not taken effect; how many letters wait again. */
  takeBack(viewer: Viewer, decision: string): Promise<number>;
  /** What was decided about what is the viewer's to decide about, the latest 50. */
  history(viewer: Viewer): Promise<readonly DecidedLetter[]>;
  /**
   * Stops or lets run again the mail of all pupils of a school, of a commune, of the whole town for
   * school 0. A head for their school; an agent for a school that they have opened, by the reason
   * they gave there, and for more than a school by `reason`.
   */
  stopPupilMail(viewer: Viewer, place: MailStopPlace, wish: MailStopWish): Promise<MailStopOutcome>;
}

export interface MailStopWish {
  readonly stopped: boolean;
  readonly reason: string;
  /** When it runs again by itself; null: when somebody says so. */
  readonly until: MailStopEnd | null;
}

/** `YYYY-MM-DD` and `HH:MM`, on the clock of the school, or of the town for more than one. */
export interface MailStopEnd {
  readonly day: string;
  readonly time: string;
}

/** `missing`: not theirs to decide, or no reason; `bad-end`: it isn't to come, or within a year. */
export type MailStopOutcome = 'done' | 'missing' | 'bad-end';

/** What waits for a teacher: this record of core, or `Name` of it alone. */
export interface WithModeration<Name extends keyof Moderation = keyof Moderation> {
  readonly moderation: Pick<Moderation, Name>;
}
