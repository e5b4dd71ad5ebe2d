/**
 * One small pool, many schools, and everything that can go wrong between two of them (decision
 * 28): what one leaves behind, another must not find.
 */
import { randomInt } from 'node:crypto';
import { CompiledQuery, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FreshDatabase } from '../../tests/shared/fresh-database.ts';
import { SOAKED } from '../../tests/shared/slice.ts';
import { townDatabase } from '../../tests/shared/town-database.ts';
import { Fault } from '../ground/fault.ts';
import type { SchoolId } from '../ground/ids.ts';
import { randomFrom } from '../rules/testing/random.ts';
import {
  openStore,
  type SchoolTx,
  type SchoolWriteTx,
  type Store,
  type TownTx,
  type TownWriteTx,
} from './store.ts';

const SEED = randomInt(2 ** 32);
const ROUNDS = 2_400;
const AT_ONCE = 24;
const SCHOOLS = [1, 2, 3] as SchoolId[];
const random = randomFrom(SEED);

let database: FreshDatabase;
let admin: pg.Client;
let store: Store;
let asked = 0;
const wrong: string[] = [];
const failures = new Map<string, number>();

beforeAll(async () => {
  database = await townDatabase('today');
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  store = openStore(database.databaseUrl, { poolSize: 3, onError: () => {} });
});
afterAll(async () => {
  await store.close();
  await admin.end();
  await database.drop();
});

/** How requests end that are meant to: anything else is one that suffers for another. */
const EXPECTED =
  /^row-missing|the transaction is over|rolled back instead of committed|this goes out with the next statement|a value that is none|Connection terminated|ECONNRESET|EPIPE|connection error| (?:22012|22021|25006|25P02|42501|42601|57014|57P01)$/;

interface Seen {
  readonly number: number;
  readonly set: string | null;
  readonly schools: number[] | null;
  readonly accounts: number;
}

/** Asks whose rows are seen, with a number that only this question has. */
const question = (number: number) => sql<Seen>`
  select ${number}::integer as number, nullif(current_setting('preau.school', true), '') as set,
    (select array_agg(distinct school_id) from account) as schools,
    (select count(*)::integer from membership) as accounts
`;

function hold(number: number, seen: Seen | undefined, school: SchoolId | null): void {
  const of = school === null ? null : String(school);
  if (seen?.number !== number || seen.set !== of || (seen.schools?.join() ?? null) !== of)
    wrong.push(`${number} of ${of}: ${JSON.stringify(seen)}`);
}

async function look(db: SchoolTx['db'], school: SchoolId | null): Promise<void> {
  const number = asked++;
  hold(number, (await question(number).execute(db)).rows[0], school);
}

async function lookAtLast(
  { db, line }: Pick<SchoolWriteTx, 'db' | 'line'>,
  school: SchoolId | null,
): Promise<void> {
  const number = asked++;
  hold(number, (await line.last(question(number).compile(db)))[0], school);
}

async function stopSelf(
  db: SchoolTx['db'],
  how: 'pg_cancel_backend' | 'pg_terminate_backend',
): Promise<void> {
  const {
    rows: [self],
  } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  const stopped = admin.query(`select ${how}($1)`, [self?.pid]);
  try {
    await sql`select pg_sleep(0.1)`.execute(db);
  } finally {
    await stopped;
  }
}

const FAILING = () => sql`select 1 / ${0}::integer`;
const NO_VALUE = {
  toPostgres: () => {
    throw new Error('a value that is none');
  },
};
const some = <T>(of: readonly T[]): T => of[random.below(of.length)] as T;

