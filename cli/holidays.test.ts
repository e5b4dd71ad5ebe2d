import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../core/ground/spans.ts';
import {
  CALENDAR_HEADER,
  calendarLine,
  schoolCalendar,
} from '../core/roster/testing/school-calendar.ts';
import { openEmptyTown } from '../core/town/town/testing/empty-town.ts';
import { testClamd } from '../tests/shared/fresh-database.ts';
import { frontDoor } from '../tests/shared/front-door.ts';
import { SOAKED } from '../tests/shared/slice.ts';
import { openTestTown } from '../tests/shared/town.ts';
import { giveHolidays, listHolidays } from './holidays-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'preau-holidays-'));
const town = await openTestTown();
afterAll(async () => {
  await town.close();
  rmSync(folder, { recursive: true, force: true });
});
const { holidays } = town.core;
const file = (text: string) => ({ name: 'calendrier.csv', bytes: Buffer.from(text) });

describe('preau holidays', () => {
  beforeEach(() => town.admin.query('delete from school_holiday'));

  it('lists what is known of the zone by year, and says how to give it where nothing is', async () => {
    expect((await listHolidays(holidays)).sentence).toMatch(
      /^Zone A : aucune date.+preau holidays import FICHIER.+no dates are known/,
    );
    await giveHolidays(holidays, { name: 'calendrier.csv', bytes: schoolCalendar() });
    await holidays.add('machine', { name: 'Pont', from: '2027-05-10', until: '2027-05-10' });
    const { sentence } = await listHolidays(holidays);
    expect(sentence.split('\n').slice(0, 3)).toEqual([
      'Zone A',
      '2026-2027',
      '  2026-10-17 … 2026-11-01  Vacances de la Toussaint',
    ]);
    expect(sentence).toContain('2027-05-10 … 2027-05-10  Pont (à la main / by hand)');
  });

  it('tells of holidays that have no end yet', async () => {
    const lines = [
      CALENDAR_HEADER,
      calendarLine(['Vacances X', '-', '2026-12-18T23', '2027-01-03T23']),
      calendarLine(['Début des Vacances d’Été', '-', '2027-07-02T22', '2027-07-02T22']),
    ];
    const { facts, sentence } = await giveHolidays(holidays, file(lines.join('\n')));
    expect(facts).toMatchObject({ outcome: 'given', periods: 1 });
    expect(sentence).toMatch(
      /Début des Vacances d’Été, 2027-07-03 : sans date de reprise.+no day of return/,
    );
  });

  it.each([
    ['', /est vide.+ \/ .+is empty/],
    ['Nom;Prénom\nMoreau;Lina', /n’est pas le calendrier scolaire.+ \/ .+is not the school/],
    [
      `${CALENDAR_HEADER}\n${calendarLine(['Vacances X', '-', 'lundi', '2027-01-03T23'])}`,
      /ligne 2.+n’est pas une date.+ \/ .+line 2.+is not a date/,
    ],
  ])('refuses %j', async (text, sentence) => {
    await expect(giveHolidays(holidays, file(text))).rejects.toThrow(sentence);
    expect((await holidays.list('machine'))?.periods).toEqual([]);
  });

  it('asks for a town first', async () => {
    const empty = await openEmptyTown();
    await expect(listHolidays(empty.core.holidays)).rejects.toThrow('preau setup');
    await expect(
      giveHolidays(empty.core.holidays, { name: 'c.csv', bytes: schoolCalendar() }),
    ).rejects.toThrow('preau setup');
    await empty.close();
  });

  it('is a command of its own', SOAKED, async () => {
    const path = join(folder, 'calendrier.csv');
    // the command lives on the day of the machine
    const hour = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 13);
    const line = calendarLine(['Vacances X', '-', hour(30), hour(45)]);
    writeFileSync(path, [CALENDAR_HEADER, line].join('\n'));
    const run = (...args: readonly string[]) =>
      frontDoor(['sh', 'cli/run.sh', 'preau.ts', 'holidays', ...args], {
        PREAU_DATA: join(folder, 'data'),
        PREAU_DATABASE_URL: town.databaseUrl,
        PREAU_CLAMD: testClamd(),
      }).ended();
    const given = await run('import', path, '--json');
    expect([given.code, given.output.trim().split('\n').at(-1)]).toEqual([
      0,
      '{"outcome":"given","periods":1,"unended":[]}',
    ]);
    const lost = await run('import', join(folder, 'nulle-part.csv'));
    expect([lost.code, lost.output]).toEqual([1, expect.stringContaining('is the path right?')]);
  });
});
