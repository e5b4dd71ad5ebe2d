/**
 * The week of a class: from last year's to the first thing that is to be brought, which a child
 * packs; what a parent of two reads of it; and a specialist's hours over three classes.
 */
import { expect, it } from 'vitest';
import { dayAt } from '../../core/ground/clock.ts';
import { text, type PlainPage } from '../shared/plain/page.ts';
import type { Story } from './story.ts';
import { must, nowOf } from './whole.ts';

/** Longer than any holidays. */
const MOST_WEEKS = 12;
const LAST_YEAR = `
  insert into class_week (school_id, class_id, school_year, morning_from, morning_to,
      afternoon_from, afternoon_to, wednesday_to, week_a, edition, changed_at)
    select school_id, class_id, $1, morning_from, morning_to, afternoon_from, afternoon_to,
      wednesday_to, week_a, edition, changed_at
    from class_week`;
const LAST_LESSONS = `
  insert into week_lesson (school_id, class_id, school_year, weekday, from_time, to_time, kind,
      title, weeks, place, bring)
    select school_id, class_id, $1, weekday, from_time, to_time, kind, title, weeks, place, bring
    from week_lesson where school_year <> $1`;

/** Has them begin, note, pack and read. */
export function planWeeks(story: Story): void {
  const { read } = story;

  /** The week of a teacher's own class. */
  async function weekOf(local: string): Promise<{ page: PlainPage; at: string }> {
    const page = await read(local);
    await page.goto(`${story.whole.base}/week`);
    return { page, at: `${story.whole.base}${new URL(page.url()).pathname}` };
  }
  async function copy(local: string, source: RegExp): Promise<void> {
    const { page } = await weekOf(local);
    const sources = await page.locator('#source option').allTextContents();
    const label = must(
      sources.map((one) => one.trim()).find((one) => source.test(one)),
      'a week',
    );
    await page.selectOption('#source', { label });
    await page.click('text=Copier cette semaine');
    expect(await text(page)).toContain('La semaine est copiée.');
  }
  /** The first day of class after today. */
  async function nextDay(page: PlainPage, at: string): Promise<string> {
    const today = dayAt(await nowOf(story.whole), story.whole.timeZone);
    for (let weeks = 0; weeks < MOST_WEEKS; weeks += 1) {
      await page.goto(`${at}?day=${laterBy(today, 7 * weeks)}`);
      for (const link of await page.locator('a[href*="/need?day="]').all()) {
        const offered = (await link.getAttribute('href'))?.slice(-10) ?? '';
        if (offered > today) return offered;
      }
    }
    throw new Error(`no day of class in ${MOST_WEEKS} weeks: ${page.url()} ${await text(page)}`);
  }
  /** Notes something for the next day of class; on which it is. */
  async function note(local: string, words: string): Promise<string> {
    const { page, at } = await weekOf(local);
    const day = await nextDay(page, at);
    await page.goto(`${at}/need?day=${day}`);
    await page.fill('#words', words);
    await page.click('.narrow-f button.main');
    expect(await text(page)).toContain('C’est noté pour ce jour.');
    return day;
  }

  it('a week goes on from last year’s, up to what a child packs', async () => {
    const [known] = await story.whole.rows<{ year: string }>(
      'select max(school_year) as year from class_week',
    );
    const begins = Number(known?.year.slice(0, 4)) - 1;
    const year = `${begins}-${begins + 1}`;
    for (const sql of [LAST_YEAR, LAST_LESSONS]) await story.whole.rows(sql, [year]);
    await copy('karim.haddad', new RegExp(`CE1 A, ${year}`));
    await note('karim.haddad', 'Un carton');
    const jade = await read('jade.morel');
    await jade.goto(`${story.whole.base}/week`);
    await jade.click('.todo-p li:has-text("Un carton") button');
    expect(await jade.locator('.todo-p li:has-text("Un carton") [aria-pressed=true]').count()).toBe(
      1,
    );
  });

  it('a parent of two reads in one look what both bring along', async () => {
    const day = await note('claire.lefevre', 'Un bulbe de tulipe');
    expect(await note('sylvie.caradec', 'Un petit pot')).toBe(day);
    const karine = await read('karine.moreau');
    await karine.goto(`${story.whole.base}/week`);
    expect(await text(karine, '.tomorrow')).toMatch(
      /Lina.*Un bulbe de tulipe.*Tom.*Un petit pot|Tom.*Un petit pot.*Lina.*Un bulbe de tulipe/s,
    );
    expect(await text(karine, 'h1')).toMatch(/\d choses à apporter/);
  });

  it('a specialist has their hours over three classes, on one page and in one feed', async () => {
    await copy('marc.olivier', /^CE1 A, /);
    const classes = ['claire.lefevre', 'sylvie.caradec', 'marc.olivier'];
    for (const local of classes) {
      const { page, at } = await weekOf(local);
      await page.goto(`${at}/change`);
      await page.click('a[data-lesson]');
      await page.fill('#title', 'Chorale');
      await page.selectOption('#teacher', { label: 'Nadège Colas' });
      await page.click('text=C’est bon');
      expect(await text(page)).toContain('Le cours est enregistré.');
    }
    const nadege = await read('nadege.colas');
    await nadege.goto(`${story.whole.base}/week`);
    const shown = await text(nadege, 'main');
    for (const name of ['CE1 A', 'GS', 'CM2 B'])
      expect(shown).toMatch(new RegExp(`${name} Chorale`));
    await nadege.goto(`${story.whole.base}/agenda`);
    await nadege.click('button[value=make]');
    const link = await nadege.inputValue('#lk');
    const { body } = await nadege.get(link);
    const calendar = String(await body());
    for (const name of ['CE1 A', 'GS', 'CM2 B'])
      expect(calendar).toMatch(new RegExp(`${name}.*Chorale`));
    // Its address says of nobody whose it is, and stands in no line of the log.
    const [, secret] = /\/agenda\/\d+\.([\w-]{22})\.ics$/.exec(link) ?? [];
    expect(story.whole.run.output()).not.toContain(must(secret, 'a secret'));
  });
}

const laterBy = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
