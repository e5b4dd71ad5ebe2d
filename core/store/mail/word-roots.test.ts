import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { freshStore } from '../../../tests/shared/fresh-store.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { wordQuery } from './searching.ts';
import { learn, searchOf, toldOf, wordsOf, type SearchWords } from './word-roots.ts';

const LETTER = `Les élèves ont vu l’école : les kangourous, mangeaient (beaucoup) de pommes-de-terre. Écrire à direction.tilleuls@ecoles.example
  ou sur www.ecoles.example/sortie, le 24/11/2026 à 8h30 ; aa_aa 3,5 kg d'œufs ${'x'.repeat(60)} \\ " { } , null Porte-monnaie porte-monnaie`;
const ASKED = [
  'kangourou',
  'KANGOUROU',
  'école',
  'pommes-de-terre',
  'porte-monnaie',
  'direction.tilleuls@ecoles.example',
  'manger',
  'aa_aa',
  'oeufs',
  'introuvable',
  'pomme',
];

const store = await freshStore(1);

/**
 * What the column of these words is, what a letter whose words nobody knows has, and of what is
 * asked what each finds.
 */
async function columnOf(words: SearchWords): Promise<{
  lexemes: string;
  plain: string;
  found: string[];
  plainFound: string[];
  told: unknown;
}> {
  const {
    rows: [row],
  } = await store.read(1 as SchoolId, (tx) =>
    sql<{ lexemes: string; plain: string; found: string[]; plain_found: string[]; told: unknown }>`
      with
        made as (
          select
            ${searchOf({ roots: sql`${words.roots}`, others: sql`${words.others}` })} as search,
            to_tsvector('preau', ${LETTER.replace(/['’ʼ]/gu, ' ')}) as plain
        )
      select strip(search)::text as lexemes,
        strip(plain)::text as plain,
        ${toldOf([sql`${words.others}`])},
        array(
          select asked
          from unnest(${ASKED}::text[], ${ASKED.map(wordQuery)}::text[]) q (asked, query)
          where search @@ to_tsquery('preau', query)
        ) as found,
        array(
          select asked
          from unnest(${ASKED}::text[], ${ASKED.map(wordQuery)}::text[]) q (asked, query)
          where plain @@ to_tsquery('preau', query)
        ) as plain_found
      from made
    `.execute(tx.db),
  );
  if (!row) throw new Error('no row');
  return { ...row, plainFound: row.plain_found };
}

it('stores the same words and finds the same, whether PostgreSQL finds their roots or the process knows them', async () => {
  const unknown = wordsOf(LETTER);
  const first = await columnOf(unknown);
  learn(first);
  const known = wordsOf(LETTER);
  const second = await columnOf(known);
  console.log(
    `${unknown.others.split(' ').length} words, of which the process knows all but « ${known.others} »`,
  );
  expect([unknown.others.includes('kangourous'), known.others.includes('kangourous')]).toEqual([
    true,
    false,
  ]);
  for (const { lexemes, plain, found, plainFound } of [first, second]) {
    expect(lexemes).toBe(plain);
    expect(found).toEqual(plainFound);
  }
  expect(second.found).toEqual(
    expect.arrayContaining([
      'kangourou',
      'KANGOUROU',
      'école',
      'porte-monnaie',
      'direction.tilleuls@ecoles.example',
      'aa_aa',
    ]),
  );
  expect(second.found).not.toContain('introuvable');
});

it('keeps a word that comes again, and forgets those that don’t', () => {
  learn({ told: { kangourou: 'kangour' } });
  for (let word = 0; word < 100_000; word += 1) {
    learn({ told: { [`mot${word}`]: `m${word}` } });
    if (word % 10_000 === 0) wordsOf('kangourou');
  }
  expect(wordsOf('kangourou mot99999 mot0')).toEqual({ roots: 'kangour m99999', others: 'mot0' });
});
