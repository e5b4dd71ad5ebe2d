/** What looks hurtful, threatening, or kept for oneself; or as if one is to be met. */
export type SaidKind = 'hurts' | 'threatens' | 'private' | 'meeting';

/** `unread` is what stands behind more than is looked at. */
type DoubtKind = SaidKind | 'unread';

/** Words of a text that one may want to read again. */
export interface Doubt {
  readonly kind: DoubtKind;
  /** Offsets in the text, in UTF-16 units; the second is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** The doubtful words of a letter, by where they stand. */
export interface LookedAt {
  readonly subject: readonly Doubt[];
  readonly text: readonly Doubt[];
}
