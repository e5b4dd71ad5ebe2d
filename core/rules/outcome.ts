/** What becomes of a message, for every way in. */
import type { MessageId } from '../ground/ids.ts';
import type { ReasonName } from './reason-names.ts';

/**
 * Why one recipient was refused or put on hold: a rule's name (`rules/reasons.ts` has the sentence)
 * and what its sentence needs.
 */
export interface Refusal {
  readonly address: string;
  readonly rule: ReasonName;
  /**
   * Words for the sentence: `name`, `className`, `ownClassName`, `until` (ISO 8601), `signature`…
   * Never set for a recipient of whom the sender may know nothing.
   */
  readonly words: Readonly<Record<string, string>>;
}

/**
 * What became of a message, or of one recipient asked about. The caller must look; a `switch` over
 * `kind` is complete or doesn't compile.
 */
export type Outcome =
  | { readonly kind: 'accepted'; readonly message: MessageId | null }
  /**
   * Taken: some or all recipients get it when a teacher or the clock lets it go. From here on,
   * losing it is our fault.
   */
  | { readonly kind: 'held'; readonly message: MessageId | null; readonly held: readonly Refusal[] }
  /** The rules said no to at least one recipient: nobody gets it. */
  | { readonly kind: 'denied'; readonly refusals: readonly Refusal[] }
  /** A file in it carries malware; `signature` is clamd's name for it. */
  | { readonly kind: 'infected'; readonly signature: string }
  /** The scanner could not look inside (a locked archive, a limit hit): permanent, never clean. */
  | { readonly kind: 'unscannable'; readonly signature: string }
  /** The scanner gave no answer: nothing is stored, try again later. */
  | { readonly kind: 'scanner-silent' }
  | { readonly kind: 'too-big'; readonly limitBytes: number }
  | { readonly kind: 'mailbox-full'; readonly address: string; readonly permanent: boolean }
  /** The bytes can't be a message (`why` is an `Unreadable`). */
  | { readonly kind: 'malformed'; readonly why: string }
  /**
   * The header or the envelope names another sender than the account (RFC 6409 §6.1 allows to
   * refuse).
   */
  | { readonly kind: 'not-your-address' }
  | { readonly kind: 'no-recipient' };
