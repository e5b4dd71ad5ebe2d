import { sql, type RawBuilder } from 'kysely';
import pg from 'pg';
import { errorCode, Fault, type FaultCode } from '../ground/fault.ts';
import type { SchoolId } from '../ground/ids.ts';
import { shareOf } from '../ground/turns.ts';
import { GIVING_WAY } from './backend-priority.ts';
import {
  NO_STORE,
  WantedElsewhere,
  withBodies,
  type BodyReader,
  type BroughtBytes,
} from './bodies/brought.ts';
import { compiledOnce } from './compiled-once.ts';
import type { QueryRunner } from './kysely-on.ts';
import { openLargeCopies } from './large-copies.ts';
import { largeRead } from './large-queries.ts';
import { readLargeOf } from './large-reads.ts';
import { tellOfLost } from './lost-connections.ts';
import { openReading, type StoreReader } from './reading.ts';
import { VALUE_TYPES } from './value-types.ts';
import { isRefusal, openWriting, type WriteTransaction, type StatementLine } from './writing.ts';

/**
 * A transaction that sees one school and no other. The only database handle a store function takes.
 */
export interface SchoolTx extends QueryRunner {
  readonly school: SchoolId;
  /** Bytes that lie elsewhere, for `bytesElsewhere`. */
  readonly brought: BroughtBytes;
}

/** One whose statements go out with nobody else's. */
export interface AsideTx extends SchoolTx {
  /** A large value in the chunks in which it comes (`readLarge`); null: there is no such row. */
  large(this: SchoolTx, query: RawBuilder<unknown>): Promise<readonly Buffer[] | null>;
}

/**
 * A transaction that sees the platform's tables and, school by school, those of the schools it
 * names.
 */
export interface TownTx extends QueryRunner {
  /**
   * Sets the school anew, unless it is set already: from here on the transaction sees this one and
   * no other.
   */
  in(school: SchoolId): Promise<SchoolTx>;
}

/** One that may write. */
export interface SchoolWriteTx extends SchoolTx {
  readonly line: StatementLine;
}

/** A transaction of the town that may write. */
export interface TownWriteTx extends TownTx {
  readonly line: StatementLine;
  in(school: SchoolId): Promise<SchoolWriteTx>;
  /**
   * These schools' rosters must be at these versions, 0 for a school that doesn't exist: else the
   * next statement, or the commit, fails with `roster-moved`.
   */
  asOf(versions: readonly RosterVersion[]): void;
}

interface RosterVersion {
  readonly school: SchoolId;
  readonly version: number;
}

