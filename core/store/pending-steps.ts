import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import type pg from 'pg';
import { asOwner, migrationOf, openAsOwner, runSteps, stepNames } from './migrate.ts';
import type { Database } from './tables.ts';

/** What a version of Préau would do to a database. */
export interface PendingMigrations {
  /** Null: the database is new. */
  readonly at: string | null;
  /** Steps that are to come, in their order. */
  readonly steps: readonly string[];
  /** Steps that were made by a newer version: this one can't run on it. */
  readonly unknown: readonly string[];
}

/** A table that a step locks until all of them have ended, and what waits for it meanwhile. */
export interface StepLock {
  readonly table: string;
  /** PostgreSQL's name of its strongest lock there (its manual, 13.3). */
  readonly mode: string;
  readonly stops: 'reading' | 'writing';
}

/** A step as it was tried. */
export interface TriedStep {
  readonly name: string;
  readonly seconds: number;
  /** Those that it takes and no step before it; a lock that stops neither is left out. */
  readonly locks: readonly StepLock[];
  /** Rows that it changes one by one: whoever wants to write one of them waits for the end. */
  readonly changes: readonly { readonly table: string; readonly rows: number }[];
}

const ALONE_WITHIN_MS = 5_000;
const ALONE_POLL_MS = 20;
/** Modes against which a plain SELECT waits, and those against which a plain write waits. */
const STOPS_READING = ['AccessExclusiveLock'];
const STOPS_WRITING = ['ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock'];

/** What is left to do to a database, asked as its owner; changes nothing. */
export async function pendingSteps(adminUrl: string): Promise<PendingMigrations> {
  return asOwner(adminUrl, async (admin) => {
    const { rows: known } = await admin.query("select to_regclass('kysely_migration') as name");
    if (known[0]?.name === null) return { at: null, steps: stepNames(), unknown: [] };
    const { rows } = await admin.query<{ name: string }>(
      'select name from kysely_migration order by name',
    );
    const done = rows.map(({ name }) => name);
    const ours = stepNames();
    return {
      at: done.at(-1) ?? null,
      steps: ours.filter((name) => !done.includes(name)),
      unknown: done.filter((name) => !ours.includes(name)),
    };
  });
}

/**
 * Makes the steps that are to come, in one transaction as a migration does, looks after each at the
 * locks that are held, and takes all of it back. A lock is held to the end of a transaction: none
 * is missed. It locks for real: never to be run on the database of a town that runs.
 */
