import type { AddressId, ClassId, LetterId, PaperId } from '../../ground/ids.ts';
import type {
  Draft,
  DraftOutcome,
  HandedIn,
  Left,
  Upload,
  Writing,
  Writings,
} from '../../mail/writing/contract.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import type { PaperFileBytes } from '../../store/papers/contract.ts';
import type {
  Question,
  Says,
  Needed,
  PaperRef,
  SlipRef,
  Phase,
  AnswerLine,
  SlipQuestion,
  PaperText,
  SlipLine,
  FamilySlip,
  AnswerGiven,
  Answered,
} from './contract/slips.ts';

/** A paper as somebody fills it in: all that is asked is there, whether it can be or not. */
export interface PaperWish {
  readonly text: string;
  readonly place: string;
  readonly price: string;
  /** Empty: none was given. */
  readonly day: string;
  readonly lastDay: string;
  readonly from: string;
  readonly to: string;
  readonly question: Question['kind'];
  /** A line each. */
  readonly options: readonly string[];
  /** `usual`: each guardian for a night away, one for anything else. */
  readonly needed: Needed | 'usual';
  readonly untilDay: string;
  readonly untilTime: string;
  readonly reminds: boolean;
  readonly asksNumber: boolean;
}

/** What is wrong with it, each with the field that it is about. */
export type WishFault =
  /** The letter has no subject: a paper is known by it. */
  | 'no-subject'
  | 'no-text'
  | 'text-too-long'
  | 'few-options'
  | 'many-options'
  | 'until-unclear'
  | 'until-past'
  | 'until-too-far'
  | 'until-after-day'
  | 'day-unclear'
  | 'day-past'
  | 'day-too-far'
  | 'ends-before-it-begins'
  | 'hours-unclear'
  /** A correction that changes nothing of what is signed. */
  | 'same-words';

/** Where a child's family stands. */
export type Standing =
  /** All that is needed has come, and nobody said no. */
  | { readonly kind: 'yes' }
  /** Somebody said no, whatever others say. */
  | { readonly kind: 'no'; readonly alsoYes: boolean }
  /** They chose, each something else: it takes a word with them. */
  | { readonly kind: 'differ' }
  /** These guardians' answers are still to come. */
  | { readonly kind: 'waiting'; readonly missing: readonly AddressId[] }
  /** There is nobody to ask by an account: a slip on paper is their way. */
  | { readonly kind: 'nobody' };

/** How many families are where, of all that are asked. */
export interface Tally {
  readonly asked: number;
  readonly answered: number;
  readonly yes: number;
  readonly no: number;
  readonly waiting: number;
  readonly nobody: number;
}

/** Those whose families a letter goes to, and who can't be asked by it. */
export interface PaperCircle {
  readonly about: string;
  readonly children: number;
  /** How many guardians may answer, all children together. */
  readonly guardians: number;
  /** First names of children of whom nobody has an account. */
  readonly unreached: readonly string[];
}

/** What a draft is to ask, as its writer has left it. */
export interface PaperDraft {
  readonly wish: PaperWish;
  /** The paper whose words it is to take the place of; null: a new one. */
  readonly changes: PaperRef | null;
}

/** A half-written paper in the list of those who ask. */
export interface PaperDraftLine {
  readonly letter: LetterId;
  readonly subject: string;
  readonly at: Date;
  /** When it leaves, where its writer said so; changed before, it is a draft again. */
  readonly leavesAt: Date | null;
}

/** A letter that is to ask for something, as its draft has it. */
export interface Asking {
  readonly draft: DraftRef;
  readonly letter: LetterId;
  readonly wish: PaperWish;
}

/** The draft of a letter with a paper; null where it has gone with an earlier press. */
export type HandedDraft = Pick<Asking, 'letter'> & { readonly draft: DraftRef | null };

export type Asked =
  | { readonly kind: 'asked'; readonly ref: PaperRef }
  | { readonly kind: 'faulty'; readonly faults: readonly WishFault[] }
  /** It goes to others than the families of one class, or of one group of one's own. */
  | { readonly kind: 'not-families' }
  /** Nobody is in the class, or in the group. */
  | { readonly kind: 'nobody' }
  /** No family of them has an account: the letter would go to nobody. */
  | { readonly kind: 'no-families' }
  /** What the letter came to: it has not left, and nothing is asked. */
  | { readonly kind: 'unsent'; readonly outcome: Outcome }
  /** The letter is leaving, by an earlier press: what comes of it isn't known yet. */
  | { readonly kind: 'underway' }
  /** The paper that it was to change has been changed or withdrawn meanwhile: nothing was asked. */
  | { readonly kind: 'changed' }
  /** The paper isn't there, or isn't theirs to change. */
  | { readonly kind: 'missing' };

