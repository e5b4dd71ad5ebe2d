import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { breakingStore } from '../../../tests/shared/breaking-store.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown } from '../../../tests/shared/town.ts';
import { momentOf } from '../../ground/clock.ts';
import type { SchoolId, Uid } from '../../ground/ids.ts';
import { carryAccounts } from '../../store/schools/school-move.ts';
import type { Store } from '../../store/store.ts';
import type { ListPage, MessageRow, PageFrom, PutOffOutcome } from './contract.ts';
import { returnDue } from './later.ts';

const town = await openTestTown();
afterAll(() => town.close());
const { mail, mailboxes } = town.core;
await town.admin.query('delete from school_holiday');
await town.admin.query(
  `insert into school_holiday (zone, name, from_date, until_date, by_hand)
   select holiday_zone, 'Noël', '2026-12-19', '2027-01-03', true from town`,
);
const START = town.clock.now;
const KARIM = 'karim.haddad';
const karim = await town.viewer(KARIM);
const HOUR_MS = 3_600_000;

beforeEach(async () => {
  town.clock.now = START;
  for (const place of await mail.mailboxes(karim))
    await mail.erase(
      karim,
      place.id,
      (await mail.list(karim, place.id, { before: null, limit: 200 })).map(({ uid }) => uid),
    );
});

async function gets(subject: string): Promise<MessageRow> {
  await town.receive('marie@example.org', [KARIM], { subject });
  const row = (await town.rows(KARIM)).find((one) => one.subject === subject);
  if (!row) throw new Error(`no ${subject}`);
  return row;
}

const hours = (count: number): Date => new Date(town.clock.now.getTime() + count * HOUR_MS);

const putOff = (row: MessageRow, until: Date): Promise<PutOffOutcome> =>
  mail.putOff(karim, { which: { kind: 'these', messages: [row] }, by: 'message' }, until);

const dueNow = async (): Promise<number[]> => {
  const { rows } = await town.admin.query<{ row_id: string }>(
    `select row_id from due where kind = 'put-off' and at <= $1 order by at`,
    [town.clock.now],
  );
  return rows.map(({ row_id: row }) => Number(row));
};

const allDue = async (): Promise<number> => {
  const { rows } = await town.admin.query(`select from due where kind = 'put-off'`);
  return rows.length;
};

/** What the worker does, so many hours later. */
async function after(count: number, store: Store = town.store): Promise<void> {
  town.clock.now = hours(count);
  for (const row of await dueNow())
    await returnDue({ ...town.parts, store, clock: () => town.clock.now }, karim.school, row);
}

const later = (): Promise<readonly MessageRow[]> => town.rows(KARIM, 'later');
const subjects = async (use: 'inbox' | 'archive' | 'trash' = 'inbox'): Promise<string[]> =>
  (await town.rows(KARIM, use)).map(({ subject }) => subject);

