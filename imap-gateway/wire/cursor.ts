/**
 * Reads one command, whose bytes are kept as a latin1 string with its literals in place, from left
 * to right.
 *
 * Each method takes one production of RFC 9051 §9 or says what is wrong by throwing `GrammarError`,
 * which `parse.ts` alone catches. Every production is a single sticky expression without nested
 * repetition: time is linear.
 */
import type { CommandRefusal } from './command.ts';
import { LITERALS, LITERAL_BYTES } from './limits.ts';

export class GrammarError extends Error {
  override readonly name = 'GrammarError';
  readonly refused: CommandRefusal;

  constructor(
    text: string,
    as: { readonly status: CommandRefusal['status']; readonly code: string | null } = {
      status: 'BAD',
      code: null,
    },
  ) {
    super(text);
    this.refused = { ...as, text };
  }
}

/**
 * The text ends in the announcement of a literal that isn't there yet: of a message, or of a string
 * not yet read.
 */
export interface AnnouncedLiteral {
  readonly sizeBytes: number;
  readonly literal8: boolean;
  readonly synchronising: boolean;
}

const ANNOUNCEMENT = /(~?)\{(\d{1,20})(\+?)\}$/;

/** The literal that a line announces at its end, or null. */
export function announcedBy(line: string): AnnouncedLiteral | null {
  const found = line.endsWith('}') ? ANNOUNCEMENT.exec(line.slice(-25)) : null;
  return (
    found && {
      sizeBytes: Number(found[2]),
      literal8: found[1] === '~',
      synchronising: found[3] === '',
    }
  );
}