/** What a request of one school does; most end in an error somewhere. */
const REQUESTS: readonly ((tx: SchoolTx) => Promise<unknown>)[] = [
  ({ db, school }) => look(db, school),
  async ({ db, school }) => {
    await look(db, school);
    await look(db, school);
  },
  async ({ db, school }) => {
    await look(db, school);
    throw new Fault('row-missing', 'ours', { transient: false });
  },
  () => Promise.reject(new Fault('row-missing', 'before anything was asked', { transient: false })),
  () => Promise.resolve(),
  ({ db }) => FAILING().execute(db),
  async ({ db, school }) => {
    await FAILING()
      .execute(db)
      .catch(() => {});
    await look(db, school);
  },
  async ({ db }) => {
    await FAILING()
      .execute(db)
      .catch(() => {});
  },
  async ({ db, school }) => {
    await Promise.all([
      FAILING().execute(db),
      look(db, school).catch(() => {}),
      look(db, school).catch(() => {}),
    ]);
  },
  ({ db }) => sql`select ${NO_VALUE}::text`.execute(db),
  ({ db }) => sql`select ${'\0'}::text`.execute(db),
  ({ db }) => sql`select no such thing`.execute(db),
  ({ db }) =>
    stopSelf(
      db,
      some(['pg_cancel_backend', 'pg_cancel_backend', 'pg_cancel_backend', 'pg_terminate_backend']),
    ),
  async ({ db, school }) => {
    await sql`
      insert into contact (school_id, from_address_id, to_address_id)
      values (${school}, 1, 2)
    `.execute(db);
    throw new Fault('row-missing', 'taken back', { transient: false });
  },
  ({ db, school }) =>
    sql`
      insert into contact (school_id, from_address_id, to_address_id)
      values (${(school % 3) + 1}, 1, 2)
    `.execute(db),
];

const entering = (school: SchoolId) =>
  CompiledQuery.raw("select set_config('preau.school', $1, true)", [String(school)]);

/** The same of those that may write: what goes ahead, and what ends its transaction. */
const WRITES: readonly ((tx: SchoolWriteTx) => Promise<unknown>)[] = [
  (tx) => lookAtLast(tx, tx.school),
  async (tx) => {
    await look(tx.db, tx.school);
    await lookAtLast(tx, tx.school);
  },
  async (tx) => {
    await lookAtLast(tx, tx.school);
    throw new Fault('row-missing', 'after it was all over', { transient: false });
  },
  async (tx) => {
    await lookAtLast(tx, tx.school);
    tx.line.ahead(entering(tx.school));
  },
  ({ db, line }) => line.last(FAILING().compile(db)),
  async ({ db, line, school }) => {
    line.ahead(FAILING().compile(db));
    await look(db, school);
  },
  async (tx) => {
    tx.line.ahead(FAILING().compile(tx.db));
    await lookAtLast(tx, tx.school);
  },
  async ({ db, line }) => {
    line.ahead(FAILING().compile(db));
  },
  async ({ db, line, school }) => {
    const asked = line.askAhead(FAILING().compile(db));
    await look(db, school).catch(() => {});
    asked.rows();
  },
  async ({ db, line, school }) => {
    await look(db, school);
    await line.last(FAILING().compile(db));
  },
  async ({ db, line, school }) => {
    const failing = FAILING().execute(db);
    line.ahead(entering(school));
    await Promise.all([failing, look(db, school).catch(() => {})]);
  },
  ({ db, line }) => line.last(sql`select ${NO_VALUE}::text`.compile(db)),
  ...REQUESTS,
];

async function inTown(tx: TownTx): Promise<void> {
  await look(tx.db, null);
  const [one, other] = [some(SCHOOLS), some(SCHOOLS)];
  await look((await tx.in(one)).db, one);
  if (random.below(2) === 0) await FAILING().execute(tx.db);
  await look((await tx.in(other)).db, other);
}

async function writesInTown(tx: TownWriteTx): Promise<void> {
  if (random.below(2) === 0) return inTown(tx);
  await look(tx.db, null);
  const school = some(SCHOOLS);
  await lookAtLast(await tx.in(school), school);
}

/** Half of them ask what their connection keeps prepared. */
const either = <Tx extends TownTx | SchoolTx>(tx: Tx): Tx =>
  random.below(2) === 0 ? tx : { ...tx, db: tx.kept };

