import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { SOAKED, TIMES } from '../../../tests/shared/slice.ts';
import { ONDE_PUPILS_HEADER } from '../../school/imports/testing/onde-csv.ts';
import { townFiles, WHOLE_TOWN } from '../../school/imports/testing/onde.ts';
import { mustRead, READ_ON, told } from '../../school/imports/testing/reading.ts';
import { importSentence } from '../reasons.ts';
import type { ColumnMapping } from './contract.ts';
import { readRosterFile } from './read.ts';

/** Other files each time; put a printed seed here to see a failure again. */
const SEED = randomInt(2 ** 31);
console.log(`roster files: seed ${SEED}`);

const ANY_MAPPING: ColumnMapping = {
  of: 'pupils',
  familyName: 'a',
  givenName: 'b',
  usedName: null,
  birthDate: null,
  ine: null,
  level: null,
  className: 'c',
};

/**
 * Either all is well formed, or nothing is used; and each refusal has its sentence in both
 * languages.
 */
async function neverHalf(bytes: Buffer): Promise<void> {
  const read = readRosterFile([{ name: 'a.csv', bytes }], { mapping: ANY_MAPPING, day: READ_ON });
  const refused = 'kind' in read ? [read] : read.refused;
  for (const one of refused) {
    expect(one.at.line).toBeGreaterThan(0);
    const fallback = importSentence({ ...one, reason: 'yet-unknown' }, 'fr');
    expect(importSentence(one, 'fr') === fallback).toBe(one.reason === 'csv-broken');
  }
  for (const row of 'kind' in read ? [] : read.rows) {
    expect(row.familyName).not.toBe('');
    expect(row.givenName).not.toBe('');
    expect(`${row.familyName}${row.givenName}`).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\uFFFD]/u);
    expect(row.familyName).toBe(row.familyName.normalize('NFC').trim());
  }
}

describe('any bytes', () => {
  it('never throw, and are never half read', async () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) =>
        neverHalf(Buffer.from(bytes)),
      ),
      { seed: SEED, numRuns: 100 * TIMES },
    ));
  it('behind a header neither', async () => {
    const piece = fc.constantFrom(
      '"',
      '""',
      ';',
      '\r\n',
      '\n',
      '\r',
      'Léa',
      'MARTIN',
      '02/03/2020',
      '\0',
      '\u202E',
      '\uFEFF',
      '=1+1',
      '\t',
      ',',
      ' ',
      'CP',
      '1234567890A',
      '\uD800',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          'a;b;c',
          'Nom élève;Prénom élève;Date naissance;Classe',
          'Nom responsable;Prénom responsable;Prénom enfant;Nom enfant',
          'Nom;Prénom;Directeur;Classe',
        ),
        fc.array(piece, { maxLength: 60 }),
        async (header, pieces) => neverHalf(Buffer.from(`${header}\r\n${pieces.join('')}`)),
      ),
      { seed: SEED, numRuns: 170 * TIMES },
    );
  });
  it('with a zip’s beginning neither', async () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) =>
        neverHalf(
          Buffer.concat([Buffer.from('PK\x03\x04'), bytes, Buffer.from('PK\x05\x06'), bytes]),
        ),
      ),
      { seed: SEED, numRuns: 70 * TIMES },
    ));
});

