/** What holds once a database has come back from a backup, and how mail to outside goes on. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asDatabase } from '../../../../tests/shared/database-url.ts';
import { openTestTown, type TestTown } from '../../../../tests/shared/town.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import { readLedger } from '../../../ground/ledger.ts';
import { openLog } from '../../../ground/log.ts';
import { insertOutbox } from '../../../store/mail/outbox-owed.ts';
import { settleRestored } from '../../../store/restored.ts';
import type { StandingLetter } from './contract.ts';
import { noteDelivery, noteWorking } from './deliveries.ts';
import { readServiceLog } from './service-log.ts';

const SCHOOL = 1 as SchoolId;
let town: TestTown;
const delivered: string[] = [];

beforeAll(async () => {
  town = await openTestTown();
  town.clock.now = new Date(Date.now() + 60_000); // what is due now is due by it
});
afterAll(() => town.close());

async function restore(): Promise<void> {
  const { pathname } = new URL(town.databaseUrl);
  await settleRestored(asDatabase(inject('services').adminUrl, pathname.slice(1)));
}
async function one<Row extends object>(query: string): Promise<Row> {
  const { rows } = await town.admin.query<Row>(query);
  if (rows[0] === undefined) throw new Error(`nothing: ${query}`);
  return rows[0];
}
async function letters(): Promise<readonly StandingLetter[]> {
  return (await town.core.standingMail.list('machine'))?.letters ?? [];
}
const standing = async () => (await letters()).map(({ recipient }) => recipient);
const outbox = ({ school, row }: Pick<StandingLetter, 'school' | 'row'>) => ({
  school,
  outbox: row,
});
/** As the service logs an attempt, with what journalctl puts before it. */
const attempt = (letter: Pick<StandingLetter, 'school' | 'row'>) => ({
  ...outbox(letter),
  msg: 'mail to outside',
  message: 5,
  attempt: 1,
  code: null,
});
const logged = ({ time, ...line }: { readonly time: number; readonly [key: string]: unknown }) =>
  `Nov 26 09:00:00 machine preau[7]: ${JSON.stringify({ level: 30, time, ...line })}`;
const write = (to: string) => town.send('claire.lefevre', [to], { subject: to });

/** Runs a worker until what `recipient` is sent has left. */
async function workUntil(recipient: string): Promise<void> {
  const worker = await town.core.jobs.start({
    notBefore: () => null,
    deliver: async (envelope) => {
      delivered.push(envelope.recipient);
      return { kind: 'taken', reply: '250 ok' };
    },
    close: async () => undefined,
  });
  await expect.poll(() => delivered, { timeout: 20_000 }).toContain(recipient);
  await worker.close();
}

it('reads the very lines that the service writes', async () => {
  const lines: string[] = [];
  const log = openLog({ to: { write: (line: string) => void lines.push(line.trimEnd()) } });
  const about = { school: SCHOOL, message: 5, outbox: 7, attempt: 1, outcome: 'sent', code: 250 };
  log.info({ ...about, bytes: 900, ms: 12 }, 'mail to outside');
  const { deliveries, covered } = await readServiceLog(lines, ({ outbox: row }) => row === 7);
  expect(deliveries).toMatchObject([{ school: SCHOOL, outbox: 7, outcome: 'sent', code: 250 }]);
  expect(covered).toEqual({ from: deliveries[0]?.at, until: deliveries[0]?.at });
});

