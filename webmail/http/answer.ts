import type { Readable } from 'node:stream';
import type { Afar } from '../../core/letters/message/afar.ts';
import type { Download } from '../../core/mail/reading/contract.ts';
import type { ServedFile } from '../../core/school/cupboard/contract.ts';
import type { Html } from '../html.ts';

/**
 * What a page says back. The server turns it into HTTP in one place (`send` in `send.ts`); no
 * page touches a header.
 */
export type Answer =
  | {
      readonly kind: 'page';
      readonly status: number;
      readonly body: Html;
      /** Its script may ask for the microphone; on every other page it can't be asked for. */
      readonly microphone?: true;
      /** A file of ours stands in it by the browser's own viewer. */
      readonly holdsFile?: true;
    }
  /**
   * After a POST, a GET (RFC 9110 §15.4.4): reloading sends nothing twice. A path of ours, never
   * what a request named.
   */
  | { readonly kind: 'go'; readonly to: string }
  /** The same, where one's session goes on under another token from here on. */
  | { readonly kind: 'renewed'; readonly session: string; readonly to: string }
  /** A form that no form of ours could have sent. */
  | { readonly kind: 'wrong' }
  /** What a script of ours is told. */
  | { readonly kind: 'told'; readonly words: Readonly<Record<string, string>> }
  /** Not there, or not theirs: one answer, so that nobody can find out which. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'download'; readonly file: Download }
  /** A picture or a sound that stands in a page. */
  | { readonly kind: 'inline'; readonly file: Download }
  /**
   * The same of what never changes under its mark: a browser that has it already isn't sent it
   * again. Its bytes are asked for where they are needed.
   */
  | { readonly kind: 'kept'; readonly mark: string; readonly load: () => Promise<Download | null> }
  /** A file that is read while it is sent, or the part of it that is asked for. */
  | { readonly kind: 'served'; readonly file: ServedFile; readonly way: 'attachment' | 'inline' }
  /** A PDF that does nothing but be read, inside a page of ours. */
  | { readonly kind: 'pdf'; readonly file: Download }
  /** Speech: a WAVE file. */
  | { readonly kind: 'sound'; readonly audio: Buffer }
  /** Too much is asked just now; nothing is lost. */
  | { readonly kind: 'pause' }
  /** A file that is made while it is sent: how long it will be nobody knows. */
  | {
      readonly kind: 'stream';
      readonly name: string;
      readonly mediaType: string;
      readonly body: Readable;
    }
  /** The inside of a sandboxed frame: sanitised mail, with a policy of its own. */
  | { readonly kind: 'mail-html'; readonly html: string; readonly afar: Afar };

/** A page that answers well. */
export function page(body: Html): Answer {
  return { kind: 'page', status: 200, body };
}

/** A page after a form; 422 where something of it can't be so (RFC 9110 §15.5.21). */
export function formPage(body: Html, { refused }: { readonly refused: boolean }): Answer {
  return { kind: 'page', status: refused ? 422 : 200, body };
}

/**
 * A page on which somebody speaks: that of writing, and those of an adult's mail, in which writing
 * opens in its place.
 */
export function withMicrophone(answer: Answer): Answer {
  return answer.kind === 'page' ? { ...answer, microphone: true } : answer;
}

export const MISSING: Answer = { kind: 'missing' };
