import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeBulkMail } from '../../../cli/demo/bulk-mail.ts';
import type { FreshDatabase } from '../../../tests/shared/fresh-database.ts';
import { townDatabase } from '../../../tests/shared/town-database.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { openStore, type Store } from '../store.ts';
import { redate } from './town-mail.ts';

const now = new Date('2026-11-24T16:00:00Z');
const TILLEULS = 1 as SchoolId;
const PER_MAILBOX = 20;
let database: FreshDatabase;
let store: Store;
let written: number;

beforeAll(async () => {
  database = await townDatabase('morning');
  store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
  const started = performance.now();
  written = await writeBulkMail(store, {
    perMailbox: PER_MAILBOX,
    schools: [1, 2, 3] as SchoolId[],
    seed: 1,
    now,
    progress: () => {},
  });
  process.stdout.write(
    `town mail: ${written} messages written in ${Math.round(performance.now() - started)} ms\n`,
  );
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

it('fills the mailboxes of pupils as asked, on average', async () => {
  const {
    rows: [row],
  } = await store.read(TILLEULS, (tx) =>
    sql<{ average: number; guardians: number }>`
      select (avg(b.total) filter (where a.role = 'pupil'))::float as average,
        (max(b.total) filter (where a.role = 'guardian'))::float as guardians
      from mailbox b join account a on a.school_id = b.school_id and a.id = b.account_id
      where b.use = 'inbox'
    `.execute(tx.db),
  );
  expect(row?.average).toBeGreaterThan(PER_MAILBOX * 0.9);
  expect(row?.average).toBeLessThan(PER_MAILBOX * 1.3);
  expect(row?.guardians).toBeGreaterThan(0);
});

it('keeps the counts that the entries give', async () => {
  const { rows } = await store.read(TILLEULS, (tx) =>
    sql`
      select b.id
      from mailbox b left join entry e on e.school_id = b.school_id and e.mailbox_id = b.id
      where b.school_id = ${TILLEULS}
      group by b.school_id, b.id
      having count(e.uid) <> b.total
        or count(e.uid) filter (where not e.seen) <> b.unseen
        or coalesce(sum(e.size_bytes), 0) <> b.bytes
        or coalesce(max(e.uid), 0) + 1 <> b.uid_next
        or coalesce(max(e.modseq), 1) <> b.modseq
    `.execute(tx.db),
  );
  expect(rows).toEqual([]);
});

it('writes most of it once for many readers, and no message that nobody has', async () => {
  const {
    rows: [row],
  } = await store.read(TILLEULS, (tx) =>
    sql<{ messages: number; entries: number; orphans: number }>`
      select (select count(*) from message)::integer as messages,
        (select count(*) from entry)::integer as entries,
        (
          select count(*)
          from message m
          where not exists (
            select 1 from entry e where e.school_id = m.school_id and e.message_id = m.id
          )
        )::integer as orphans
    `.execute(tx.db),
  );
  expect(row?.orphans).toBe(0);
  expect(row?.entries ?? 0).toBeGreaterThan(4 * (row?.messages ?? 0));
});

it('finds its words', async () => {
  const {
    rows: [row],
  } = await store.read(TILLEULS, (tx) =>
    sql<{ found: number }>`
      select count(*)::integer as found
      from message
      where search @@ to_tsquery('preau', 'herisson')
    `.execute(tx.db),
  );
  expect(row?.found).toBeGreaterThan(0);
});

it('gives what was stored since then another date, and nothing else', async () => {
  const before = await store.read(TILLEULS, (tx) =>
    tx.db
      .selectFrom('message')
      .select(['id', 'received_at'])
      .orderBy('received_at', 'desc')
      .limit(2)
      .execute(),
  );
  const [newest, other] = before;
  await redate(store, { since: newest?.received_at ?? now, at: new Date('2026-01-01T08:00:00Z') });
  const after = await store.read(TILLEULS, (tx) =>
    tx.db
      .selectFrom('message')
      .select(['id', 'received_at'])
      .where(
        'id',
        'in',
        before.map(({ id }) => id),
      )
      .execute(),
  );
  expect(after.find(({ id }) => id === newest?.id)?.received_at).toEqual(
    new Date('2026-01-01T08:00:00Z'),
  );
  expect(after.find(({ id }) => id === other?.id)?.received_at).toEqual(other?.received_at);
});
