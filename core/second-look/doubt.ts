/** What looks hurtful, threatening, or kept for oneself; or as if one is to be met. */
export type DoubtKind = 'hurts' | 'threatens' | 'private' | 'meeting';

/** Words of a text that one may want to read again. */
export interface Doubt {
  readonly kind: DoubtKind;
  /** Offsets in the text, in UTF-16 units; the second is exclusive. */
  readonly start: number;
  readonly end: number;
}
