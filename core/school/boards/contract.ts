import type { AddressId, ClassId, LetterId, NoticeId, SchoolId, Uid } from '../../ground/ids.ts';
import type { Attachment, OfferedFile } from '../../letters/message/message.ts';
import type { SecondLooked, Upload } from '../../mail/writing/contract.ts';
import type { Day, DayTrouble } from '../../roster/days.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import type { BoardReaders } from '../../store/boards/contract.ts';
import type { DraftRef } from '../../store/mail/contract.ts';

/** The board of a class or, where that is null, of a school. */
export interface BoardRef {
  readonly school: SchoolId;
  readonly classId: ClassId | null;
}

export interface NoticeRef {
  readonly school: SchoolId;
  readonly notice: NoticeId;
}

/** A board in somebody's list. */
export interface BoardLine {
  readonly ref: BoardRef;
  /** « CE1 A », or the school's name. */
  readonly name: string;
  /** Of a guardian's: the first names of their children there. */
  readonly children: readonly string[];
  readonly teachers: readonly Face[];
  readonly count: number;
  /** Notices whose words the viewer hasn't seen. */
  readonly unseen: number;
}

export interface Notice {
  readonly ref: NoticeRef;
  readonly title: string;
  readonly text: string;
  readonly author: Face;
  readonly isOwn: boolean;
  readonly readers: readonly BoardReaders[];
  /** When it was hung up; of what a pupil proposes, when they did. */
  readonly postedAt: Date;
  /** A pupil proposes it: it waits for a teacher's word. */
  readonly waits: boolean;
  /** The last day on which it hangs. */
  readonly untilDay: Day;
  /** The day that it is about, on which it stands in the week. */
  readonly day: Day | null;
  readonly timeZone: string;
  readonly takenDownAt: Date | null;
  readonly isPinned: boolean;
  /** Which of its words these are, from 1: others hung there before where it is more. */
  readonly edition: number;
  /** The viewer has seen these words. */
  readonly isSeen: boolean;
  /** Of a guardian's: their children who have seen them. */
  readonly seenByChildren: readonly string[];
  readonly files: readonly Attachment[];
  /** When the viewer is told of it once more; null: they haven't asked. */
  readonly remindsOn: Day | null;
  /** The day that is offered for it; null: none is left. */
  readonly reminderDay: Day | null;
  /** Those who haven't seen these words have been reminded of them. */
  readonly isReminded: boolean;
  /** How many have seen them, for who may act on them. */
  readonly seen: readonly SeenCount[] | null;
}

/** How many of a notice's readers have seen its words. */
export interface SeenCount {
  readonly readers: BoardReaders;
  readonly seen: number;
  readonly of: number;
}

/** A board with all that hangs there for the viewer. */
export interface BoardView extends BoardLine {
  /** The day to which a new notice hangs where nobody says otherwise. */
  readonly usualDay: Day;
  readonly schoolName: string;
  readonly timeZone: string;
  readonly notices: readonly Notice[];
  /** For whom the viewer may hang something up; empty: they only read. */
  readonly mayPostFor: readonly BoardReaders[];
  readonly takenDown: number;
  /** The viewer is a pupil of the class, and may propose something. */
  readonly mayPropose: boolean;
  /** What pupils propose, for who hangs something up, the first first. */
  readonly ideas: readonly Notice[];
}

/** A notice that is half written. */
export interface NoticeDraft {
  readonly uid: Uid;
  readonly letter: LetterId;
  readonly title: string;
  /** For which it is. */
  readonly board: Pick<BoardLine, 'ref' | 'name'>;
}

/** What a pupil has proposed, as they see it. */
export interface OwnIdea {
  readonly ref: NoticeRef;
  readonly title: string;
  readonly at: Date;
  readonly state: 'waits' | 'refused' | 'hung';
  readonly files: readonly Attachment[];
  /** Who answered, and with which word. */
  readonly answer: { readonly by: Face; readonly words: string } | null;
}

/** What is new for somebody on their boards. */
export interface BoardNews {
  /** Notices that they haven't seen. */
  readonly unseen: number;
  /** Answers to what they proposed that they haven't read. */
  readonly answers: number;
  /** What a teacher asks them to give to the wall of their class. */
  readonly wishes: number;
}

/** Somebody who reads a notice. */
export interface NoticeReader {
  readonly id: AddressId;
  readonly name: string;
  readonly face: Face;
  readonly seenAt: Date | null;
}

/** A notice and who has seen it: each pupil by name, families by their number alone. */
export interface NoticeState {
  readonly board: BoardRef;
  readonly notice: Notice;
  readonly pupils: readonly NoticeReader[];
}

/** A notice as somebody fills it in: all that is asked is there, whether it can be or not. */
export interface NoticeWish {
  /** Of the page in which it is written: sent twice it hangs once. */
  readonly letter: LetterId;
  readonly title: string;
  readonly text: string;
  readonly readers: readonly BoardReaders[];
  /** The last day on which it hangs, `YYYY-MM-DD`. */
  readonly untilDay: string;
  /** The day that it is about; empty: none. */
  readonly day: string;
  readonly add: readonly Upload[];
  /** Its draft: the files of that go with it, and it is none any more then. */
  readonly draft: DraftRef | null;
  /** Paths of files of the words before that go on with it. */
  readonly keep: readonly string[];
  /** Which of the words that hang its writer saw; 0 of a new one. */
  readonly edition: number;
}

export type NoticeFault =
  | 'no-title'
  | 'no-words'
  | 'no-readers'
  | 'title-too-long'
  | NoticeDayFault;
