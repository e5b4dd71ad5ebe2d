import type { ClassId, CupboardItemId, SchoolId } from '../../ground/ids.ts';
import type { Night, NightCounts } from '../../ground/night-job.ts';
import type { OfferedFile } from '../../letters/message/message.ts';
import type { PdfPage } from '../../letters/message/pdf-page.ts';
import type { LyingFile, Upload } from '../../mail/writing/contract.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { Sees } from '../../store/cupboard/contract.ts';
import type { NameFault } from './names.ts';
import type { CupboardStand } from './rights.ts';

/** Some bytes of a file, the last one included. */
export interface BytesWithin {
  readonly first: number;
  readonly last: number;
}

/** A file as it is sent: whole, or a part of it. */
export interface ServedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  read(within?: BytesWithin): AsyncIterable<Buffer>;
}

/** The cupboard of a class. */
export interface ClassCupboardRef {
  readonly school: SchoolId;
  readonly classId: ClassId;
}

/** Whoever asks their own; that of a school's adults; that of a school. */
export type SharedPlace = 'own' | 'team' | 'school';

/** A cupboard by whose it is. */
export type CupboardRef =
  | ClassCupboardRef
  | { readonly school: SchoolId; readonly place: SharedPlace };

/** A file or a folder. */
export interface ItemRef {
  readonly school: SchoolId;
  readonly item: CupboardItemId;
}

/** The top of a cupboard, or a folder in it. */
export type FolderAt = CupboardRef | ItemRef;

/** A cupboard in somebody's list. */
export interface CupboardLine {
  readonly ref: CupboardRef;
  /** Of a class, or of a school; empty: their own. */
  readonly name: string;
  /** Of a guardian's: the first names of their children there. */
  readonly children: readonly string[];
  /** They put files into it, or into some folder of it. */
  readonly takes: boolean;
}

/** A file or folder as somebody sees it. */
export interface StoredItem {
  readonly ref: ItemRef;
  readonly kind: 'folder' | 'file';
  readonly name: string;
  readonly sees: Sees;
  /** Of a folder: pupils put files into it. */
  readonly isOpen: boolean;
  readonly isOwn: boolean;
  /** Who put it there, as the viewer calls them; empty where they are no more. */
  readonly author: string;
  readonly changedAt: Date;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Of a picture that is listed: there is a small one. */
  readonly hasSmall: boolean;
  /** Of a folder: the files in it, at any depth. */
  readonly count: number;
  readonly mayArrange: boolean;
  readonly mayShow: boolean;
}

/** A folder around another, by which one goes back. */
interface Step {
  readonly ref: ItemRef;
  readonly name: string;
}

/** What surrounds each page of a cupboard. */
interface CupboardHead {
  readonly cupboard: CupboardRef;
  readonly name: string;
  readonly schoolName: string;
  readonly timeZone: string;
  readonly stand: CupboardStand;
  /** All that they may open, this one among them. */
  readonly cupboards: readonly CupboardLine[];
  /** Whom something here may be shown to; none: nobody is asked. */
  readonly sights: readonly Sees[];
  readonly children: readonly string[];
  /** The folders that one is in, the outermost first; itself last. */
  readonly way: readonly Step[];
}

/** A folder, or the top of a cupboard, with what lies there. */
export interface FolderView extends CupboardHead {
  /** Null: the top. */
  readonly folder: StoredItem | null;
  readonly items: readonly StoredItem[];
  /** From where on the next page goes; null: this is the last. */
  readonly further: CupboardItemId | null;
  readonly mayPut: boolean;
  readonly mayDivide: boolean;
  /** How full it is; null: not the viewer's to know. */
  readonly fill: { readonly bytes: number; readonly mostBytes: number } | null;
  /** How large a file, and how large a film or a sound, may be that is put there. */
  readonly most: { readonly fileBytes: number; readonly filmBytes: number };
}

/** What is seen or heard of cupboards, for who reads pictures: the newest first. */
export interface PictureShelf {
  readonly own: readonly StoredItem[];
  readonly ofClass: readonly StoredItem[];
}

/** A file on its page. */
export interface FileView extends CupboardHead {
  readonly file: StoredItem;
  /** What it was before, the latest first; for who may arrange it. */
  readonly versions: readonly {
    readonly version: number;
    readonly sizeBytes: number;
    readonly replacedAt: Date;
  }[];
}

