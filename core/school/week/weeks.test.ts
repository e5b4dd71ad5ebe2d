import { describe, expect, it } from 'vitest';
import { lessonWords, RHYTHM, specialOf } from '../../roster/week/testing/weeks.ts';
import { wish } from '../boards/testing/wish.ts';
import { openWeekTown, ownClassOf } from './testing/week-town.ts';

const { town, weeks, claire, ce1, begun, put } = await openWeekTown();
const [LINA, SAMIRA] = ['lina.moreau', 'samira.benali'];
const WEDNESDAY = '2026-11-25';

const lesson = lessonWords;
const idOf = async (local: string) => (await town.viewer(local)).addressId;
const special = (given: Parameters<typeof specialOf>[0] = {}) => {
  const { id: _, edition: __, ...rest } = specialOf(given);
  return rest;
};

describe('the week of a class', () => {
  it('is begun by its teacher or the head, and by nobody else', async () => {
    const hours = { rhythm: RHYTHM, weekA: null };
    for (const local of [LINA, SAMIRA, 'karim.haddad', 'hugues.armand'])
      expect(await weeks.keepHours(await town.viewer(local), ce1, hours)).toEqual({
        kind: 'missing',
      });
    expect(await weeks.keepHours(await town.viewer('mamadou.diallo'), ce1, hours)).toEqual({
      kind: 'saved',
    });
  });

  it('is read by its pupils, their families and who works there, and changed by none of them', async () => {
    await begun();
    await put({ weekday: 2, from: '09:00', to: '10:00' });
    for (const local of [LINA, SAMIRA, 'claire.lefevre', 'mamadou.diallo']) {
      const view = await weeks.week(await town.viewer(local), ce1, null);
      expect([local, view?.days[1]?.items.length]).toEqual([local, 1]);
    }
    for (const local of ['karim.haddad', 'tom.moreau', 'hugues.armand'])
      expect([local, await weeks.week(await town.viewer(local), ce1, null)]).toEqual([local, null]);
    const lina = await town.viewer(LINA);
    expect(await weeks.desk(lina, ce1, null)).toBeNull();
    expect(await weeks.keepLesson(lina, ce1, { lesson: lesson(), seen: null })).toEqual({
      kind: 'missing',
    });
    expect(await weeks.addNeed(lina, ce1, { day: WEDNESDAY, kind: 'do', words: 'x' })).toEqual({
      kind: 'missing',
    });
  });

  it('loses nothing where two change one lesson: the second is told', async () => {
    await begun();
    await put({ from: '09:00', to: '10:00' });
    const [seen] = (await weeks.desk(claire, ce1, null))?.view.lessons ?? [];
    if (seen === undefined) throw new Error('no lesson');
    const later = lesson({ from: '09:00', to: '10:30' });
    expect(await weeks.keepLesson(claire, ce1, { lesson: later, seen })).toEqual({ kind: 'saved' });
    const head = await town.viewer('mamadou.diallo');
    const other = lesson({ from: '09:00', to: '09:30' });
    const told = { kind: 'refused', fault: { why: 'changed-meanwhile' } };
    expect(await weeks.keepLesson(head, ce1, { lesson: other, seen })).toEqual(told);
    expect(await weeks.dropLesson(head, ce1, seen)).toEqual(told);
    expect((await weeks.week(head, ce1, null))?.lessons[0]?.to).toBe('10:30');
  });

  it('says why hours, lessons and days aren’t taken', async () => {
    const why = async (saved: ReturnType<typeof weeks.keepHours>) => {
      const answer = await saved;
      return answer.kind === 'refused' ? answer.fault.why : answer.kind;
    };
    // A week without hours takes nothing.
    expect(await why(weeks.keepLesson(claire, ce1, { lesson: lesson(), seen: null }))).toBe(
      'no-week',
    );
    expect(await why(weeks.keepSpecial(claire, ce1, { special: special(), seen: null }))).toBe(
      'no-week',
    );
    await begun();
    await put({ from: '09:00', to: '10:00' });
    const zero = lesson({ from: '11:00', to: '11:00' });
    expect(await why(weeks.keepLesson(claire, ce1, { lesson: zero, seen: null }))).toBe(
      'no-length',
    );
    const over = lesson({ from: '09:30', to: '10:30' });
    expect(await why(weeks.keepLesson(claire, ce1, { lesson: over, seen: null }))).toBe('overlap');
    const short = { ...RHYTHM, morning: { from: '08:30', to: '09:30' } };
    expect(await why(weeks.keepHours(claire, ce1, { rhythm: short, weekA: null }))).toBe(
      'lessons-outside',
    );
    const summer = special({ from: '2027-07-01', until: '2027-09-02' });
    expect(await why(weeks.keepSpecial(claire, ce1, { special: summer, seen: null }))).toBe(
      'over-summer',
    );
    const sunday = { day: '2026-11-29', kind: 'bring', words: 'Une gourde' } as const;
    expect(await why(weeks.addNeed(claire, ce1, sunday))).toBe('no-class-then');
    expect((await weeks.week(claire, ce1, null))?.lessons.length).toBe(1);
  });

  it('has turns of weeks A and B, and gives way to what is special on a date', async () => {
    await weeks.keepHours(claire, ce1, { rhythm: RHYTHM, weekA: '2026-11-23' });
    await put({ weekday: 4, from: '09:00', to: '10:00', weeks: 'A', title: 'Échecs' });
    await put({ weekday: 4, from: '09:00', to: '10:00', weeks: 'B', title: 'Chorale' });
    const titles = async (day: string) =>
      (await weeks.week(claire, ce1, day))?.days
        .find((one) => one.day === day)
        ?.items.map((one) => (one.kind === 'lesson' ? one.lesson.title : one.special.title));
    expect([await titles('2026-11-26'), await titles('2026-12-03')]).toEqual([
      ['Échecs'],
      ['Chorale'],
    ]);
    const museum = special({ from: '2026-12-03', until: '2026-12-03' });
    await weeks.keepSpecial(claire, ce1, { special: museum, seen: null });
    expect(await titles('2026-12-03')).toEqual(['Musée']);
  });
});

