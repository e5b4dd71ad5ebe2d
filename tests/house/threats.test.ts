/**
 * `decisions/0028-threats.md` says which test holds which threat: every test must be there under
 * just that title.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { titlesIn } from '../shared/sources.ts';
import { readThreats, type Holder } from './threat-table.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = 'core/decisions/0028-threats.md';
/** Every attack that was known when the table was made has its row. */
const FEWEST_ROWS = 119;

const { rows, faults } = readThreats(readFileSync(join(ROOT, PAGE), 'utf8'));

it('every row of the threat table can be read', () => {
  expect(faults).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(FEWEST_ROWS);
});

it('every threat is held by a test, or the table says that it is open', () => {
  const neither = rows.filter(({ heldBy, open }) => heldBy.length === 0 && open === '');
  expect(
    neither.map(
      ({ number, attack }) => `${number} « ${attack} » has no test, and nothing under open`,
    ),
  ).toEqual([]);
});

it('no row points to one of « Found by an attacker » that is held by now', () => {
  const held = new Set(
    rows.filter(({ heldBy, open }) => heldBy.length > 0 && open === '').map(({ number }) => number),
  );
  const stale = rows.flatMap(({ number, open }) =>
    (open.match(/\bF\d+\b/g) ?? [])
      .filter((one) => held.has(one))
      .map((one) => `${number} says that ${one} is open: ${one} is held, take it out there`),
  );
  expect(stale).toEqual([]);
});

it('every test that the threat table names is there, under just that title', () => {
  const missing = rows.flatMap(({ number, heldBy }) =>
    heldBy.flatMap((holder) => {
      const fault = faultOf(holder);
      return fault === null ? [] : [`${PAGE}, ${number}: ${fault}`];
    }),
  );
  expect(missing).toEqual([]);
});

it.each<{ when: string; page: string; says: RegExp }>([
  {
    when: 'a row that lacks a column',
    page: '| X1 | a | b |',
    says: /^line 1: a row has the 4 columns .* this one has 3$/,
  },
  {
    when: 'a row without an answer',
    page: '| X1 | a | | |',
    says: /^line 1: X1 doesn’t say what the attack is, or not what is the answer$/,
  },
  {
    when: 'two rows of one number',
    page: '| X1 | a | b | |\n| X1 | c | d | |',
    says: /^line 2: a row has a number of its own/,
  },
  {
    when: 'a test that is to come',
    page: '| X1 | a | b | |\n- X1\n  - TO COME',
    says: /^line 3: TO COME is no `path` › "title"$/,
  },
  {
    when: 'tests of a row that is gone',
    page: '- X1\n  - `a.test.ts` › "b"',
    says: /^tests stand under X1, and no row has that number$/,
  },
])('tells of $when', ({ page, says }) => {
  expect(readThreats(page).faults).toEqual([expect.stringMatching(says)]);
});

it.each<{ when: string; holder: Holder; says: RegExp | null }>([
  {
    when: 'one that is there',
    holder: {
      path: 'tests/house/threats.test.ts',
      title: 'tells of $when',
      cases: ['a row without an answer'],
    },
    says: null,
  },
  {
    when: 'a transcript',
    holder: {
      path: 'smtp/transcripts/virus.txt',
      title: 'A virus is refused with its name (RFC 3463 §3.8)',
      cases: [],
    },
    says: null,
  },
  {
    when: 'another title',
    holder: { path: 'tests/house/threats.test.ts', title: 'tells of', cases: [] },
    says: /tests\/house\/threats\.test\.ts has no test "tells of": .* write its new title/,
  },
  {
    when: 'a case that is gone',
    holder: {
      path: 'tests/house/threats.test.ts',
      title: 'tells of $when',
      cases: [['a row', 'on the moon'].join(' ')],
    },
    says: /"tells of \$when" has no case .* on the moon/,
  },
  {
    when: 'a title that is there twice',
    holder: { path: 'core/letters/message/parse.test.ts', title: '$when', cases: [] },
    says: /put the group that is meant before it/,
  },
  {
    when: 'a file that is gone',
    holder: { path: 'core/nowhere.test.ts', title: 'x', cases: [] },
    says: /core\/nowhere\.test\.ts isn’t there/,
  },
])('of a test that the table names, tells of $when', ({ holder, says }) => {
  if (says === null) expect(faultOf(holder)).toBeNull();
  else expect(faultOf(holder)).toMatch(says);
});

const namesOf = new Map<string, readonly string[]>();

/** Many rows name the same file, which is read once. */
function namesIn(path: string, text: string): readonly string[] {
  const known = namesOf.get(path);
  if (known !== undefined) return known;
  const names = titlesIn(text).map((one) => [...one.groups, one.title].join(' › '));
  namesOf.set(path, names);
  return names;
}

/** What is wrong with a name of the table, in a sentence; null where nothing is. */
function faultOf({ path, title, cases }: Holder): string | null {
  const file = join(ROOT, path);
  if (!existsSync(file)) return `${path} isn’t there: write where its tests are now`;
  const text = readFileSync(file, 'utf8');
  const lost = `${path} has no test "${title}": where it was renamed, write its new title; where it is gone, say what holds this now`;
  if (path.endsWith('.txt')) return text.split('\n')[0] === title ? null : lost;
  const names = namesIn(path, text);
  const found = names.filter((name) => name === title || name.endsWith(` › ${title}`));
  if (found.length === 0) return lost;
  if (new Set(found).size > 1)
    return `${path} has "${title}" ${found.length} times: put the group that is meant before it, "group › ${title}"`;
  if (found.length > 1 && cases.length === 0)
    return `${path} has "${title}" ${found.length} times: name a case of the one that is meant, of "case"`;
  const gone = cases.find((one) => !quoted(one).some((literal) => text.includes(literal)));
  return gone === undefined
    ? null
    : `${path} "${title}" has no case "${gone}": where it was renamed, write its new name`;
}

/** How a text may stand in a source. */
function quoted(text: string): string[] {
  return ["'", '"', '`'].map((quote) => `${quote}${text.replaceAll(quote, `\\${quote}`)}${quote}`);
}
