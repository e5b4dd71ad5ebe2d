import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { READ_ON, zipped } from '../../school/imports/testing/reading.ts';
import { withoutAccents } from '../names.ts';
import { repeated } from '../testing/workbook-parts.ts';
import type { RosterFile } from './contract.ts';
import { headerKey } from './header.ts';
import { FILE_BYTES, HEADER_CHARACTERS } from './limits.ts';
import { openExport, readHeaders, readRosterFile } from './read.ts';

const ONDE = 'Nom élève;Prénom élève;Date naissance;Libellé classe\n';
/** An export of guardians whose column of this title is filled with the same in every line. */
const guardians = (title: string, filled: string): string =>
  `Nom responsable;Prénom responsable;${title};Prénom enfant;Nom de famille enfant\n` +
  repeated(`a;b;${filled};c;d\n`, MUCH);
const LINE = 'Roux;Léa;2019-01-01;CP\n';
/** A quarter of what a file may have: more would only take longer. */
const MUCH = FILE_BYTES / 4;

const file = (text: string, name = 'a.csv'): RosterFile => ({ name, bytes: Buffer.from(text) });

/** A OneRoster export of so many lines, by what its files say besides their headers. */
function exported(lines: Readonly<Record<'orgs' | 'users' | 'classes' | 'enrollments', string>>) {
  return [
    file(`sourcedId,name,type\n${lines.orgs}`, 'orgs.csv'),
    file(
      `sourcedId,role,orgSourcedIds,givenName,familyName,agentSourcedIds\n${lines.users}`,
      'users.csv',
    ),
    file(`sourcedId,title,schoolSourcedId,classType\n${lines.classes}`, 'classes.csv'),
    file(
      `classSourcedId,schoolSourcedId,userSourcedId,role\n${lines.enrollments}`,
      'enrollments.csv',
    ),
  ];
}

const LINES = 39_000;
const lines = (line: (at: number) => string): string =>
  Array.from({ length: LINES }, (_, at) => line(at)).join('\n');

/** What a reading says, in a word: how much was read, or why nothing. */
async function said(files: readonly RosterFile[]): Promise<string> {
  const read = readRosterFile(files, { mapping: null, school: 's', day: READ_ON });
  const headers = files.length === 1 ? readHeaders(files) : null;
  if (!('kind' in read)) return `${read.rows.length} rows, ${read.refused.length} refused`;
  return headers !== null && !('kind' in headers) ? read.reason : `${read.at.line} ${read.reason}`;
}

/** A file, and what its reading says. */
type Hurting = readonly [what: string, files: () => readonly RosterFile[], then: string];

const HURTING: readonly Hurting[] = [
  ['a header of 18,000 letters', () => [file(`${'s'.repeat(18_000)};b\n1;2`)], '1 header-too-long'],
  ['a header of 80,000 letters', () => [file(`${'s'.repeat(80_000)};b\n1;2`)], '1 header-too-long'],
  [
    'all the header that there may be',
    () => [file(`${Array(90).fill('ab'.repeat(500)).join(';')}\n1;2`)],
    'header-unknown',
  ],
  ['5 MB of delimiters', () => [file(ONDE + repeated(';', MUCH))], '2 line-too-long'],
  ['5 MB of quotes', () => [file(ONDE + repeated('"', MUCH))], '2 line-too-long'],
  ['5 MB of line ends', () => [file(ONDE + repeated('\n', MUCH))], 'no-lines'],
  ['5 MB of carriage returns', () => [file(ONDE + repeated('\r', MUCH))], '2 line-too-long'],
  [
    'dates without end',
    () => [file(ONDE + repeated(`a;b;${'0'.repeat(90_000)};d\n`, MUCH))],
    '0 rows, 58 refused',
  ],
  [
    'classes of hyphens',
    () => [file(ONDE + repeated(`a;b;2019-01-01;${' -'.repeat(40_000)}\n`, MUCH))],
    '0 rows, 65 refused',
  ],
  [
    'telephones of spaces',
    () => [file(guardians('Téléphone portable', '0 '.repeat(40_000)))],
    '0 rows, 65 refused',
  ],
  [
    'addresses of dots',
    () => [file(guardians('Courriel', 'a@a.'.repeat(20_000)))],
    '0 rows, 65 refused',
  ],
];
/** Each takes more than a second of the processor. */
const HURTING_LONG: readonly Hurting[] = [
  [
    'lines of delimiters',
    () => [file(ONDE + LINE + repeated(`${';'.repeat(90_000)}\n`, MUCH))],
    '1 rows, 0 refused',
  ],
  [
    '5 MB of quoted nothing',
    () => [file(ONDE + repeated('"";""\n', MUCH))],
    '40002 too-many-lines',
  ],
  [
    'quotes around every line end',
    () => [file(ONDE + repeated('"\r\n";\n', MUCH))],
    '40002 too-many-lines',
  ],
  [
    'footers alone',
    () => [file(`${ONDE}${LINE}${lines((at) => `Total ${at}`)}`)],
    `1 rows, ${LINES} refused`,
  ],
  [
    'one child in every class of an export, each the main one',
    () =>
      exported({
        orgs: 's,École,school',
        users: 'u,student,s,Léa,Roux,',
        classes: lines((at) => `c${at},C${at},s,homeroom`),
        enrollments: lines((at) => `c${at},s,u,student`),
      }),
    `${LINES} rows, 0 refused`,
  ],
  [
    'an export of 39,000 schools',
    () =>
      exported({
        orgs: `s,École,school\n${lines((at) => `s${at},S${at},school`)}`,
        users: lines((at) => `u${at},student,s,Léa,Roux,`),
        classes: 'c,CP,s,',
        enrollments: lines((at) => `c,s,u${at},student`),
      }),
    `${LINES} rows, 0 refused`,
  ],
];

