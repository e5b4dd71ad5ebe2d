/**
 * Between Kysely and its connections to PostgreSQL, where a delivery spends its time: a word that
 * is waited for costs more than most of the work it asks for. Every statement is planned once a
 * connection, and what begins a transaction, sets its school or makes sure of something goes out
 * together with the first statement that has an answer. Whoever only read doesn't wait for the
 * commit.
 */
import {
  CompiledQuery,
  type PostgresPool,
  type PostgresPoolClient,
  type RawBuilder,
  type Transaction,
} from 'kysely';
import type pg from 'pg';
import type { Database } from './database.ts';
import { becameOf, proofIn, type Proof } from './lost-commit.ts';
import { askInPipeline, type Answer, type Statement } from './pipeline.ts';

/**
 * Statements that a connection keeps prepared; a text that comes beyond (lists of changing length
 * make ever new ones) is planned each time.
 */
const MAX_PREPARED = 300;
/**
 * The database was migrated under a prepared statement (PostgreSQL, appendix A): the connection is
 * given up, with all that it has prepared.
 */
const FEATURE_NOT_SUPPORTED = '0A000';
const BEGINS = /^(start transaction|begin)\b/;
const READS = /\bread only$/;
const WRITES = 'start transaction read write';
/**
 * Stands behind the values of a statement that goes out with the next one. Its text stays what it
 * was: a long one would be read through anew each time.
 */
const AHEAD = Symbol('ahead');
/** Stands behind the values of a statement with which its transaction ends. */
const LAST = Symbol('last');
const COMMIT: Statement = { name: undefined, text: 'commit', values: [] };
const NO_ANSWER: Answer = { command: '', rowCount: null, rows: [] };
const COMMITTED: Answer = { ...NO_ANSWER, command: 'COMMIT' };

/**
 * Says a statement that has no answer but a failure: it goes out with the next one, or the commit,
 * and fails that.
 */
export async function ahead(
  db: Transaction<Database>,
  statement: RawBuilder<unknown> | CompiledQuery,
): Promise<void> {
  const { sql: text, parameters } = 'sql' in statement ? statement : statement.compile(db);
  // there is no result for a plugin to see
  await db.withoutPlugins().executeQuery(CompiledQuery.raw(text, [...parameters, AHEAD]));
}

/**
 * Says the last statement of a transaction, which ends with it: one word less to wait for. Nothing
 * may follow it, nor be thrown after it. Where the line is cut meanwhile nobody asks what became of
 * it, so it is for what does no harm when it is done twice.
 */
export async function last<T>(
  db: Transaction<Database>,
  { sql: text, parameters }: CompiledQuery<T>,
): Promise<readonly T[]> {
  return (await db.executeQuery<T>(CompiledQuery.raw(text, [...parameters, LAST]))).rows;
}

/** The pool as Kysely is to see it. */
export function connectionsOf(pool: pg.Pool): PostgresPool {
  const around: Around = { names: new Map(), becameOf: (proof) => becameOf(pool, proof) };
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      const connection = known.get(client) ?? connectionOf(client, around);
      known.set(client, connection);
      return connection;
    },
    end: () => pool.end(),
  };
}

interface Around {
  readonly names: Map<string, string>;
  readonly becameOf: (proof: Proof) => Promise<'committed' | 'aborted' | null>;
}