/** What became of a paper whose button was pressed. */
export type HandedPaper =
  | Asked
  /** It leaves at `at`, and can be called back until then as any letter. */
  | Extract<HandedIn, { readonly kind: 'leaves' | 'too-many-scheduled' }>;

/** A paper in the list of those who ask. */
export interface PaperLine {
  readonly ref: PaperRef;
  readonly subject: string;
  readonly about: string;
  readonly authorName: string;
  readonly isOwn: boolean;
  readonly timeZone: string;
  readonly until: Date;
  readonly phase: Phase;
  readonly tally: Tally;
  /** How many words of families about it wait for the viewer's. */
  readonly questions: number;
}

/** The list of those who ask, a page at a time. */
export interface PaperList {
  /** On its first page. */
  readonly open: readonly PaperLine[];
  /** Over or withdrawn, the newest first. */
  readonly past: readonly PaperLine[];
  /** Before which paper the next page begins; null: this is the last. */
  readonly next: PaperId | null;
}

/** Somebody who answered, or who may. */
interface GuardianLine {
  readonly id: AddressId;
  readonly name: string;
  /** False: they may not answer (any more); what they signed stands. */
  readonly mayAnswer: boolean;
  readonly remindedAt: Date | null;
}

/** A child of a paper as those see it who ask. */
export interface ChildLine {
  readonly id: AddressId;
  readonly name: string;
  /** What is signed for them, in words. */
  readonly oath: string;
  readonly face: Face;
  readonly standing: Standing;
  readonly guardians: readonly GuardianLine[];
  /** Last words to today's text, one a signer. */
  readonly answers: readonly AnswerLine[];
  /** What was said to older words. */
  readonly before: readonly AnswerLine[];
  /** Telephone numbers for the day. */
  readonly numbers: readonly { readonly name: string; readonly number: string }[];
  /** What their family asked back and the viewer has not answered. */
  readonly questions: readonly FamilyQuestion[];
}

/** A letter in the viewer's own mail. */
interface FamilyQuestion extends DraftRef {
  readonly name: string;
  readonly at: Date;
  /** Its first words. */
  readonly words: string;
}

/** Where a paper stands, for those who ask. */
export interface PaperState extends PaperLine {
  readonly schoolName: string;
  readonly classId: ClassId | null;
  /** The address that its letters go to. */
  readonly recipient: string;
  readonly askedAt: Date;
  readonly remindAt: Date | null;
  /** Whether that was wished, be its evening past. */
  readonly reminds: boolean;
  readonly numbersGoneAt: Date | null;
  readonly goneAt: Date;
  readonly text: PaperText;
  readonly older: readonly PaperText[];
  readonly children: readonly ChildLine[];
  /** Whether the viewer may remind, enter paper slips, change and withdraw; a head looks on. */
  readonly mayAct: boolean;
}

/** A slip that came back on paper. */
export interface PaperSlip {
  readonly child: AddressId;
  /** One of the child's guardians; null: whoever `name` says. */
  readonly signer: AddressId | null;
  readonly name: string;
  readonly says: Says;
  readonly note: string;
  /** A photo of it, or a scan. */
  readonly photo: Upload | null;
}

export type SlipEntered =
  | { readonly kind: 'done' }
  | { readonly kind: 'no-answer' | 'no-signer' | 'withdrawn' | 'missing' }
  /** What was brought as a photo is none. */
  | { readonly kind: 'no-photo' }
  /** Why it is not kept: the scanner, its kind, its size. */
  | { readonly kind: 'photo-refused'; readonly outcome: Outcome };

/** A signature as it is looked at again. */
export interface CheckedSignature {
  readonly childName: string;
  readonly answer: AnswerLine;
  readonly hash: string;
  /** False: what is kept is not what was signed. */
  readonly isWhole: boolean;
}

/** All that was signed of a paper, each looked at again. */
export interface PaperEvidence {
  readonly ref: PaperRef;
  readonly schoolName: string;
  readonly timeZone: string;
  readonly authorName: string;
  readonly about: string;
  readonly texts: readonly (PaperText & { readonly letterHash: string })[];
  readonly signatures: readonly CheckedSignature[];
  /** What a sheet carries inside, for a command that reads it again. */
  readonly file: string;
}

