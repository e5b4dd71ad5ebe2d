/** `decisions/0028-threats.md` says which test holds which threat: every test must be there under just that title. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { titlesIn } from '../docker/testing/sources.ts';
import { readThreats, type Holder } from './testing/threat-table.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = 'core/decisions/0028-threats.md';
/** Every attack that was known when the table was made has its row. */
const FEWEST_ROWS = 90;

const { rows, faults } = readThreats(readFileSync(join(ROOT, PAGE), 'utf8'));

it('every row of the threat table can be read', () => {
  expect(faults).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(FEWEST_ROWS);
});

it('every threat is held by a test, or the table says that it is open', () => {
  const neither = rows.filter(({ heldBy, open }) => heldBy.length === 0 && open === '');
  expect(neither.map(({ line, attack }) => `${PAGE}:${line}: « ${attack} » has no test, and nothing under open`)).toEqual([]);
});

it('every test that the threat table names is there, under just that title', () => {
  const missing = rows.flatMap(({ line, heldBy }) => heldBy.flatMap((holder) => {
    const fault = faultOf(holder);
    return fault === null ? [] : [`${PAGE}:${line}: ${fault}`];
  }));
  expect(missing).toEqual([]);
});

it.each<{ when: string; row: string; says: string | RegExp }>([
  { when: 'a row that lacks a column', row: '| a | b | `x.ts` › "y" |', says: /line 1: a row has the 4 columns .* this one has 3/ },
  { when: 'a row without an answer', row: '| a | | `x.ts` › "y" | |', says: 'line 1: a row says what the attack is and what is the answer' },
  { when: 'a row whose test is to come', row: '| a | b | TO COME | |', says: 'line 1: TO COME is no `path` › "title"' },
])('tells of $when', ({ row, says }) => {
  expect(readThreats(row).faults).toEqual([expect.stringMatching(says)]);
});

it.each<{ when: string; holder: Holder; says: RegExp | null }>([
  { when: 'one that is there', holder: { path: 'core/threats.test.ts', title: 'tells of $when', cases: ['a row without an answer'] }, says: null },
  { when: 'a transcript', holder: { path: 'smtp/transcripts/virus.txt', title: 'A virus is refused with its name (RFC 3463 §3.8)', cases: [] }, says: null },
  { when: 'another title', holder: { path: 'core/threats.test.ts', title: 'tells of', cases: [] }, says: /core\/threats\.test\.ts has no test "tells of": .* write its new title/ },
  { when: 'a case that is gone', holder: { path: 'core/threats.test.ts', title: 'tells of $when', cases: [['a row', 'on the moon'].join(' ')] }, says: /"tells of \$when" has no case "a row on the moon"/ },
  { when: 'a title that is there twice', holder: { path: 'core/message/parse.test.ts', title: '$when', cases: [] }, says: /put the group that is meant before it/ },
  { when: 'a file that is gone', holder: { path: 'core/nowhere.test.ts', title: 'x', cases: [] }, says: /core\/nowhere\.test\.ts isn’t there/ },
])('of a test that the table names, tells of $when', ({ holder, says }) => {
  if (says === null) expect(faultOf(holder)).toBeNull();
  else expect(faultOf(holder)).toMatch(says);
});

/** What is wrong with a name of the table, in a sentence; null where nothing is. */
function faultOf({ path, title, cases }: Holder): string | null {
  const file = join(ROOT, path);
  if (!existsSync(file)) return `${path} isn’t there: write where its tests are now`;
  const text = readFileSync(file, 'utf8');
  const lost = `${path} has no test "${title}": where it was renamed, write its new title; where it is gone, say what holds this now`;
  if (path.endsWith('.txt')) return text.split('\n')[0] === title ? null : lost;
  const found = titlesIn(text).filter((one) => one.title === title || [...one.groups, one.title].join(' › ').endsWith(` › ${title}`) || [...one.groups, one.title].join(' › ') === title);
  if (found.length === 0) return lost;
  if (found.length > 1) return `${path} has "${title}" ${found.length} times: put the group that is meant before it, "group › ${title}"`;
  const gone = cases.find((one) => !['\'', '"', '`'].some((quote) => text.includes(`${quote}${one.replaceAll(quote, `\\${quote}`)}${quote}`)));
  return gone === undefined ? null : `${path} "${title}" has no case "${gone}": where it was renamed, write its new name`;
}
