import type { Language } from '../ids.ts';
import type { Viewer } from '../viewer.ts';

/** What was said: a WAVE file, and when each of its words begins. */
export interface Speech {
  readonly audio: Buffer;
  /** Milliseconds from its beginning, one for each word of the piece (`message/spoken.ts`). */
  readonly marks: readonly number[];
}

export type Spoken =
  | ({ readonly kind: 'speech' } & Speech)
  /** There is no voice here. */
  | { readonly kind: 'voiceless' }
  /** Too much is to be said just now, or by this account; a moment later it goes on. */
  | { readonly kind: 'busy' };

/** Reads aloud, on the server: for browsers that have no voice of their own. */
export interface Voice {
  /** Whether there is one. */
  readonly isThere: boolean;
  /**
   * Says one piece. What a school has had said is kept for a while, and served to
   * nobody of another school.
   */
  speak(viewer: Viewer, piece: string, language: Language): Promise<Spoken>;
  /** Says several pieces, one after the other, as one file; without marks. */
  read(viewer: Viewer, pieces: readonly string[], language: Language): Promise<Spoken>;
  close(): void;
}
