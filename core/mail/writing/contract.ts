import type {
  ClassId,
  LetterId,
  MailboxId,
  NoticeId,
  Reads,
  SchoolId,
  Uid,
} from '../../ground/ids.ts';
import type { Pieces } from '../../ground/pieces.ts';
import type { AnswerAudience } from '../../letters/message/answers.ts';
import type { FormattedText } from '../../letters/message/format/words.ts';
import type { Attachment } from '../../letters/message/message.ts';
import type { LookedAt } from '../../letters/second-look/doubt.ts';
import type { ListKind } from '../../rules/facts.ts';
import type { Outcome, Refusal } from '../../rules/outcome.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import type { BoardReaders } from '../../store/boards/contract.ts';
import type { CamePieces } from '../../store/cupboard/contract.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import type { MessageView } from '../reading/contract.ts';

/** What a person writes, or a draft of it. */
export interface Writing {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly text: string;
  /**
   * An adult's words with a little formatting (core/letters/message/format), as HTML: any that a
   * page brings, that little alone once it is kept. Where it is given, what `text` says is made of
   * it.
   */
  readonly html?: string;
  /**
   * For an adult's letter to a list: who gets the answers. All others may be answered by all to
   * all.
   */
  readonly answers: AnswerAudience;
  /** The message that this one answers. */
  readonly answerTo: { readonly mailbox: MailboxId; readonly uid: Uid } | null;
  /** The day by which its writer wants an answer; empty, or nothing: by none. */
  readonly awaitUntil?: string;
  /** Which file of the message that it answers its drawing lies on; nothing: on none. */
  readonly drawnOn?: string;
  /** Of what is to hang on a board, and is no letter to anybody. */
  readonly notice?: NoticePlan;
}

/** Where a notice is to hang, for whom, and until when; as it was filled in, right or wrong. */
export interface NoticePlan {
  readonly school: SchoolId;
  /** Null: on the school's board. */
  readonly classId: ClassId | null;
  /** The notice whose words it changes; null: a new one. */
  readonly of: NoticeId | null;
  /** Which of its words its writer saw; 0 of a new one. */
  readonly edition: number;
  readonly readers: readonly BoardReaders[];
  readonly untilDay: string;
  /** The day that it is about; empty: none. */
  readonly day: string;
  /** Paths of files of the words before that go on. */
  readonly keep: readonly string[];
}

/** Whom an answer is for: who wrote the letter, or all whom it went to as well. */
export type AnswerTo = 'writer' | 'everyone';

/**
 * A page in which a letter is written, a UUID of its own each time it is loaded, and how many saves
 * came from it before.
 */
export interface LetterWindow {
  readonly window: string;
  readonly turn: number;
}

/**
 * What a page that writes a letter knows of it: `previous` is its draft as the page saw it last.
 */
export interface Hand extends LetterWindow {
  readonly letter: LetterId;
  readonly previous: DraftRef | null;
}

/** A file that a draft did not take, and why. */
export interface OmittedFile {
  readonly name: string;
  readonly outcome: Outcome;
}

/**
 * What became of a draft that was to be kept: it is, or as a draft of its own since another window
 * had changed it or the letter has been sent with other words; or nothing was, since this very
 * letter has been sent.
 */
export type DraftOutcome =
  | {
      readonly kind: 'kept' | 'apart';
      readonly letter: LetterId;
      readonly ref: DraftRef;
      readonly leftOut: readonly OmittedFile[];
    }
  | { readonly kind: 'sent' };

export interface Draft extends Writing {
  readonly ref: DraftRef;
  readonly letter: LetterId;
  readonly attachments: readonly Attachment[];
  readonly at: Date;
  /** By which window it was last kept; null: by a mail program. */
  readonly by: LetterWindow | null;
  readonly waitingForScanner: boolean;
  /** When it leaves by itself, where its writer handed it in. */
  readonly leavesAt: Date | null;
  /** What goes with it besides, in words of the room that put it there; null: it is a letter. */
  readonly slip: string | null;
}

/**
 * What became of a letter that was handed in: it leaves at `at` and can be called back until then;
 * or what became of it at once.
 */
export type HandedIn =
  | { readonly kind: 'leaves'; readonly letter: LetterId; readonly at: Date }
  /** More letters than one account may let wait. */
  | { readonly kind: 'too-many-scheduled' }
  | Outcome;

/** Words with a signature in them; `html` where that has a little formatting. */
export type SignedWords = Pick<Writing, 'html' | 'text'>;

