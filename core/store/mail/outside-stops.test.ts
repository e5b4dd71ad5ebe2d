import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { outsideTraffic, stopOutside } from './outside-stops.ts';

const YEARS_OF_MAIL = 4_000;
const TODAY = ['old1.example', 'old2.example', 'new1.example', 'new2.example', 'new2.example'];

let town: TestTown;
let school: SchoolId;
let account: AccountId;
beforeAll(async () => {
  town = await openTestTown();
  ({ school, account } = await town.viewer('claire.lefevre'));
  const recipients = TODAY.map((domain, n) => `a${n}@${domain}`);
  await town.send('claire.lefevre', recipients);
});
afterAll(() => town.close());

/** What is found, and how many rows of the outbox were read for it. */
const counted = () =>
  town.store.write(school, async (tx) => {
    const traffic = await outsideTraffic(tx, account);
    const { rows } = await sql<{ read: number }>`
      select (seq_tup_read + idx_tup_fetch)::integer as read
      from pg_stat_xact_user_tables
      where relname = 'outbox'
    `.execute(tx.db);
    return { traffic, read: rows[0]?.read };
  });

it('is counted in as few rows after years of mail', async () => {
  const first = await counted();
  expect(first.traffic).toMatchObject({ recipientsLastHour: 5, newDomainsLastHour: 4 });
  await town.admin.query(
    `insert into outbox (school_id, message_id, account_id, sender, recipient, state, last_reply,
       created_at)
     select school_id, message_id, account_id, sender, 'b' || n || '@old' || n % 500 || '.example',
       'failed', '550 5.1.1', now() - interval '2 days' - n * interval '1 hour'
     from (select * from outbox limit 1) one, generate_series(1, ${YEARS_OF_MAIL}) n`,
  );
  await town.admin.query('analyze outbox');
  const { traffic, read } = await counted();
  expect(traffic).toMatchObject({
    recipientsLastHour: 5,
    newDomainsLastHour: 2,
    refusalsLastDay: 0,
  });
  expect(read).toBeLessThan(30);
});

it('stops what was stored beside the letter that stopped it', async () => {
  const stop = () => town.store.write(school, (tx) => stopOutside(tx, account, 'rate'));
  const due = async () => {
    const { rows } = await town.admin.query<{ due: number }>(
      "select count(*)::integer as due from outbox where state = 'due' and not stands_still",
    );
    return rows[0]?.due;
  };
  expect(await stop()).toBe(true);
  await town.admin.query(
    "update outbox set stands_still = false where state = 'due' and recipient like 'a0@%'",
  );
  expect(await due()).toBe(1);
  expect(await stop()).toBe(false);
  expect(await due()).toBe(0);
});
