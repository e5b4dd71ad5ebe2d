import type { Language } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';

export type SpeechAnswer =
  /** A WAVE file. */
  | { readonly kind: 'speech'; readonly audio: Buffer }
  /** There is no voice here. */
  | { readonly kind: 'voiceless' }
  /** Too much is to be said just now, or by this account; a moment later it goes on. */
  | { readonly kind: 'busy' };

/** Reads aloud, on the server: for browsers that have no voice of their own. */
export interface Voice {
  /**
   * Says one piece. A sentence of the pages is a file, which was made once (`made.ts`). Anything
   * else is said now; what a school has had said is kept for a while, and served to nobody of
   * another school.
   */
  speak(viewer: Viewer, piece: string, language: Language): Promise<SpeechAnswer>;
  /** A sentence of the pages, for whom we don't know yet: from its file, or not at all. */
  sentence(words: string, language: Language): Promise<SpeechAnswer>;
  /**
   * Begins to say a piece that is likely to be asked for, so that it is there by then. It waits its
   * turn and counts among what the viewer has had said, as any other.
   */
  prepare(viewer: Viewer, piece: string, language: Language): void;
  /**
   * When each word of a piece begins in what `speak` gives, in milliseconds, one for each word
   * (`message/spoken.ts`); empty where that isn't known.
   */
  marks(viewer: Viewer, piece: string, language: Language): Promise<readonly number[]>;
  /** Says several pieces, one after the other, as one file. */
  read(viewer: Viewer, pieces: readonly string[], language: Language): Promise<SpeechAnswer>;
  close(): void;
}

/** Reads aloud to who doesn't read yet: this record of core, or `Name` of it alone. */
export interface WithVoice<Name extends keyof Voice = keyof Voice> {
  readonly voice: Pick<Voice, Name>;
}

/** A sentence of the pages, and the language that it is heard in. */
export interface SpokenSentence {
  readonly language: Language;
  readonly words: string;
}
