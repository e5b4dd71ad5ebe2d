/** Sets of message numbers, as a client writes them. */

/** One number of a set; `*` is the largest in use (RFC 9051 §9 `seq-number`). */
export type SetNumber = number | '*';

/**
 * Sequence numbers or UIDs, as written: ranges may be reversed, overlap, and name what isn't there.
 * `saved` is `$` (RFC 9051 §6.4.4.1).
 */
export type NumberSet =
  | {
      readonly kind: 'ranges';
      readonly ranges: readonly { readonly from: SetNumber; readonly to: SetNumber }[];
    }
  | { readonly kind: 'saved' };

/** RFC 9394 §3.1: positions in the result, from 1; both negative counts from its end. */
export interface PartialRange {
  readonly from: number;
  readonly to: number;
}