function request(): Promise<unknown> {
  const school = some(SCHOOLS);
  const read = (tx: SchoolTx): Promise<unknown> => some(REQUESTS)(either(tx));
  const write = (tx: SchoolWriteTx): Promise<unknown> => some(WRITES)(either(tx));
  return some([
    () => store.read(school, read),
    () => store.write(school, write),
    () => store.write(school, write),
    () => store.readMoment(school, read),
    () => store.town((tx) => writesInTown(either(tx))),
    () => store.delivery((tx) => writesInTown(either(tx))),
    () => store.readTown((tx) => inTown(either(tx))),
    () => store.town(({ db }) => look(db, null)),
    () => store.town((tx) => lookAtLast(tx, null)),
    () => store.town(async (tx) => write(await tx.in(school))),
  ])();
}

it('leaves no school and no answer behind, whatever broke before', SOAKED, async () => {
  const started = performance.now();
  const one = async (): Promise<void> => {
    for (let left = ROUNDS / AT_ONCE; left > 0; left--) {
      await request().catch((error: unknown) => {
        const what =
          error instanceof Fault
            ? `${error.code} ${error.detail}`.replace(/preau_\d+/, '')
            : String(error);
        failures.set(what, (failures.get(what) ?? 0) + 1);
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  process.stdout.write(
    `hammered pool: ${ROUNDS} requests, ${asked} questions, ${[...failures.values()].reduce((sum, count) => sum + count, 0)} failed, seed ${SEED}, ${Math.round(performance.now() - started)} ms\n`,
  );
  expect(
    [...failures.keys()].filter((what) => !EXPECTED.test(what)),
    `seed ${SEED}`,
  ).toEqual([]);
  expect(wrong, `seed ${SEED}`).toEqual([]);
  const { rows } = await admin.query('select from contact');
  expect(rows).toEqual([]);
  // Still whole: every connection answers, and nothing stays open on it.
  await Promise.all(SCHOOLS.map((school) => store.read(school, ({ db }) => look(db, school))));
  await expect
    .poll(
      async () =>
        (
          await admin.query(
            "select from pg_stat_activity where datname = current_database() and usename <> current_user and state like 'idle in transaction%'",
          )
        ).rows.length,
    )
    .toBe(0);
});

it('refuses what is asked after the end of a transaction', async () => {
  const school = 1 as SchoolId;
  await expect(
    store.write(school, async (tx) => {
      await lookAtLast(tx, school);
      await look(tx.db, school);
    }),
  ).rejects.toThrow('the transaction is over');
  await store.town(({ db }) => look(db, null));
  expect(wrong).toEqual([]);
});

it('lets no reader write, nor see another school than the one it has, however long it is kept', async () => {
  const school = 1 as SchoolId;
  const insert = sql`
    insert into contact (school_id, from_address_id, to_address_id)
    values (1, 1, 2)
  `;
  await expect(store.read(school, ({ db }) => insert.execute(db))).rejects.toThrow('25006');
  await expect(store.readTown(({ db }) => insert.execute(db))).rejects.toThrow('25006');
  const kept = await store.read(school, async (tx) => tx);
  await store.read(2 as SchoolId, ({ db }) => look(db, 2 as SchoolId));
  await look(kept.db, school);
  expect(wrong).toEqual([]);
});

it.each(['alone', 'at last'])(
  'does nothing, and says so, where a value can’t be written, %s',
  async (when) => {
    const statement = sql`
      insert into contact (school_id, from_address_id, to_address_id)
      values (1, 1, ${NO_VALUE})
    `;
    const given = store.write(1 as SchoolId, async ({ db, line }) => {
      line.ahead(
        CompiledQuery.raw(
          'insert into contact (school_id, from_address_id, to_address_id) values (1, 1, $1)',
          [2],
        ),
      );
      return when === 'alone' ? statement.execute(db) : line.last(statement.compile(db));
    });
    await expect(given).rejects.toThrow('a value that is none');
    expect((await admin.query('select from contact')).rows).toEqual([]);
  },
);
