import { describe, expect, it } from 'vitest';
import { workbookOf } from '../letters/message/testing/documents.ts';
import { readHolidayFile } from './holiday-file.ts';
import { readOneTable } from './reading/read.ts';
import { isUnreadable } from './reading/trouble.ts';
import { importSentence } from './reasons.ts';
import { CALENDAR_HEADER, calendarLine, schoolCalendar } from './testing/school-calendar.ts';

async function read(bytes: Buffer, name = 'calendrier.csv') {
  const table = readOneTable([{ name, bytes }]);
  return isUnreadable(table) ? table : readHolidayFile(table);
}

async function periodsIn(bytes: Buffer): Promise<string[]> {
  const found = await read(bytes);
  if (found.kind === 'unreadable') throw new Error(`${found.reason} at ${found.at.line}`);
  return found.periods.map(({ zone, name, from, until }) => `${zone} ${name} ${from} ${until}`);
}

type Line = readonly [string, string, string, string];
const text = (...lines: readonly string[]) => Buffer.from([CALENDAR_HEADER, ...lines].join('\n'));
const one = async (line: Line, zone = 'Zone A') =>
  (await periodsIn(text(calendarLine(line, { zone }))))[0]?.replace(/^\S+ Vacances /, '') ?? null;

it('the national calendar gives the periods of each zone, once', async () => {
  const periods = await periodsIn(schoolCalendar());
  expect(periods.filter((line) => line.startsWith('A '))).toEqual([
    'A Vacances de la Toussaint 2026-10-17 2026-11-01',
    'A Vacances de Noël 2026-12-19 2027-01-03',
    'A Pont de l’Ascension 2027-05-07 2027-05-07',
    'A Vacances d’Été 2027-07-03 2027-09-01',
    'A Vacances d’Hiver 2027-02-13 2027-02-28',
    'A Vacances de Printemps 2027-04-10 2027-04-25',
  ]);
  expect(periods).toContain('B Vacances d’Hiver 2027-02-20 2027-03-07');
  expect(periods).toContain('C Vacances de Printemps 2027-04-03 2027-04-18');
  expect(periods.filter((line) => line.startsWith('polynesie '))).toHaveLength(1);
  expect(periods).toHaveLength(19);
});

it('is the same with commas, without a mark, without labels, and in Paris’s own time', async () => {
  const file = schoolCalendar().toString().replace('\uFEFF', '');
  const others = [
    file.replaceAll(';', ','),
    file.replace(
      CALENDAR_HEADER,
      'description;population;start_date;end_date;location;zones;annee_scolaire',
    ),
    file
      .replaceAll('-16T22:00:00+00:00', '-17T00:00:00+02:00')
      .replaceAll('-01T23:00:00+00:00', '-02T00:00:00+01:00'),
  ];
  const same = await periodsIn(schoolCalendar());
  for (const other of others) expect(await periodsIn(Buffer.from(other))).toEqual(same);
});

describe('of a line', () => {
  it.each<{ when: string; line: Line; zone?: string; then: string | null }>([
    {
      when: 'begins on a Saturday',
      line: ['Vacances X', '-', '2026-10-16T22', '2026-11-01T23'],
      then: 'X 2026-10-17 2026-11-01',
    },
    {
      when: 'begins on a weekday, after class',
      line: ['Vacances X', '-', '2022-07-06T22', '2022-08-31T22'],
      then: 'X 2022-07-08 2022-08-31',
    },
    {
      when: 'is for pupils',
      line: ['Vacances X', 'Élèves', '2026-12-18T23', '2027-01-03T23'],
      then: 'X 2026-12-19 2027-01-03',
    },
    {
      when: 'is for teachers',
      line: ['Vacances X', 'Enseignants', '2026-12-18T23', '2027-01-03T23'],
      then: null,
    },
    {
      when: 'ends on the day after it began after class',
      line: ['Vacances X', '-', '2027-03-02T23', '2027-03-03T23'],
      then: null,
    },
    {
      when: 'has plain days',
      line: ['Vacances X', '-', '2026-10-17', '02/11/2026'],
      then: 'X 2026-10-17 2026-11-01',
    },
    {
      when: 'is Réunion’s, at midnight of Paris',
      line: ['Vacances X', '-', '2026-10-09T22', '2026-10-25T23'],
      zone: 'Réunion',
      then: 'X 2026-10-10 2026-10-25',
    },
    {
      when: 'is Wallis’s',
      line: ['Vacances X', '-', '2026-10-09T22', '2026-10-25T23'],
      zone: 'Wallis et Futuna',
      then: 'X 2026-10-10 2026-10-25',
    },
    {
      when: 'is of a zone that there isn’t',
      line: ['Vacances X', '-', '2026-10-09T22', '2026-10-25T23'],
      zone: 'Zone D',
      then: null,
    },
  ])('that $when: $then', async ({ line, zone, then }) => expect(await one(line, zone)).toBe(then));
  it('without a day of return, only the beginning is told', async () => {
    const found = await read(
      text(calendarLine(['Début des Vacances d’Été', '-', '2028-07-07T22', '2028-07-07T22'])),
    );
    expect(found).toEqual({
      kind: 'holidays',
      periods: [],
      unended: [{ zone: 'A', name: 'Début des Vacances d’Été', from: '2028-07-08' }],
    });
  });
});