/** What is wrong with its last day; the day that it is about is none, or comes after that one. */
export type NoticeDayFault = DayTrouble | 'about-no-day';

export type Posted =
  | { readonly kind: 'posted'; readonly ref: NoticeRef }
  | { readonly kind: 'faulty'; readonly faults: readonly NoticeFault[] }
  /** What the letter came to: nothing hangs. */
  | { readonly kind: 'unsent'; readonly outcome: Outcome }
  /** Other words hang there than those that its writer saw: they stay. */
  | { readonly kind: 'changed' }
  /** The board, or the notice, isn't there or isn't theirs. */
  | { readonly kind: 'missing' };

/** What a pupil proposes: for their class, as long as its teacher says. */
export interface IdeaWish extends Pick<NoticeWish, 'letter' | 'title' | 'text' | 'add' | 'draft'> {
  /** They have read again what may make one look twice. */
  readonly isReread: boolean;
}

export type Proposed =
  | { readonly kind: 'proposed' }
  /** As any letter of theirs to their class: they are to read it again first. */
  | { readonly kind: 'doubtful'; readonly second: SecondLooked }
  | {
      readonly kind: 'faulty';
      readonly faults: readonly (Exclude<NoticeFault, NoticeDayFault> | 'too-many-ideas')[];
    }
  | { readonly kind: 'unsent'; readonly outcome: Outcome }
  | { readonly kind: 'missing' };

export type IdeaAnswered =
  | { readonly kind: 'done'; readonly board: BoardRef }
  /** What it comes to by now: it waits on. */
  | { readonly kind: 'unsent'; readonly outcome: Outcome }
  | { readonly kind: 'missing' };

export type RemindedMe =
  | { readonly kind: 'done'; readonly board: BoardRef }
  /** `too-far`: it hangs no longer by then. */
  | { readonly kind: 'faulty'; readonly fault: DayTrouble }
  | { readonly kind: 'missing' };

/** Everybody has seen it; or it has been done for these words. */
export type RemindedOthers = { readonly kind: 'done' | 'nobody' | 'already' | 'missing' };

export type Pinned = 'done' | 'too-many' | 'missing';

export type Prolonged =
  | { readonly kind: 'done' }
  | { readonly kind: 'faulty'; readonly fault: DayTrouble }
  | { readonly kind: 'missing' };

/**
 * Boards of classes and schools. Who reads one is told by the roster of the moment: its pupils, the
 * guardians with rights for them, its teachers, the head. Who hangs something up: a teacher of the
 * class, the head. Null and `missing`: not there, or not theirs.
 */
export interface Boards {
  /** Boards that the viewer reads, those of their classes first. */
  list(viewer: Viewer): Promise<readonly BoardLine[]>;
  /** What is new on all of them; nothing for those who hang notices up. */
  news(viewer: Viewer): Promise<BoardNews>;
  board(viewer: Viewer, ref: BoardRef): Promise<BoardView | null>;
  /** What has been taken off, or was over, newest first. */
  takenDown(viewer: Viewer, ref: BoardRef): Promise<readonly Notice[]>;
  notice(viewer: Viewer, ref: NoticeRef): Promise<NoticeState | null>;
  /** Notices that the viewer has half written, the newest first. */
  drafts(viewer: Viewer): Promise<readonly NoticeDraft[]>;
  /** Hangs a notice up, all or nothing. */
  post(viewer: Viewer, board: BoardRef, wish: NoticeWish): Promise<Posted>;
  /** Other words in place of those that its writer saw: a new letter, unseen by everybody. */
  edit(viewer: Viewer, ref: NoticeRef, wish: NoticeWish): Promise<Posted>;
  /** What pupils of the classes that the viewer teaches propose, for all their boards. */
  ideas(viewer: Viewer): Promise<readonly Notice[]>;
  /** What the viewer has proposed, the last first. */
  ownIdeas(viewer: Viewer): Promise<readonly OwnIdea[]>;
  /** A pupil proposes a notice: their letter to the class, which hangs nowhere yet. */
  propose(viewer: Viewer, board: BoardRef, wish: IdeaWish): Promise<Proposed>;
  /** Hangs what a pupil proposed, as it is. */
  hangIdea(viewer: Viewer, ref: NoticeRef): Promise<IdeaAnswered>;
  /** Not this time: with a word for who proposed it. */
  refuseIdea(viewer: Viewer, ref: NoticeRef, words: string): Promise<IdeaAnswered>;
  /** The viewer has read what became of what they proposed. */
  seeAnswers(viewer: Viewer): Promise<void>;
  pin(viewer: Viewer, ref: NoticeRef, isPinned: boolean): Promise<Pinned>;
  prolong(viewer: Viewer, ref: NoticeRef, untilDay: string): Promise<Prolonged>;
  /** The viewer is told of it once more, on a day while it hangs; null: no longer. */
  remindMe(viewer: Viewer, ref: NoticeRef, day: string | null): Promise<RemindedMe>;
  /** Tells those who haven't seen its words, once for the same words. */
  remindUnseen(viewer: Viewer, ref: NoticeRef): Promise<RemindedOthers>;
  takeDown(viewer: Viewer, ref: NoticeRef): Promise<boolean>;
  /** The viewer has seen these. */
  see(viewer: Viewer, notices: readonly NoticeRef[]): Promise<void>;
  /** A file of a notice, for whoever reads it, and for who proposes it. */
  file(viewer: Viewer, ref: NoticeRef, path: string): Promise<OfferedFile | null>;
}

/** Boards: this record of core, or `Name` of it alone. */
export interface WithBoards<Name extends keyof Boards = keyof Boards> {
  readonly boards: Pick<Boards, Name>;
}