/** Words above a signature and below it. */
export interface SignaturePlace {
  readonly above?: string;
  readonly below?: string;
  /** The words below with their formatting, line for line the same. */
  readonly formatted?: FormattedText;
}

/** A letter between its button and its readers. */
export type Leaving =
  | {
      readonly kind: 'waits';
      readonly letter: LetterId;
      readonly ref: DraftRef;
      readonly writing: Writing;
      readonly at: Date;
      /** Who would hold it for whom, as the rules stand now. */
      readonly held: readonly Refusal[];
    }
  | { readonly kind: 'left'; readonly message: MessageView };

/** What a pupil's letter says that may be read again before it goes. */
export interface SecondLooked extends LookedAt {
  /** Another child gets it; else only adults do. */
  readonly reachesChild: boolean;
  /** Sent as it is, a teacher of the class reads it first; null where it goes. */
  readonly held: Refusal | null;
}

/** A file where it lies, of which no more than a piece is ever in memory. */
export interface LyingFile {
  readonly name: string;
  readonly mediaType: string;
  readonly pieces: Pieces;
  /** Where it lies that came piece by piece. */
  readonly came?: {
    readonly school: SchoolId;
    readonly lies: CamePieces;
    readonly pieces: number;
  };
}

export interface Upload {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** By which an adult's words may show it, where it is a picture; given when it is kept. */
  readonly contentId?: string;
}

/** A child who will get a letter. */
export interface SeenBy {
  readonly name: string;
  readonly reads: Reads;
  /** Who writes, as the child knows them: « Maîtresse ». */
  readonly writer: Face;
  /** What the child is offered to answer with: which classes, whether photos; null: no answer. */
  readonly answers: { readonly classes: readonly ClassId[]; readonly photos: boolean } | null;
}

/** Somebody or some list that the viewer may write to, as `decide` says and nothing else. */
export interface Reachable extends Face {
  readonly group:
    | 'class-list'
    /** The viewer's own groups of pupils. */
    | 'own-groups'
    | 'lists'
    | 'teachers'
    | 'classmates'
    | 'pupils'
    | 'families'
    | 'team'
    | 'other-schools'
    | 'linked'
    | 'town'
    /** Addresses of no account that the viewer has written to before. */
    | 'outside';
  readonly listKind: ListKind | 'own-group' | null;
  /** How many people a list holds, the viewer left out; 1 for a person. */
  readonly count: number;
  /** Names of current classes; of a guardian, those of their children. */
  readonly classes: readonly string[];
  /**
   * A word beside the name: « enseignante », « directeur », « famille de Sofia ». A role, or the
   * child's name for a guardian.
   */
  readonly title: string;
}

/** A grown-up who writes down what a child says. */
export interface Scribe {
  /** As the child knows them. */
  readonly face: Face;
  /** As everybody reads it: « Madame Lefèvre ». */
  readonly name: string;
}