it.each([
  { zone: 'corse', named: ['Corse', 'CORSE'] },
  { zone: 'guadeloupe', named: ['Guadeloupe', 'La Guadeloupe'] },
  { zone: 'martinique', named: ['Martinique', 'La Martinique'] },
  { zone: 'guyane', named: ['Guyane', 'Guyane française'] },
  { zone: 'reunion', named: ['Réunion', 'La Réunion', 'REUNION', 'Re\u0301union'] },
  { zone: 'mayotte', named: ['Mayotte'] },
  {
    zone: 'nouvelle-caledonie',
    named: ['Nouvelle Calédonie', 'Nouvelle-Calédonie', 'La Nouvelle-Caledonie'],
  },
  { zone: 'polynesie', named: ['Polynésie', 'Polynesie', 'Polynésie française'] },
  {
    zone: 'saint-pierre-et-miquelon',
    named: ['Saint Pierre et Miquelon', 'Saint-Pierre-et-Miquelon'],
  },
  { zone: 'wallis-et-futuna', named: ['Wallis et Futuna', 'Wallis-et-Futuna'] },
])('reads $zone from each of its names', async ({ zone, named }) => {
  const line = ['Vacances X', '-', '2026-10-16T22', '2026-11-01T23'] as const;
  for (const name of named)
    expect(await periodsIn(text(calendarLine(line, { zone: name })))).toEqual([
      `${zone} Vacances X 2026-10-17 2026-11-01`,
    ]);
});

describe('nothing is read of', () => {
  it('a workbook, whose days may be of UTC', async () => {
    const rows = schoolCalendar().toString().replace('\uFEFF', '').trim().split('\r\n');
    const workbook = await workbookOf(rows.map((row) => row.split(';')));
    const found = await read(workbook, 'calendrier.xlsx');
    expect(found).toMatchObject({ kind: 'unreadable', reason: 'calendar-workbook' });
  });
  const good = calendarLine(['Vacances X', '-', '2026-10-16T22', '2026-11-01T23']);
  it.each<{ what: string; bytes: Buffer; fr: string; en: string }>([
    {
      what: 'another table',
      bytes: Buffer.from('Nom;Prénom\nMoreau;Lina'),
      fr: 'n’est pas le calendrier scolaire',
      en: 'is not the school calendar',
    },
    {
      what: 'an empty file',
      bytes: Buffer.from(''),
      fr: 'est vide',
      en: 'is empty',
    },
    {
      what: 'a picture',
      bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 4, 5]),
      fr: 'n’est pas un fichier CSV',
      en: 'is not a CSV file',
    },
    {
      what: 'a day that isn’t there',
      bytes: text(good, calendarLine(['Vacances X', '-', '2026-02-31', '2026-03-08'])),
      fr: 'ligne 3\u00a0: la case «\u00a0Date de début\u00a0» n’est pas une date',
      en: 'line 3: the cell “Date de début” is not a date',
    },
    {
      what: 'an instant that no clock shows',
      bytes: text(calendarLine(['Vacances X', '-', '2026-13-16T22:00:00+00:00', '2026-12-01'])),
      fr: 'n’est pas une date',
      en: 'is not a date',
    },
    {
      what: 'an instant of a day that isn’t there',
      bytes: text(calendarLine(['Vacances X', '-', '2027-02-30T22:00:00+00:00', '2027-03-08'])),
      fr: 'n’est pas une date',
      en: 'is not a date',
    },
    {
      what: 'the end of all days',
      bytes: text(calendarLine(['Vacances X', '-', '9999-12-31T22', '9999-12-31T22'])),
      fr: 'n’est pas une date',
      en: 'is not a date',
    },
    {
      what: 'words for a day',
      bytes: text(calendarLine(['Vacances X', '-', '2026-10-16T22', 'bientôt'])),
      fr: 'la case «\u00a0Date de fin\u00a0» n’est pas une date',
      en: 'the cell “Date de fin” is not a date',
    },
    {
      what: 'an end before the beginning',
      bytes: text(calendarLine(['Vacances X', '-', '2026-10-16T22', '2026-10-01T22'])),
      fr: 'vient avant le début',
      en: 'comes before the beginning',
    },
    {
      what: 'a year of holidays',
      bytes: text(calendarLine(['Vacances X', '-', '2026-10-16T22', '2027-10-16T22'])),
      fr: 'plus de cent jours',
      en: 'over a hundred days',
    },
    {
      what: 'a line without a name',
      bytes: text(calendarLine([' ', '-', '2026-10-16T22', '2026-11-01T23'])),
      fr: 'la case «\u00a0Description\u00a0» est vide',
      en: 'the cell “Description” is empty',
    },
    {
      what: 'lost letters',
      bytes: text(calendarLine(['Vacances de NoÃ«l', '-', '2026-12-18T23', '2027-01-03T23'])),
      fr: 'abîmée',
      en: 'damaged',
    },
  ])('$what', async ({ bytes, fr, en }) => {
    const found = await read(bytes);
    if (found.kind !== 'unreadable') throw new Error('read');
    expect(importSentence(found, 'fr')).toContain(fr);
    expect(importSentence(found, 'en')).toContain(en);
  });
});
