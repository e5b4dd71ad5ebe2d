/**
 * Values with parameters: Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2183), with the
 * pieces of RFC 2231.
 */
import { decodeText } from './charset.ts';
import { decodeWords } from './encoded-words.ts';
import { PARAMETERS } from './limits.ts';

export interface ParameterisedValue {
  /** The value before the first `;`, in lower case. */
  readonly value: string;
  /**
   * By name in lower case, decoded: pieces joined (RFC 2231 §3), charsets undone (§4), encoded
   * words too, though RFC 2047 §5 forbids them here.
   */
  readonly params: Readonly<Record<string, string>>;
  /** Every reading of every parameter: where `filename` and `filename*` differ, both. */
  readonly all: readonly (readonly [name: string, value: string])[];
  /** A parameter that stands there twice. */
  readonly doubled: boolean;
}

interface Raw {
  readonly name: string;
  readonly value: string;
}

/** Reads such a value. Never fails: what isn't a parameter is skipped. */
export function readParameters(text: string): ParameterisedValue {
  const pieces = split(text);
  const value = (pieces.shift() ?? '')
    .replace(/\([^()]*\)/g, '')
    .trim()
    .toLowerCase();
  const raws = pieces.map(parameter).filter((raw) => raw !== null);
  const all: [string, string][] = raws
    .filter((raw) => !raw.name.includes('*'))
    .map((raw) => [raw.name, decodeWords(raw.value)]);
  const plain = new Set(all.map(([name]) => name));
  const extended = joined(raws.filter((raw) => raw.name.includes('*')));
  const params: Record<string, string> = Object.create(null);
  for (const [name, read] of all) params[name] ??= read;
  // RFC 6266 §4.3: the extended form is the better one
  for (const [name, read] of extended) params[name] = read;
  return {
    value,
    params,
    all: [...all, ...extended],
    doubled: plain.size < all.length || hasDoubles(raws),
  };
}

/**
 * The parameters as they stand there, for readers who decode them on their own: names in lower
 * case, pieces and charsets of RFC 2231 not joined.
 */
export function rawParameters(text: string): readonly (readonly [name: string, value: string])[] {
  return split(text)
    .slice(1)
    .map(parameter)
    .filter((raw) => raw !== null)
    .map((raw) => [raw.name, raw.value] as const);
}

/** Cuts at `;`, but not in a quoted string. */
function split(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length && pieces.length <= PARAMETERS; at++) {
    const char = text[at];
    if (char === '\\' && quoted) at++;
    else if (char === '"') quoted = !quoted;
    else if (char === ';' && !quoted) {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
  }
  if (pieces.length <= PARAMETERS) pieces.push(text.slice(start));
  return pieces;
}

function parameter(piece: string): Raw | null {
  const equals = piece.indexOf('=');
  if (equals < 0) return null;
  const name = piece
    .slice(0, equals)
    .replace(/\([^()]*\)/g, '')
    .trim()
    .toLowerCase();
  if (!/^[!#$%&'*+.0-9A-Z^_`a-z{|}~-]{1,80}$/.test(name)) return null;
  return { name, value: unquoted(piece.slice(equals + 1).trim()) };
}

/** Without the comment at its end (RFC 5322 §3.2.2), if one without others in it stands there. */
function withoutComment(value: string): string {
  const open = value.lastIndexOf('(');
  const isComment = open >= 0 && value.indexOf(')', open) === value.length - 1;
  return isComment ? value.slice(0, open).trimEnd() : value;
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return withoutComment(value);
  let out = '';
  for (let at = 1; at < value.length && value[at] !== '"'; at++) {
    if (value[at] === '\\' && at + 1 < value.length) at++;
    out += value[at];
  }
  return out;
}

/**
 * RFC 2231 §3 and §4: `name*`, `name*0`, `name*0*`, … A name's pieces are taken in order of their
 * number until one lacks.
 */
function joined(raws: readonly Raw[]): [string, string][] {
  const byName = new Map<
    string,
    Map<number, { readonly encoded: boolean; readonly value: string }>
  >();
  for (const raw of raws) {
    const [, name = '', number, star = ''] = /^([^*]+)(?:\*(\d{1,4}))?(\*?)$/.exec(raw.name) ?? [];
    if (name === '') continue;
    const pieces = byName.get(name) ?? new Map<number, { encoded: boolean; value: string }>();
    const at = Number(number ?? 0);
    if (!pieces.has(at)) pieces.set(at, { encoded: star === '*', value: raw.value });
    byName.set(name, pieces);
  }
  return [...byName].map(([name, pieces]) => [name, joinPieces(pieces)]);
}

function joinPieces(
  pieces: ReadonlyMap<number, { readonly encoded: boolean; readonly value: string }>,
): string {
  const first = pieces.get(0) ?? [...pieces.values()][0];
  const [, charset, rest] =
    (first?.encoded ? /^([^']*)'[^']*'(.*)$/s.exec(first.value) : null) ?? [];
  const bytes: Buffer[] = [];
  for (let number = 0; ; number++) {
    const piece = number === 0 ? first : pieces.get(number);
    if (!piece) break;
    const text = number === 0 && rest !== undefined ? rest : piece.value;
    bytes.push(piece.encoded ? percentDecoded(text) : Buffer.from(text, 'utf8'));
  }
  const whole = decodeText(Buffer.concat(bytes), charset);
  return first?.encoded ? whole : decodeWords(whole);
}

function percentDecoded(text: string): Buffer {
  const bytes = text
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((piece, i) =>
      i % 2 === 1 ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece, 'utf8'),
    );
  return Buffer.concat(bytes);
}

const hasDoubles = (raws: readonly Raw[]): boolean =>
  new Set(raws.map((raw) => raw.name)).size < raws.length;