describe('who gives single lessons', () => {
  it('is an adult of the school, whatever a form names or a copied week has', async () => {
    await begun();
    const teachers = async (viewer: typeof claire, classId: typeof ce1) =>
      (await weeks.week(viewer, classId, null))?.lessons.map(({ teacher }) => teacher);
    for (const [weekday, local] of [
      [1, 'nadege.colas'],
      [2, LINA],
      [4, SAMIRA],
    ] as const)
      await put({ weekday, from: '09:00', to: '10:00', teacher: await idOf(local) });
    expect(await teachers(claire, ce1)).toEqual([await idOf('nadege.colas'), null, null]);
    // A week of before may name anybody.
    await town.admin.query('update week_lesson set teacher_address_id = $1 where weekday = 2', [
      await idOf(LINA),
    ]);
    const karim = await town.viewer('karim.haddad');
    const own = ownClassOf(karim);
    await weeks.copy(karim, own, { classId: ce1, year: '2026-2027' });
    expect(await teachers(karim, own)).toEqual([await idOf('nadege.colas'), null, null]);
  });

  it('has their hours of all classes that aren’t theirs, in the order of the days', async () => {
    await begun();
    const nadege = await town.viewer('nadege.colas');
    for (const [weekday, from, to] of [
      [4, '10:00', '11:00'],
      [4, '09:00', '10:00'],
      [1, '09:00', '10:00'],
    ] as const)
      await put({ weekday, from, to, title: 'Chorale', teacher: nadege.addressId });
    await put({ weekday: 2, from: '09:00', to: '10:00', title: 'Maths' });
    const shown = await weeks.given(nadege, '2026-11-26');
    expect(shown.map(({ day, lessons }) => [day, lessons.map(({ hours }) => hours.from)])).toEqual([
      ['2026-11-23', ['09:00']],
      ['2026-11-26', ['09:00', '10:00']],
    ]);
    expect(shown[0]?.lessons[0]?.className).toBe('CE1 A');
    expect(await weeks.given(claire, null)).toEqual([]);
    expect(await weeks.given(await town.viewer(SAMIRA), null)).toEqual([]);
  });
});

describe('a notice that is about a day', () => {
  it('stands on it for those who read it, as long as it hangs', async () => {
    await begun();
    const { boards } = town.core;
    const board = { school: claire.school, classId: ce1 };
    const hung = await boards.post(claire, board, wish({ readers: ['families'], day: WEDNESDAY }));
    await boards.post(claire, board, wish({ title: 'Sans jour' }));
    if (hung.kind !== 'posted') throw new Error(hung.kind);
    const titles = async (local: string) =>
      (await weeks.week(await town.viewer(local), ce1, null))?.days.flatMap(({ day, notices }) =>
        notices.map(({ title }) => `${day} ${title}`),
      );
    const stands = [`${WEDNESDAY} On cherche des bouchons`];
    for (const local of ['samira.benali', 'claire.lefevre'])
      expect([local, await titles(local)]).toEqual([local, stands]);
    expect(await titles(LINA)).toEqual([]);
    await boards.takeDown(claire, hung.ref);
    expect(await titles('samira.benali')).toEqual([]);
  });
});

