/**
 * Address lists of headers (RFC 5322 §3.4, with the obsolete forms of §4.4), read leniently, in one
 * pass, without recursion.
 */
import { cleanName, cut } from './clean.ts';
import { decodeWords } from './encoded-words.ts';
import { ADDRESSES, ADDRESS_TOKENS, NAME_CHARACTERS } from './limits.ts';
import type { HeaderAddress } from './message.ts';

type Token = {
  readonly kind: 'word' | 'quoted' | 'special';
  readonly text: string;
  readonly spaced: boolean;
};

/** What stands between two commas. `angles` are the `<…>` in it: an honest one has one at most. */
interface Entry {
  words: Token[];
  angles: string[];
  inAngle: Token[] | null;
}

/**
 * The mailboxes of one header value, groups dissolved (an empty group gives none).
 *
 * Every address that any reader could find is one more mailbox: `<a> <b>` gives two. What has no
 * address at all (a name alone, an encoded word that would decode to an address) is a mailbox with
 * an empty address, so that it's counted.
 */
export function readAddresses(value: string): HeaderAddress[] {
  const boxes: HeaderAddress[] = [];
  let entry = emptyEntry();
  const close = (): void => {
    boxes.push(...mailboxesOf(entry));
    entry = emptyEntry();
  };
  for (const token of tokens(value)) {
    if (boxes.length >= ADDRESSES) return boxes;
    if (token.kind !== 'special') {
      (entry.inAngle ?? entry.words).push(token);
      continue;
    }
    if (token.text === '<') entry.inAngle ??= [];
    else if (token.text === '>') closeAngle(entry);
    // a route
    else if (entry.inAngle && (token.text === ',' || token.text === ':')) entry.inAngle.push(token);
    else if (token.text === ':' && !hasAddress(entry)) entry = emptyEntry(); // the name of a group
    else close();
  }
  closeAngle(entry);
  close();
  return boxes;
}

const emptyEntry = (): Entry => ({ words: [], angles: [], inAngle: null });

function closeAngle(entry: Entry): void {
  if (entry.inAngle)
    entry.angles.push(
      withoutRoute(entry.inAngle)
        .map((token) => token.text)
        .join(''),
    );
  entry.inAngle = null;
}

/** RFC 5322 §4.4: `<@a,@b:c@d>` means c@d. */
function withoutRoute(inside: Token[]): Token[] {
  const colon = inside[0]?.text.startsWith('@')
    ? inside.findLastIndex((token) => token.text === ':')
    : -1;
  return inside.slice(colon + 1);
}

const hasAddress = (entry: Entry): boolean =>
  entry.angles.length > 0 ||
  entry.words.some((word) => word.kind === 'word' && word.text.includes('@'));

function mailboxesOf(entry: Entry): HeaderAddress[] {
  if (entry.angles.length > 0) {
    const name = displayName(phrase(entry.words));
    return entry.angles.map((address) => ({ name, address: cleanAddress(address) }));
  }
  if (entry.words.length === 0) return [];
  if (!hasAddress(entry)) return [{ name: displayName(phrase(entry.words)), address: '' }];
  return bareAddresses(entry.words).map((address) => ({
    name: '',
    address: cleanAddress(address),
  }));
}

/** `a @ b` is one address; `a@b c@d` are two, though only a comma may part them. */
function bareAddresses(words: readonly Token[]): string[] {
  const found: string[] = [];
  let joined = '';
  for (const word of words) {
    const glued =
      joined === '' ||
      !word.spaced ||
      joined.endsWith('@') ||
      joined.endsWith('.') ||
      /^[@.]/.test(word.text);
    if (!glued) {
      found.push(joined);
      joined = '';
    }
    joined += word.text;
  }
  found.push(joined);
  return found.filter((text) => text.includes('@'));
}

function phrase(words: readonly Token[]): string {
  return words.map((word) => (word.kind === 'quoted' ? unquote(word.text) : word.text)).join(' ');
}

const unquote = (text: string): string => text.slice(1, -1).replace(/\\(.)/gs, '$1');

/** A name that looks like an address would be read as one, so it is no name. */
function displayName(encoded: string): string {
  const name = cut(cleanName(decodeWords(encoded)), NAME_CHARACTERS);
  return /[@＠﹫]/u.test(name) ? '' : name;
}

/** The address as written, less controls and all that is invisible. */
const cleanAddress = (text: string): string =>
  cut(cleanName(text), NAME_CHARACTERS * 2).replace(/\s+/g, '');

const SPECIAL = new Set(['<', '>', ',', ';', ':']);

function* tokens(value: string): Generator<Token> {
  let at = 0;
  for (let count = 0; at < value.length && count < ADDRESS_TOKENS; count++) {
    const start = skipSpace(value, at);
    if (start >= value.length) return;
    const spaced = start > at;
    const char = value[start] ?? '';
    at = endOfToken(value, start);
    const text = value.slice(start, at);
    yield { kind: kindOf(char), text: closed(text, char), spaced };
  }
}

function endOfToken(value: string, start: number): number {
  if (value[start] === '"') return endOfQuoted(value, start);
  return value[start] === '[' ? endOfLiteral(value, start) : endOfWord(value, start);
}

function kindOf(first: string): Token['kind'] {
  if (SPECIAL.has(first)) return 'special';
  return first === '"' ? 'quoted' : 'word';
}

const closed = (text: string, char: string): string =>
  char === '"' && (text.length < 2 || !text.endsWith('"')) ? `${text}"` : text;

/**
 * White space and comments (RFC 5322 §3.2.2), which nest; counted, not recursed into. An open
 * comment runs to the end.
 */
function skipSpace(value: string, from: number): number {
  let depth = 0;
  let at = from;
  for (; at < value.length; at++) {
    const char = value[at];
    if (char === '(') depth++;
    else if (char === ')' && depth > 0) depth--;
    else if (char === '\\' && depth > 0) at++;
    else if (depth === 0 && char !== ' ' && char !== '\t' && char !== '\r' && char !== '\n') break;
  }
  return at;
}

/**
 * Behind the closing quote of the quoted string (RFC 5322 §3.2.4) that begins at `start`; the end
 * of the value where there is none.
 */
export function endOfQuoted(value: string, start: number): number {
  for (let at = start + 1; at < value.length; at++) {
    if (value[at] === '\\') at++;
    else if (value[at] === '"') return at + 1;
  }
  return value.length;
}

/** The same of a domain literal (RFC 5322 §3.4.1). */
export function endOfLiteral(value: string, start: number): number {
  const end = value.indexOf(']', start);
  return end < 0 ? value.length : end + 1;
}

function endOfWord(value: string, start: number): number {
  if (SPECIAL.has(value[start] ?? '')) return start + 1;
  let at = start + 1;
  while (at < value.length && !/[\s<>,;:"([]/.test(value[at] ?? '')) at++;
  return at;
}
