import { describe, expect, it } from 'vitest';
import { corpusFiles, corpusJson, hasCorpora } from '../../letters/message/testing/corpora.ts';
import { mustRead, READ_ON, told } from '../../school/imports/testing/reading.ts';
import { localOf } from '../names.ts';
import type { ColumnMapping } from './contract.ts';
import { readHeaders, readRosterFile } from './read.ts';

const HOSTILE: ColumnMapping = {
  of: 'pupils',
  familyName: 'last_name',
  givenName: 'first_name',
  className: 'class',
  usedName: null,
  birthDate: null,
  ine: null,
  level: null,
};

/** What became of each of the hostile files: rows and refusals, or why nothing was read. */
const EXPECTED: Readonly<
  Record<string, { readonly rows: readonly string[]; readonly refused: readonly string[] }>
> = {
  // The first has delimiters within an unquoted formula, the third a bare carriage return that is
  // trimmed like any space.
  'formula-cells.csv': {
    rows: ['3 @SUM(1) -2+3 5a', '4 Cr Tab 5a'],
    refused: ['2 too-many-cells a1'],
  },
  'duplicates.csv': {
    rows: ['2 Mia Klein 5a', '5 Mia Klein 5b'],
    refused: ['3 line-twice Klein Mia', '4 line-twice KLEIN mia'],
  },
  'utf8-bom.csv': { rows: ['2 Zoë Müller 5a'], refused: [] },
  'latin1.csv': { rows: ['2 Zoë Müller 5a'], refused: [] },
};

describe.skipIf(!hasCorpora)(
  'hostile rosters of the corpora (skipped where they are not beside the repository)',
  () => {
    const files = corpusFiles('rosters-hostile');

    it('has those that are expected', () =>
      expect(files.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED).sort()));
    it.each(files)('$name: nothing is half read', async ({ name, bytes }) => {
      const { format, rows, refused } = await told([{ name, bytes }], { mapping: HOSTILE });
      process.stdout.write(
        `${name}: ${rows.length} rows, ${refused.length} refused (${refused.map((one) => one.split(' ')[1]).join(', ') || 'none'})\n`,
      );
      expect({ format, rows, refused }).toEqual({ format: 'mapped', ...EXPECTED[name] });
    });
    it('each is left to the mapping where there is none', async () => {
      for (const { name, bytes } of files)
        expect(readRosterFile([{ name, bytes }], { mapping: null, day: READ_ON })).toMatchObject({
          kind: 'unreadable',
          reason: 'header-unknown',
        });
    });
    it('two real namesakes want the same address, and get a number from the caller', async () => {
      const file = files.find(({ name }) => name === 'duplicates.csv');
      if (!file) return;
      const { rows } = await mustRead([file], { mapping: HOSTILE });
      expect(rows.map(({ givenName, familyName }) => localOf(givenName, familyName))).toEqual([
        'mia.klein',
        'mia.klein',
      ]);
    });
  },
);

describe.skipIf(!hasCorpora)('csv-spectrum (skipped where it is not beside the repository)', () => {
  it.each<{ name: string; headers: string[]; first: string[] }>([
    {
      name: 'comma_in_quotes.csv',
      headers: ['first', 'last', 'address', 'city', 'zip'],
      first: ['John', 'Doe', '120 any st.', 'Anytown, WW', '08123'],
    },
    { name: 'empty.csv', headers: ['a', 'b', 'c'], first: ['1', '', ''] },
    { name: 'escaped_quotes.csv', headers: ['a', 'b'], first: ['1', 'ha "ha" ha'] },
    {
      name: 'json.csv',
      headers: ['key', 'val'],
      first: ['1', '{"type": "Point", "coordinates": [102.0, 0.5]}'],
    },
    { name: 'utf8.csv', headers: ['a', 'b', 'c'], first: ['1', '2', '3'] },
  ])('$name', async ({ name, headers, first }) => {
    const file = corpusFiles('csv-spectrum').find((one) => one.name === name);
    expect(file && readHeaders([file])).toMatchObject({
      headers,
      sample: expect.arrayContaining([first]),
    });
  });

  it('as rosters: line breaks and lost letters are refused, the rest is read', async () => {
    const counts: Record<string, string> = {};
    for (const file of corpusFiles('csv-spectrum')) {
      const read = readHeaders([file]);
      const [familyName = '', givenName = familyName] = 'kind' in read ? [] : read.headers;
      const { rows, refused } = await told([file], {
        mapping: { ...HOSTILE, familyName, givenName, className: null },
      });
      counts[file.name] =
        `${rows.length} read${refused.map((one) => `, ${one.split(' ').slice(0, 2).join(' ')}`).join('')}`;
    }
    process.stdout.write(`csv-spectrum: ${JSON.stringify(counts)}\n`);
    expect(counts).toMatchObject({
      'newlines.csv': '2 read, 3 character-hidden',
      'quotes_and_newlines.csv': '1 read, 2 character-hidden',
      'location_coordinates.csv': '0 read, 2 letters-lost',
      'empty.csv': '1 read, 2 given-name-missing',
    });
  });
});

describe.skipIf(!hasCorpora)(
  'strings and archives that break readers (skipped where they are not beside the repository)',
  () => {
    it('each string as a name is read whole or refused', async () => {
      const strings = corpusFiles('text-blns').some(({ name }) => name === 'blns.json')
        ? (corpusJson('text-blns/blns.json') as string[])
        : [];
      const counts: Record<string, number> = {};
      for (const text of strings) {
        const bytes = Buffer.from(
          `last_name,first_name,class\n"${text.replaceAll('"', '""')}",Léa,CP\nRoux,Tom,CP\n`,
        );
        const { format, rows, refused } = await told([{ name: 'a.csv', bytes }], {
          mapping: HOSTILE,
        });
        const why = String(refused[0]?.split(' ')[1]);
        const partly = refused.length > 0 ? why : 'read';
        const what = format === 'unreadable' ? `all: ${why}` : partly;
        counts[what] = (counts[what] ?? 0) + 1;
        if (format !== 'unreadable') expect(rows.length + refused.length).toBe(2);
      }
      process.stdout.write(`${strings.length} strings as names: ${JSON.stringify(counts)}\n`);
    });
    it('no hostile archive is unpacked as a roster', async () => {
      for (const file of corpusFiles('zip-hostile')) {
        const read = await told([file]);
        process.stdout.write(`${file.name}: ${read.refused.join()}\n`);
        expect(read.format).toBe('unreadable');
      }
    });
  },
);