const letter = fc.constantFrom(
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéèêëàâäùûüïîôöçñÉÈÀÇ',
);
const word = fc.array(letter, { minLength: 1, maxLength: 12 }).map((letters) => letters.join(''));
const name = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .chain((words) => fc.constantFrom(' ', '-', "'").map((between) => words.join(between)));
const born = fc
  .date({ min: new Date('2015-01-01'), max: new Date('2024-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const pupil = fc.record({
  familyName: name,
  givenName: name,
  birthDate: born,
  level: fc.constantFrom('PS', 'CP', 'CM2'),
  className: fc.constantFrom('PS', 'CP-CE1', 'CM2 B'),
});
const pupils = fc.uniqueArray(pupil, {
  minLength: 1,
  maxLength: 12,
  selector: ({ familyName, givenName }) => `${familyName} ${givenName}`.toLowerCase(),
});
const style = fc.record({
  encoding: fc.constantFrom(
    'utf8',
    'utf8-bom',
    'utf8-boms',
    'utf16-le',
    'utf16-be',
    'iso-8859-1',
    'windows-1252',
    'iso-8859-15',
  ),
  delimiter: fc.constantFrom(';', ',', '\t'),
  quotes: fc.constantFrom('none', 'all', 'some'),
  dates: fc.constantFrom('iso', 'french'),
  lineEnd: fc.constantFrom('\r\n', '\n', '\r'),
  lastLineEnd: fc.boolean(),
  capitals: fc.boolean(),
  footer: fc.boolean(),
});
type Style = typeof style extends fc.Arbitrary<infer One> ? One : never;
type Pupil = typeof pupil extends fc.Arbitrary<infer One> ? One : never;

function written(all: readonly Pupil[], how: Style): Buffer {
  const quoted = (cell: string, index: number): string =>
    how.quotes === 'all' || (how.quotes === 'some' && index % 3 === 1) ? `"${cell}"` : cell;
  const date = (iso: string): string =>
    how.dates === 'iso' ? iso : iso.split('-').reverse().join('/');
  const header = (how.capitals ? ONDE_PUPILS_HEADER.toUpperCase() : ONDE_PUPILS_HEADER).split(';');
  const lines = [
    header,
    ...all.map((one) => [
      one.familyName,
      '',
      one.givenName,
      date(one.birthDate),
      'F',
      ...Array<string>(10).fill(''),
      one.level,
      one.className,
      ...Array<string>(5).fill(''),
    ]),
    ...(how.footer ? [['Total : 12']] : []),
  ];
  const text =
    lines.map((cells) => cells.map(quoted).join(how.delimiter)).join(how.lineEnd) +
    (how.lastLineEnd ? how.lineEnd : '');
  const marks = {
    'utf8-bom': '\uFEFF',
    'utf8-boms': '\uFEFF\uFEFF\uFEFF',
    'utf16-le': '\uFEFF',
    'utf16-be': '\uFEFF',
  } as const satisfies Partial<Record<Style['encoding'], string>>;
  const mark = how.encoding in marks ? marks[how.encoding as keyof typeof marks] : '';
  return iconv.encode(mark + text, how.encoding.replace(/-boms?$/, ''));
}

describe('a list written in any style', () => {
  it('reads back the same', async () =>
    fc.assert(
      fc.asyncProperty(pupils, style, async (all, how) => {
        const { format, rows, refused } = await told([{ name: 'a.csv', bytes: written(all, how) }]);
        expect({ format, rows }).toEqual({
          format: 'onde-pupils',
          rows: all.map(
            (one, index) =>
              `${index + 2} ${one.givenName} ${one.familyName} ${one.birthDate} ${one.level} ${one.className}`,
          ),
        });
        expect(refused).toEqual(how.footer ? [`${all.length + 2} footer Total : 12`] : []);
      }),
      { seed: SEED, numRuns: 100 * TIMES },
    ));
});

describe('a whole town', () => {
  it('of 128 schools is read without a line lost, and fast', SOAKED, async () => {
    const files = [...townFiles(WHOLE_TOWN)].flatMap(({ pupils: one, guardians, teachers }) => [
      one,
      guardians,
      teachers,
    ]);
    const counts: Record<string, number> = {};
    const before = process.cpuUsage();
    for (const bytes of files) {
      const { format, rows, refused } = await mustRead([{ name: 'a.csv', bytes }]);
      expect(refused).toEqual([]);
      counts[format] = (counts[format] ?? 0) + rows.length;
    }
    const { user, system } = process.cpuUsage(before);
    // of processor time, so that a busy machine doesn't count
    const seconds = (user + system) / 1_000_000;
    process.stdout.write(
      `town of 128 schools: ${files.length} files, ${Math.round(35_650 / seconds)} rows a second, ${seconds.toFixed(2)} s of processor time\n`,
    );
    expect(counts).toEqual({ 'onde-pupils': 15_000, 'onde-guardians': 20_000, teachers: 650 });
    expect(seconds).toBeLessThan(5); // a slow machine; here it takes half a second
  });
});
