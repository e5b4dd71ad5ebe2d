import type { AddressId, BoxId, HandedFileId, NotebookPageId, SchoolId } from '../../ground/ids.ts';
import type { Night } from '../../ground/night-job.ts';
import type { Day } from '../../roster/days.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import type { GivenBackNote, Stamp } from '../../store/cupboard/contract.ts';
import type {
  ClassCupboardRef,
  FolderArchive,
  GivenFile,
  NotPut,
  ServedFile,
} from '../cupboard/contract.ts';
import type { HandInState } from './rights.ts';

export interface BoxRef {
  readonly school: SchoolId;
  readonly box: BoxId;
}

/** What a teacher says of a box. */
export interface BoxWish {
  readonly name: string;
  /** What is asked, as pupils read it. */
  readonly asks: string;
  /** `YYYY-MM-DD`: from the day after, what is handed in is late. */
  readonly untilDay: string;
}

/** Other words for a box. */
export interface BoxChange extends BoxWish {
  /** That of the words in whose place they are to come. */
  readonly edition: string;
}

export type BoxFault =
  | 'no-name'
  | 'long-name'
  | 'long-words'
  | 'not-a-day'
  | 'past-day'
  | 'too-far';

export type BoxMade =
  | { readonly kind: 'made'; readonly ref: BoxRef }
  | { readonly kind: 'faulty'; readonly faults: readonly BoxFault[] }
  | { readonly kind: 'too-many' | 'missing' };

export type BoxChanged =
  | Exclude<BoxMade, { readonly kind: 'too-many' | 'missing' }>
  /** It has other words by now than those in whose place these were to come: nothing was done. */
  | { readonly kind: 'changed' | 'missing' };

/** A file that was handed in, or given back. */
export interface HandedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

/** What a teacher said when they gave it back. */
export interface GivenBack {
  readonly stamp: Stamp;
  readonly word: string;
  readonly at: Date;
  readonly by: Face | null;
}

/** One pupil's part of a box. */
export interface PupilsPart {
  readonly pupil: AddressId;
  readonly face: Face;
  readonly state: HandInState;
  readonly isLate: boolean;
  readonly handedAt: Date | null;
  readonly files: readonly (HandedFile & { readonly id: HandedFileId })[];
  readonly givenBack: GivenBack | null;
  readonly mayHand: boolean;
  readonly mayTakeBack: boolean;
}

/** A box in the cupboard of a class. */
export interface HandInBox {
  readonly ref: BoxRef;
  readonly cupboard: ClassCupboardRef;
  readonly className: string;
  readonly schoolName: string;
  readonly timeZone: string;
  readonly name: string;
  readonly asks: string;
  readonly untilDay: Day;
  /** Another one wherever its words or its day are others. */
  readonly edition: string;
  readonly isClosed: boolean;
  /** Its day is over. */
  readonly isOver: boolean;
  /** How many of the class's pupils have handed something in. */
  readonly handed: number;
  readonly of: number;
  /** A pupil's own part; null: before a teacher. */
  readonly own: PupilsPart | null;
}

/** A box before a teacher: who has, who hasn't; files come with the one who is looked at. */
export interface BoxView extends HandInBox {
  readonly parts: readonly PupilsPart[];
}

/** What became of files that a pupil hands in. */
export type Handed =
  | { readonly kind: 'handed'; readonly isLate: boolean }
  | { readonly kind: 'too-many' | 'missing' }
  | { readonly kind: 'not-kept'; readonly name: string; readonly why: NotPut };

/** What a teacher says of what they give back. */
export interface BackWish {
  readonly pupil: AddressId;
  readonly stamp: Stamp;
  readonly word: string;
  /** A voice, a picture: they lie in the notebook beside what was handed in. */
  readonly files?: readonly GivenFile[];
}

/** `missing`: nothing was handed in, or it isn't theirs to give back. */
export type GaveBack =
  | { readonly kind: 'given' | 'missing' }
  | { readonly kind: 'not-kept'; readonly name: string; readonly why: NotPut };

/** A page of a child's notebook: what was given back to them, whatever class it was. */
export interface NotebookPage extends HandedFile, GivenBackNote {
  readonly page: NotebookPageId;
}

/**
 * Boxes into which the pupils of a class hand what they made. Each sees their own alone, the
 * class's teachers all. What is given back lies in the child's own notebook from then on, which
 * goes with them from class to class and from school to school. Null, false and `missing`: not
 * there, or not theirs.
 */
export interface HandIns {
  /** The boxes of a class, for its pupils and teachers; none for anybody else. */
  boxes(viewer: Viewer, cupboard: ClassCupboardRef): Promise<readonly HandInBox[]>;
  /** A box, with one pupil's files where a teacher looks at them. */
  box(viewer: Viewer, ref: BoxRef, looked: AddressId | null): Promise<BoxView | null>;
  make(viewer: Viewer, cupboard: ClassCupboardRef, wish: BoxWish): Promise<BoxMade>;
  change(viewer: Viewer, ref: BoxRef, wish: BoxChange): Promise<BoxChanged>;
  /** It takes nothing any more, or again. */
  close(viewer: Viewer, ref: BoxRef, isClosed: boolean): Promise<boolean>;
  hand(viewer: Viewer, ref: BoxRef, files: readonly GivenFile[]): Promise<Handed>;
  takeBack(viewer: Viewer, ref: BoxRef, file: HandedFileId): Promise<boolean>;
  giveBack(viewer: Viewer, ref: BoxRef, wish: BackWish): Promise<GaveBack>;
  content(viewer: Viewer, ref: BoxRef, file: HandedFileId): Promise<ServedFile | null>;
  notebook(viewer: Viewer): Promise<readonly NotebookPage[]>;
  /** All of it, to be taken along; null: they have no notebook. */
  takeAlong(viewer: Viewer): Promise<FolderArchive | null>;
  pageContent(viewer: Viewer, page: NotebookPageId): Promise<ServedFile | null>;
  /** A night's work: boxes of a year ago go. */
  tidy(night: Night): Promise<void>;
}

/** Hand-in boxes: this record of core, or `Name` of it alone. */
export interface WithHandIns<Name extends keyof HandIns = keyof HandIns> {
  readonly handIns: Pick<HandIns, Name>;
}