function connectionOf(
  client: pg.PoolClient,
  { names, becameOf: settled }: Around,
): PostgresPoolClient {
  /**
   * What is kept back until there is something to do: the beginning of a transaction, and what
   * stands before its statements.
   */
  let kept: Statement[] = [];
  let proof: Proof | null = null;
  let isReading = false;
  let isCommitted = false;
  /**
   * Between the beginning and the end of a transaction. What is asked outside has no school, or
   * would get into whatever comes next.
   */
  let isOpen = false;
  /**
   * The end of a transaction that only read: it keeps the connection waiting, and nobody who asked.
   */
  let ending: Promise<unknown> | null = null;

  async function say(text: string, values: readonly unknown[]): Promise<Answer> {
    if (BEGINS.test(text)) {
      kept = [];
      proof = null;
      isCommitted = false;
      isOpen = true;
      isReading = READS.test(text);
      return keep(text, values);
    }
    if (text === 'commit' || text === 'rollback') {
      isOpen = false;
      return text === 'commit' ? commit(text) : rollback(text);
    }
    if (!isOpen) throw new Error('the transaction is over');
    const mark = values.at(-1);
    if (mark === AHEAD) return keep(text, values.slice(0, -1));
    return mark === LAST ? askLast(text, values.slice(0, -1)) : ask(text, values);
  }

  async function rollback(text: string): Promise<Answer> {
    const begun = !isCommitted && !kept.some((one) => BEGINS.test(one.text));
    kept = [];
    return begun ? ask(text, []) : NO_ANSWER;
  }

  /**
   * A server that dies, or a line that is cut, between the commit and its answer: what is stored
   * must not be called refused, or the peer sends it again. The database is asked what became of
   * it; where it stays away, nobody knows, and it counts as refused.
   */
  async function commit(text: string): Promise<Answer> {
    if (isCommitted) return COMMITTED;
    if (isReading && kept.length === 0) {
      ending = client.query(text);
      return COMMITTED;
    }
    const [first, ...rest] = kept;
    if (first && rest.length === 0 && BEGINS.test(first.text)) kept = [];
    if (first && kept.length === 0) return COMMITTED; // nothing was asked in it
    if (first) await send([]);
    try {
      return await ask(text, []);
    } catch (error) {
      if (proof === null || (await settled(proof)) !== 'committed') throw error;
      return COMMITTED;
    }
  }

  async function ask(text: string, values: readonly unknown[]): Promise<Answer> {
    if (kept.length === 0 && values.length === 0) return checked(() => client.query(text));
    const answer = await send([{ name: nameOf(text, names), text, values }]);
    proof = proofIn(answer.rows[0]) ?? proof;
    return answer;
  }

  function keep(text: string, values: readonly unknown[]): Answer {
    kept.push({ name: nameOf(text, names), text, values });
    return NO_ANSWER;
  }

  /**
   * What goes out together is one transaction by itself (PostgreSQL's manual, 53.2.4): where that
   * is all of it, it is neither begun nor committed by name.
   */
  async function askLast(text: string, values: readonly unknown[]): Promise<Answer> {
    const isWhole = kept[0]?.text === WRITES;
    if (isWhole) kept.shift();
    isOpen = false;
    const answer = await send(
      [{ name: nameOf(text, names), text, values }],
      ...(isWhole ? [] : [COMMIT]),
    );
    isCommitted = true;
    return answer;
  }

  /** Gives the answer to the last of the statements; `after` goes out with them. */
  function send(statements: readonly Statement[], ...after: readonly Statement[]): Promise<Answer> {
    const together = [...kept, ...statements, ...after];
    kept = [];
    return checked(() => askInPipeline(client, together, together.length - 1 - after.length));
  }

  function release(destroy?: boolean): void {
    if (!ending) return client.release(destroy);
    ending.then(
      () => client.release(destroy),
      () => client.release(true),
    );
    ending = null;
  }

  async function checked(asking: () => Promise<Answer>): Promise<Answer> {
    try {
      return await asking();
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === FEATURE_NOT_SUPPORTED)
        await client.end();
      throw error;
    }
  }

  return {
    processID: processOf(client),
    query: say as PostgresPoolClient['query'],
    release: (destroy?: boolean) => release(destroy),
  };
}

/** What to cancel by; the driver's types leave it out. */
function processOf(client: pg.PoolClient): number {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : 0;
}

function nameOf(text: string, names: Map<string, string>): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MAX_PREPARED) return undefined;
  const name = `preau_${names.size}`;
  names.set(text, name);
  return name;
}