describe('one form sent twice', () => {
  it('notes one thing for a day, and one thing special; other words make another', async () => {
    await begun();
    const need = { day: WEDNESDAY, kind: 'bring', words: 'Une boîte à œufs' } as const;
    const day = { from: '2026-11-26', until: '2026-11-26' };
    const [museum, pool] = [special(day), special({ ...day, title: 'Piscine' })];
    for (const one of [need, need, { ...need, words: 'Dix bouchons' }])
      expect(await weeks.addNeed(claire, ce1, one)).toEqual({ kind: 'saved' });
    for (const one of [museum, museum, pool])
      expect(await weeks.keepSpecial(claire, ce1, { special: one, seen: null })).toEqual({
        kind: 'saved',
      });
    const view = await weeks.week(claire, ce1, WEDNESDAY);
    const words = view?.days.flatMap(({ needs }) => needs.map((one) => one.words));
    expect(words).toEqual(['Une boîte à œufs', 'Dix bouchons']);
    expect(view?.specials.map(({ title }) => title)).toEqual(['Musée', 'Piscine']);
  });
});

describe('what is needed on a day', () => {
  it('is what its lessons want each time, and what was noted; a pupil ticks their own', async () => {
    await begun();
    await put({ weekday: 3, from: '09:00', to: '10:00', bring: 'Une blouse' });
    const need = { day: WEDNESDAY, kind: 'bring', words: 'Dix bouchons' } as const;
    expect(await weeks.addNeed(claire, ce1, need)).toEqual({ kind: 'saved' });
    const lina = await town.viewer(LINA);
    const things = async (local: string) =>
      (await weeks.own(await town.viewer(local), null))
        .find(({ classId }) => classId === ce1)
        ?.next?.needs.map(({ words, isTicked }) => [words, isTicked]);
    expect(await things(LINA)).toEqual([
      ['Une blouse', false],
      ['Dix bouchons', false],
    ]);
    const [first] = (await weeks.week(lina, ce1, null))?.next?.needs ?? [];
    if (first === undefined) throw new Error('nothing');
    const on = { day: WEDNESDAY, thing: first.thing, isOn: true };
    expect(await weeks.tick(lina, ce1, on)).toBe(true);
    expect(await weeks.tick(lina, ce1, on)).toBe(true);
    expect((await things(LINA))?.[0]).toEqual(['Une blouse', true]);
    // Nobody else's: a classmate has ticked nothing, and a mother ticks nothing.
    expect((await things('noe.garnier'))?.[0]).toEqual(['Une blouse', false]);
    expect(await weeks.tick(await town.viewer('karine.moreau'), ce1, on)).toBe(false);
    expect((await things('karine.moreau'))?.[0]).toEqual(['Une blouse', true]);
    expect(await weeks.tick(lina, ce1, { ...on, day: '2026-11-26' })).toBe(false);
    expect(await weeks.tick(lina, ce1, { ...on, isOn: false })).toBe(true);
    expect((await things(LINA))?.[0]).toEqual(['Une blouse', false]);
  });
});

describe('a week that is begun', () => {
  it('may be copied from a colleague’s, with its hours, where it has no lessons yet', async () => {
    await begun();
    await put({ weekday: 5, from: '09:00', to: '10:00', title: 'Conseil' });
    const karim = await town.viewer('karim.haddad');
    const own = ownClassOf(karim);
    const sources = (await weeks.desk(karim, own, null))?.sources;
    expect(sources).toMatchObject([{ classId: ce1, lessons: 1 }]);
    const from = { classId: ce1, year: '2026-2027' };
    expect(await weeks.copy(karim, own, from)).toEqual({ kind: 'saved' });
    const view = await weeks.week(karim, own, null);
    expect(view?.lessons.map(({ title }) => title)).toEqual(['Conseil']);
    expect(view?.head?.rhythm).toEqual(RHYTHM);
    expect((await weeks.copy(karim, own, from)).kind).toBe('refused');
  });
});
