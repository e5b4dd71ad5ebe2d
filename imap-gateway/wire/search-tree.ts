/**
 * What SEARCH, SORT and THREAD ask (RFC 9051 §6.4.4, RFC 5256), as parsed. Texts are Unicode in
 * NFC; comparing them without case and accents is the store's work.
 */
import type { NumberSet, PartialRange } from './number-set.ts';

type AddressField = 'from' | 'to' | 'cc' | 'bcc';

/**
 * A calendar day, without zone (RFC 9051 §6.4.4: times and zones are disregarded). `month` is 1 to
 * 12.
 */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export type SearchCondition =
  | { readonly kind: 'all' }
  | { readonly kind: 'and'; readonly of: readonly SearchCondition[] }
  | { readonly kind: 'or'; readonly either: SearchCondition; readonly or: SearchCondition }
  | { readonly kind: 'not'; readonly not: SearchCondition }
  | { readonly kind: 'numbers'; readonly set: NumberSet }
  | { readonly kind: 'uids'; readonly set: NumberSet }
  /**
   * A system flag (`\Seen`), `\Recent`, or a keyword, set or not: SEEN, UNSEEN, KEYWORD x, … NEW is
   * RECENT UNSEEN, OLD is NOT RECENT.
   */
  | { readonly kind: 'flag'; readonly flag: string; readonly set: boolean }
  | { readonly kind: 'address'; readonly field: AddressField; readonly text: string }
  | { readonly kind: 'subject'; readonly text: string }
  /** An empty text asks only whether the header is there. `field` in lower case. */
  | { readonly kind: 'header'; readonly field: string; readonly text: string }
  | { readonly kind: 'body'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** `internal`: INTERNALDATE; `sent`: the Date header; `saved`: SAVEDATE (RFC 8514). */
  | {
      readonly kind: 'day';
      readonly of: 'internal' | 'sent' | 'saved';
      readonly is: 'before' | 'on' | 'since';
      readonly day: Day;
    }
  | { readonly kind: 'saved-dates' }
  | { readonly kind: 'larger' | 'smaller'; readonly bytes: number }
  /** RFC 5032: INTERNALDATE within (`younger`) or beyond (`older`) so many seconds from now. */
  | { readonly kind: 'younger' | 'older'; readonly seconds: number }
  /** RFC 7162 §3.1.5: at least; the per-flag entry is taken and means the same. */
  | { readonly kind: 'modseq'; readonly atLeast: number }
  /** RFC 8474 §6.3. */
  | { readonly kind: 'email-id' | 'thread-id'; readonly id: string }
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

/** RFC 5256 §3; the DISPLAY ones of RFC 5957. */
export interface SortKey {
  readonly by:
    | 'arrival'
    | 'cc'
    | 'date'
    | 'from'
    | 'size'
    | 'subject'
    | 'to'
    | 'display-from'
    | 'display-to';
  readonly reverse: boolean;
}
