import type { AccountId, ClassId, MailboxId, SchoolId, Uid } from '../../ground/ids.ts';
import type { Attachment } from '../../letters/message/message.ts';
import type { Day, Why } from '../../roster/days.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import type { ReportNumbers, StepKind } from '../../store/town/contract.ts';
import type { Download, FormattedBody } from '../reading/contract.ts';

export type { ReportNumbers } from '../../store/town/contract.ts';
export type { StepKind } from '../../store/town/contract.ts';

/** The name of a report: the school where it lies, and its number there. */
export interface ReportRef {
  readonly school: SchoolId;
  readonly id: number;
}

/** A report as the child sees it who made it. */
export interface OwnReport {
  readonly id: number;
  readonly at: Date;
  readonly writer: Face;
  /** For so many seconds from now it can be taken back, and nobody has been told. */
  readonly undoSeconds: number;
  /** Who is asked to look after it. */
  readonly asked: readonly Face[];
  /** Who has read the letter. */
  readonly readBy: readonly Face[];
  /** Who looks after it; null: nobody yet. */
  readonly takenBy: Face | null;
  readonly called: boolean;
  /** Null while it is open. `word`: what the child is told, empty where nothing is. */
  readonly done: { readonly by: Face | null; readonly word: string } | null;
}

/** A line of the list of those who look after it. */
export interface ReportLine extends ReportRef {
  readonly schoolName: string;
  readonly at: Date;
  readonly child: Face;
  readonly className: string;
  readonly writer: Face;
  /** The child has asked for help at once. */
  readonly called: boolean;
  readonly takenBy: string | null;
  readonly closedAt: Date | null;
  /** Nobody has closed it, and it has gone up. */
  readonly wentUp: boolean;
}

/** Something that was done, and by whom; null: the service by itself. */
interface ReportStep {
  readonly kind: StepKind;
  readonly at: Date;
  readonly by: string | null;
  readonly until: Day | null;
}

/** The letter, as it came. */
export interface LetterEvidence {
  readonly subject: string;
  readonly at: Date;
  readonly to: readonly Face[];
  readonly text: string | null;
  readonly formattedCharacters: number | null;
  readonly attachments: readonly Attachment[];
  /** By a mail program of the child's: nothing proves who wrote it. */
  readonly isAdded: boolean;
}

export interface OpenReport extends ReportLine {
  readonly evidence: LetterEvidence;
  readonly steps: readonly ReportStep[];
  readonly word: string | null;
  readonly closedBy: string | null;
  /** What the viewer may do besides: put whom at rest, keep the two children apart. */
  readonly may: {
    readonly rest: { readonly class: ClassId; readonly child: AccountId } | null;
    readonly apart: 'keep' | 'lift' | null;
  };
  /** Until when the writer's sending is at rest. */
  readonly restsUntil: Date | null;
}

/** What an adult does about a report. */
export type ReportAct =
  | { readonly kind: 'taken' | 'talked' | 'family' | 'apart' | 'together' }
  | { readonly kind: 'rest'; readonly back: Day }
  /** `word` empty: the child is told that it is done, and no more. */
  | { readonly kind: 'closed'; readonly word: string; readonly letter: 'kept' | 'given-back' };

/** What became of an act. */
export type ReportActed =
  | { readonly kind: 'done' }
  /** Not there, or not theirs: one answer. */
  | { readonly kind: 'missing' }
  /** Somebody else was faster. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'refused'; readonly why: Why };

/** Two pupils who are kept apart. */
export interface ApartPair {
  readonly school: SchoolId;
  readonly one: Face;
  readonly other: Face;
  readonly by: string;
  readonly at: Date;
}

/** What became of a child's wish to have the letter back. */
export type LetterReturn =
  | { readonly kind: 'back'; readonly mailbox: MailboxId; readonly uid: Uid }
  | { readonly kind: 'too-late' }
  | { readonly kind: 'missing' };

/**
 * « Ça me gêne »: a letter leaves a child's mail and is kept as evidence; the teachers of the
 * child's classes and the head look after it, never whoever wrote it.
 */
export interface Reports {
  /**
   * Takes the letter with all copies out of the child's mail. A second tap gives the same report.
   * Null for whoever is no pupil, for what isn't there, for one's own letters and the service's.
   */
  report(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<number | null>;
  /** Within some seconds, before anybody is told. */
  takeBack(viewer: Viewer, id: number): Promise<LetterReturn>;
  /** « J’ai besoin d’aide maintenant »: those who look after it are told at once. */
  callNow(viewer: Viewer, id: number): Promise<boolean>;
  /** What this child reported and has not put away, the latest first. */
  own(viewer: Viewer): Promise<readonly OwnReport[]>;
  /** The child has read that it is done. */
  putAway(viewer: Viewer, id: number): Promise<boolean>;

  /** How many are open for this adult. */
  count(viewer: Viewer): Promise<number>;
  list(viewer: Viewer, which: 'open' | 'closed'): Promise<readonly ReportLine[]>;
  /**
   * One with its letter; null: not there, or none of theirs. Written down for each who reads it,
   * once: in the journal, and for the child.
   */
  open(viewer: Viewer, ref: ReportRef): Promise<OpenReport | null>;
  /** The formatted text, sanitised, nothing from afar in it. */
  formatted(viewer: Viewer, ref: ReportRef): Promise<FormattedBody | null>;
  file(viewer: Viewer, ref: ReportRef, path: string): Promise<Download | null>;
  /** The letter byte for byte, for whoever must hand it on. */
  original(viewer: Viewer, ref: ReportRef): Promise<Buffer | null>;
  act(viewer: Viewer, ref: ReportRef, act: ReportAct): Promise<ReportActed>;

  /** Pairs of children that this adult may let together again. */
  apart(viewer: Viewer): Promise<readonly ApartPair[]>;
  letTogether(
    viewer: Viewer,
    pair: { readonly school: SchoolId; readonly one: string; readonly other: string },
  ): Promise<boolean>;
  /** Of the school year: a head's own schools, every school for an agent; else none. */
  numbers(viewer: Viewer): Promise<readonly ReportNumbers[]>;

  /** The address that the town has named for reports about teachers and heads; null: its agents. */
  contact(): Promise<string | null>;
  /** Names it; an empty one means the agents again. For agents. */
  nameContact(viewer: Viewer, address: string): Promise<'done' | 'missing' | 'no-adult'>;
}

/**
 * Letters that a child reports, and the adults who look after it: this record of core, or `Name` of
 * it alone.
 */
export interface WithReports<Name extends keyof Reports = keyof Reports> {
  readonly reports: Pick<Reports, Name>;
}
