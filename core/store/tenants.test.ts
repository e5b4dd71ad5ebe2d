/**
 * Every row of « PostgreSQL: schools kept apart » (decision 28) that the catalogue alone can't
 * answer; isolation.test.ts asks the catalogue.
 */
import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FreshDatabase } from '../../tests/shared/fresh-database.ts';
import { townDatabase } from '../../tests/shared/town-database.ts';
import { Fault } from '../ground/fault.ts';
import type { AccountId, MailboxId, MessageId, SchoolId, Uid, AddressId } from '../ground/ids.ts';
import { openLog } from '../ground/log.ts';
import { randomFrom } from '../rules/testing/random.ts';
import { PLATFORM_TABLES } from './isolation.ts';
import { placesOf } from './mail/listing.ts';
import { messageBytes } from './mail/message-bytes.ts';
import { append } from './mail/messages.ts';
import { openStore, type SchoolTx, type Store } from './store.ts';

const [A, B] = [1 as SchoolId, 2 as SchoolId];
const SEED = randomInt(2 ** 32);
let database: FreshDatabase;
let admin: pg.Client;
let store: Store;
/** One connection: whatever the first request leaves behind, the second finds. */
let single: Store;

beforeAll(async () => {
  database = await townDatabase('today');
  admin = new pg.Client({ connectionString: database.adminUrl });
  // A connection that ends with the run's server is nobody's news.
  admin.on('error', () => undefined);
  await admin.connect();
  store = openStore(database.databaseUrl, { poolSize: 8, onError: () => {} });
  single = openStore(database.databaseUrl, { poolSize: 1, onError: () => {} });
});
afterAll(async () => {
  await store.close();
  await single.close();
  await admin.end();
  await database.drop();
});

/**
 * Names of the schools' tables that have rows, from the catalogue: a new table is tested without
 * being named here.
 */
async function schoolTables(): Promise<string[]> {
  const { rows } = await admin.query<{ relname: string }>(
    `
      select relname
      from pg_class
      where relnamespace = 'public'::regnamespace
        and relkind in ('r', 'p')
        and relname <> all ($1)
      order by relname
    `,
    [PLATFORM_TABLES],
  );
  return rows.map(({ relname }) => relname);
}

async function schoolsSeen(tx: Pick<SchoolTx, 'db'>, table: string): Promise<number[]> {
  const { rows } = await sql<{
    school_id: number;
  }>`select distinct school_id from ${sql.table(table)}`.execute(tx.db);
  return rows.map(({ school_id }) => school_id);
}

describe('reading', () => {
  it('a forgotten where shows the rows of one school', async () => {
    for (const table of await schoolTables()) {
      for (const school of [A, B]) {
        const seen = await store.read(school, (tx) => schoolsSeen(tx, table));
        expect(
          seen.filter((one) => one !== school),
          table,
        ).toEqual([]);
      }
    }
    expect(await store.read(A, (tx) => schoolsSeen(tx, 'account'))).toEqual([A]);
  });
  it('a query without a school shows nothing at all', async () => {
    for (const table of await schoolTables())
      expect(await store.town((tx) => schoolsSeen(tx, table)), table).toEqual([]);
  });
  it('a connection that had a school before has none now, twice over', async () => {
    for (const school of [A, B]) {
      expect(await single.read(school, (tx) => schoolsSeen(tx, 'account'))).toEqual([school]);
      expect(await single.town((tx) => schoolsSeen(tx, 'account'))).toEqual([]);
      expect(await single.town((tx) => schoolsSeen(tx, 'account'))).toEqual([]);
    }
  });
  it('a transaction of two schools sees the one it last entered', async () => {
    const seen = await store.town(async (tx) => [
      await schoolsSeen(await tx.in(A), 'account'),
      await schoolsSeen(await tx.in(B), 'account'),
    ]);
    expect(seen).toEqual([[A], [B]]);
  });
  it('a forged id of another school is not there', async () => {
    const {
      rows: [other],
    } = await admin.query<{ account_id: string; id: string }>(
      `select account_id, id from mailbox where school_id = ${B} limit 1`,
    );
    const [account, mailbox] = [
      Number(other?.account_id) as AccountId,
      Number(other?.id) as MailboxId,
    ];
    expect(await store.read(A, (tx) => placesOf(tx, account))).toEqual([]);
    expect(
      await store.read(A, (tx) => messageBytes(tx, account, { mailbox, uid: 1 as Uid })),
    ).toBeNull();
    expect((await store.read(B, (tx) => placesOf(tx, account))).length).toBe(6);
  });
  it('mixed requests by the thousand see their own school in every row', async () => {
    const random = randomFrom(SEED);
    const started = performance.now();
    let rows = 0;
    const wrong: unknown[] = [];
    const one = async (): Promise<void> => {
      const school = (1 + random.below(3)) as SchoolId;
      const seen = await store.read(school, (tx) =>
        tx.db
          .selectFrom('membership')
          .select('school_id')
          .limit(5 + random.below(20))
          .execute(),
      );
      rows += seen.length;
      wrong.push(...seen.filter((row) => row.school_id !== school));
    };
    for (let done = 0; done < 2_000; done += 50) await Promise.all(Array.from({ length: 50 }, one));
    process.stdout.write(
      `isolation: 2,000 requests of 3 schools, ${rows} rows, seed ${SEED}, ${Math.round(performance.now() - started)} ms\n`,
    );
    expect(wrong, `seed ${SEED}`).toEqual([]);
    expect(rows).toBeGreaterThan(10_000);
  });
});

