/**
 * How those ask who only read: without beginning or ending a transaction. What goes out with one
 * Sync is a transaction by itself (PostgreSQL's manual, 53.2.4), and nothing lasts between two
 * statements of a reader: READ COMMITTED shows each of them a moment of its own anyway (13.2.1). So
 * a statement takes along what confines it, in one write, and has a connection until its answer
 * is there; half of what a page said to the database was beginnings and ends.
 */
import {
  DefaultQueryExecutor,
  DummyDriver,
  PostgresAdapter,
  PostgresQueryCompiler,
  Transaction,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
} from 'kysely';
import type pg from 'pg';
import type { SchoolId } from '../ids.ts';
import { unmarked } from './connections.ts';
import type { Database } from './database.ts';
import type { Statement } from './pipeline.ts';
import { askPrepared, type StatementOf } from './prepared.ts';

/** Hands out what reads; it may be kept and used at any time, one statement after the other. */
export interface Reading {
  /** Sees one school. */
  ofSchool(school: SchoolId): Transaction<Database>;
  /** Sees the platform's tables and the school that `in` named last. */
  ofTown(): { readonly db: Transaction<Database>; in(school: SchoolId): void };
}

/** Readers that are kept: a cookie names any school, also those that no town has. */
const MOST_SCHOOLS = 1_000;

/** Without these a reader could write. */
const IN_NO_SCHOOL = "select set_config('transaction_read_only', 'on', true)";
const IN_SCHOOL =
  "select set_config('transaction_read_only', 'on', true), set_config('preau.school', $1, true)";

/** Readers on the connections of a pool; `dialect` is what their statements are written in. */
export function openReading(
  pool: pg.Pool,
  { dialect, statement }: { readonly dialect: Dialect; readonly statement: StatementOf },
): Reading {
  const readerOn = (confining: () => Statement): Transaction<Database> =>
    readerOf(dialect, async ({ sql, parameters }) => {
      const client = await pool.connect();
      try {
        const asked = [confining(), statement(sql, unmarked(parameters))];
        return await askPrepared(client, asked, asked.length - 1);
      } finally {
        client.release();
      }
    });
  const inSchool = (school: SchoolId): Statement => statement(IN_SCHOOL, [String(school)]);
  const ofSchools = new Map<SchoolId, Transaction<Database>>();
  return {
    ofSchool(school) {
      const known = ofSchools.get(school);
      if (known) return known;
      const confining = inSchool(school);
      const made = readerOn(() => confining);
      if (ofSchools.size < MOST_SCHOOLS) ofSchools.set(school, made);
      return made;
    },
    ofTown() {
      let confining = statement(IN_NO_SCHOOL, []);
      return {
        db: readerOn(() => confining),
        in(school) {
          confining = inSchool(school);
        },
      };
    },
  };
}

/** A Kysely that asks each of its statements by `ask`. */
function readerOf(
  dialect: Dialect,
  ask: (query: CompiledQuery) => Promise<{ readonly rows: readonly unknown[] }>,
): Transaction<Database> {
  const connection = {
    executeQuery: ask,
    streamQuery: () => {
      throw new Error('a reader has no cursor');
    },
  } as unknown as DatabaseConnection;
  const executor = new DefaultQueryExecutor(COMPILER, ADAPTER, {
    provideConnection: (consumer) => consumer(connection),
  });
  return new Transaction<Database>({ config: { dialect }, dialect, driver: DRIVER, executor });
}
const COMPILER = new PostgresQueryCompiler();
const ADAPTER = new PostgresAdapter();
/** Kysely wants one, and asks nothing of it where an executor has its own connections. */
const DRIVER = new DummyDriver();
