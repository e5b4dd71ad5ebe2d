import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { AddressId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { must } from '../sent/testing/sent-town.ts';
import type { ReportRef } from './contract.ts';
import { nextLevel } from './due.ts';
import { nextSchoolDay } from './school-day.ts';
import { openReportTown } from './testing/report-town.ts';

const { town, lina, arrives, taps, passes, rings, sql } = await openReportTown();
const { reports, mail, sent } = town.core;
const [claire, head, noe] = [
  await town.viewer('claire.lefevre'),
  await town.viewer('mamadou.diallo'),
  await town.viewer('noe.garnier'),
];

const inDays = (days: number): string =>
  new Date(town.clock.now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
const own = async (ref: ReportRef) => (await reports.own(lina)).find(({ id }) => id === ref.id);

const journal = (ref: ReportRef) =>
  sql<{ act: string }>(
    `select act from audit where act like 'report%' and subject ->> 'report' = $1 order by id`,
    [String(ref.id)],
  ).then((rows) => rows.map(({ act }) => act));

describe('what adults do', () => {
  it('from the tap to its end: read, taken, talked, at rest, family, closed with a word; each is a step, and the child sees who helps', async () => {
    const ref = await taps('noe.garnier', { subject: 'Du début à la fin' });
    await rings(ref);
    await reports.open(claire, ref);
    await reports.open(claire, ref);
    expect(await own(ref)).toMatchObject({
      readBy: [{ name: expect.stringContaining('Lefèvre') }],
      takenBy: null,
      done: null,
    });
    for (const act of [
      { kind: 'taken' },
      { kind: 'talked' },
      { kind: 'rest', back: inDays(3) },
      { kind: 'family' },
    ] as const)
      expect(await reports.act(claire, ref, act)).toEqual({ kind: 'done' });
    const opened = (await reports.open(claire, ref))?.may ?? null;
    expect((await town.viewer('noe.garnier')).restsUntil).not.toBeNull();
    expect(await reports.act(claire, ref, { kind: 'rest', back: '2026-02-31' })).toEqual({
      kind: 'refused',
      why: 'not-a-day',
    });
    expect((await own(ref))?.takenBy?.name).toContain('Lefèvre');
    expect(await reports.putAway(lina, ref.id)).toBe(false);
    const word = 'Noé a compris. Bravo de l’avoir dit.';
    const closing = { kind: 'closed', word, letter: 'kept' } as const;
    expect(await reports.act(claire, ref, closing)).toEqual({ kind: 'done' });
    expect(await own(ref)).toMatchObject({ done: { word } });
    expect((await reports.open(claire, ref))?.steps.map(({ kind }) => kind)).toEqual([
      'read',
      'taken',
      'talked',
      'rest',
      'family',
      'closed',
    ]);
    expect(await journal(ref)).toEqual([
      'report',
      'report-read',
      'report-taken',
      'report-talked',
      'report-rest',
      'report-family',
      'report-closed',
    ]);
    expect(await reports.putAway(noe, ref.id)).toBe(false);
    expect(await reports.putAway(lina, ref.id)).toBe(true);
    expect(await own(ref)).toBeUndefined();
    const { rest } = must(opened);
    await town.core.teaching.endRest(claire, must(rest));
  });

  it('two who close it at once: one does, the other is told so', async () => {
    const ref = await taps('noe.garnier', { subject: 'Clos deux fois' });
    const done = await Promise.all(
      [claire, head].map((who) =>
        reports.act(who, ref, { kind: 'closed', word: who.displayName, letter: 'kept' }),
      ),
    );
    expect(done.map(({ kind }) => kind).sort()).toEqual(['closed', 'done']);
    const steps = (await reports.open(claire, ref))?.steps ?? [];
    expect(steps.map(({ kind }) => kind)).toEqual(['closed', 'read']);
    expect(await reports.act(claire, ref, { kind: 'talked' })).toEqual({ kind: 'closed' });
  });

  it('may give the letter back; the child may report it once more', async () => {
    const ref = await taps('noe.garnier', { subject: 'Ce n’était rien' });
    await reports.act(claire, ref, { kind: 'closed', word: '', letter: 'given-back' });
    const back = (await town.rows('lina.moreau')).find(
      ({ subject }) => subject === 'Ce n’était rien',
    );
    const { mailbox, uid } = must(back ?? null);
    expect(await reports.report(lina, mailbox, uid)).toBe(ref.id);
    passes(60_000);
    expect(await reports.open(claire, ref)).toMatchObject({ closedAt: null, word: null });
    expect(await town.faults()).toEqual([]);
  });

  it('a child who asks for help now is heard at once, once in ten minutes', async () => {
    const row = await arrives('noe.garnier', { subject: 'Tout de suite' });
    const id = must(await reports.report(lina, row.mailbox, row.uid));
    expect(await reports.callNow(noe, id)).toBe(false);
    const count = async () =>
      (await town.rows('claire.lefevre')).filter(({ subject }) => /tout de suite/.test(subject))
        .length;
    const before = await count();
    expect(await reports.callNow(lina, id)).toBe(true);
    expect(await reports.callNow(lina, id)).toBe(true);
    expect((await count()) - before).toBe(1);
    expect(await reports.open(claire, { school: lina.school, id })).toMatchObject({ called: true });
    expect(await reports.takeBack(lina, id)).toEqual({ kind: 'too-late' });
  });
});

describe('kept apart', () => {
  const said = async (from: string, to: readonly string[]) => {
    const outcome = await town.send(from, to, { subject: `De ${from}` });
    return outcome.kind === 'denied' ? outcome.refusals[0]?.rule : outcome.kind;
  };

  it('neither writes to the other by any way until it is lifted; the class and its teacher stay in reach', async () => {
    const ref = await taps('noe.garnier', { subject: 'À distance' });
    expect(await reports.act(claire, ref, { kind: 'apart' })).toEqual({ kind: 'done' });
    expect(await said('noe.garnier', ['lina.moreau'])).toBe('kept-apart');
    expect(await said('lina.moreau', ['noe.garnier'])).toBe('kept-apart');
    expect(await said('lina.moreau', ['adele.vidal', 'noe.garnier'])).toBe('kept-apart');
    expect(await said('noe.garnier', ['claire.lefevre'])).toBe('accepted');
    const before = (await town.rows('lina.moreau')).length;
    expect(await said('noe.garnier', ['ce1-a.tilleuls'])).toBe('accepted');
    expect((await town.rows('adele.vidal'))[0]?.subject).toBe('De noe.garnier');
    expect(await town.rows('lina.moreau')).toHaveLength(before);
    const [pair] = await reports.apart(head);
    expect(pair).toMatchObject({ by: claire.displayName });
    const addresses = {
      one: must(pair ?? null).one.address,
      other: must(pair ?? null).other.address,
    };
    const karim = await town.viewer('julie.robin');
    expect(await reports.letTogether(karim, { school: lina.school, ...addresses })).toBe(false);
    await reports.act(claire, ref, { kind: 'closed', word: '', letter: 'kept' });
    expect(await reports.letTogether(head, { school: lina.school, ...addresses })).toBe(true);
    expect(await said('noe.garnier', ['lina.moreau'])).toBe('accepted');
    expect(await reports.apart(head)).toEqual([]);
  });
});

describe('at the same moment', () => {
  it('a recall and a tap: the evidence is whole, or the letter was gone before', () =>
    recallsAndTaps(2));
  it('and so more often', SOAKED, () => recallsAndTaps(6));

  async function recallsAndTaps(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      const subject = `Rappel ${round}`;
      const row = await arrives('claire.lefevre', { subject });
      const sentRow = (await town.rows('claire.lefevre', 'sent')).find(
        (one) => one.subject === subject,
      );
      const { mailbox, uid } = must(sentRow ?? null);
      const [id, recalled] = await Promise.all([
        reports.report(lina, row.mailbox, row.uid),
        sent.recall(claire, mailbox, uid),
      ]);
      expect(recalled.kind).toBe('recalled');
      // Its writer is told the same, whichever came first.
      expect(recalled).toMatchObject({ copies: 1, read: 0 });
      passes(60_000);
      if (id !== null)
        expect(await reports.original(head, { school: lina.school, id })).not.toBeNull();
      expect((await town.rows('lina.moreau')).map((one) => one.subject)).not.toContain(subject);
      expect(await town.faults()).toEqual([]);
    }
  }

  it('two taps on one letter are one report', async () => {
    const row = await arrives('noe.garnier', { subject: 'Double' });
    const ids = await Promise.all([1, 2, 3].map(() => reports.report(lina, row.mailbox, row.uid)));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).not.toBeNull();
    expect(await mail.read(lina, row.mailbox, row.uid)).toBeNull();
  });
});