/** A small picture, asked for where it is needed. */
export interface SmallPicture {
  readonly mark: string;
  load(): Promise<Buffer | null>;
}

/** What was found by its name, each with the names of the folders around it. */
export interface FoundView extends CupboardHead {
  readonly found: readonly (StoredItem & { readonly within: readonly string[] })[];
  /** What was found in the other cupboards that they may open; none of a view of one alone. */
  readonly elsewhere: readonly {
    readonly line: CupboardLine;
    readonly found: FoundView['found'];
  }[];
}

/** What takes the most room, the largest first, and how full it is. */
export interface LargestView extends CupboardHead {
  readonly files: FoundView['found'];
  /** From where on the next page goes; null: this is the last. */
  readonly further: CupboardItemId | null;
  readonly fill: {
    readonly bytes: number;
    readonly mostBytes: number;
    /** In the bin, and of earlier versions. */
    readonly keptBytes: number;
  };
}

/** A folder as it is taken along: its files one after the other, each under its folders' names. */
export interface FolderArchive {
  readonly name: string;
  readonly files: AsyncIterable<{
    readonly path: string;
    readonly at: Date;
    readonly file: ServedFile;
  }>;
}

/** What was thrown away, for who may take it out again. */
export interface BinView extends CupboardHead {
  readonly items: readonly (StoredItem & { readonly thrownAt: Date })[];
}

/** Why a file isn't there. */
export type NotPut =
  /** Scanner and rules say why, as of a letter’s file. */
  | { readonly kind: 'refused'; readonly outcome: Outcome }
  | { readonly kind: 'too-big'; readonly mostBytes: number }
  | { readonly kind: 'full' | 'too-many' | 'empty' }
  /** The disk of the service is nearly full: what is left of it is the mail's. */
  | { readonly kind: 'no-disk' }
  /** A picture of more dots than any camera makes. */
  | { readonly kind: 'bomb' }
  /** The folder was thrown away meanwhile. */
  | { readonly kind: 'gone' };

/** A piece of a file that comes, by the name that its page gave the file and its place from 1. */
export interface ComingPiece {
  /** A UUID. */
  readonly upload: string;
  readonly place: number;
}

/** `full`: too much of theirs is on its way. `wrong`: no page of ours sends such a piece. */
export type PieceKept = 'kept' | 'full' | 'wrong';

/** A file that came in pieces, as its page says of it. */
export interface BroughtFile {
  readonly upload: string;
  readonly pieces: number;
  readonly name: string;
  readonly mediaType: string;
}

/** A file that came with its form, or in pieces before it. */
export type GivenFile = Upload | LyingFile;

/** What became of something to be done with files that came in pieces. */
export type Dealt<T> =
  | { readonly kind: 'dealt'; readonly value: T }
  /** It isn't whole here. */
  | { readonly kind: 'lost'; readonly name: string };

/** What became of a file that somebody wanted to put into a folder. */
export type Put =
  | {
      readonly kind: 'put';
      readonly ref: ItemRef;
      /** Under which name it lies there, which may not be that with which it came. */
      readonly name: string;
      /** It took the place of one of this name, which is kept for a while. */
      readonly replaced: boolean;
    }
  | NotPut;

/** What became of a folder to be made, or of another name. */
export type Named =
  | { readonly kind: 'done'; readonly ref: ItemRef }
  | { readonly kind: 'faulty'; readonly fault: NameFault | 'taken' | 'deep' | 'too-many' }
  | { readonly kind: 'missing' };

/** Why something isn't moved. */
export type NotMoved =
  /** It lies there already; it would lie in itself. */
  | 'here'
  | 'inside'
  | 'deep'
  | 'full'
  | 'too-many'
  /** Others have put some of it there, and it would be nobody's but the mover's. */
  | 'others'
  /** Some of it the mover doesn't see. */
  | 'unseen';

/** What became of something to be moved: where it lay, and its name where it lies now. */
export type Moved =
  | { readonly kind: 'moved'; readonly from: FolderAt; readonly name: string }
  | { readonly kind: 'faulty'; readonly fault: NotMoved }
  | { readonly kind: 'missing' };

/** Who sees something from now on. */
export interface Showing {
  readonly sees: Sees;
  readonly isOpen: boolean;
}