describe('a letter put off', () => {
  it('stands in its folder by its hour, page after page, whichever came first', async () => {
    const waits = [30, 5, 20, 10, 40, 5];
    for (const [at, count] of waits.entries()) await putOff(await gets(`m${at}`), hours(count));
    const page = (from: PageFrom) =>
      mail.page(karim, { use: 'later' }, { from, limit: 2, by: 'message' });
    const names = ({ rows }: ListPage) => rows.map(({ subject }) => subject);
    const first = await page({ kind: 'newest' });
    expect(names(first)).toEqual(['m5', 'm1']);
    const second = await page({ kind: 'before', uid: first.rows.at(-1)?.uid as Uid });
    expect(names(second)).toEqual(['m3', 'm2']);
    const third = await page({ kind: 'before', uid: second.rows.at(-1)?.uid as Uid });
    expect([names(third), third.older]).toEqual([['m0', 'm4'], false]);
    const back = await page({ kind: 'after', uid: third.rows[0]?.uid as Uid });
    expect(names(back)).toEqual(['m3', 'm2']);
    const open = second.rows[1]?.uid as Uid;
    const around = await mail.page(
      karim,
      { use: 'later' },
      { from: { kind: 'around', uid: open, above: 1 }, limit: 3, by: 'message' },
    );
    expect(names(around)).toEqual(['m3', 'm2', 'm0']);
  });

  it('waits in a folder made for the first, and comes back once, unread, before all, with its marks', async () => {
    const row = await gets('Le car');
    await mail.mark(karim, row.mailbox, { uids: [row.uid], marks: { seen: true, flagged: true } });
    await mailboxes.store(karim, row.mailbox, {
      uids: [{ from: row.uid, to: row.uid }],
      change: 'add',
      flags: ['urgent'],
      unchangedSince: null,
    });
    const until = hours(5);
    expect(await putOff(row, until)).toMatchObject({ kind: 'done', acted: { rows: 1, until } });
    await gets('Après');
    const [waiting] = await later();
    expect(waiting).toMatchObject({ subject: 'Le car', seen: true });
    const mailbox = await town.mailbox(karim, 'later');
    expect(await mail.returns(karim, mailbox, [waiting?.uid ?? row.uid])).toEqual(
      new Map([[waiting?.uid, until]]),
    );
    await after(4);
    expect(await subjects()).toEqual(['Après']);
    await after(1);
    await after(1);
    const [first, second] = await town.rows(KARIM);
    expect(first).toMatchObject({ subject: 'Le car', seen: false, flagged: true, firstAt: row.at });
    expect(first?.uid).toBeGreaterThan(second?.uid ?? Infinity);
    expect(second).toMatchObject({ subject: 'Après', firstAt: null });
    const opened = await mailboxes.open(karim, 'INBOX');
    expect(opened?.keywords).toContain('urgent');
    expect([await later(), await allDue()]).toEqual([[], 0]);
    expect(await town.faults()).toEqual([]);
  });

  it('is announced when it comes back', async () => {
    await putOff(await gets('Dit'), hours(1));
    let heard = 0;
    const stop = town.core.events.subscribe(karim, () => (heard += 1));
    await after(2);
    await expect.poll(() => heard).toBeGreaterThan(0);
    stop();
  });

  it('comes back where it was: its folder, or the inbox where that is gone', async () => {
    for (const name of ['Sorties', 'Jetable']) {
      const row = await gets(name);
      const made = await mailboxes.create(karim, name, null);
      if (made.kind !== 'done') throw new Error(made.kind);
      await mail.move(karim, row.mailbox, { uids: [row.uid], to: made.value.id });
      const [there] = await mail.list(karim, made.value.id, { before: null, limit: 9 });
      await putOff(there ?? row, hours(1));
    }
    await mailboxes.remove(karim, 'Jetable');
    await after(2);
    expect(await subjects()).toEqual(['Jetable']);
    const back = await mailboxes.find(karim, 'Sorties');
    expect(back).toMatchObject({ total: 1, unseen: 1 });
    await mailboxes.discard(karim, 'Sorties');
  });

  it.each([
    { when: 'now', hours: 0, is: 'past' },
    { when: 'an hour ago', hours: -1, is: 'past' },
    { when: 'in 400 days', hours: 400 * 24, is: 'too-far' },
  ])('stays where it is for an hour that is none: $when', async (given) => {
    const row = await gets('Trop');
    expect(await putOff(row, hours(given.hours))).toEqual({ kind: given.is });
    expect(await subjects()).toEqual(['Trop']);
  });

  it('is given another hour, and that is taken back; moved out by hand, erased, nothing is due', async () => {
    const row = await gets('Encore');
    await putOff(row, hours(1));
    const [waiting] = await later();
    const again = await putOff(waiting ?? row, hours(30));
    await after(2);
    expect(await subjects()).toEqual([]);
    if (again.kind !== 'done') throw new Error(again.kind);
    town.clock.now = START;
    expect(await mail.undo(karim, again.acted.id ?? '')).toBe(true);
    await after(2);
    expect(await subjects()).toEqual(['Encore']);
    for (const deed of ['archive', 'trash'] as const) {
      const [next] = await town.rows(KARIM);
      await putOff(next ?? row, hours(3));
      const [there] = await later();
      const chosen = { kind: 'these', messages: [there ?? row] } as const;
      await mail.act(karim, { which: chosen, by: 'message' }, { kind: 'move', to: deed });
      expect(await allDue()).toBe(0);
      await mail.move(karim, await town.mailbox(karim, deed), {
        uids: [(await town.rows(KARIM, deed))[0]?.uid ?? row.uid],
        to: 'inbox',
      });
    }
    await after(9);
    expect(await town.faults()).toEqual([]);
  });

  it('comes back before its hour where somebody wants it, and waits again when that is taken back', async () => {
    const row = await gets('Tout de suite');
    await putOff(row, hours(4));
    const [waiting] = await later();
    const chosen = { kind: 'these', messages: [waiting ?? row] } as const;
    const acted = await mail.act(
      karim,
      { which: chosen, by: 'message' },
      { kind: 'move', to: 'back' },
    );
    expect(await town.rows(KARIM)).toMatchObject([{ subject: 'Tout de suite', seen: false }]);
    expect(await allDue()).toBe(0);
    expect(await mail.undo(karim, acted?.id ?? '')).toBe(true);
    expect(await subjects()).toEqual([]);
    await after(5);
    expect(await subjects()).toEqual(['Tout de suite']);
  });

  it(
    'is there once whatever is killed: after each statement of its return, and then at the next look',
    SOAKED,
    async () => {
      for (let cutAfter = 1, broke = true; broke; cutAfter += 1) {
        const row = await gets(`Tué ${cutAfter}`);
        await putOff(row, hours(1));
        const breaking = breakingStore(town.store, town.admin, cutAfter);
        await after(2, breaking.store).catch(() => undefined);
        broke = breaking.hasBroken();
        expect((await subjects()).length + (await later()).length).toBe(1);
        await after(0);
        expect(await subjects()).toEqual([row.subject]);
        expect(await town.faults()).toEqual([]);
        await mail.erase(karim, row.mailbox, [(await town.rows(KARIM))[0]?.uid ?? row.uid]);
      }
    },
  );

  it(
    'comes back to who is suspended meanwhile, and goes along to another school',
    SOAKED,
    async () => {
      await putOff(await gets('Suspendu'), hours(1));
      const setState = (state: string) =>
        town.admin.query(
          `begin; set local preau.school = '${karim.school}'; update account set state = '${state}' where id = ${karim.account}; commit`,
        );
      await setState('suspended');
      await after(2);
      await setState('active');
      expect(await subjects()).toEqual(['Suspendu']);
      const [row] = await town.rows(KARIM);
      if (row) await putOff(row, hours(1));
      const carry = (from: SchoolId, to: SchoolId) =>
        town.store.town((tx) => carryAccounts(tx, { from, to, addresses: [karim.addressId] }));
      await carry(karim.school, 2 as SchoolId);
      town.clock.now = hours(2);
      for (const due of await dueNow())
        await returnDue({ ...town.parts, clock: () => town.clock.now }, 2 as SchoolId, due);
      await carry(2 as SchoolId, karim.school);
      expect(await subjects()).toEqual(['Suspendu']);
      expect(await town.faults()).toEqual([]);
    },
  );

  it('is none of a child’s, and no more than a thousand wait', async () => {
    const lina = await town.viewer('lina.moreau');
    const [own] = await town.rows('lina.moreau');
    const chosen = { kind: 'these', messages: own ? [own] : [] } as const;
    expect(await mail.putOff(lina, { which: chosen, by: 'message' }, hours(1))).toEqual({
      kind: 'nothing',
    });
    const row = await gets('Mille');
    await putOff(row, hours(1));
    const archive = await town.mailbox(karim, 'archive');
    await town.admin.query(
      `
        with
          many as (
            insert into entry (school_id, mailbox_id, uid, message_id, modseq, size_bytes)
            select e.school_id, $1, 1000 + n, e.message_id, 1, 1
            from (select * from entry where school_id = $2 limit 1) e, generate_series(1, 999) n
            returning school_id, mailbox_id, uid
          )
        insert into put_off_letter (school_id, account_id, mailbox_id, uid, returns_at)
        select school_id, $3, mailbox_id, uid, now() + interval '1 year' from many
      `,
      [archive, karim.school, karim.account],
    );
    expect((await putOff(await gets('Mille et un'), hours(1))).kind).toBe('too-many');
    expect(await subjects()).toEqual(['Mille et un']);
    await town.admin.query('delete from entry where mailbox_id = $1', [archive]);
  });
});