export async function trySteps(adminUrl: string, names: readonly string[]): Promise<TriedStep[]> {
  const db = openAsOwner(adminUrl);
  const tried: TriedStep[] = [];
  try {
    await db.transaction().execute(async (tx) => {
      const tables = await tablesOf(tx);
      let before: Seen = { locks: [], changed: new Map() };
      for (const name of names) {
        const begun = performance.now();
        await (await migrationOf(name)).up(tx);
        const seconds = (performance.now() - begun) / 1_000;
        const now = await seen(tx, tables);
        tried.push({ name, seconds, ...sinceThen(before, now) });
        before = now;
      }
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  } finally {
    await db.destroy();
  }
  return tried;
}

/** Ends a transaction that was meant to be tried and no more. */
class TakenBack extends Error {}

/** What a transaction has done so far. */
interface Seen {
  readonly locks: readonly StepLock[];
  /** Rows changed or removed, by table. */
  readonly changed: ReadonlyMap<string, number>;
}

function sinceThen(before: Seen, now: Seen): Pick<TriedStep, 'locks' | 'changes'> {
  const isOld = ({ table, stops }: StepLock): boolean =>
    before.locks.some((lock) => lock.table === table && lock.stops === stops);
  const changes = [...now.changed].map(([table, rows]) => ({
    table,
    rows: rows - (before.changed.get(table) ?? 0),
  }));
  return {
    locks: now.locks.filter((lock) => !isOld(lock)),
    changes: changes.filter(({ rows }) => rows > 0),
  };
}

/** Those that are there before: nobody else knows the tables that a transaction makes. */
async function tablesOf(tx: Transaction<Database>): Promise<readonly number[]> {
  const { rows } = await sql<{ oid: number }>`
    select oid::bigint::float8 as oid
    from pg_class
    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
  `.execute(tx);
  return rows.map(({ oid }) => oid);
}

async function seen(tx: Transaction<Database>, tables: readonly number[]): Promise<Seen> {
  const { rows } = await sql<{ name: string; modes: string[]; changed: number }>`
    select c.relname as name, array_agg(l.mode) as modes,
      max(coalesce(s.n_tup_upd + s.n_tup_del, 0))::float8 as changed
    from pg_locks l
      join pg_class c on c.oid = l.relation
      left join pg_stat_xact_user_tables s on s.relid = c.oid
    where l.pid = pg_backend_pid()
      and l.granted
      and l.locktype = 'relation'
      and c.oid = any (${[...tables]}::oid[])
    group by c.relname
    order by c.relname
  `.execute(tx);
  return {
    locks: rows.flatMap(({ name, modes }) => lockOf(name, modes)),
    changed: new Map(rows.map(({ name, changed }) => [name, changed])),
  };
}

function lockOf(table: string, modes: readonly string[]): StepLock[] {
  const reading = modes.find((mode) => STOPS_READING.includes(mode));
  if (reading !== undefined) return [{ table, mode: reading, stops: 'reading' }];
  const writing = modes.find((mode) => STOPS_WRITING.includes(mode));
  return writing === undefined ? [] : [{ table, mode: writing, stops: 'writing' }];
}

/**
 * Tries the steps on a new, empty database of the same server, whose schema is brought to where the
 * real one is: which locks each takes, without a lock on the real one. Seconds say nothing there.
 * Null where the owner may make no database.
 */
export async function tryStepsOnEmpty(
  adminUrl: string,
  { at, steps }: PendingMigrations,
): Promise<TriedStep[] | null> {
  if (steps.length === 0) return [];
  const name = `preau_upgrade_${randomBytes(6).toString('hex')}`;
  return asOwner(adminUrl, async (admin) => {
    try {
      const mayCreate = await admin.query<{ may: boolean }>(
        'select rolcreatedb or rolsuper as may from pg_roles where rolname = current_user',
      );
      if (mayCreate.rows[0]?.may !== true) return null;
      await admin.query(`create database ${name} template template0`);
      const empty = databaseNamed(adminUrl, name);
      if (at !== null) await runSteps(empty, { upTo: at });
      return await trySteps(empty, steps);
    } finally {
      await leftAlone(admin, name);
      await admin.query(`drop database if exists ${name} with (force)`).catch(() => {});
    }
  });
}

/** Connections that were closed take a moment to end, and would hear that they are thrown out. */
async function leftAlone(admin: pg.Client, name: string): Promise<void> {
  const deadline = Date.now() + ALONE_WITHIN_MS;
  while (Date.now() < deadline) {
    const { rows } = await admin.query('select 1 from pg_stat_activity where datname = $1', [name]);
    if (rows.length === 0) return;
    await sleep(ALONE_POLL_MS);
  }
}

function databaseNamed(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** How much lies in a table: rows as PostgreSQL last counted them, bytes with its indexes. */
export interface TableSize {
  readonly rows: number;
  readonly bytes: number;
}

/** Of these tables, asked as the owner. */
export async function tableSizes(
  adminUrl: string,
  tables: readonly string[],
): Promise<ReadonlyMap<string, TableSize>> {
  return asOwner(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ name: string; rows: number; bytes: string }>(
      `
        select relname as name, greatest(reltuples, 0)::float8 as rows,
          pg_total_relation_size(oid) as bytes
        from pg_class
        where relnamespace = 'public'::regnamespace and relname = any ($1)
      `,
      [tables],
    );
    return new Map(
      rows.map(({ name, rows: count, bytes }) => [name, { rows: count, bytes: Number(bytes) }]),
    );
  });
}
