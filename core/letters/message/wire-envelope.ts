/**
 * ENVELOPE as it goes over the wire (RFC 9051 §7.5.2), made once, at delivery: fields as they stand
 * in the header, unfolded, encoded words still encoded. ASCII alone: what a header holds of raw
 * UTF-8 (RFC 6532) becomes encoded words, which every client reads.
 */
import { encodeWords } from './encoded-words.ts';
import { endOfLiteral, endOfQuoted } from './header-addresses.ts';
import { fieldValue, fieldValues, type Header } from './header.ts';
import { ADDRESSES, ADDRESS_TOKENS, VALUE_CHARACTERS } from './limits.ts';

/**
 * An address as the header has it: `route` is the obsolete source route. A group's start has a null
 * host, its end a null mailbox too.
 */
export interface WireAddress {
  readonly name: string | null;
  readonly route: string | null;
  readonly mailbox: string | null;
  readonly host: string | null;
}

/**
 * `(date subject from sender reply-to to cc bcc in-reply-to message-id)`. Sender and Reply-To
 * default to From.
 */
export function wireEnvelope(header: Header): string {
  const from = wireAddresses(header, 'from');
  const orFrom = (list: string): string => (list === 'NIL' ? from : list);
  return `(${[
    nstring(fieldValue(header, 'date')),
    nstring(fieldValue(header, 'subject')),
    from,
    orFrom(wireAddresses(header, 'sender')),
    orFrom(wireAddresses(header, 'reply-to')),
    wireAddresses(header, 'to'),
    wireAddresses(header, 'cc'),
    wireAddresses(header, 'bcc'),
    nstring(fieldValue(header, 'in-reply-to')),
    nstring(fieldValue(header, 'message-id')),
  ].join(' ')})`;
}

function wireAddresses(header: Header, name: string): string {
  const all = fieldValues(header, name).flatMap(addressesIn).slice(0, ADDRESSES);
  return all.length === 0
    ? 'NIL'
    : `(${all.map(({ name: shown, route, mailbox, host }) => `(${nstring(shown)} ${nstring(route)} ${nstring(mailbox)} ${nstring(host)})`).join('')})`;
}

/** A quoted string, or NIL: printable ASCII, `\` and `"` escaped (RFC 9051 §4.3). */
export function nstring(text: string | null): string {
  return text === null ? 'NIL' : quoted(text);
}

export function quoted(text: string): string {
  const cut = text.slice(0, VALUE_CHARACTERS);
  return `"${ascii(cut).replace(/["\\]/g, '\\$&')}"`;
}

function ascii(text: string): string {
  if (/^[\x20-\x7E]*$/.test(text)) return text;
  const line = text.toWellFormed().replace(/[\x00-\x1F\x7F]+/g, ' ');
  return /^[\x20-\x7E]*$/.test(line) ? line : encodeWords(line).replaceAll('\r\n', '');
}

interface Token {
  readonly kind: 'text' | 'special' | 'comment';
  readonly text: string;
  readonly spaced: boolean;
}
interface Entry {
  words: string;
  inAngle: string | null;
  angle: string | null;
  comment: string | null;
}

const fresh = (): Entry => ({ words: '', inAngle: null, angle: null, comment: null });

/**
 * The addresses of one field's value in its order, groups kept. Lenient, in one pass, never throws.
 */
export function addressesIn(value: string): WireAddress[] {
  const found: WireAddress[] = [];
  let entry = fresh();
  let inGroup = false;
  const close = (): void => {
    const address = addressOf(entry);
    if (address) found.push(address);
    entry = fresh();
  };
  const endGroup = (): void => {
    close();
    if (inGroup) found.push({ name: null, route: null, mailbox: null, host: null });
    inGroup = false;
  };
  for (const token of tokensOf(value)) {
    if (found.length >= ADDRESSES) break;
    if (token.kind === 'comment') entry.comment = token.text;
    else if (token.kind === 'text' || (entry.inAngle !== null && token.text !== '>'))
      addText(entry, token);
    else if (token.text === '<') entry.inAngle = '';
    else if (token.text === '>') closeAngle(entry);
    else if (token.text === ',') close();
    else if (token.text === ';') endGroup();
    else if (!inGroup) {
      found.push({ name: null, route: null, mailbox: entry.words, host: null });
      inGroup = true;
      entry = fresh();
    }
  }
  closeAngle(entry);
  endGroup();
  return found;
}

