import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { lockWaits } from '../../../tests/shared/lock-waits.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { openLog } from '../../ground/log.ts';
import { freshRow, markSent } from '../../store/mail/outbox.ts';
import { stopOutside } from '../../store/mail/outside-stops.ts';
import { carryAccounts } from '../../store/schools/school-move.ts';
import type { Relay, RelayResult } from './contract.ts';
import { openMarking } from './marking.ts';
import { nextTry, SCHEDULE } from './schedule.ts';
import { letGo, sendBegun, sendRow, type SendParts } from './send.ts';
import { openSentJournal } from './sent-journal.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

const partsOf = ({ store, clock, core, parts }: TestTown): SendParts => ({
  store,
  log: openLog({ level: 'silent' }),
  now: () => clock.now,
  random: () => 0.5,
  schedule: SCHEDULE,
  domain: core.config.domain,
  count: () => {},
  tell: () => {},
  journal: openSentJournal(mkdtempSync(join(tmpdir(), 'preau-sent-'))),
  marking: openMarking(store),
  sign: async (_who, raw) => raw,
  refused: async () => {},
  copyReturned: async () => {},
  deliverNotice: parts.notices.deliver,
});

/** Letters of an account to outside, as they are stored where a worker takes them at once. */
async function begunRows(local: string, until: Date) {
  const viewer = await town.viewer(local);
  await town.send(local, ['a@exemple.fr', 'b@exemple.fr']);
  const { rows } = await town.admin.query<{
    id: number;
    message: never;
    sender: string;
    recipient: string;
    createdAt: Date;
  }>(
    `update outbox set attempts = 1 where account_id = $1
      returning id::int, message_id::int as message, sender, recipient, created_at as "createdAt"`,
    [viewer.account],
  );
  return rows.map((row) => ({
    school: viewer.school,
    row: freshRow({ ...row, account: viewer.account, dsn: undefined }),
    raw: Buffer.from('Subject: x\r\n\r\nx\r\n'),
    until,
  }));
}

const TAKEN: RelayResult = { kind: 'taken', reply: '250 2.0.0 ok' };

/** Takes what it is given, or says what it is told to, after what happens meanwhile. */
const relayTaking = (
  sent: string[],
  meanwhile = async (_signal: AbortSignal) => {},
  says: RelayResult = TAKEN,
): Relay => ({
  notBefore: () => null,
  deliver: async (
    { recipient }: { readonly recipient: string },
    _raw: Buffer,
    signal: AbortSignal,
  ) => {
    sent.push(recipient);
    await meanwhile(signal);
    return says;
  },
  close: async () => {},
});

/** When what an account has in the outbox is due, and with which reply of a peer. */
async function dueAt(account: number) {
  const { rows } = await town.admin.query<{ school: number; at: Date; reply: string | null }>(
    `select due.school_id as school, due.at, o.last_reply as reply
      from due join outbox o on o.id = due.row_id and o.school_id = due.school_id
      where due.kind = 'outbox' and o.account_id = $1`,
    [account],
  );
  return rows;
}

/** The school and state of what an account has in the outbox, and how much of it is due. */
async function found(account: number) {
  const { rows } = await town.admin.query<{ school: number; state: string }>(
    'select school_id as school, state from outbox where account_id = $1 order by id',
    [account],
  );
  const due = await town.admin.query(
    `select from due where kind = 'outbox' and row_id in (select id from outbox where account_id = $1)`,
    [account],
  );
  return { rows, due: due.rows.length };
}

it('what waited to be sent stays where its writer is stopped meanwhile, and comes due no more', async () => {
  const sending = partsOf(town);
  const sent: string[] = [];
  const storedAt = town.clock.now.getTime() - 5_000;
  const until = new Date(storedAt + SCHEDULE.leaseMs);
  const [one, other] = await begunRows('claire.lefevre', until);
  if (one === undefined || other === undefined) throw new Error('nothing was stored');
  const { account, school } = await town.viewer('claire.lefevre');
  await town.store.write(school, (tx) => stopOutside(tx, account, 'rate'));
  await sendBegun({ sending, relay: relayTaking(sent) }, one, new AbortController().signal);
  await letGo(sending, other);
  expect(sent).toEqual([]);
  expect((await found(account)).due).toBe(0);
});