/** What became of another end. */
export type Extended =
  | { readonly kind: 'done' | 'missing' }
  | { readonly kind: 'faulty'; readonly fault: WishFault };

/**
 * Papers that families sign. Who asks: whoever may write to the families, of the class or the
 * group; its teachers see it, and the head of the school. Who answers: a guardian with rights for
 * the child, today. Pupils see neither paper nor answer. Null and `missing`: not there, or not
 * theirs.
 */
export interface Papers {
  /** Whom a letter to this address asks; null: not the families of one class or group. */
  circle(viewer: Viewer, recipients: readonly string[]): Promise<PaperCircle | null>;
  /** Keeps a letter with what it is to ask, as `Writings.keep` keeps one without. */
  keep(
    viewer: Viewer,
    writing: Writing,
    from: Omit<Parameters<Writings['keep']>[2], 'slip'> & { readonly slip: PaperDraft },
  ): Promise<DraftOutcome>;
  /** Papers that are half written, the newest first. */
  drafts(viewer: Viewer): Promise<readonly PaperDraftLine[]>;
  /** What a draft is to ask; null: it is a letter like any other. */
  draftedIn(draft: Pick<Draft, 'slip'>): PaperDraft | null;
  /**
   * Asks what a draft is to ask, at `at`, without one after the seconds in which it can be called
   * back: what is wrong with it is said at once, and looked at again when it leaves.
   */
  handIn(viewer: Viewer, draft: HandedDraft, at: Date | null): Promise<HandedPaper>;
  /** A draft leaves whose seconds are over, with its paper where it has one. */
  leave(viewer: Viewer, draft: DraftRef): Promise<Left>;
  /** Sends a draft with a paper, all or nothing. */
  ask(viewer: Viewer, asking: Asking): Promise<Asked>;
  /** Other words in place of today's: a new letter, and every family is asked again. */
  change(viewer: Viewer, ref: PaperRef, asking: Asking): Promise<Asked>;
  /**
   * Papers of the viewer's own and of their classes; of a head's school all. `before`: a further
   * page of those that are over.
   */
  list(viewer: Viewer, before: PaperId | null): Promise<PaperList>;
  /** Those of one class that can be answered. */
  openOf(viewer: Viewer, classId: ClassId): Promise<readonly PaperLine[]>;
  state(viewer: Viewer, ref: PaperRef): Promise<PaperState | null>;
  /**
   * Reminds who hasn't answered, of all children or of one, once a day at most; how many were.
   */
  remind(
    viewer: Viewer,
    ref: PaperRef,
    child: AddressId | null,
  ): Promise<{ readonly reminded: number } | null>;
  enter(viewer: Viewer, ref: PaperRef, slip: PaperSlip): Promise<SlipEntered>;
  /** Another end, for the same words: all answers hold. */
  extend(
    viewer: Viewer,
    ref: PaperRef,
    until: Pick<PaperWish, 'untilDay' | 'untilTime'>,
  ): Promise<Extended>;
  /** Asks no longer; what was signed stays. */
  withdraw(viewer: Viewer, ref: PaperRef): Promise<boolean>;
  /** A file of a paper, for those who ask and for the families. */
  file(
    viewer: Viewer,
    ref: PaperRef,
    which: { readonly version: number; readonly place: number },
  ): Promise<PaperFileBytes | null>;
  /** The photo of a sheet, for those who ask. */
  photo(viewer: Viewer, ref: PaperRef, answer: number): Promise<PaperFileBytes | null>;
  evidence(viewer: Viewer, ref: PaperRef): Promise<PaperEvidence | null>;
  /** Slips of the viewer's children, those that wait first. */
  slips(viewer: Viewer): Promise<readonly SlipLine[]>;
  /** How many wait for the viewer's answer. */
  waitingCount(viewer: Viewer): Promise<number>;
  slip(viewer: Viewer, ref: SlipRef): Promise<FamilySlip | null>;
  /** What a letter begins with that asks back; null: nobody is there to be asked. */
  questionTo(viewer: Viewer, ref: SlipRef): Promise<SlipQuestion | null>;
  answer(viewer: Viewer, ref: SlipRef, given: AnswerGiven): Promise<Answered>;
}

/** Papers that families sign: this record of core, or `Name` of it alone. */
export interface WithPapers<Name extends keyof Papers = keyof Papers> {
  readonly papers: Pick<Papers, Name>;
}