export interface Writings {
  /**
   * Everybody and every list within reach, in the order a page shows them. For adults, people of
   * other schools come by `find`.
   */
  reach(viewer: Viewer): Promise<readonly Reachable[]>;
  /** The lists alone: what a page offers before anybody is looked for. */
  lists(viewer: Viewer): Promise<readonly Reachable[]>;
  /** Who may write down what a pupil dictates: who teaches or helps a class of theirs today. */
  scribes(viewer: Viewer): Promise<readonly Scribe[]>;
  /** Of these addresses, those of people and lists within reach. */
  among(viewer: Viewer, addresses: readonly string[]): Promise<readonly Reachable[]>;
  /** How a letter looks to the first child whom it is addressed to; null: to none. */
  seenBy(viewer: Viewer, letter: Pick<Writing, 'to' | 'cc' | 'answers'>): Promise<SeenBy | null>;
  /** The guardians of the pupils among these addresses: those within reach, each once. */
  familiesOf(viewer: Viewer, addresses: readonly string[]): Promise<readonly Reachable[]>;
  /** How many people a letter goes to: whoever is named twice, or is in two lists, is one. */
  headcount(viewer: Viewer, letter: Pick<Writing, 'to' | 'cc'>): Promise<number>;
  /** Of these addresses, those outside with whom the viewer has exchanged no letter yet. */
  strangers(viewer: Viewer, addresses: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Adults of the town whom the viewer may write to, by a part of their name or address, at most
   * 20; then addresses outside that they have written to before, at most 5.
   */
  find(viewer: Viewer, text: string): Promise<readonly Reachable[]>;
  /**
   * What stands below the words of a letter that is begun: an adult's signature, after the line
   * that says so, between words above and below; those alone where there is none. An answer has it
   * already.
   */
  signature(viewer: Viewer, place?: SignaturePlace): Promise<SignedWords>;
  /**
   * The start of an answer: recipients asked again against today's rules; those who no longer may
   * be written to come as refusals. Null: not there, or its writer wants no answer.
   */
  answer(
    viewer: Viewer,
    to: { readonly mailbox: MailboxId; readonly uid: Uid },
    whom: AnswerTo,
  ): Promise<{ readonly writing: Writing; readonly refusals: readonly Refusal[] } | null>;
  /**
   * The answer that is begun in the conversation of a message, wherever in it; null where there is
   * none, or where it leaves by itself.
   */
  begun(viewer: Viewer, to: DraftRef): Promise<Draft | null>;
  draft(viewer: Viewer, ref: DraftRef): Promise<Draft | null>;
  /** The draft of a letter, whatever its UID is by now; null where there is none (any more). */
  draftOfLetter(viewer: Viewer, letter: LetterId): Promise<Draft | null>;
  /**
   * Keeps a draft in place of the one before (its files stay unless `drop` names their paths, and
   * what goes with it unless there is another `slip`). New files are scanned and judged by kind at
   * once. Two windows never overwrite one another: see `DraftOutcome`.
   */
  keep(
    viewer: Viewer,
    writing: Writing,
    from: {
      readonly hand: Hand;
      readonly add: readonly Upload[];
      readonly drop: readonly string[];
      readonly slip?: string;
    },
  ): Promise<DraftOutcome>;
  /**
   * The same as a letter of its own, for what isn't written in a page: in place of `previous` where
   * that is given.
   */
  save(
    viewer: Viewer,
    writing: Writing,
    files: {
      readonly previous: DraftRef | null;
      readonly add: readonly Upload[];
      readonly drop: readonly string[];
    },
  ): Promise<{ readonly ref: DraftRef; readonly leftOut: readonly OmittedFile[] }>;
  /** Whether a letter has been sent: by an earlier press of the button, or from another window. */
  hasLeft(viewer: Viewer, letter: LetterId): Promise<boolean>;
  /**
   * Sends a draft; on anything but `accepted` and `held` the draft stays. With the scanner silent
   * it leaves by itself later.
   */
  send(viewer: Viewer, ref: DraftRef): Promise<Outcome>;
  /**
   * Hands a draft in: it leaves at `at`, without one after the seconds in which it can be called
   * back. The rules are asked now and when it leaves; changing it before is calling it back.
   */
  handIn(viewer: Viewer, ref: DraftRef, at: Date | null): Promise<HandedIn>;
  /** What became of a letter that was handed in; null where it is a draft again, or no more. */
  leaving(viewer: Viewer, letter: LetterId): Promise<Leaving | null>;
  /** Makes it a draft again; false where it has left, or is just leaving. */
  callBack(viewer: Viewer, letter: LetterId): Promise<boolean>;
  /**
   * When what this person writes now leaves, where their school is closed; null where it isn't.
   */
  opensAt(viewer: Viewer): Promise<Date | null>;
  /** How many bytes of files fit into a letter of this person. */
  fileRoom(viewer: Viewer): number;
  /**
   * What was drawn on our sheet of paper, marked so that no rule takes it for a photo; the very
   * file where it is none: not a PNG, too large, too full of colours for crayons.
   */
  drawing(file: Upload): Upload;
  /**
   * What was spoken into our recorder, marked so that it may hang on a wall; the very file where it
   * is none: not a sound, too long.
   */
  recording(file: Upload): Upload;
  /**
   * A pupil's letter with words that may hurt, frighten or tell what one keeps for oneself, where
   * their class has a second look; null where there is nothing to be shown before it goes.
   */
  secondLook(viewer: Viewer, writing: Writing): Promise<SecondLooked | null>;
  /** What leaves later, the next first; at most 100. */
  scheduled(viewer: Viewer): Promise<readonly Leaving[]>;
}

/** What became of a draft that was to leave, or why what goes with it can't. */
export type Left =
  | Outcome
  /** What comes of it isn't known yet: it is looked at again. */
  | { readonly kind: 'underway' }
  | {
      readonly kind: 'unasked';
      readonly said: { readonly subject: string; readonly text: string };
    };

/**
 * Letters from their first draft until they are sent: this record of core, or `Name` of it alone.
 */
export interface WithWritings<Name extends keyof Writings = keyof Writings> {
  readonly writings: Pick<Writings, Name>;
}
