import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const here = new URL('.', import.meta.url);
const lines = (language: 'fr' | 'en') =>
  readdirSync(here)
    .filter((name) => new RegExp(`(?:^|-)${language}\\.ts$`).test(name))
    .flatMap((name) =>
      readFileSync(new URL(name, here), 'utf8')
        .split('\n')
        .map((line) => ({ name, line: line.trim() })),
    );

/** Where a word of the pages stands that has one meaning only, and the lines that may bear it. */
it.each([
  {
    word: '« gardé » is for the star',
    language: 'fr' as const,
    pattern: /\bgardée?s?\b/i,
    mayBe: /starred|kept: 'Gardé'|flagged|unit/,
  },
  {
    word: '“kept” is for the star',
    language: 'en' as const,
    pattern: /['` ]kept\b(?!:)/i,
    mayBe: /starred|kept: 'Kept'|flagged|kept out/,
  },
  {
    word: '« en attente » is for mail that waits for a grown-up',
    language: 'fr' as const,
    pattern: /en attente/i,
    mayBe:
      /held: |waiting: |waits: |' messages? en attente|empty: |moderateHint|Chaque message attend|putBack|hold-outbox|remis en attente/,
  },
])('$word', ({ language, pattern, mayBe }) => {
  const others = lines(language).filter(({ line }) => pattern.test(line) && !mayBe.test(line));
  expect(others).toEqual([]);
});

/** What it puts in stands there as a digit. */
const filled = (line: string): string => line.replaceAll(/\$\{[^{}]*\}/g, '0');

/** What a line says between its quotes, which may lie within others. */
const said = (line: string): string =>
  filled(filled(line))
    .match(/'(?:[^'\\]|\\.)*'|`[^`]*`/g)
    ?.join('\n') ?? '';

it('French has no plain space before « : ; ? ! », inside its quotes, nor before an h or Mo', () => {
  const plain = / [:;?!»]|« |n° |[\d…] (?:h|[KMG]o|€|%)(?![\p{L}\d’])/u;
  const isComment = /^(?:\/\/|\/?\*)/;
  // Characters that are named as such, which end no sentence.
  const mayBe = /Un nom ne prend ni|La touche \?/;
  const others = lines('fr').filter(
    ({ line }) => !isComment.test(line) && plain.test(said(line)) && !mayBe.test(line),
  );
  expect(others).toEqual([]);
});