describe('what stays open goes up', () => {
  const tillTuesday = () => {
    const days = (9 - town.clock.now.getUTCDay()) % 7 || 7;
    passes(days * DAY_MS);
  };
  const [a, b, c] = [1 as AddressId, 2 as AddressId, 3 as AddressId];
  it.each([
    { at: 1, taken: a, teachers: [a, b], then: { level: 2, ids: [b] } },
    { at: 1, taken: null, teachers: [a, b], then: { level: 2, ids: [a, b] } },
    { at: 1, taken: a, teachers: [a], then: { level: 3, ids: [c] } },
    { at: 1, taken: c, teachers: [a], then: { level: 4, ids: [9] } },
    { at: 2, taken: a, teachers: [a, b], then: { level: 3, ids: [c] } },
    { at: 3, taken: null, teachers: [a], then: { level: 4, ids: [9] } },
    { at: 4, taken: null, teachers: [a, b], then: null },
  ])('from $at, taken by $taken of $teachers', ({ at, taken, teachers, then }) => {
    expect(
      nextLevel(
        { level: at, takenBy: taken },
        { teachers, heads: [c], contacts: [9 as AddressId] },
      ),
    ).toEqual(then);
  });

  it.each([
    { from: '2026-11-24T09:00:00Z', then: '2026-11-25T09:00:00Z', days: null },
    { from: '2026-11-27T14:00:00Z', then: '2026-11-30T14:00:00Z', days: null },
    { from: '2026-11-24T09:00:00Z', then: '2026-11-26T09:00:00Z', days: [1, 2, 4, 5] },
  ])('a school day after $from is $then', ({ from, then, days }) => {
    const opening = days && { days, from: '08:00', to: '18:00' };
    expect(nextSchoolDay({ opening, timeZone: 'Europe/Paris' }, new Date(from))).toEqual(
      new Date(then),
    );
  });

  it('to the head, then to the town, each once; the town’s agents read it only then', async () => {
    tillTuesday();
    const ref = await taps('noe.garnier', { subject: 'Personne ne répond' });
    const agent = await town.viewer('hugues.armand');
    expect(await rings(ref)).toBe('told');
    expect(await reports.open(agent, ref)).toBeNull();
    passes(DAY_MS);
    expect(await rings(ref)).toBe('up');
    const still = async (local: string) =>
      (await town.rows(local)).filter(({ subject }) => /attend encore/.test(subject)).length;
    expect([await still('mamadou.diallo'), await still('claire.lefevre')]).toEqual([1, 0]);
    expect(await rings(ref)).toBe('waits'); // twice on one day
    expect(await reports.open(agent, ref)).toBeNull();
    passes(DAY_MS);
    expect(await rings(ref)).toBe('up');
    expect(await reports.open(agent, ref)).not.toBeNull();
    expect((await town.rows('hugues.armand'))[0]?.subject).toMatch(/^Un signalement vous attend/);
    passes(DAY_MS);
    expect(await rings(ref)).toBe('waits');
    expect(await still('mamadou.diallo')).toBe(1);
    expect(await sql(`select from due where kind = 'report' and row_id = $1`, [ref.id])).toEqual(
      [],
    );
  });

  it('numbers: a head’s own school, every one for agents, of nobody', async () => {
    const agent = await town.viewer('hugues.armand');
    const [mine] = await reports.numbers(head);
    expect(mine).toMatchObject({ school: lina.school, medianHours: expect.any(Number) });
    const all = (await reports.numbers(agent)).find(({ school }) => school === lina.school);
    // A head's are without those that the town looks after, too.
    expect((all?.open ?? 0) + (all?.closed ?? 0)).toBeGreaterThanOrEqual(
      (mine?.open ?? 0) + (mine?.closed ?? 0),
    );
    expect(JSON.stringify(await reports.numbers(agent))).not.toMatch(/Lina|Noé/);
    expect(await reports.numbers(claire)).toEqual([]);
    expect(await reports.numbers(lina)).toEqual([]);
  });
});
