import type { Uid } from '../../../ground/ids.ts';
import type { SectionText } from '../../../letters/message/section.ts';

/** One thing wanted of each message's bytes. */
export interface SectionWish {
  /** `''` the message itself, `1`, `2.1`, …: RFC 9051 §6.4.5.1. */
  readonly part: string;
  /**
   * `all` is the part's encoded body (with no part: the whole message); `header`, `text`, `fields`
   * and `fields-not` of the message itself or of a message/rfc822 part; `mime` the part's own
   * header; `binary` the part without its transfer encoding (RFC 3516), `binary-size` only how long
   * that is.
   */
  readonly what: SectionText;
  /** Header names in lower case, for `fields` and `fields-not`; else empty. */
  readonly fields: readonly string[];
  /** `<offset.count>`; past the end it is empty. */
  readonly partial: { readonly offset: number; readonly count: number } | null;
}

export type SectionContent =
  /**
   * `bytes` in one piece, or for big ones a stream of pieces that reads on only as it is read.
   * Exactly `sizeBytes` in all.
   */
  | {
      readonly kind: 'bytes';
      readonly sizeBytes: number;
      readonly bytes: Buffer | AsyncIterable<Buffer>;
    }
  /** For `binary-size`. */
  | { readonly kind: 'size'; readonly sizeBytes: number }
  /** There is no such part: NIL (RFC 9051 §7.5.2). */
  | { readonly kind: 'none' }
  /** Its transfer encoding is one that nobody knows (RFC 3516 §4.3). */
  | { readonly kind: 'unknown-encoding' };

/** One message's sections, in the order of the wishes. Use them before the next is asked for. */
export interface Sections {
  readonly uid: Uid;
  readonly contents: readonly SectionContent[];
}
