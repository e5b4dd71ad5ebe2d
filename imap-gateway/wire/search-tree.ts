/**
 * What SEARCH, SORT and THREAD ask (RFC 9051 §6.4.4, RFC 5256), as parsed. Texts are Unicode in
 * NFC; comparing them without case and accents is the store's work.
 */
import type { PlainCriterion } from '../../core/store/mail/contract.ts';
import type { NumberSet, PartialRange } from './number-set.ts';

/** What the store knows too is the store's; numbers of messages are the session's alone. */
export type SearchCondition =
  | PlainCriterion
  | { readonly kind: 'and'; readonly of: readonly SearchCondition[] }
  | { readonly kind: 'or'; readonly either: SearchCondition; readonly or: SearchCondition }
  | { readonly kind: 'not'; readonly not: SearchCondition }
  | { readonly kind: 'numbers'; readonly set: NumberSet }
  | { readonly kind: 'uids'; readonly set: NumberSet }
  /** In a charset that isn't known here: the whole search is this. */
  | { readonly kind: 'unreadable' };

/**
 * `RETURN (…)` (RFC 9051 §6.4.4, RFC 5182 for `save`, RFC 9394 for `partial`); null on the command
 * where there was none. An empty `RETURN ()` is ALL.
 */
export interface SearchReturns {
  readonly min: boolean;
  readonly max: boolean;
  readonly all: boolean;
  readonly count: boolean;
  readonly save: boolean;
  readonly partial: PartialRange | null;
}
