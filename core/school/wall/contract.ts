import type {
  AddressId,
  ClassId,
  Language,
  LetterId,
  MailboxId,
  SchoolId,
  Uid,
  WallItemId,
} from '../../ground/ids.ts';
import type { Night, NightCounts } from '../../ground/night-job.ts';
import type { OfferedFile } from '../../letters/message/message.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import type { GiftSize } from '../../store/wall/contract.ts';
import type { GiftState, Stand } from './rights.ts';

/** The wall of a class. */
export interface WallRef {
  readonly school: SchoolId;
  readonly classId: ClassId;
}

export interface GiftRef {
  readonly school: SchoolId;
  readonly item: WallItemId;
}

/** A wall in somebody's list. */
export interface WallLine {
  readonly ref: WallRef;
  readonly name: string;
  /** Of a guardian's: the first names of their children there. */
  readonly children: readonly string[];
  readonly count: number;
  /** What waits for the viewer's tap. */
  readonly waiting: number;
}

/** A drawing or a voice that a child gave. */
export interface Gift {
  readonly ref: GiftRef;
  readonly kind: 'drawing' | 'voice';
  /** Who made it, by first name. */
  readonly author: Face;
  readonly isOwn: boolean;
  readonly state: GiftState;
  /** When it was hung up; before that, when it was given. */
  readonly at: Date;
  /** Of a drawing, in its own pixels. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** What the teacher said who doesn't hang it up. */
  readonly word: string;
}

/** What a gift is made of: never other bytes under the same mark. */
export interface GiftFile {
  readonly mark: string;
  load(): Promise<OfferedFile | null>;
}

/** A wall with what hangs there, the newest first. */
export interface WallView {
  readonly ref: WallRef;
  readonly name: string;
  readonly schoolName: string;
  readonly timeZone: string;
  /** `2026-2027`. */
  readonly year: string;
  readonly stand: Stand;
  readonly children: readonly string[];
  readonly teachers: readonly Face[];
  readonly hung: readonly Gift[];
  /** From which gift on the next page goes; null: this is the last. */
  readonly older: WallItemId | null;
  readonly count: number;
  /** What waits for a teacher, before their eyes alone. */
  readonly asked: readonly Gift[];
  /** What they could ask a child for, the newest first. */
  readonly ungiven: readonly Ungiven[];
  /** Whom they could ask for anything, whomever it was made for. */
  readonly askable: readonly AskableChild[];
  /** Null: not the viewer's to know of. */
  readonly book: WallBook | null;
}

/** How the book of the year stands. */
export interface WallBook {
  readonly forFamilies: boolean;
  /** When it was last asked for; null: never. */
  readonly askedAt: Date | null;
  /** When what can be had was made; null: nothing can. */
  readonly madeAt: Date | null;
  readonly sizeBytes: number;
  /** It is made, or made anew, by night. */
  readonly isComing: boolean;
}

/** What a child made and sent, and where it is on the wall. */
export interface OwnMaking {
  readonly letter: LetterId;
  /** Its path in the letter. */
  readonly part: string;
  readonly kind: Gift['kind'];
  /** The same in each letter that it lies in. */
  readonly mark: string;
  readonly at: Date;
  /** Null: it was not given. */
  readonly gift: Gift | null;
  /** The teacher who asks for it; null: nobody does, or the child has said no. */
  readonly askedBy: Face | null;
}

/** Something that a child of the class made for a teacher's eyes, and hasn't given. */
export interface Ungiven extends Pick<OwnMaking, 'letter' | 'part' | 'kind' | 'at'> {
  readonly author: Face;
  /** Where it lies in the teacher's mail. */
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  /** Whether they have been asked for it. */
  readonly wish: 'none' | 'asked' | 'declined';
}

/** A child of the class, whom a teacher may ask for something of theirs that she hasn't seen. */
export interface AskableChild {
  readonly id: AddressId;
  readonly name: string;
  readonly wish: Ungiven['wish'];
}

/** A child's makings of late, and what they gave before. */
export interface OwnMakings {
  readonly ref: WallRef;
  readonly name: string;
  readonly teachers: readonly Face[];
  readonly makings: readonly OwnMaking[];
  /** Given, and no letter of theirs has it any more. */
  readonly others: readonly Gift[];
  /** The teacher who asks for anything of theirs; null: nobody does, or the child has said no. */
  readonly askedBy: Face | null;
}

