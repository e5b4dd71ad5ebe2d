/**
 * Private feeds of the week: read by Debian's vdirsyncer and shown by its khal; a million guesses
 * at their addresses; and a town's 650 of them at once beside a child's page.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RHYTHM } from '../../core/roster/week/testing/weeks.ts';
import { openWeekTown } from '../../core/school/week/testing/week-town.ts';
import { openVisits, type Visits } from '../../webmail/testing/visits.ts';
import { hasAgendaPrograms, subscribe, type Agenda } from '../shared/agenda-programs.ts';
import { hasThunderbird, launchThunderbird, openNames } from '../shared/thunderbird.ts';

const { town, weeks, claire, ce1, put } = await openWeekTown();
const { weekFeeds } = town.core;
const PARIS = 'Europe/Paris';
const NOUMEA = 'Pacific/Noumea';

let visits: Visits;
const agendas: Agenda[] = [];
beforeAll(async () => {
  visits = await openVisits(town, () => town.clock.now);
});
afterEach(async () => {
  for (const agenda of agendas.splice(0)) agenda.close();
  await town.admin.query('delete from school_holiday');
  await settle(PARIS);
});
afterAll(() => visits?.close());

/** Where the school lies. */
async function settle(timeZone: string): Promise<void> {
  await town.admin.query('update school set time_zone = $1', [timeZone]);
  await town.admin.query('update school set roster_version = roster_version + 1');
}

async function feedOf(local: string): Promise<string> {
  const name = await weekFeeds.renew(await town.viewer(local), ['lessons', 'specials', 'bring']);
  return `${visits.base}/agenda/${name}.ics`;
}

async function agendaOf(url: string, timeZone: string): Promise<Agenda> {
  const agenda = await subscribe(url, timeZone);
  agendas.push(agenda);
  await agenda.read();
  return agenda;
}

describe.skipIf(!hasAgendaPrograms())(
  'vdirsyncer and khal (skipped where Debian’s aren’t installed: apt-get install vdirsyncer khal)',
  () => {
    it('have a lesson of weeks A at nine, in summer and in winter, without holidays', async () => {
      await town.admin.query(
        `insert into school_holiday (zone, name, from_date, until_date, by_hand)
          select holiday_zone, 'Printemps', '2027-04-10', '2027-04-25', true from town`,
      );
      await settle(PARIS);
      await weeks.keepHours(claire, ce1, { rhythm: RHYTHM, weekA: '2026-11-23' });
      await put({ weekday: 4, from: '09:00', to: '10:00', title: 'Échecs', weeks: 'A' });
      const agenda = await agendaOf(await feedOf('claire.lefevre'), PARIS);
      const lessons = agenda
        .between('2027-03-01', '2027-05-31')
        .filter((one) => / 09:00 /.test(one));
      expect(lessons.map((one) => one.slice(0, 10))).toEqual([
        '2027-03-04',
        '2027-03-18',
        // The clock went on from the 27th to the 28th.
        '2027-04-01',
        // The 15th is in holidays.
        '2027-04-29',
        '2027-05-13',
        '2027-05-27',
      ]);
      expect(agenda.between('2027-04-10', '2027-04-11').join()).toContain('Vacances scolaires');
      expect(agenda.between('2027-05-06', '2027-05-07').join()).toContain('Pas d’école');
    });

    it('have it at the hour of a school far away, and what is new at their next visit', async () => {
      await settle(NOUMEA);
      await weeks.keepHours(claire, ce1, { rhythm: RHYTHM, weekA: null });
      await put({ weekday: 1, from: '13:30', to: '14:30', title: 'Chorale' });
      const url = await feedOf('claire.lefevre');
      const [there, here] = [await agendaOf(url, NOUMEA), await agendaOf(url, PARIS)];
      expect(there.between('2026-11-30', '2026-12-01')).toEqual([
        expect.stringContaining('2026-11-30 13:30 CE1 A : Chorale'),
      ]);
      expect(here.between('2026-11-30', '2026-12-01')).toEqual([
        expect.stringContaining('2026-11-30 03:30 CE1 A : Chorale'),
      ]);
      const need = { day: '2026-12-01', kind: 'bring', words: 'Une gourde' } as const;
      await weeks.addNeed(claire, ce1, need);
      await there.read();
      expect(there.between('2026-11-30', '2026-12-01').join()).toContain('À apporter : Une gourde');
    });
  },
);

describe.skipIf(!hasThunderbird())(
  'Thunderbird (skipped where Debian’s isn’t installed: apt-get install thunderbird)',
  () => {
    it('has a lesson at nine by the school’s clock, in winter and in summer', async () => {
      await weeks.keepHours(claire, ce1, { rhythm: RHYTHM, weekA: null });
      await put({ weekday: 4, from: '09:00', to: '10:00', title: 'Échecs' });
      const names = await openNames(visits.base);
      const port = names.address();
      if (port === null || typeof port === 'string') throw new Error('no port');
      const thunderbird = await launchThunderbird(port.port);
      try {
        const shown = await thunderbird.run<readonly string[]>(
          SUBSCRIBING,
          await feedOf('claire.lefevre'),
        );
        expect(shown).toEqual([
          'CE1 A : Échecs 20270318T080000Z',
          'CE1 A : Échecs 20270325T080000Z',
          'CE1 A : Échecs 20270401T070000Z',
        ]);
      } finally {
        await thunderbird.close();
        names.close();
      }
    });
  },
);