describe('a request that breaks', () => {
  it('by an error leaves neither rows nor school to the next on its connection', async () => {
    const work = single.write(A, async (tx) => {
      await tx.db
        .insertInto('contact')
        .values({ school_id: A, from_address_id: 1 as AddressId, to_address_id: 2 as AddressId })
        .execute();
      await sql`select 1 / 0`.execute(tx.db);
    });
    await expect(work).rejects.toMatchObject({
      code: 'store-down',
      detail: '22012',
      transient: false,
    });
    expect(await single.town((tx) => schoolsSeen(tx, 'account'))).toEqual([]);
    expect(await single.read(A, (tx) => schoolsSeen(tx, 'contact'))).toEqual([]);
  });
  it('by an error of ours leaves none either', async () => {
    await expect(
      single.write(A, () => Promise.reject(new Fault('row-missing', 'x', { transient: false }))),
    ).rejects.toThrow('row-missing');
    expect(await single.town((tx) => schoolsSeen(tx, 'account'))).toEqual([]);
  });
  it.each([
    { when: 'cancelled', how: 'pg_cancel_backend', detail: /57014/ },
    { when: 'killed', how: 'pg_terminate_backend', detail: /57P01|Connection terminated/ },
  ])(
    'when it is $when between its school and its commit, leaves nothing to the next',
    async ({ how, detail }) => {
      const work = single.write(A, async (tx) => {
        const {
          rows: [self],
        } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.db);
        const waiting = sql`select pg_sleep(20)`.execute(tx.db);
        // What has not begun yet can't be cancelled.
        const sleeps = `select from pg_stat_activity where pid = $1 and wait_event = 'PgSleep'`;
        const stopped = vi
          .waitFor(async () => expect((await admin.query(sleeps, [self?.pid])).rowCount).toBe(1))
          .then(() => admin.query(`select ${how}($1)`, [self?.pid]));
        await Promise.all([waiting, stopped]);
      });
      await expect(work).rejects.toMatchObject({
        name: 'Fault',
        code: 'store-down',
        detail: expect.stringMatching(detail) as string,
        transient: true,
      });
      expect(await single.town((tx) => schoolsSeen(tx, 'account'))).toEqual([]);
      expect(await single.read(B, (tx) => schoolsSeen(tx, 'account'))).toEqual([B]);
    },
  );
});

