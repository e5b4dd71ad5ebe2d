/** What is asked and signed: the words of a paper, a child’s slip of it, what a family answers. */
import type { AddressId, LetterId, PaperId, SchoolId } from '../../../ground/ids.ts';
import type { Writing } from '../../../mail/writing/contract.ts';
import type { Day } from '../../../roster/days.ts';
import type { PaperFileRow } from '../../../store/papers/contract.ts';

/** What a family is asked for, below the words that it signs. */
export type Question =
  /** « Lu et signé »: there is nothing to refuse. */
  | { readonly kind: 'sign' }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  /** A few words. */
  | { readonly kind: 'words' };

/** When something is: a day or several, perhaps with hours (`HH:MM`) of the school's clock. */
export interface Occasion {
  readonly day: Day;
  /** Null: it ends on the day on which it begins. */
  readonly lastDay: Day | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** What is signed, but for the child: the act in words, where, when, the price, what is asked. */
export interface Frame {
  /** « J’autorise {prénom} à … »: a child's name takes the place of the mark. */
  readonly text: string;
  readonly place: string;
  readonly price: string;
  readonly occasion: Occasion | null;
  readonly question: Question;
}

/** What somebody answers. */
export type Says =
  | { readonly kind: 'signed' | 'yes' | 'no' }
  /** One of the question's options, by its place among them. */
  | { readonly kind: 'option'; readonly option: number }
  | { readonly kind: 'words'; readonly text: string };

/**
 * How an answer came in: by an account that was opened with its password, or with a second factor
 * besides, or that a code on paper had just opened; or a teacher took it from a paper slip.
 */
export type AnswerWay = 'password' | 'second-factor' | 'code-sheet' | 'paper';

/** Whose answer it takes: one of a child's guardians, or each of them. */
export type Needed = 'one' | 'each';

/** A paper, by the school in which it lies. */
export interface PaperRef {
  readonly school: SchoolId;
  readonly paper: PaperId;
}

/** One child's slip of a paper. */
export interface SlipRef extends PaperRef {
  readonly child: AddressId;
}

/** Whether it can still be answered. */
export type Phase = 'open' | 'over' | 'withdrawn';

export interface AnswerLine {
  readonly version: number;
  /** Null: a name on a paper slip. */
  readonly signer: AddressId | null;
  readonly name: string;
  readonly says: Says;
  readonly note: string;
  readonly at: Date;
  readonly way: AnswerWay;
  /** The name of the photo of its sheet, for `photo`; null: there is none. */
  readonly photo: number | null;
}

/** How a question about a slip begins. */
export type SlipQuestion = Pick<Writing, 'subject' | 'answerTo'> & { readonly to: string };

/** Words of a paper at one time. */
export interface PaperText {
  readonly version: number;
  readonly subject: string;
  readonly body: string;
  readonly frame: Frame;
  readonly needed: Needed;
  readonly until: Date;
  readonly asksNumber: boolean;
  readonly madeAt: Date;
  readonly files: readonly PaperFileRow[];
}

/** A slip in a family's list. */
export interface SlipLine {
  readonly ref: SlipRef;
  readonly subject: string;
  readonly childName: string;
  readonly childFace: string;
  readonly timeZone: string;
  readonly until: Date;
  /** Which of its words these are, from 1, and since when. */
  readonly version: number;
  readonly versionAt: Date;
  readonly phase: Phase;
  /** Whether it waits for the viewer's answer. */
  readonly waits: boolean;
  readonly says: Says | null;
  readonly saidAt: Date | null;
}

/** A slip as a guardian of the child sees it. */
export interface FamilySlip extends SlipLine {
  /** All slips of the viewer's children, this one too, as `slips` gives them. */
  readonly all: readonly SlipLine[];
  readonly schoolName: string;
  readonly authorName: string;
  /** Where a question goes. */
  readonly authorAddress: string | null;
  /** The letters that brought it, today's first. */
  readonly letters: readonly LetterId[];
  readonly childFullName: string;
  /** What is signed, in words. */
  readonly oath: string;
  readonly text: PaperText;
  readonly own: AnswerLine | null;
  readonly ownNumber: string;
  readonly numbersGoneAt: Date | null;
  /** The viewer's answer to older words, with these words; null where there is none. */
  readonly before: {
    readonly answer: AnswerLine;
    readonly text: PaperText;
    readonly oath: string;
  } | null;
  /**
   * The child's other guardians: that they answered, never what. Null: nothing is said of them.
   */
  readonly others: readonly { readonly name: string; readonly hasAnswered: boolean }[] | null;
}

/** How a guardian answers. */
export interface AnswerGiven {
  /** The words that they read. */
  readonly version: number;
  readonly says: Says;
  readonly note: string;
  readonly number: string;
  readonly way: Exclude<AnswerWay, 'paper'>;
}

export type Answered =
  | { readonly kind: 'done' }
  /** Other words than those that were read are asked by now: nothing was signed. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'over' | 'withdrawn' }
  /** Nothing was said, or nothing that can be said to this question. */
  | { readonly kind: 'no-answer' }
  /** A number that isn't one, or a word that is too long. */
  | { readonly kind: 'bad-number' | 'too-long' }
  | { readonly kind: 'missing' };
