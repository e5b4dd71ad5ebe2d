import type { ClassId, ClassLetter, Draft, Reachable, Refusal, Writing } from '../core/core.ts';
import type { LetterPage } from './letter-form.ts';
import type { Around } from './mailbox-nav.ts';
import type { Recipient } from './recipients.ts';

/** Everything the writing page shows. */
export interface WritingPage {
  readonly near: Around;
  readonly writing: Writing;
  /** The draft behind it, once it was kept. */
  readonly draft: Draft | null;
  readonly page: LetterPage;
  readonly reach: readonly Reachable[];
  readonly recipients: readonly Recipient[];
  /** Recipients of the draft who may no longer be written to, left out of a child's page. */
  readonly gone: number;
  readonly search: { readonly text: string; readonly found: readonly Reachable[] } | null;
  readonly complaints: readonly Complaint[];
  /** What was last written to the class that this goes to. */
  readonly letter: { readonly class: ClassId; readonly last: ClassLetter } | null;
}

/** What the page says went wrong, each with its sentence in the texts. */
export type Complaint =
  | { readonly kind: 'nobody' }
  /** Another window has changed the draft: this one's words are a draft of their own by now. */
  | { readonly kind: 'apart' }
  | { readonly kind: 'left-out'; readonly name: string; readonly sentence: string }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** A writing with nothing in it yet. */
export const EMPTY: Writing = { to: [], subject: '', text: '', answers: 'sender', answerTo: null };
