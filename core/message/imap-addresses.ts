/**
 * Address lists as ENVELOPE shows them (RFC 9051 §7.5.2): groups kept, routes apart, encoded words still encoded, the
 * comment of `a@b (Name)` as its name. Lenient and in one pass, as `header-addresses.ts`, which decodes them for people.
 */
import { ADDRESSES, ADDRESS_TOKENS, WIRE_CHARACTERS } from './limits.ts';
import { cut } from './clean.ts';

/** One parenthesised address of ENVELOPE; a group begins with only a mailbox and ends with nothing (§7.5.2). */
export interface WireAddress {
  readonly name: string | null;
  readonly route: string | null;
  readonly mailbox: string | null;
  readonly host: string | null;
}

interface Word { readonly text: string; readonly spaced: boolean }
interface Entry { words: Word[]; angle: Word[] | null; angles: Word[][]; comment: string | null }

const SPECIAL = '<>,;:';
const GROUP_END: WireAddress = { name: null, route: null, mailbox: null, host: null };
const emptyEntry = (): Entry => ({ words: [], angle: null, angles: [], comment: null });

/** The addresses of one header value, at most `ADDRESSES`. */
export function wireAddresses(value: string): WireAddress[] {
  const out: WireAddress[] = [];
  let entry = emptyEntry();
  let inGroup = false;
  const close = (): void => { out.push(...addressesOf(entry)); entry = emptyEntry(); };
  for (const token of tokens(value)) {
    if (out.length >= ADDRESSES) break;
    if (token.kind === 'comment') entry.comment ??= token.text;
    else if (token.kind === 'word') (entry.angle ?? entry.words).push(token);
    else if (token.text === '<') entry.angle ??= [];
    else if (token.text === '>') closeAngle(entry);
    else if (entry.angle && token.text !== ';') entry.angle.push(token);
    else if (token.text === ':') { out.push({ ...GROUP_END, mailbox: joined(entry.words, ' ') }); entry = emptyEntry(); inGroup = true; }
    else if (token.text === ',') close();
    else if (token.text === ';') { close(); if (inGroup) out.push(GROUP_END); inGroup = false; }
  }
  close();
  if (inGroup) out.push(GROUP_END);
  return out;
}

function closeAngle(entry: Entry): void {
  if (entry.angle) entry.angles.push(entry.angle);
  entry.angle = null;
}

function addressesOf(entry: Entry): WireAddress[] {
  closeAngle(entry);
  if (entry.angles.length > 0) {
    const name = joined(entry.words, ' ') || entry.comment;
    return entry.angles.map((angle) => ({ name, ...addrSpec(joined(angle, '')) }));
  }
  if (entry.words.length === 0) return [];
  return [{ name: entry.comment, ...addrSpec(joined(entry.words, '')) }];
}

/** `@route:local@host`; without `@` the host is empty, for NIL would begin a group. */
function addrSpec(text: string): { route: string | null; mailbox: string; host: string } {
  const colon = text.startsWith('@') ? text.lastIndexOf(':') : -1;
  const spec = text.slice(colon + 1);
  const at = spec.lastIndexOf('@');
  return { route: colon > 0 ? text.slice(0, colon) : null, mailbox: at < 0 ? spec : spec.slice(0, at), host: at < 0 ? '' : spec.slice(at + 1) };
}

/** Words with one space where there was white space; in an address there is none. */
function joined(words: readonly Word[], between: '' | ' '): string {
  return cut(words.map((word, i) => (i > 0 && word.spaced ? between : '') + word.text).join(''), WIRE_CHARACTERS);
}

interface Token extends Word { readonly kind: 'word' | 'special' | 'comment' }

function* tokens(value: string): Generator<Token> {
  let at = 0;
  for (let count = 0; count < ADDRESS_TOKENS; count++) {
    const start = at;
    while (/\s/.test(value[at] ?? '')) at++;
    if (at >= value.length) return;
    const spaced = at > start;
    const char = value[at] ?? '';
    if (char === '(') {
      const comment = readEnclosed(value, at, '(', ')');
      yield { kind: 'comment', text: comment.text.trim(), spaced };
      at = comment.end;
    } else if (char === '"') {
      const quoted = readEnclosed(value, at, '', '"');
      yield { kind: 'word', text: quoted.text, spaced };
      at = quoted.end;
    } else if (SPECIAL.includes(char)) {
      yield { kind: 'special', text: char, spaced };
      at++;
    } else {
      const end = endOfWord(value, at);
      yield { kind: 'word', text: value.slice(at, end), spaced };
      at = end;
    }
  }
}

/** A comment (they nest, RFC 5322 §3.2.2) or a quoted string, unescaped; an open one runs to the end. */
function readEnclosed(value: string, start: number, open: string, close: string): { readonly text: string; readonly end: number } {
  let depth = 1;
  let text = '';
  let at = start + 1;
  for (; at < value.length; at++) {
    const char = value[at] ?? '';
    if (char === '\\') { text += value[++at] ?? ''; continue; }
    if (char === close && --depth === 0) return { text, end: at + 1 };
    if (char === open) depth++;
    text += char;
  }
  return { text, end: at };
}

/** A domain literal `[…]` is one word, whatever stands in it. */
function endOfWord(value: string, start: number): number {
  if (value[start] === '[') {
    const end = value.indexOf(']', start);
    return end < 0 ? value.length : end + 1;
  }
  let at = start + 1;
  while (at < value.length && !/[\s<>,;:"([]/.test(value[at] ?? '')) at++;
  return at;
}