const NUMBER = /\d{1,20}/y;
/** ATOM-CHAR (§9): any CHAR but `( ) { SP CTL % * " \ ]`. */
const ATOM = /[!#-$&'+-[^-z|}~]+/y;
/** ASTRING-CHAR: ATOM-CHAR and `]`. */
const ASTRING = /[!#-$&'+-[\]-z|}~]+/y;
/** list-char: ASTRING-CHAR and the wildcards. */
const LIST_CHARS = /[!#-'*-[\]-z|}~]+/y;
const QUOTED = /"([^"\\\r\n\0]*(?:\\["\\][^"\\\r\n\0]*)*)"/y;
const LITERAL = /(~?)\{(\d{1,20})(\+?)\}\r\n/y;
const ALL_ASCII = /^[\x00-\x7f]*$/;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class Cursor {
  readonly text: string;
  /** Mailbox names are UTF-8, not modified UTF-7. */
  readonly utf8: boolean;
  at = 0;
  /** How deep the search conditions being read are nested, and how many there are so far. */
  depth = 0;
  keys = 0;
  #literals = 0;

  constructor(text: string, as: { readonly utf8: boolean }) {
    this.text = text;
    this.utf8 = as.utf8;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  fail(expected: string): never {
    throw new GrammarError(`Expected ${expected} at column ${this.at + 1}`);
  }

  /** Takes what the sticky expression matches here, or null. */
  take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text);
    if (found) this.at = expression.lastIndex;
    return found;
  }

  /** Whether the next character is this one, without taking it. */
  sees(char: string): boolean {
    return this.text[this.at] === char;
  }

  /** Takes this very text if it stands here. */
  skip(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.skip(text)) this.fail(text === ' ' ? 'a space' : `"${text}"`);
  }

  space(): void {
    this.expect(' ');
  }

  /** RFC 9051 §9: a command ends after its last argument. */
  end(): void {
    if (!this.atEnd) this.fail('the end of the command');
  }

  atom(what = 'an atom'): string {
    return this.take(ATOM)?.[0] ?? this.fail(what);
  }

  /** An atom in capitals: keywords are compared without case (§9, note 1). */
  keyword(what: string): string {
    return this.atom(what).toUpperCase();
  }

  /** Takes this keyword if it stands here whole. */
  skipKeyword(word: string): boolean {
    const before = this.at;
    if (this.take(ATOM)?.[0].toUpperCase() === word) return true;
    this.at = before;
    return false;
  }

  /** number (§9): 32 bits, unsigned. */
  number(what = 'a number'): number {
    const value = Number(this.take(NUMBER)?.[0] ?? this.fail(what));
    return value <= 0xffff_ffff ? value : this.fail('a number of 32 bits');
  }

  /** nz-number. */
  positive(what = 'a number greater than 0'): number {
    const value = this.number(what);
    return value > 0 ? value : this.fail('a number greater than 0');
  }

  /**
   * mod-sequence-value (RFC 7162 §7): 63 bits. None of ours comes near what a double counts
   * exactly, so what is above that means as much.
   */
  modseq(what = 'a mod-sequence'): number {
    const value = BigInt(this.take(NUMBER)?.[0] ?? this.fail(what));
    return value < 0x8000_0000_0000_0000n
      ? Math.min(Number(value), Number.MAX_SAFE_INTEGER)
      : this.fail('a number of 63 bits');
  }

  /** number64 where doubles are exact: sizes in bytes. */
  size(what = 'a number'): number {
    const value = Number(this.take(NUMBER)?.[0] ?? this.fail(what));
    return Number.isSafeInteger(value) ? value : this.fail('a smaller number');
  }

  /** string (§4.3), decoded; 8-bit text must be UTF-8. */
  string(what = 'a string'): string {
    return this.#decoded(this.#rawString() ?? this.fail(what));
  }

  /** astring (§9). */
  astring(what = 'a string'): string {
    const atom = this.take(ASTRING);
    return atom ? atom[0] : this.string(what);
  }

  /** list-mailbox (§9): an astring in which wildcards need no quotes. */
  listMailbox(): string {
    const chars = this.take(LIST_CHARS);
    return chars ? chars[0] : this.string('a mailbox pattern');
  }

  /** nstring (§4.5): NIL is null. */
  nstring(what = 'a string or NIL'): string | null {
    return this.skipKeyword('NIL') ? null : this.string(what);
  }

  /** nstring or literal8 (RFC 5464 §5 `value`), as bytes. */
  bytes(what = 'a value or NIL'): Buffer | null {
    if (this.skipKeyword('NIL')) return null;
    const text = this.sees('~') ? this.#literal('any-byte') : this.#rawString();
    return Buffer.from(text ?? this.fail(what), 'latin1');
  }

  /**
   * The announcement of a literal at the very end of the text, whose bytes are still to come; null
   * where there is none.
   */
  announced(): AnnouncedLiteral | null {
    const before = this.at;
    const found = this.take(LITERAL);
    if (found && this.atEnd)
      return {
        sizeBytes: Number(found[2]),
        literal8: found[1] === '~',
        synchronising: found[3] === '',
      };
    this.at = before;
    return null;
  }

  /** `( … )` with `one` for each, separated by single spaces; `least` 0 lets it be empty. */
  list<T>(one: () => T, { least, most }: { readonly least: 0 | 1; readonly most: number }): T[] {
    this.expect('(');
    if (least === 0 && this.skip(')')) return [];
    const items = [one()];
    while (this.skip(' ')) {
      if (items.length >= most) throw new GrammarError(`A list has more than ${most} items`);
      items.push(one());
    }
    this.expect(')');
    return items;
  }

  #rawString(): string | null {
    const quoted = this.take(QUOTED)?.[1];
    if (quoted === undefined) return this.#literal('no-nul');
    return quoted.includes('\\') ? quoted.replace(/\\(["\\])/g, '$1') : quoted;
  }

  /** literal (§4.3): CHAR8 is any byte but NUL; literal8 (RFC 3516 §7) any byte. */
  #literal(holds: 'no-nul' | 'any-byte'): string | null {
    const found = this.take(LITERAL);
    if (!found) return null;
    const size = Number(found[2]);
    if (found[1] === '~' && holds === 'no-nul')
      this.fail('a string without NUL instead of a literal8');
    if (++this.#literals > LITERALS) throw new GrammarError(`More than ${LITERALS} literals`);
    if (size > LITERAL_BYTES)
      throw new GrammarError(`A literal is longer than ${LITERAL_BYTES} bytes`, {
        status: 'BAD',
        code: 'TOOBIG',
      });
    if (this.at + size > this.text.length) throw new Incomplete();
    const text = this.text.slice(this.at, this.at + size);
    this.at += size;
    return holds === 'no-nul' && text.includes('\0') ? this.fail('a string without NUL') : text;
  }

  #decoded(latin1: string): string {
    if (ALL_ASCII.test(latin1)) return latin1;
    try {
      return UTF8.decode(Buffer.from(latin1, 'latin1'));
    } catch {
      throw new GrammarError('8-bit text must be UTF-8');
    }
  }
}

/** The bytes of a literal that was announced aren't there: the reader has to fetch them. */
export class Incomplete extends Error {
  override readonly name = 'Incomplete';
}