/** A writer of the first school, what they have in the outbox, begun, and how they are moved. */
async function movingWriter(local: string) {
  const { account, school, addressId } = await town.viewer(local);
  const to = 2 as SchoolId;
  const begun = await begunRows(local, new Date(town.clock.now.getTime() + SCHEDULE.leaseMs));
  const move = () =>
    town.store.town((tx) => carryAccounts(tx, { from: school, to, addresses: [addressId] }));
  const marked = { school: to, state: 'sent' };
  return { account, school, begun, move, marked: { rows: [marked, marked], due: 0 } };
}

it('what is being sent while its writer changes school is marked where it then is', async () => {
  // such a lease is renewed after the move, each second, or the sending is cut
  const sending = { ...partsOf(town), schedule: { ...SCHEDULE, leaseMs: 8_000 } };
  const { account, begun, move, marked } = await movingWriter('mamadou.diallo');
  const sent: string[] = [];
  let moved: Promise<void> | null = null;
  const relay = relayTaking(sent, async (signal) => {
    await (moved ??= move());
    await setTimeout(1_300, undefined, { signal });
  });
  await Promise.all(
    begun.map((one) => sendBegun({ sending, relay }, one, new AbortController().signal)),
  );
  expect(sent).toEqual(['a@exemple.fr', 'b@exemple.fr']);
  expect(await found(account)).toEqual(marked);
  expect(sending.journal.all(10)).toEqual([]);
});

it('what is to be tried again is due where its writer is by then, at its hour', async () => {
  const sending = partsOf(town);
  const { account, begun, move } = await movingWriter('helene.bertin');
  const [one] = begun;
  if (one === undefined) throw new Error('nothing was stored');
  const reply = '451 4.3.0 later';
  const relay = relayTaking([], move, { kind: 'later', reply });
  await sendBegun({ sending, relay }, one, new AbortController().signal);
  const wait = nextTry(SCHEDULE, {
    attempt: 1,
    createdAt: one.row.createdAt,
    now: town.clock.now,
    random: 0.5,
  });
  expect((await dueAt(account))[0]).toEqual({ school: 2, at: wait, reply });
});

it('what its peer refuses is told to its writer where they are by then', async () => {
  const refused: unknown[] = [];
  const told: unknown[] = [];
  const sending: SendParts = {
    ...partsOf(town),
    refused: async (school) => void refused.push(school),
    deliverNotice: async ({ school }, _notice, mark) => {
      told.push(school);
      await town.store.write(school, (tx) => mark?.(tx) ?? Promise.resolve());
    },
  };
  const { account, begun, move } = await movingWriter('marc.olivier');
  const [one] = begun;
  if (one === undefined) throw new Error('nothing was stored');
  const relay = relayTaking([], move, { kind: 'never', reply: '550 5.1.1 no such address' });
  await sendBegun({ sending, relay }, one, new AbortController().signal);
  expect({ refused, told }).toEqual({ refused: [2], told: [2] });
  expect((await found(account)).rows).toContainEqual({ school: 2, state: 'failed' });
});

it('what is marked as sent while its writer changes school arrives there as marked', async () => {
  const { account, school, begun, move, marked } = await movingWriter('karim.haddad');
  const moving = await town.store.write(school, async (tx) => {
    for (const { row } of begun) await markSent(tx, { id: row.id, reply: '250 2.0.0 ok' });
    const waiting = move();
    await vi.waitUntil(async () => (await lockWaits(town.admin)) > 0, { timeout: 5_000 });
    return { end: waiting };
  });
  await moving.end;
  expect(await found(account)).toEqual(marked);
});

it('what stands still and is due all the same comes due no more', async () => {
  const { account, school, begun } = await movingWriter('nadege.colas');
  const sending = partsOf(town);
  await town.admin.query('update outbox set stands_still = true where account_id = $1', [account]);
  const sent: string[] = [];
  for (const { row } of begun)
    await sendRow(
      { sending, relay: relayTaking(sent) },
      { kind: 'outbox', school, row: row.id, attempt: 1 },
      new AbortController().signal,
    );
  expect(sent).toEqual([]);
  expect((await found(account)).due).toBe(0);
});
