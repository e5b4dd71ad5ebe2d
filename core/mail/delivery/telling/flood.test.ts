import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { lockWaits } from '../../../../tests/shared/lock-waits.ts';
import { openTestTown, type TestTown } from '../../../../tests/shared/town.ts';
import { Fault } from '../../../ground/fault.ts';
import { stopOutside } from '../../../store/mail/outside-stops.ts';
import type { StandingChoice } from '../../../town/town/standing-mail/contract.ts';
import { floodIn } from './flood.ts';

const CALM = { recipientsLastHour: 120, newDomainsLastHour: 30, refusalsLastDay: 20 };
const WRITER = 'claire.lefevre';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
  town.clock.now = new Date();
});
afterAll(() => town.close());

it.each([
  { more: {}, then: null },
  { more: { recipientsLastHour: 121 }, then: 'rate' },
  { more: { newDomainsLastHour: 31 }, then: 'domains' },
  { more: { refusalsLastDay: 21, recipientsLastHour: 500 }, then: 'refusals' },
])('$more: $then', ({ more, then }) => expect(floodIn({ ...CALM, ...more })).toBe(then));

/** One address in each of so many domains. */
const addresses = (many: number, of: string) =>
  Array.from({ length: many }, (_one, n) => `lucie@${of}${n}.example`);
async function outbox(recipients: string): Promise<{ still: number; due: number }> {
  const { rows } = await town.admin.query<{ still: number; due: number }>(
    `select count(*) filter (where o.stands_still)::integer as still,
       count(d.row_id)::integer as due
     from outbox o left join due d
       on d.kind = 'outbox' and d.school_id = o.school_id and d.row_id = o.id
     where o.recipient like $1`,
    [recipients],
  );
  return rows[0] ?? { still: 0, due: 0 };
}
async function subjects(local: string): Promise<string> {
  return (await town.rows(local)).map(({ subject }) => subject).join('\n');
}

it('a flood from one account stops what it sends outside, tells who must know, and waits for a word', async () => {
  await town.send(WRITER, addresses(20, 'calm'));
  expect(await outbox('%@calm%')).toEqual({ still: 0, due: 20 });
  // One was tried already, and put off.
  await town.admin.query(`update outbox set attempts = 1 where recipient like '%@calm0.%'`);
  expect((await town.send(WRITER, addresses(15, 'flood'))).kind).toBe('accepted');
  // what was queued too, since nobody knows who wrote it
  expect(await outbox('%@calm%')).toEqual({ still: 20, due: 0 });
  await town.send(WRITER, addresses(1, 'after'));
  expect(await outbox('%@after%')).toEqual({ still: 1, due: 0 });
  expect(await subjects(WRITER)).toContain('Vos messages vers l’extérieur attendent');
  expect(await subjects('hugues.armand')).toContain('Un compte arrêté vers l’extérieur');
  expect((await town.send(WRITER, ['karim.haddad'])).kind).toBe('accepted');

  const list = await town.core.standingMail.list('machine');
  expect(list?.letters).toEqual([]);
  expect(list?.stopped).toMatchObject([{ writer: 'Claire Lefèvre', why: 'domains', letters: 36 }]);
  const [stopped] = list?.stopped ?? [];
  if (stopped === undefined) throw new Error('nobody is stopped');
  const which: StandingChoice = { kind: 'stopped', ...stopped };
  expect(await town.core.standingMail.release('machine', which)).toMatchObject({ count: 36 });
  expect(await outbox('%')).toMatchObject({ still: 0 });
  expect((await town.core.standingMail.list('machine'))?.stopped).toEqual([]);
  // counted anew: one more is no flood
  await town.send(WRITER, addresses(1, 'anew'));
  expect(await outbox('%@anew%')).toEqual({ still: 0, due: 1 });
  expect(await town.faults()).toEqual([]);
});

it('is answered as it is stored, though the stop can’t be written', async () => {
  let isDown = false;
  const other = await openTestTown({
    watch: (store) => ({
      ...store,
      write: (school, act) =>
        isDown
          ? Promise.reject(new Fault('store-down', 'in this test', { transient: true }))
          : store.write(school, act),
    }),
  });
  try {
    isDown = true;
    const sent = await other.send(WRITER, addresses(35, 'down'));
    isDown = false;
    expect(sent.kind).toBe('accepted');
    const { rows } = await other.admin.query('select from outbox');
    expect(rows).toHaveLength(35);
  } finally {
    await other.close();
  }
});

it('of letters that an agent drops their writer is told, by the addresses', async () => {
  const writer = 'beatrice.vasseur';
  await town.send(writer, addresses(31, 'dropped'));
  const [stopped] = (await town.core.standingMail.list('machine'))?.stopped ?? [];
  if (stopped === undefined) throw new Error('nobody is stopped');
  const which: StandingChoice = { kind: 'stopped', ...stopped };
  expect(await town.core.standingMail.drop('machine', which)).toMatchObject({ count: 31 });
  expect(await subjects(writer)).toContain('Des messages vers l’extérieur ne sont pas partis');
  expect(await town.faults()).toEqual([]);
});

/** Has what is stored as owed outside wait in the middle of that; gives what lets it go on. */
async function holdingUp(): Promise<() => Promise<void>> {
  await town.admin.query(`
    select pg_advisory_lock(42);
    create function wait_here() returns trigger language plpgsql as
      'begin perform pg_advisory_xact_lock_shared(42); return new; end';
    create trigger wait_here before insert on outbox for each row execute function wait_here()
  `);
  return async () => {
    await town.admin.query('select pg_advisory_unlock(42)');
    await town.admin.query('drop trigger wait_here on outbox; drop function wait_here');
  };
}

it.each([
  { act: 'stopped', then: { still: 1, due: 0 } },
  { act: 'let go', then: { still: 0, due: 1 } },
] as const)(
  'a letter beside the moment that its writer is $act is with the others',
  async (one) => {
    const { school, account } = await town.viewer('nadege.colas');
    const stop = () => town.store.write(school, (tx) => stopOutside(tx, account, 'rate'));
    const letGo = () =>
      town.core.standingMail.release('machine', { kind: 'stopped', school, account });
    if (one.act === 'let go') await stop();
    const goOn = await holdingUp();
    const to = `lucie@${one.act.replace(' ', '-')}.example`;
    const sent = town.send('nadege.colas', [to]);
    await vi.waitUntil(async () => (await lockWaits(town.admin)) > 0, { timeout: 5_000 });
    let isDone = false;
    const done = (one.act === 'stopped' ? stop() : letGo()).finally(() => (isDone = true));
    await vi.waitUntil(async () => isDone || (await lockWaits(town.admin)) > 1, { timeout: 5_000 });
    await goOn();
    expect((await sent).kind).toBe('accepted');
    await done;
    expect(await outbox(to)).toEqual(one.then);
    await letGo();
  },
);