/** `unknown`: no drawing or voice of theirs that our pages made. */
export type Given = 'given' | 'unknown' | 'too-many' | 'missing';

export type Hung = 'hung' | 'full' | 'missing';

/** A book as it is printed: its pages come one after the other, and are never all in memory. */
export interface BookToPrint {
  readonly className: string;
  readonly schoolName: string;
  readonly year: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly madeAt: Date;
  readonly count: number;
  readonly gifts: AsyncIterable<PrintedGift>;
}

/** A gift on its page: of a voice only who gave it and when. */
export interface PrintedGift {
  readonly kind: Gift['kind'];
  readonly givenName: string;
  readonly hungAt: Date;
  readonly drawing: Buffer | null;
}

/**
 * Walls of classes: drawings and voices that were made on our pages, never photos, each by its
 * child's yes and a teacher's tap; and the book of the year. Before a wall stand the class's
 * pupils, their families, its teachers, the head. Null and `missing`: not there, or not theirs.
 */
export interface Walls {
  list(viewer: Viewer): Promise<readonly WallLine[]>;
  wall(viewer: Viewer, ref: WallRef, before: WallItemId | null): Promise<WallView | null>;
  /** How much waits for a teacher's tap; 0 before anybody else. */
  waitingCount(viewer: Viewer, ref: WallRef): Promise<number>;
  /** A gift for whoever may see it. */
  gift(viewer: Viewer, ref: GiftRef): Promise<(Gift & { readonly wall: WallRef }) | null>;
  /** What it is made of; `small`: as it hangs. */
  file(viewer: Viewer, ref: GiftRef, size: GiftSize): Promise<GiftFile | null>;
  /** What a child could give to the wall of their class; null for anybody else. */
  makings(viewer: Viewer, ref: WallRef): Promise<OwnMakings | null>;
  /** What a child made, as their letter has it. */
  making(viewer: Viewer, which: Pick<OwnMaking, 'letter' | 'part'>): Promise<OfferedFile | null>;
  /** A child's yes. What was refused before is asked again. */
  give(viewer: Viewer, ref: WallRef, which: Pick<OwnMaking, 'letter' | 'part'>): Promise<Given>;
  /** A teacher asks a child for what lies in their own mail; nothing hangs by it. */
  ask(viewer: Viewer, ref: WallRef, which: Pick<OwnMaking, 'letter' | 'part'>): Promise<boolean>;
  /** The same for anything of a child's, whomever it was made for. */
  askChild(viewer: Viewer, ref: WallRef, child: AddressId): Promise<boolean>;
  /** The child's no to it; null: to giving anything. */
  decline(
    viewer: Viewer,
    ref: WallRef,
    which: Pick<OwnMaking, 'letter' | 'part'> | null,
  ): Promise<boolean>;
  /** A child takes their own off the wall, or back before it hangs. */
  takeBack(viewer: Viewer, ref: GiftRef): Promise<boolean>;
  hang(viewer: Viewer, ref: GiftRef): Promise<Hung>;
  /** « Pas cette fois », with a word; also of what hangs. */
  refuse(viewer: Viewer, ref: GiftRef, word: string): Promise<boolean>;
  /** Asks for the book of the year, which is made by night. */
  askBook(viewer: Viewer, ref: WallRef): Promise<boolean>;
  /** Whether families have it, too. */
  shareBook(viewer: Viewer, ref: WallRef, forFamilies: boolean): Promise<boolean>;
  /** The book as it was printed, piece by piece. */
  book(viewer: Viewer, ref: WallRef): Promise<PrintedBook | null>;
  /** The work of a night: prints the books that are due, and forgets what other years gave. */
  printBooks(
    night: Night,
    print: (book: BookToPrint) => AsyncIterable<Buffer>,
  ): Promise<NightCounts>;
}

/** What is downloaded. */
export interface PrintedBook {
  readonly className: string;
  readonly year: string;
  readonly sizeBytes: number;
  readonly pieces: AsyncIterable<Buffer>;
}

/** Walls: this record of core, or `Name` of it alone. */
export interface WithWalls<Name extends keyof Walls = keyof Walls> {
  readonly walls: Pick<Walls, Name>;
}
