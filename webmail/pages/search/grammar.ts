/**
 * How a search is written: words, « "ces mots" », `-mot`, and operators in French or English,
 * `de:claire`, `avant:novembre`, whatever the language of the pages. Pure.
 */
import { plainWord } from '../../../core/letters/message/hits.ts';

type Operator = 'from' | 'to' | 'file' | 'before' | 'since' | 'in' | 'subject';

/** One piece of a search as it was typed. */
export interface Token {
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
  /** `word` and `phrase` have no operator before them. */
  readonly kind: 'word' | 'phrase' | Operator;
  readonly text: string;
  readonly not: boolean;
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  de: 'from',
  from: 'from',
  a: 'to',
  to: 'to',
  piece: 'file',
  fichier: 'file',
  file: 'file',
  avant: 'before',
  before: 'before',
  apres: 'since',
  depuis: 'since',
  after: 'since',
  since: 'since',
  dans: 'in',
  in: 'in',
  objet: 'subject',
  titre: 'subject',
  subject: 'subject',
};

/** As an operator is written into a search, by the language of the reader. */
const WRITTEN: Readonly<Record<'fr' | 'en', Readonly<Record<Operator, string>>>> = {
  fr: {
    from: 'de',
    to: 'à',
    file: 'pièce',
    before: 'avant',
    since: 'après',
    in: 'dans',
    subject: 'objet',
  },
  en: {
    from: 'from',
    to: 'to',
    file: 'file',
    before: 'before',
    since: 'after',
    in: 'in',
    subject: 'subject',
  },
};

/** Pieces of one search: nobody types more. */
const MAX_TOKENS = 20;
/** A minus, an operator, and a value with quotes of any kind or without; it may lack its end. */
const TOKEN =
  /(?<minus>-?)(?:(?<name>[\p{L}\p{M}]+):[ \u00a0]?)?(?:["“”«][ \u00a0]*(?<quoted>[^"“”»]*)(?:["“”»]|$)|(?<bare>[^\s"“”«»]+)|(?=\s|$))/gu;

/** Reads a search. What isn't an operator is a word, a colon in it or not (« 8:30 »). */
export function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(TOKEN))
    .flatMap((match) => tokenOf(match) ?? [])
    .slice(0, MAX_TOKENS);
}

function tokenOf(match: RegExpExecArray): Token | null {
  const { minus = '', name = '', quoted, bare } = match.groups ?? {};
  const value = (quoted ?? bare ?? '').replace(/(?<![ \u00a0])[ \u00a0]+$/u, '');
  const place = { start: match.index, end: match.index + match[0].length, not: minus !== '' };
  const operator = Object.hasOwn(OPERATORS, plainWord(name)) ? OPERATORS[plainWord(name)] : null;
  if (operator) return { ...place, kind: operator, text: value };
  const text = name === '' ? value : `${name}:${value}`;
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  return { ...place, kind: quoted === undefined ? 'word' : 'phrase', text };
}

/** The search without one of its tokens. */
export function without(text: string, { start, end }: Token): string {
  return `${text.slice(0, start)} ${text.slice(end)}`.replace(/\s+/gu, ' ').trim();
}

/** The search with one more condition, in the reader's language. */
export function withOperator(
  text: string,
  language: 'fr' | 'en',
  { operator, value }: { readonly operator: Operator; readonly value: string },
): string {
  const quoted = /^[^\s"“”«»]+$/u.test(value) ? value : `"${value.replace(/["“”«»]/gu, ' ')}"`;
  return `${text.trim()} ${WRITTEN[language][operator]}:${quoted}`.trim();
}