/** Reads within three seconds of the processor. */
async function reads([what, files, then]: Hurting): Promise<void> {
  const given = files();
  const since = process.cpuUsage();
  expect(await said(given)).toBe(then);
  const { user, system } = process.cpuUsage(since);
  const seconds = (user + system) / 1_000_000;
  process.stdout.write(`${what}: ${seconds.toFixed(2)} s\n`);
  expect(seconds).toBeLessThan(3);
}

describe('files made to hurt: the time they take, and what is said of them', () => {
  const { some, rest } = sliced(3, HURTING);
  it.each(some)('%s', (...hurting) => reads(hurting));
  it.each([...rest, ...HURTING_LONG])('%s', SOAKED, (...hurting) => reads(hurting));

  it('archives together unpack to no more than one may', async () => {
    const big = zipped([{ name: 'a.csv', bytes: Buffer.alloc(19 * 1024 * 1024, 'a\n') }]);
    const four = Array.from({ length: 4 }, (_, at) => ({ name: `${at}.zip`, bytes: big }));
    const opened = openExport(four);
    const why = { kind: 'unreadable', reason: 'archive-too-big', at: { line: 1 } };
    expect(opened).toMatchObject(why);
  });
  it('no path in an archive is longer than folders are deep', async () => {
    const deep = [{ name: `${'a/'.repeat(600)}a.csv`, bytes: Buffer.from(ONDE + LINE) }];
    expect(await said([{ name: 'a.zip', bytes: zipped(deep) }])).toBe('1 archive-broken');
  });
  it('a title as long as a form’s question is read', async () => {
    const title = 'a'.repeat(HEADER_CHARACTERS);
    const text = `${ONDE.trim()};${title}\n${LINE.trim()};x\n`;
    expect(await said([file(text)])).toBe('1 rows, 0 refused');
  });
});

describe('the key of a header', () => {
  it.each([
    ['Noms d’usage des Élèves', "nom d'usage des eleve"],
    ['Prénom élève(s) ', 'prenom eleve'],
    ['pas', 'pas'],
    ['Classes', 'classe'],
    ['ss', 'ss'],
    ['Adresses1', 'adresse1'],
  ])('%s is %s', (header, key) => expect(headerKey(header)).toBe(key));

  it('drops a plural’s s as one expression over the whole text would', () => {
    const letters = fc.string({
      unit: fc.constantFrom('s', 'a', 'é', '𝐬', '1', ' ', '-'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(letters, (text) => {
        const singular = withoutAccents(text).replace(/(\p{L}{3,})s(?!\p{L})/gu, '$1');
        expect(headerKey(text)).toBe(singular.replace(/\s+/g, ' ').trim());
      }),
    );
  });
});