/** One restore, and the days after it. */
describe('after a restore', { shuffle: false }, () => {
  it('ends sessions and devices, and gives each mailbox a UIDVALIDITY beyond its last', async () => {
    const claire = await town.viewer('claire.lefevre');
    const token = await town.enter(claire);
    expect(await town.core.accounts.session(token)).not.toBeNull();
    await town.core.appPasswords.make(claire, 'Thunderbird');
    const inbox = `select uid_validity::float from mailbox where id = ${await town.mailbox(claire, 'inbox')}`;
    const before = await one<{ uid_validity: number }>(inbox);
    for (const to of ['before@museum.example', 'dropped@museum.example']) await write(to);
    const seconds = Math.floor(Date.now() / 1_000);

    await restore();

    expect(await town.core.accounts.session(token)).toBeNull();
    expect(await town.core.appPasswords.list(claire)).toEqual([]);
    const after = await one<{ uid_validity: number }>(inbox);
    expect(after.uid_validity).toBeGreaterThan(before.uid_validity);
    expect(after.uid_validity).toBeGreaterThanOrEqual(seconds);
    expect(await town.faults()).toEqual([]);
  });

  it('numbers no mailbox and no message as in the time that is lost', async () => {
    const claire = await town.viewer('claire.lefevre');
    const { seconds } = await one<{ seconds: number }>(
      'select extract(epoch from max(at))::float as seconds from restoration',
    );
    const made = await town.core.mailboxes.create(claire, 'Sorties', null);
    expect(made.kind).toBe('done');
    const { id } = await one<{ id: number }>('select max(id)::float as id from mailbox');
    expect(id).toBeGreaterThan(Math.floor(seconds));
  });

  it('mail to outside from before stands still, what is written since leaves', async () => {
    await write('since@museum.example');
    await workUntil('since@museum.example');
    expect(delivered).toEqual(['since@museum.example']);
    const told = await readLedger(town.core.config.dataDir, 'deliveries', new Date(0));
    expect(told).toContainEqual(
      expect.objectContaining({ school: SCHOOL, outcome: 'sent', code: 250 }),
    );
    expect(await standing()).toEqual(['before@museum.example', 'dropped@museum.example']);
  });

  it('what a message of before owes outside only now stands still too', async () => {
    const { id, account } = await one<{ id: number; account: number }>(
      `select message_id::float as id, account_id::float as account
       from outbox where recipient = 'before@museum.example'`,
    );
    const rows = await town.store.write(SCHOOL, (tx) =>
      insertOutbox(tx, {
        message: id as never,
        account: account as never,
        sender: town.address('claire.lefevre'),
        recipients: ['late@museum.example'],
      }),
    );
    expect(rows).toEqual([]);
    expect(await standing()).toContain('late@museum.example');
    expect(await town.faults()).toEqual([]);
    expect(await town.repair()).toBe(0);
  });

  it('is told as it is: nothing is known of the lost time, or it left, was refused, was not seen', async () => {
    const { dataDir } = town.core.config;
    const says = async () => (await letters()).map(({ log }) => log.kind);
    expect(await says()).toEqual(['no-log', 'no-log', 'no-log']);
    const [before, dropped] = await letters();
    if (!before || !dropped) throw new Error('nothing stands');
    const { at } = await one<{ at: Date }>('select at from restoration');
    await town.admin.query(`update restoration set data_until = at - interval '1 hour'`);
    const minutes = (count: number) => new Date(at.getTime() - count * 60_000);

    noteWorking({ dataDir }, minutes(70));
    noteDelivery({ dataDir }, { ...outbox(before), at: minutes(65), outcome: 'sent', code: 250 });
    expect(await says()).toEqual(['no-log', 'no-log', 'no-log']);
    noteWorking({ dataDir }, minutes(0.001));
    // What came to wait since the restore had another number, if it left in the lost time.
    expect(await says()).toEqual(['unseen', 'unseen', 'no-log']);
    expect(await town.core.standingMail.list('machine')).toMatchObject({
      restored: { at, asOf: minutes(60) },
      logUntil: minutes(0.001),
    });

    const log = [
      ...['-- Boot 7 --', 'garbage {"level":30,"time":'],
      logged({ time: minutes(90).getTime(), msg: 'serving' }),
      logged({ ...attempt(before), time: at.getTime() - 5, outcome: 'deferred', code: 451 }),
      logged({ ...attempt(before), time: at.getTime() - 1, outcome: 'sent', code: 250 }),
      logged({ ...attempt(dropped), time: at.getTime() - 2, outcome: 'failed', code: 550 }),
      logged({ ...attempt({ school: SCHOOL, row: 99 }), time: at.getTime(), outcome: 'sent' }),
    ];
    const { standingMail } = town.core;
    expect(await standingMail.readLog(await town.viewer('lina.moreau'), log)).toBeNull();
    expect(await standingMail.readLog('machine', ['Dear agent,'])).toEqual({ kind: 'no-line' });
    expect(await standingMail.readLog(await town.viewer('hugues.armand'), log)).toEqual({
      kind: 'read',
      from: minutes(90),
      until: at,
      seen: 2,
    });
    expect(await says()).toEqual(['sent', 'refused', 'no-log']);
    expect((await letters()).map(({ log: found }) => found)).toMatchObject([
      { at: new Date(at.getTime() - 1) },
      { code: 550 },
      {},
    ]);
  });

  it('can be taken back: what was dropped, and what an agent let leave a moment ago', async () => {
    const { standingMail } = town.core;
    const agent = await town.viewer('hugues.armand');
    const before = await letters();
    expect(await standingMail.count(agent)).toBe(3);
    expect(await standingMail.count(await town.viewer('lina.moreau'))).toBe(0);
    const all = { kind: 'before', before: new Date(Date.now() + 1_000) } as const;
    for (const act of ['release', 'drop'] as const) {
      const done = await standingMail[act](agent, all);
      expect(done?.count).toBe(3);
      expect(await standing()).toEqual([]);
      expect(await standingMail.count(agent)).toBe(0);
      const undo = { kind: 'decision', at: done?.at ?? new Date(0) } as const;
      expect(await standingMail.undo(await town.viewer('lina.moreau'), undo)).toBeNull();
      expect(await standingMail.undo(agent, undo)).toBe(3);
      expect(await standingMail.undo(agent, undo)).toBe(0);
      expect(await letters()).toEqual(before);
    }
    const sent = { kind: 'log-says', says: 'sent' } as const;
    expect(await standingMail.drop('machine', sent)).toMatchObject({ count: 1 });
    const [gone] = (await standingMail.list('machine'))?.dropped ?? [];
    if (gone === undefined) throw new Error('nothing was dropped');
    expect(gone).toMatchObject({ recipient: 'before@museum.example', writer: 'Claire Lefèvre' });
    expect(await standingMail.undo(agent, { kind: 'one', ...gone })).toBe(1);
    expect(await letters()).toEqual(before);
    expect(await town.faults()).toEqual([]);
  });

  it('leaves once an agent lets it, never once it is dropped, and the journal says so', async () => {
    const { standingMail } = town.core;
    const [first, second] = await letters();
    if (first === undefined || second === undefined) throw new Error('nothing stands');
    const pupil = await town.viewer('lina.moreau');
    expect(await standingMail.list(pupil)).toBeNull();
    expect(await standingMail.release(pupil, { kind: 'before', before: new Date() })).toBeNull();
    expect(await standingMail.drop('machine', { kind: 'one', ...second })).toMatchObject({
      count: 1,
    });
    expect(await standingMail.drop('machine', { kind: 'one', ...second })).toMatchObject({
      count: 0,
    });
    const young = { kind: 'before', before: first.since } as const;
    expect(await standingMail.release('machine', young)).toMatchObject({ count: 0 });
    const old = { kind: 'before', before: new Date(Date.now() + 1_000) } as const;
    expect(await standingMail.release(await town.viewer('hugues.armand'), old)).toMatchObject({
      count: 2,
    });
    await workUntil('before@museum.example');
    await workUntil('late@museum.example');
    expect(delivered).not.toContain('dropped@museum.example');
    expect(await standing()).toEqual([]);
    const { rows } = await town.admin.query<{ act: string; reason: string }>(
      'select act, reason from agent_act order by id',
    );
    expect(rows.slice(-2)).toEqual([
      { act: 'drop-outbox', reason: `n° ${second.school}-${second.row}` },
      { act: 'release-outbox', reason: '2' },
    ]);
    expect(await town.faults()).toEqual([]);
  });
});
