import type { ClassId, PhraseId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { Drawing } from './drawings.ts';

export type { Drawing } from './drawings.ts';

/**
 * A sentence that a child sends by one touch, without writing: what it says, and its picture. Once
 * sent it is a letter like others, with a file.
 */
export interface Phrase {
  /** `merci`, or the number of one that a class has for itself. */
  readonly key: string;
  readonly words: string;
  /** A drawing of ours by its name; null for a picture of the class's own. */
  readonly drawing: Drawing | null;
}

/** What is written, and the file that goes with it. */
export interface PhraseLetter {
  readonly words: string;
  readonly picture: PhrasePicture;
}

export interface PhrasePicture {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export interface PhraseWish {
  readonly class: ClassId;
  readonly words: string;
  /** A drawing of ours by its name, or a file. */
  readonly picture: string | Pick<PhrasePicture, 'bytes'>;
}

export type PhraseMade =
  | { readonly kind: 'made' }
  /** Nothing is said, or more than a child hears at once. */
  | { readonly kind: 'no-words' | 'too-long' }
  /** No picture was chosen; it is no PNG or JPEG, or heavier than 200 kB. */
  | { readonly kind: 'no-picture' | 'not-a-picture' | 'too-big' }
  /** It was not looked at: a virus, or the scanner didn't answer. */
  | { readonly kind: 'infected' | 'scanner-silent' }
  /** As many as a class may have. */
  | { readonly kind: 'too-many' }
  /** Not there, or not theirs. */
  | { readonly kind: 'missing' };

/** What a class's children say by one touch, as its teacher sees it. */
export interface ClassPhrases {
  readonly everybodys: readonly Phrase[];
  /** Those that the class has for itself, and how many it may have. */
  readonly own: readonly Phrase[];
  readonly most: number;
  /** Drawings that one of its own may have. */
  readonly drawings: readonly Drawing[];
}

/** A phrase as an adult sees it who writes to a child; without a class it is everybody's. */
export interface ShownPhrase extends Phrase {
  readonly class: ClassId | null;
}

export interface Phrases {
  /** What a pupil may say by one touch: everybody's phrases, then those of their classes. */
  offered(viewer: Viewer): Promise<readonly Phrase[]>;
  /**
   * What a child of these classes is offered, for who writes to them: everybody's phrases, then
   * those of the classes among them that the viewer teaches.
   */
  offeredIn(viewer: Viewer, classes: readonly ClassId[]): Promise<readonly ShownPhrase[]>;
  /** One of them as a letter; null where it isn't offered. */
  letter(viewer: Viewer, key: string): Promise<PhraseLetter | null>;
  /** Null for a class that the viewer doesn't teach. */
  ofClass(viewer: Viewer, classId: ClassId): Promise<ClassPhrases | null>;
  /** The picture of one of these. */
  picture(
    viewer: Viewer,
    phrase: { readonly class: ClassId; readonly id: PhraseId },
  ): Promise<PhrasePicture | null>;
  make(viewer: Viewer, wish: PhraseWish): Promise<PhraseMade>;
  /** False: not there, or not theirs. */
  remove(
    viewer: Viewer,
    phrase: { readonly class: ClassId; readonly id: PhraseId },
  ): Promise<boolean>;
}

/** What children say by one touch: this record of core, or `Name` of it alone. */
export interface WithPhrases<Name extends keyof Phrases = keyof Phrases> {
  readonly phrases: Pick<Phrases, Name>;
}