/**
 * Cupboards of classes, of one person, of a school's adults, of a school: files in folders, read
 * by whom the roster of the moment and a word of who puts them there let. Null, false and
 * `missing`: not there, or not theirs.
 */
export interface Cupboards {
  list(viewer: Viewer): Promise<readonly CupboardLine[]>;
  /** Pictures, sounds and films of one's own and of one's classes, some of the newest. */
  shelf(viewer: Viewer): Promise<PictureShelf>;
  folder(viewer: Viewer, at: FolderAt, after: CupboardItemId | null): Promise<FolderView | null>;
  file(viewer: Viewer, ref: ItemRef): Promise<FileView | null>;
  /** Its bytes, or those of an earlier version. */
  content(viewer: Viewer, ref: ItemRef, version: number | null): Promise<ServedFile | null>;
  /** A small picture of it, and a mark that changes with it. */
  small(viewer: Viewer, ref: ItemRef): Promise<SmallPicture | null>;
  /** Its bytes, where it is a PDF that may stand in a page (`isPlainPdf`). */
  plainPdf(viewer: Viewer, ref: ItemRef): Promise<OfferedFile | null>;
  /** A page of a PDF by its number, and its picture; null: there is none that can be shown. */
  pdfPage(viewer: Viewer, ref: ItemRef, page: number): Promise<PdfPage | null>;
  drawnPdfPage(viewer: Viewer, ref: ItemRef, page: number): Promise<Buffer | null>;
  /**
   * What somebody may see of a cupboard and bears these words in its name, and of all others that
   * they may open.
   */
  search(viewer: Viewer, cupboard: CupboardRef, words: string): Promise<FoundView | null>;
  /** The largest files, for who arranges a cupboard; one page of them. */
  largest(
    viewer: Viewer,
    cupboard: CupboardRef,
    after: CupboardItemId | null,
  ): Promise<LargestView | null>;
  /** All that somebody sees in a folder, to be taken along. */
  archive(viewer: Viewer, at: FolderAt): Promise<FolderArchive | null>;
  /** Keeps a piece of a file that comes; nobody else ever sees it. */
  bringPiece(viewer: Viewer, piece: ComingPiece, bytes: Buffer): Promise<PieceKept>;
  /**
   * Does something with files whose pieces have all come. Then the pieces go, unless they are kept
   * for another try.
   */
  withBrought<T>(
    viewer: Viewer,
    files: readonly BroughtFile[],
    deal: (files: readonly LyingFile[]) => Promise<T>,
    isForAnotherTry?: (became: T) => boolean,
  ): Promise<Dealt<T>>;
  /** Puts a file into a folder, by the path of every file; null: it isn't theirs to put there. */
  put(viewer: Viewer, at: FolderAt, file: GivenFile): Promise<Put | null>;
  makeFolder(viewer: Viewer, at: FolderAt, name: string): Promise<Named>;
  rename(viewer: Viewer, ref: ItemRef, name: string): Promise<Named>;
  /** Moves something into another folder of its school. */
  move(viewer: Viewer, ref: ItemRef, at: FolderAt): Promise<Moved>;
  /** Moves it back to where it came from, shown there to whom it was. */
  moveBack(viewer: Viewer, ref: ItemRef, at: FolderAt): Promise<Moved>;
  show(viewer: Viewer, ref: ItemRef, showing: Showing): Promise<boolean>;
  throwAway(viewer: Viewer, ref: ItemRef): Promise<boolean>;
  bin(viewer: Viewer, cupboard: CupboardRef): Promise<BinView | null>;
  /** Where something lay that is in the bin by now, for who might arrange it there. */
  thrownFrom(viewer: Viewer, ref: ItemRef): Promise<FolderAt | null>;
  /** Takes something out of the bin, to where it was or as near to it as there is. */
  takeOut(viewer: Viewer, ref: ItemRef): Promise<FolderAt | null>;
  /** A night's work: what the bins have kept long enough goes, and bytes that nothing has. */
  tidy(night: Night): Promise<NightCounts>;
}

/** Cupboards: this record of core, or `Name` of it alone. */
export interface WithCupboards<Name extends keyof Cupboards = keyof Cupboards> {
  readonly cupboards: Pick<Cupboards, Name>;
}
