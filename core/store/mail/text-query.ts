/** Words that somebody types, as a query to the index of words (`message.search`). */
import { sql } from 'kysely';
import { plainWord } from '../../letters/message/hits.ts';
import type { SchoolTx } from '../store.ts';

export interface TypedWord {
  readonly text: string;
  /** Not typed to its end. */
  readonly isBeginning: boolean;
  /** Must not be there. */
  readonly not: boolean;
}

export interface TextQuery {
  /** As PostgreSQL writes a `tsquery`. */
  readonly query: string;
  /** Whether the index knows any of the words: « de la » is none. */
  readonly hasWords: boolean;
  /** Whether one of them must be there: only then can the index name the messages. */
  readonly narrows: boolean;
  /** The root of each word in its order; null for what isn't indexed. */
  readonly roots: readonly (string | null)[];
}

/** Nothing is asked of the words. */
export const NO_WORDS: TextQuery = { query: '', hasWords: false, narrows: false, roots: [] };

/**
 * The query of words that must all be there, or not be there; a beginning finds what it may become.
 */
export async function textQueryOf(tx: SchoolTx, typed: readonly TypedWord[]): Promise<TextQuery> {
  if (typed.length === 0) return NO_WORDS;
  const { rows } = await sql<{
    query: string;
    nodes: number;
    root: string | null;
    no: boolean;
  }>`
    with words as (
      select plainto_tsquery('preau', w.text)
          || to_tsquery('preau', w.becomes)
          || to_tsquery('simple', w.begins) as query,
        (to_tsvector('preau', w.text)) as vector,
        w.no,
        w.at
      from rows from (unnest(
          ${typed.map(({ text }) => text)}::text[],
          ${typed.map(becomes)}::text[],
          ${typed.map(begins)}::text[],
          ${typed.map(({ not }) => not)}::boolean[]
        )) with ordinality as w (text, becomes, begins, no, at)
    )
    select query::text, numnode(query) as nodes, (tsvector_to_array(vector))[1] as root,
      no
    from words
    order by at
  `.execute(tx.kept);
  const known = rows.filter(({ nodes }) => nodes > 0);
  return {
    query: known.map(({ query, no }) => (no ? `!(${query})` : `(${query})`)).join(' & '),
    hasWords: known.length > 0,
    narrows: known.some(({ no }) => !no),
    roots: rows.map(({ root }) => root),
  };
}

/** Letters of a beginning, and before an ending. */
const SHORTEST = 3;
/** A word of one part: others mean something to PostgreSQL's parser. */
const ONE_PART = /^[\p{L}\p{N}\p{M}]+$/u;

/**
 * Lexemes that begin as the word is typed: the root of what it may become may be longer. Shorter
 * beginnings go by their root alone, so that « le » is no word yet.
 */
function begins({ text, isBeginning }: TypedWord): string {
  return isBeginning && ONE_PART.test(text) && text.length >= SHORTEST
    ? `'${plainWord(text)}':*`
    : '';
}

/** An address or a word of several parts: nothing in it is an operator once it is quoted. */
const SEVERAL_PARTS = /^[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}@._-]*$/u;

/**
 * What a beginning may become. Roots are shorter than words: « autorisat » must find « autoris »,
 * the root of « autorisation ».
 */
function becomes({ text, isBeginning }: TypedWord): string {
  if (!isBeginning || !SEVERAL_PARTS.test(text)) return '';
  if (!ONE_PART.test(text) || text.length < SHORTEST) return `'${text}':*`;
  return completionsOf(plainWord(text))
    .map((word) => `'${word}'`)
    .join(' | ');
}

/** Endings that French words lose to their root, as the index has them: without accents. */
const ENDINGS = [
  'ation',
  'ations',
  'ution',
  'ateur',
  'atrice',
  'ement',
  'ements',
  'ment',
  'amment',
  'emment',
  'ite',
  'ites',
  'ique',
  'iques',
  'isme',
  'iste',
  'istes',
  'able',
  'ables',
  'euse',
  'euses',
  'eux',
  'ance',
  'ances',
  'ence',
  'ences',
  'logie',
  'ive',
  'ives',
  'aient',
  'erions',
  'erait',
  'eront',
  'issant',
  'issent',
  'aux',
  'ees',
  'ions',
];
/** Words that end as French words do and begin so: a rest of each ending that has begun. */
export function completionsOf(word: string): string[] {
  return ENDINGS.flatMap((ending) =>
    Array.from({ length: ending.length - 1 }, (_, index) => index + 1)
      .filter((begun) => word.length - begun >= SHORTEST && word.endsWith(ending.slice(0, begun)))
      .map((begun) => `${word}${ending.slice(begun)}`),
  );
}