describe('the hours that are offered', () => {
  it.each([
    // a Tuesday; the holidays of All Saints are over, those of Christmas begin on 19 December
    { now: '2026-11-24T09:00', is: ['24T18:00', '25T08:00', '30T08:00', '2027-01-04T08:00'] },
    { now: '2026-11-24T17:30', is: [null, '25T08:00', '30T08:00', '2027-01-04T08:00'] },
    // Sunday: tomorrow is Monday
    { now: '2026-11-29T10:00', is: ['29T18:00', '30T08:00', null, '2027-01-04T08:00'] },
    // in the holidays: the week begins when school does
    { now: '2026-12-30T10:00', is: ['30T18:00', '31T08:00', '2027-01-04T08:00', null] },
    // the clock changes in the night
    { now: '2027-03-27T10:00', is: ['27T18:00', '28T08:00', '2027-03-30T08:00', null] },
  ])('at $now', async ({ now, is }) => {
    const moment = (said: string | null): Date | null => {
      const [day = '', time = ''] = said?.split('T') ?? [];
      const whole = day.length > 2 ? day : `${now.slice(0, 8)}${day}`;
      return said === null ? null : momentOf(whole, time, karim.timeZone);
    };
    town.clock.now = moment(now) ?? START;
    const [tonight, tomorrow, week, back] = is.map(moment);
    expect(await mail.laterTimes(await town.viewer(KARIM))).toEqual({
      tonight,
      tomorrow,
      week,
      back,
    });
  });
});