export interface Store {
  /**
   * Runs `fn`, which sees one school and can't write; each of its statements sees what is committed
   * when it begins.
   */
  read<T>(school: SchoolId, fn: (tx: SchoolTx) => Promise<T>): Promise<T>;
  /**
   * The same for what the database takes long over: nobody else's statements go out with these, to
   * wait for them.
   */
  readAside<T>(school: SchoolId, fn: (tx: AsideTx) => Promise<T>): Promise<T>;
  /**
   * Copies large values of one school into an open file, one behind the other, beside the loop that
   * serves everybody. Each query gives one column and at most one row, and has no parameters.
   * Resolves with how many bytes they are; null: one of them isn't there.
   */
  copyLarge(
    school: SchoolId,
    queries: readonly RawBuilder<unknown>[],
    fd: number,
  ): Promise<number | null>;
  /** `read`, and all of it sees one moment, whatever commits meanwhile. */
  readMoment<T>(school: SchoolId, fn: (tx: SchoolTx) => Promise<T>): Promise<T>;
  /**
   * Runs `fn` in a transaction of one school; commits when it resolves, rolls back when it throws.
   */
  write<T>(school: SchoolId, fn: (tx: SchoolWriteTx) => Promise<T>): Promise<T>;
  /**
   * One transaction over the platform's tables and several schools: mail between two schools,
   * roster lookups.
   */
  town<T>(fn: (tx: TownWriteTx) => Promise<T>): Promise<T>;
  /**
   * The same for a delivery, whose few statements are always the same: each is planned once a
   * connection. Left to itself PostgreSQL plans anew every time, for a list of mailboxes might be
   * longer than the one it has before it, and that is a quarter of the work.
   */
  delivery<T>(fn: (tx: TownWriteTx) => Promise<T>): Promise<T>;
  /** `read` over the platform's tables and several schools. */
  readTown<T>(fn: (tx: TownTx) => Promise<T>): Promise<T>;
  /** Answers within `timeoutMs`, or false. */
  ping(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Connections a process holds at most; deliveries beyond it wait their turn. */
const POOL_SIZE = 16;
/** Of several processes together, and the least that one of them needs. */
const POOLS_SIZE = 48;
const LEAST_POOL_SIZE = 6;
/**
 * A connection that nobody has needed for so long is closed. The driver closes them after 10 s, and
 * whoever came next on a quiet day paid for a new one: a process, a sign-in and every plan anew
 * (measured on a busy machine, LOGIN over IMAP: 91 ms instead of 14 to 30).
 */
const IDLE_TIMEOUT_MS = 10 * 60_000;
/** How long one waits for a connection before the peer is told to come back (451). */
const CONNECT_TIMEOUT_MS = 5_000;
/** No statement of a request may take longer: a stuck query must not hold a connection for ever. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** How many connections one of so many processes may hold. */
export function poolSizeOf(processes: number): number {
  return Math.min(POOL_SIZE, Math.max(LEAST_POOL_SIZE, shareOf(POOLS_SIZE, processes)));
}

interface StoreOptions {
  poolSize?: number;
  bodies?: BodyReader;
  /** Whether its connections give way to all others' in PostgreSQL, too. */
  givesWay?: boolean;
  onError: (error: Error) => void;
}

/**
 * Opens the pool of the application's role, which owns nothing and sees no school but the one a
 * transaction names.
 */
export function openStore(databaseUrl: string, options: StoreOptions): Store {
  const connecting: pg.ClientConfig = {
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true, // a line that has gone dead is seen by its socket
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
  };
  const pool = new pg.Pool({
    ...connecting,
    max: options.poolSize ?? POOL_SIZE,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    types: VALUE_TYPES,
    ...(options.givesWay && GIVING_WAY),
  });
  const copies = openLargeCopies(connecting);
  const closing = tellOfLost(pool, options.onError);
  const reading = openReading(pool);
  const { toWrite, atOneMoment } = openWriting(pool);
  const { bodies = NO_STORE } = options;
  const asked = <T>(asking: (brought: BroughtBytes) => Promise<T>): Promise<T> =>
    withBodies(bodies, (brought) => faultsOnly(() => asking(brought)));
  const large: AsideTx['large'] = function (query) {
    return readLargeOf(pool, largeRead(this.school, query));
  };
  return {
    read: (school, fn) => asked((brought) => fn({ ...reading.ofSchool(school), school, brought })),
    readAside: (school, fn) =>
      asked((brought) => fn({ ...reading.aside(school), school, brought, large })),
    readMoment: (school, fn) =>
      asked((brought) => atOneMoment((begun) => fn(enter(begun, school, brought)))),
    write: (school, fn) =>
      asked((brought) => toWrite((begun) => fn(enter(begun, school, brought)))),
    town: (fn) => asked((brought) => toWrite((begun) => fn(townTx(begun, brought)))),
    delivery: (fn) =>
      asked((brought) => toWrite((begun) => fn(townTx(plannedOnce(begun), brought)))),
    readTown: (fn) => asked((brought) => fn(readingTown(reading.ofTown(), brought))),
    ping: (timeoutMs) => ping(pool, timeoutMs),
    copyLarge: (school, queries, fd) =>
      copies.copy(
        queries.map((query) => largeRead(school, query)),
        fd,
      ),
    close: () =>
      closing(async () => {
        await copies.close();
        await pool.end();
      }),
  };
}

/**
 * The school is set for this transaction only: a pooled connection carries nothing to the next one
 * (decision 28).
 */
function enter(begun: WriteTransaction, school: SchoolId, brought: BroughtBytes): SchoolWriteTx {
  begun.line.ahead(entering({ school: String(school) }));
  return { ...begun, school, brought };
}

const entering = compiledOnce<{ readonly school: string }, unknown>(
  (at) => sql`select set_config('preau.school', ${at.school}, true)`,
);

/** For this transaction only (PostgreSQL's manual, 20.7.4). */
function plannedOnce(begun: WriteTransaction): WriteTransaction {
  begun.line.ahead(planningOnce({}));
  return begun;
}

const planningOnce = compiledOnce<object, unknown>(
  () => sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`,
);

function townTx(begun: WriteTransaction, brought: BroughtBytes): TownWriteTx {
  let entered: SchoolId | null = null;
  return {
    ...begun,
    async in(school) {
      if (entered !== school) enter(begun, school, brought);
      entered = school;
      return { ...begun, school, brought };
    },
    asOf(versions) {
      begun.line.ahead(
        requiringRosters({
          schools: versions.map(({ school }) => school),
          versions: versions.map(({ version }) => version),
        }),
      );
    },
  };
}

const requiringRosters = compiledOnce<
  { readonly schools: readonly SchoolId[]; readonly versions: readonly number[] },
  unknown
>((at) => sql`select require_rosters(${at.schools}::integer[], ${at.versions}::bigint[])`);

/** Each of its statements takes the school along that was named last. */
function readingTown(reader: ReturnType<StoreReader['ofTown']>, brought: BroughtBytes): TownTx {
  const { asking } = reader;
  return {
    ...asking,
    async in(school) {
      reader.in(school);
      return { ...asking, school, brought };
    },
  };
}

async function faultsOnly<T>(asking: () => Promise<T>): Promise<T> {
  try {
    return await asking();
  } catch (error) {
    throw asFault(error);
  }
}

/** What require_rosters and require_room raise. */
const RAISED: Readonly<Record<string, FaultCode>> = {
  PR001: 'roster-moved',
  PR002: 'mailbox-full',
};
/**
 * Classes and codes of PostgreSQL (its appendix A) after which the same request may succeed later.
 */
const TRANSIENT_SQLSTATE = /^(08|0A000|40|53|55P03|57|58)/;

/**
 * Thrown within a transaction to take back what was done in it, for a reason that is no fault;
 * whoever began it catches it.
 */
export class Rollback extends Error {}

/**
 * Whether a transaction that threw this was taken back as a whole, by us or by the database, and
 * the line to it stands: what was in it may be stored in another way.
 */
export function isTakenBack(error: unknown): boolean {
  if (error instanceof Rollback) return true;
  if (!(error instanceof Fault)) return false;
  return error.code !== 'store-down' || isRefusal(error.cause);
}

/** What the driver throws becomes a Fault once, here; a Fault of ours passes through. */
function asFault(error: unknown): unknown {
  const isOurs =
    error instanceof Fault || error instanceof Rollback || error instanceof WantedElsewhere;
  if (isOurs || !(error instanceof Error)) return error;
  const code = errorCode(error);
  const raised = RAISED[code];
  if (raised) return new Fault(raised, error.message, { transient: true, cause: error });
  // Constraint names only: a detail line may quote a value.
  const constraint =
    'constraint' in error && typeof error.constraint === 'string' ? ` ${error.constraint}` : '';
  // not by its look: EPIPE has five letters too
  const sqlState = error instanceof pg.DatabaseError;
  const transient = sqlState ? TRANSIENT_SQLSTATE.test(code) : true;
  return new Fault('store-down', sqlState ? `${code}${constraint}` : error.message, {
    transient,
    cause: error,
  });
}

async function ping(pool: pg.Pool, timeoutMs: number): Promise<boolean> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const late = new Promise<boolean>((resolve) =>
    timeout.addEventListener('abort', () => resolve(false), { once: true }),
  );
  return Promise.race([
    pool.query('select 1').then(
      () => true,
      () => false,
    ),
    late,
  ]);
}
