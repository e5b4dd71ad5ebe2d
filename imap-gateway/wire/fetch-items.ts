/**
 * What FETCH asks for and STORE changes (RFC 9051 §6.4.5, §6.4.6), as parsed. Macros are spelt out:
 * ALL, FAST, FULL never reach a command.
 */

/** `<offset.count>` of a partial fetch. */
export interface ByteRange {
  readonly offset: number;
  readonly count: number;
}

export type SimpleItem =
  | 'UID'
  | 'FLAGS'
  | 'INTERNALDATE'
  | 'RFC822.SIZE'
  | 'ENVELOPE'
  | 'BODY'
  | 'BODYSTRUCTURE'
  /** RFC 7162; RFC 8474 (both); RFC 8514. */
  | 'MODSEQ'
  | 'EMAILID'
  | 'THREADID'
  | 'SAVEDATE';

export type FetchItem =
  | { readonly kind: 'simple'; readonly item: SimpleItem }
  /** RFC 8970; `lazy` may be answered NIL where nothing is ready. */
  | { readonly kind: 'preview'; readonly lazy: boolean }
  /** `BODY[…]`, and `RFC822`, `RFC822.HEADER`, `RFC822.TEXT` of RFC 3501, whose `label` is that. */
  | BodySection
  /**
   * `BINARY[…]` (RFC 3516): the part without its transfer encoding; an empty `part` is the whole
   * message.
   */
  | {
      readonly kind: 'binary';
      readonly part: readonly number[];
      readonly partial: ByteRange | null;
      readonly peek: boolean;
      readonly label: string;
    }
  | { readonly kind: 'binary-size'; readonly part: readonly number[]; readonly label: string };

export interface BodySection {
  readonly kind: 'section';
  /** Part numbers; empty is the message itself. */
  readonly part: readonly number[];
  /**
   * `all` is the part's whole body (`BODY[1]`), or with no part the whole message (`BODY[]`).
   * `mime` needs a part.
   */
  readonly text: 'all' | 'header' | 'fields' | 'fields-not' | 'text' | 'mime';
  /** For `fields` and `fields-not`: names in lower case. */
  readonly fields: readonly string[];
  readonly partial: ByteRange | null;
  /** With peek, \Seen stays as it is. */
  readonly peek: boolean;
  /**
   * The response's name for it, written as the RFC writes it: `BODY[1.HEADER.FIELDS (DATE
   * FROM)]<0>`.
   */
  readonly label: string;
}

/** How STORE changes flags: `FLAGS`, `+FLAGS`, `-FLAGS`, each with `.SILENT`. */
export interface StoreFlags {
  readonly change: 'set' | 'add' | 'remove';
  readonly silent: boolean;
  readonly flags: readonly string[];
}
