import { sql, type RawBuilder } from 'kysely';
import type { Placeholders } from '../compiled-once.ts';

/**
 * Words whose roots a process keeps, in each of two halves; the older half goes at once. A word has
 * some 100 bytes.
 */
const KEPT_WORDS = 30_000;
/** Characters of a word that is kept; what is longer is no word of a language. */
const MAX_CHARACTERS = 40;
/** Words of one message whose roots the database is asked to tell. */
const MAX_TOLD = 300;

/**
 * What PostgreSQL's dictionary `preau` makes of a word: its root, without accents, or nothing of a
 * word that isn't indexed (« de », « la »). Finding roots was a third of what PostgreSQL did for a
 * letter, and letters are made of the same few thousand words, so that a process asks about each
 * once. Words of several parts (« porte-monnaie », addresses) are never kept: they are looked for
 * as a phrase, which needs their positions. Where a migration changes the dictionary, what is kept
 * holds until the process starts anew.
 */
let young = new Map<string, string>();
let old = new Map<string, string>();

/**
 * The words of a text, each once, for the column `search`: roots that are known, and the other
 * words as they came.
 */
export interface SearchWords {
  readonly roots: string;
  readonly others: string;
}

/** The index knows which messages have a word, not where in them it stands. */
export function wordsOf(text: string): SearchWords {
  const roots: string[] = [];
  const others: string[] = [];
  for (const word of eachOnce(text)) {
    const root = young.get(word) ?? comeBack(word);
    if (root === undefined) others.push(word);
    else if (root !== '') roots.push(root);
  }
  return { roots: roots.join(' '), others: others.join(' ') };
}

/** All of them as they came, for where many messages are stored at once. */
export function wordsOnce(text: string): string {
  return [...eachOnce(text)].join(' ');
}

function eachOnce(text: string): ReadonlySet<string> {
  return new Set(text.split(/[\s'’ʼ]+/u));
}

/** A word that is seen again stays with the young. */
function comeBack(word: string): string | undefined {
  const root = old.get(word);
  if (root !== undefined) keep(word, root);
  return root;
}

function keep(word: string, root: string): void {
  if (young.size >= KEPT_WORDS) {
    old = young;
    young = new Map();
  }
  young.set(word, root);
}

/** The column `search` of these words. */
export function searchOf({ roots, others }: Placeholders<SearchWords>): RawBuilder<string> {
  return sql<string>`
    array_to_tsvector(string_to_array(${roots}, ' ')) || to_tsvector('preau', ${others})
  `;
}

/**
 * A column `told` for the answer to whoever stores words: the roots of those that weren't known and
 * are of one part.
 */
export const toldOf = (others: readonly RawBuilder<unknown>[]) => {
  const words = sql.join(others.map((each) => sql`${each}::text`));
  return sql<unknown>`
    (
      select json_object_agg(word, coalesce(root, ''))
      from unnest((string_to_array(concat_ws(' ', ${words}), ' ')) [:${sql.lit(MAX_TOLD)}]) word,
        lateral (
          select string_agg(lexeme, '') as root, sum(cardinality(positions)) as occurrences
          from unnest(to_tsvector('preau', word))
        ) found
      where word <> ''
        and length(word) <= ${sql.lit(MAX_CHARACTERS)}
        and coalesce(occurrences, 0) <= 1
    )
  `.as('told');
};

/** Keeps what was told. */
export function learn(row: unknown): void {
  if (
    typeof row !== 'object' ||
    row === null ||
    !('told' in row) ||
    typeof row.told !== 'object' ||
    row.told === null
  )
    return;
  for (const [word, root] of Object.entries(row.told))
    if (typeof root === 'string') keep(word, root);
}
