import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { own } from '../own.ts';
import { insertOutbox } from './outbox-owed.ts';

const YEARS_OF_MAIL = 4_000;

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
  for (const to of ['parent@old1.example', 'parent@elsewhere.example'])
    await town.send('claire.lefevre', [to]);
  await town.admin.query(
    `insert into outbox (school_id, message_id, account_id, sender, recipient, state, last_reply,
       created_at)
     select school_id, message_id, account_id, sender, 'b' || n || '@old' || n % 500 || '.example',
       'failed', '550 5.1.1', now() - n * interval '1 hour'
     from (select * from outbox order by id limit 1) one, generate_series(1, ${YEARS_OF_MAIL}) n`,
  );
  await town.admin.query('analyze');
});
afterAll(() => town.close());

it('is written down with few rows read after years of mail, and never begun for a dead address', async () => {
  const { school, account } = await town.viewer('claire.lefevre');
  const recipients = ['new@old2.example', 'b2@old2.example'];
  const read = await town.store.delivery(async (tx) => {
    const home = await tx.in(school);
    const message = await own(home)
      .selectFrom('message')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    await insertOutbox(home, {
      message: message.id,
      account,
      sender: town.address('claire.lefevre'),
      recipients,
      begunUntil: new Date(Date.now() + 90_000),
    });
    const { rows } = await sql<{ read: number }>`
      select (seq_tup_read + idx_tup_fetch)::integer as read
      from pg_stat_xact_user_tables
      where relname = 'outbox'
    `.execute(home.db);
    return rows[0]?.read;
  });
  process.stdout.write(`outbox: ${read} of ${YEARS_OF_MAIL} rows read for two new ones\n`);
  expect(read).toBeLessThan(20);
  const { rows } = await town.admin.query<{ recipient: string; attempts: number }>(
    `select recipient, attempts
     from outbox
     where recipient = any($1) and state = 'due'
     order by id`,
    [recipients],
  );
  expect(rows).toEqual([
    { recipient: 'new@old2.example', attempts: 1 },
    { recipient: 'b2@old2.example', attempts: 0 },
  ]);
});
