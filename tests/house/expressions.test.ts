/**
 * The time of every regular expression of the source grows with the length of what it reads and no
 * faster. V8 goes back and tries another way where one ends: an expression that reads the same
 * letters in two ways, or begins its search anew at each of them, holds a process for minutes over
 * a letter of some kilobytes. recheck looks for such letters. What it can't decide isn't linear.
 *
 * Nothing is judged twice: verdicts are kept in a file, in which what is new is written by
 * `npx vitest run tests/house/expressions.test.ts -u`. Tests are not judged: they read what we
 * wrote.
 */

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../core/ground/spans.ts';
import { PHRASES } from '../../core/letters/second-look/phrases/phrases.ts';
import { expressionsIn, mayHaveExpressions } from '../shared/expressions.ts';
import { SOAKED, sliced } from '../shared/slice.ts';
import { listSources, readSource, WITH_TREE } from '../shared/sources.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const VERDICTS = join(import.meta.dirname, 'expression-verdicts.json');
/** Judging all of them takes some minutes. */
const JUDGING_MS = HOUR_MS;

/**
 * Expressions whose pattern is known only when they are made: what is filled in is ours or can be
 * no part of an expression, and what comes out is judged with the rest.
 */
interface Built {
  readonly path: string;
  readonly pattern: string;
  readonly filledIn: string;
  readonly becomes: readonly RegExp[];
}

const BUILT: readonly Built[] = [
  {
    path: 'core/letters/message/afar.ts',
    pattern: '`\\\\s${name}\\\\s*=\\\\s*(?:"([^"]*)"|\'([^\']*)\'|([^\\\\s"\'>]+))`',
    filledIn: 'src, width or height',
    becomes: [/\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i],
  },
  {
    path: 'core/town/readiness/published.ts',
    pattern: '`^${version}(?![\\\\w])`',
    filledIn: 'the name of a standard',
    becomes: [/^v=spf1(?![\w])/i, /^v=DMARC1(?![\w])/i],
  },
  {
    path: 'core/roster/names.ts',
    pattern: "`[${Object.keys(OF_NAMES).join('')}]`",
    filledIn: 'letters of a table',
    becomes: [/[œæßøłıđðþħŋ]/g],
  },
  {
    path: 'core/roster/reading/cells.ts',
    pattern: 'HIDDEN',
    filledIn: 'an expression of the file, for every place',
    becomes: [/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu],
  },
  {
    path: 'core/letters/second-look/phrases/numbers.ts',
    pattern:
      "`(?<![\\\\d,])\\\\d{1,4} ?(?:bis|ter|quater|b)?[ ,\\\\n]{1,3}(?:${STREETS.join('|')})\\\\.? ([a-z]+)`",
    filledIn: 'words of a list',
    becomes: [
      /(?<![\d,])\d{1,4} ?(?:bis|ter|quater|b)?[ ,\n]{1,3}(?:rue|route|residence)\.? ([a-z]+)/g,
    ],
  },
  {
    path: 'core/letters/second-look/phrases/phrase.ts',
    pattern: '`${filled}(?= )`',
    filledIn: 'a phrase of ours',
    becomes: PHRASES.map(({ pattern }) => pattern),
  },
  {
    path: 'core/letters/second-look/words/words.ts',
    pattern: "`^${letters.replaceAll('*', '[a-z]')}$`",
    filledIn: 'a word of a letter: small letters, digits and stars',
    becomes: [/^p[a-z]te$/],
  },
];

const isTest = (path: string) => /\.test\.ts$|(^|\/)testing\/|^tests\//.test(path);
const found = listSources(ROOT)
  .map((path) => relative(ROOT, path))
  .filter((path) => !isTest(path))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
  .filter(({ text }) => mayHaveExpressions(text))
  .map(({ path, text }) => expressionsIn(readSource(path, text, WITH_TREE)));
const written = found.flatMap((one) => one.written);
const built = found.flatMap((one) => one.built);