describe('writing', () => {
  it('a row of another school fails, whatever the table', async () => {
    // The policy is asked before any constraint, so that a row of nothing but its school is enough.
    for (const table of await schoolTables()) {
      const work = store.write(A, (tx) =>
        sql`insert into ${sql.table(table)} (school_id) values (${B})`.execute(tx.db),
      );
      await expect(work, table).rejects.toMatchObject({ detail: '42501' });
    }
  });
  it('a row can’t be given to another school, whatever the table', async () => {
    const given: string[] = [];
    for (const table of await schoolTables()) {
      if ((await store.read(A, (tx) => schoolsSeen(tx, table))).length === 0) continue;
      const work = store.write(A, (tx) =>
        sql`update ${sql.table(table)} set school_id = ${B}`.execute(tx.db),
      );
      await expect(work, table).rejects.toMatchObject({ detail: '42501' });
      given.push(table);
    }
    expect(given).toEqual(expect.arrayContaining(['account', 'class', 'mailbox', 'membership']));
  });
  it('an update or a delete without a where touches no other school', async () => {
    const of = async (): Promise<unknown> =>
      (
        await admin.query(
          `
            select school_id, count(*), min(cover), max(cover)
            from class
            group by school_id
            order by school_id
          `,
        )
      ).rows;
    const before = await of();
    const work = store.write(A, async (tx) => {
      expect((await sql`update class set cover = 8`.execute(tx.db)).numAffectedRows).toBe(5n);
      const gone = await sql`delete from membership`.execute(tx.db);
      expect(Number(gone.numAffectedRows)).toBe(
        Number(
          (await admin.query(`select count(*) from membership where school_id = ${A}`)).rows[0]
            ?.count,
        ),
      );
      throw new Fault('row-missing', 'undo', { transient: false });
    });
    await expect(work).rejects.toThrow('undo');
    expect(await of()).toEqual(before);
  });
  it('another school’s mailbox and message fail as ids that nobody has do', async () => {
    const {
      rows: [theirs],
    } = await admin.query<{ id: string }>(
      `select max(id) as id from mailbox where school_id = ${B}`,
    );
    const tell = (id: number): Promise<string> =>
      store
        .write(A, (tx) =>
          tx.db
            .insertInto('entry')
            .values({
              school_id: A,
              mailbox_id: id as MailboxId,
              uid: 1 as Uid,
              message_id: 1 as MessageId,
              modseq: 1,
              size_bytes: 0,
              keywords: null,
            })
            .execute(),
        )
        .then(
          () => 'written',
          (error: unknown) => (error instanceof Error ? error.message : ''),
        );
    const answers = [await tell(Number(theirs?.id)), await tell(999_999_999)];
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toBe('store-down: 23503 entry_school_id_mailbox_id_fkey');
    const appended = (id: number): Promise<string> =>
      store
        .write(A, (tx) =>
          append(tx, id as MailboxId, { message: 1 as MessageId, sizeBytes: 1, draft: true }),
        )
        .then(
          () => 'written',
          (error: unknown) => (error instanceof Fault ? error.code : ''),
        );
    expect([await appended(Number(theirs?.id)), await appended(999_999_999)]).toEqual([
      'row-missing',
      'row-missing',
    ]);
  });
  it('is impossible where one only reads', async () => {
    await expect(
      store.read(A, (tx) => tx.db.deleteFrom('contact').execute()),
    ).rejects.toMatchObject({ detail: '25006' });
  });
});

describe('the application’s role', () => {
  it.each([
    'truncate membership',
    'alter table membership disable row level security',
    'create table public.mine (id integer)',
    'drop policy tenant on membership',
    'create function public.mine() returns integer language sql as $$ select 1 $$',
    `copy membership to '/tmp/preau-test'`,
    `copy membership from program 'true'`,
    'set role owner',
    'select * from kysely_migration',
    'create extension dblink',
    'vacuum full membership',
  ])('may not: %s', async (statement) => {
    const client = new pg.Client({ connectionString: database.databaseUrl });
    await client.connect();
    try {
      if (statement.startsWith('vacuum')) {
        // Not an error for somebody who may not, but nothing happens either: a notice says so.
        const notices: string[] = [];
        client.on('notice', ({ message }) => notices.push(message ?? ''));
        await client.query(statement);
        expect(notices.join()).toMatch(/permission denied/);
        return;
      }
      await client.query('begin');
      await expect(
        client.query(statement.replace('owner', new URL(database.adminUrl).username)),
      ).rejects.toThrow(/permission denied|must be owner|must have|only roles with|permission/i);
    } finally {
      await client.end();
    }
  });
  it('is told by errors and by the log which constraint, never whose value', async () => {
    const lines: string[] = [];
    const log = openLog({
      to: {
        write: (line: string) => {
          lines.push(line);
        },
      },
    });
    const secret = 'lina.moreau.secret';
    const provoke: ((tx: SchoolTx) => Promise<unknown>)[] = [
      (tx) =>
        sql`
          insert into address (domain, local, kind, school_id)
          values ('x', ${secret}, 'account', 1), ('x', ${secret}, 'account', 1)
        `.execute(tx.db),
      (tx) => sql`select ${secret}::integer`.execute(tx.db),
      (tx) =>
        sql`
          insert into class (school_id, name, levels, cover, address_id)
          values (1, ${secret}, '{}', 99, 1)
        `.execute(tx.db),
      (tx) =>
        sql`
          insert into membership (school_id, class_id, address_id, role, from_date)
          values (1, 999, 1, ${secret}, now())
        `.execute(tx.db),
      (tx) => sql`insert into commune (id, slug, name) values (77, null, ${secret})`.execute(tx.db),
      (tx) => sql`select ${secret}::date`.execute(tx.db),
    ];
    for (const one of provoke) {
      const error: unknown = await store.write(A, one).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Fault);
      expect(String(error)).not.toContain('secret');
      log.error({ err: error }, 'a step failed');
    }
    expect(lines).toHaveLength(provoke.length);
    expect(lines.filter((line) => line.includes('secret'))).toEqual([]);
  });
});