/** In Thunderbird: subscribes to a calendar by its link, as its dialogue does, and shows it. */
const SUBSCRIBING = `
  const { cal } = ChromeUtils.importESModule('resource:///modules/calendar/calUtils.sys.mjs');
  const calendar = cal.manager.createCalendar('ics', Services.io.newURI(args[0]));
  calendar.name = 'week';
  cal.manager.registerCalendar(calendar);
  const moment = (text) => cal.createDateTime(text);
  const { ITEM_FILTER_ALL_ITEMS: all, ITEM_FILTER_CLASS_OCCURRENCES: each } = Ci.calICalendar;
  for (let tried = 0; tried < 100; tried += 1) {
    const items = await calendar.getItemsAsArray(
      all | each, 0, moment('20270315T000000Z'), moment('20270402T000000Z'));
    if (items.length > 0)
      return items
        .filter(({ title }) => title.endsWith('Échecs'))
        .map((one) => one.title + ' ' + one.startDate.getInTimezone(cal.dtz.UTC).icalString)
        .sort();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return [];
`;

describe('guessed addresses', () => {
  const GUESSES = 1_000_000;
  const AT_ONCE = 32;

  it('are nobody’s, a million times', { timeout: 3_600_000 }, async () => {
    await feedOf('claire.lefevre');
    const school = claire.school;
    const found: string[] = [];
    let left = GUESSES;
    const began = performance.now();
    const guess = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const name = `${school}.${randomBytes(16).toString('base64url')}`;
        const { kind } = await weekFeeds.read(name);
        if (kind !== 'unknown') found.push(kind);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, guess));
    const seconds = (performance.now() - began) / 1_000;
    process.stdout.write(
      `${JSON.stringify({ figure: 'guessed_feeds', guesses: GUESSES, found: found.length, seconds: Math.round(seconds) })}\n`,
    );
    expect(found).toEqual([]);
  });
});

describe('a town’s 650 feeds', () => {
  const FEEDS = 650;
  const EVERY_MS = 15 * 60_000;
  const AT_ONCE = 8;
  const PAGES = 200;
  /** Of the processor that asks and that answers, together. */
  const MOST_SHARE = 0.02;
  /** All at once is what no agendas do: even then a page waits for some of them alone. */
  const MOST_BESIDE = 6;

  /** The marks of everybody's feed, by its address. */
  async function everyFeed(): Promise<readonly (readonly [string, string])[]> {
    const { rows } = await town.admin.query<{ local: string }>(
      `select a.local from account c join address a on a.id = c.address_id
        where c.role in ('teacher', 'guardian') and c.school_id > 0 order by a.local`,
    );
    const feeds: [string, string][] = [];
    for (const { local } of rows) {
      const url = await feedOf(local);
      const answer = await fetch(url);
      await answer.arrayBuffer();
      const etag = answer.headers.get('etag');
      if (etag !== null) feeds.push([url, etag]);
    }
    return Array.from({ length: FEEDS }, (_, at) => feeds[at % feeds.length] ?? ['', '']);
  }

  async function askAll(feeds: readonly (readonly [string, string])[]): Promise<readonly number[]> {
    const statuses: number[] = [];
    const waiting = [...feeds];
    const ask = async (): Promise<void> => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const [url, etag] = next;
        const answer = await fetch(url, { headers: { 'if-none-match': etag } });
        statuses.push(answer.status);
        await answer.arrayBuffer();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, ask));
    return [...new Set(statuses)];
  }

  it('cost nothing that a child’s page feels', async () => {
    await weeks.keepHours(claire, ce1, { rhythm: RHYTHM, weekA: null });
    await put({ weekday: 4, from: '09:00', to: '10:00', title: 'Échecs' });
    const feeds = await everyFeed();
    const lina = await visits.read('lina.moreau');
    const median = async (isOver: () => boolean): Promise<number> => {
      const times: number[] = [];
      for (let asked = 0; asked < PAGES && !isOver(); asked += 1) {
        const began = performance.now();
        await lina.goto(`${visits.base}/week`);
        times.push(performance.now() - began);
      }
      return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
    };
    const alone = await median(() => false);
    const before = process.cpuUsage();
    expect(await askAll(feeds)).toEqual([304]);
    const { user, system } = process.cpuUsage(before);
    const share = (user + system) / 1_000 / EVERY_MS;
    let isOver = false;
    const asking = askAll(feeds).then(() => {
      isOver = true;
    });
    const beside = await median(() => isOver);
    await asking;
    const rounded = (ms: number): number => Math.round(ms * 10) / 10;
    const figures = {
      figure: 'feeds_beside_a_page',
      feeds: FEEDS,
      ms_a_feed: rounded((user + system) / 1_000 / FEEDS),
      share_of_a_processor: Number(share.toFixed(4)),
      page_ms: rounded(alone),
      page_ms_beside_all_at_once: rounded(beside),
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    expect(share).toBeLessThan(MOST_SHARE);
    expect(beside).toBeLessThan(alone * MOST_BESIDE);
  });
});