/** Where each expression stands, by its spelling. */
const places = Map.groupBy(
  [
    ...written,
    ...BUILT.flatMap(({ path, becomes }) =>
      becomes.map((expression) => ({ path, line: 0, expression })),
    ),
  ],
  ({ expression }) => String(expression),
);

/** An edge of a word in an expression that has letters beyond ASCII. */
const ASCII_EDGE = /\\b.*[\p{L}--\p{ASCII}]|[\p{L}--\p{ASCII}].*\\b/sv;

/** What holds for any input of this length: `linear` and the like, or a way to make it slow. */
type Verdict = string;
const LINEAR: ReadonlySet<Verdict> = new Set(['constant', 'linear', 'safe']);

/**
 * Judges an expression by its own measure of steps, whose limits say nothing of the machine: by the
 * clock a busy one would find slow what isn't.
 */
async function judge({ source, flags }: RegExp): Promise<Verdict> {
  const { check } = await import('recheck');
  const said = await check(source, flags, {
    timeout: 60_000,
    attackTimeout: null,
    incubationTimeout: null,
    seedingTimeout: null,
  });
  if (said.status === 'unknown') return `undecided: ${said.error.kind}`;
  return said.status === 'safe'
    ? said.complexity.type
    : `${said.complexity.summary}: ${said.attack.pattern}`;
}

const kept = JSON.parse(readFileSync(VERDICTS, 'utf8')) as Readonly<Record<string, Verdict>>;
const verdicts = new Map<string, Verdict>();
beforeAll(async () => {
  for (const [spelling, [place]] of [...places].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  ))
    if (place) verdicts.set(spelling, kept[spelling] ?? (await judge(place.expression)));
}, JUDGING_MS);

describe('an expression of the source', () => {
  it('has its verdict kept (else: npx vitest run tests/house/expressions.test.ts -u)', async () => {
    const text = JSON.stringify(Object.fromEntries(verdicts), null, 2);
    await expect(`${text}\n`).toMatchFileSnapshot(VERDICTS);
  });

  it('takes time that grows with the length of its input and no faster', () => {
    expect(verdicts.size).toBeGreaterThan(900);
    const slow = [...verdicts].filter(([, verdict]) => !LINEAR.has(verdict));
    const found = slow.flatMap(([spelling, verdict]) =>
      (places.get(spelling) ?? []).map(
        ({ path, line }) => `${path}:${line} ${spelling}: ${verdict}`,
      ),
    );
    expect(found).toEqual([]);
  });

  it('knows no edge of a word beside accents: \\b knows ASCII letters alone (ECMA-262 §22.2.2.9)', () => {
    const wrong = written.filter(({ expression }) => ASCII_EDGE.test(expression.source));
    expect(wrong.map(({ path, line, expression }) => `${path}:${line} ${expression}`)).toEqual([]);
  });

  it('is built of nothing that a stranger writes', () => {
    const known = BUILT.map(({ path, pattern }) => `${path} ${pattern}`);
    expect(built.map(({ path, pattern }) => `${path} ${pattern}`).toSorted()).toEqual(
      known.toSorted(),
    );
  });
});

describe('the judge', () => {
  const { some, rest } = sliced<{ readonly expression: RegExp; readonly verdict: string | RegExp }>(
    2,
    [
      { expression: /\s+/g, verdict: 'linear' },
      { expression: /(?<!\s)\s+$/, verdict: 'safe' },
      { expression: /\s+$/, verdict: /^2nd degree polynomial/ },
      { expression: /:+[^.]*$/, verdict: /^3rd degree polynomial/ },
      { expression: /^(?:a+)+$/, verdict: /^exponential/ },
    ],
  );
  it.each(some)('finds $expression $verdict', isFound);
  it.each(rest)('finds $expression $verdict, too', SOAKED, isFound);

  async function isFound({ expression, verdict }: (typeof some)[number]): Promise<void> {
    expect(await judge(expression)).toMatch(verdict);
  }
});
