import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../tests/shared/slice.ts';
import { fixture, READ_ON } from '../school/imports/testing/reading.ts';
import { readRosterSet } from './reading/read-set.ts';
import { importSentence } from './reasons.ts';
import { openRosterFiles } from './roster-files.ts';
import { repeated, textCell, workbookOfParts } from './testing/workbook-parts.ts';

const MEGABYTE = 2 ** 20;
const ALONE = {
  ...{ mapping: null, remembered: {}, school: null, uai: null },
  day: READ_ON,
} as const;
const ONDE = 'Nom élève;Prénom élève;Date naissance;Libellé classe\nRoux;Léa;2019-01-01;CP\n';

/** Opened with a log that is kept, line by line. */
function opened(limits?: { readonly cpuMs: number; readonly ifEnded: 'give-up' }) {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  return { lines, files: openRosterFiles(limits === undefined ? { log } : { log, limits }) };
}

it('reads there what it would read here, to the last byte of a hash', async () => {
  const { files } = opened();
  for (const name of ['onde-eleves.csv', 'onde-responsables.csv', 'oneroster-1.2', 'classeur.xlsx'])
    expect(await files.read('readRosterSet', fixture(name), ALONE)).toEqual(
      readRosterSet(fixture(name), ALONE),
    );
});

it(
  'a file that takes more memory than there is ends its process, and is told how to go on',
  SOAKED,
  async () => {
    // Delimiters between quoted line ends: the parser makes cells before it counts letters.
    const line = `${';'.repeat(90_000)}"\n"`;
    const bytes = Buffer.from(ONDE + repeated(line, 19 * MEGABYTE));
    const { files, lines } = opened({ cpuMs: 20_000, ifEnded: 'give-up' });
    const read = await files.read('readRosterSet', [{ name: 'Léa.csv', bytes }], ALONE);
    expect(read).toMatchObject({ kind: 'unreadable', reason: 'reading-ended' });
    expect(lines.map((one) => JSON.parse(one) as object)).toMatchObject([{ by: 'memory' }]);
    expect(await files.read('readRosterSet', fixture('onde-eleves.csv'), ALONE)).toMatchObject({
      kind: 'set',
    });
  },
);

it('a file that takes too long ends its process, the next is read; nothing of it is in the log', async () => {
  const { files, lines } = opened({ cpuMs: 20, ifEnded: 'give-up' });
  const rows = repeated(`<row>${'<c><v>1</v></c>'.repeat(20)}</row>`, 8 * MEGABYTE);
  const given = [{ name: 'Léa Roux.xlsx', bytes: workbookOfParts({ rows }) }];
  const read = await files.read('readRosterSet', given, ALONE);
  if (read.kind !== 'unreadable') throw new Error('read');
  expect(read.reason).toBe('reading-ended');
  expect(importSentence(read, 'fr')).toMatch(/Léa Roux\.xlsx demande trop de temps/);
  expect(importSentence(read, 'en')).toMatch(/Léa Roux\.xlsx takes too much time/);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { act: 'roster-reading', outcome: 'ended', job: 'readRosterSet', by: 'processor-time' },
  ]);
  expect(lines.join('')).not.toContain('Roux');
  const next = await opened().files.read('readRosterSet', fixture('onde-eleves.csv'), ALONE);
  expect(next.kind).toBe('set');
});

describe('the worst files', () => {
  const far = `<row r="1">${textCell('A1', 'Nom')}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`;
  const { some, rest } = sliced<readonly [name: string, make: () => Buffer]>(2, [
    ['far.xlsx', () => workbookOfParts({ rows: far })],
    ['far-column.xlsx', () => workbookOfParts({ rows: '<row><c r="ZZZZZZ1"><v>1</v></c></row>' })],
    ['rows.xlsx', () => workbookOfParts({ rows: '<row><c><v>1</v></c></row>'.repeat(480_000) })],
    ['title-18000.csv', () => Buffer.from(`${'s'.repeat(18_000)};b\n1;2`)],
    ['title-80000.csv', () => Buffer.from(`${'s'.repeat(80_000)};b\n1;2`)],
    ['delimiters.csv', () => Buffer.from(ONDE + repeated(`${';'.repeat(500)}\n`, 19 * MEGABYTE))],
  ]);
  it('let everybody else be answered while they are read', SOAKED, () => keepNobodyWaiting(some));
  it('and so do the others', SOAKED, () => keepNobodyWaiting(rest));
});

async function keepNobodyWaiting(
  given: readonly (readonly [name: string, make: () => Buffer])[],
): Promise<void> {
  const { files } = opened();
  const made = given.map(([name, make]) => [name, make()] as const);
  const memory = process.memoryUsage().rss;
  for (const [name, bytes] of made) {
    // What this process works is the most that others wait: the clock would count the machine's.
    const since = process.cpuUsage();
    const read = await files.read('readRosterSet', [{ name, bytes }], ALONE);
    const { user, system } = process.cpuUsage(since);
    const workedMs = (user + system) / 1_000;
    process.stdout.write(`${name}: ${read.kind}, others wait ${workedMs.toFixed(0)} ms\n`);
    expect(read.kind).toBe(name === 'delimiters.csv' ? 'set' : 'unreadable');
    expect(workedMs).toBeLessThan(250);
  }
  expect(process.memoryUsage().rss - memory).toBeLessThan(200 * MEGABYTE);
}