function addText(entry: Entry, { text, spaced }: Token): void {
  if (entry.inAngle !== null) entry.inAngle += text;
  else entry.words += (spaced && entry.words !== '' && entry.angle === null ? ' ' : '') + text;
}

function closeAngle(entry: Entry): void {
  if (entry.inAngle !== null) entry.angle ??= entry.inAngle;
  entry.inAngle = null;
}

function addressOf({ words, angle, comment }: Entry): WireAddress | null {
  if (angle === null && words === '') return null;
  if (angle !== null)
    return { name: words === '' ? comment : unquoted(words), ...splitAddress(angle) };
  return words.includes('@')
    ? { name: comment, ...splitAddress(words.replace(/ ?([@.]) ?/g, '$1')) }
    : { name: unquoted(words), route: null, mailbox: '', host: '' };
}

/** A host is never null here: that would be a group. */
function splitAddress(text: string): Pick<WireAddress, 'route' | 'mailbox' | 'host'> {
  const colon = text.startsWith('@') ? text.lastIndexOf(':') : -1;
  const rest = text.slice(colon + 1);
  const at = rest.lastIndexOf('@');
  return {
    route: colon > 0 ? text.slice(0, colon) : null,
    mailbox: unquoted(at < 0 ? rest : rest.slice(0, at)),
    host: at < 0 ? '' : rest.slice(at + 1),
  };
}

/** Quoted strings within a phrase lose their quotes (RFC 5322 §3.2.4). */
const unquoted = (text: string): string =>
  text.replace(/"((?:[^"\\]|\\.)*)"?/gs, (_, inner: string) => inner.replace(/\\(.)/gs, '$1'));

const SPECIAL = new Set(['<', '>', ',', ';', ':']);

function* tokensOf(value: string): Generator<Token> {
  let at = 0;
  for (let count = 0; at < value.length && count < ADDRESS_TOKENS; count++) {
    const start = at + (/^\s*/.exec(value.slice(at, at + 4096))?.[0].length ?? 0);
    const char = value[start];
    if (char === undefined) return;
    const spaced = start > at;
    if (char === '(') {
      const end = endOfComment(value, start);
      yield {
        kind: 'comment',
        text: value.slice(start + 1, value[end - 1] === ')' ? end - 1 : end).trim(),
        spaced,
      };
      at = end;
    } else {
      at = endOfToken(value, start, char);
      yield { kind: SPECIAL.has(char) ? 'special' : 'text', text: value.slice(start, at), spaced };
    }
  }
}

function endOfToken(value: string, start: number, first: string): number {
  if (SPECIAL.has(first)) return start + 1;
  if (first === '"') return endOfQuoted(value, start);
  return first === '[' ? endOfLiteral(value, start) : endOfWord(value, start);
}

/** Comments nest (RFC 5322 §3.2.2); counted, not recursed into. */
function endOfComment(value: string, start: number): number {
  let depth = 0;
  for (let at = start; at < value.length; at++) {
    if (value[at] === '\\') at++;
    else if (value[at] === '(') depth++;
    else if (value[at] === ')' && --depth === 0) return at + 1;
  }
  return value.length;
}

const WORD_END = /[\s<>,;:"([]/g;

function endOfWord(value: string, start: number): number {
  WORD_END.lastIndex = start + 1;
  return WORD_END.exec(value)?.index ?? value.length;
}
