/**
 * Between Kysely and its connections to PostgreSQL, where a delivery spends its time: a round
 * trip costs more than most of the work it asks for. Every statement is planned once a
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
import pg from 'pg';
import type { Database } from './database.ts';
import { becameOf, isWaitEnded, proofIn, type Proof } from './lost-commit.ts';
import type { Answer, Statement } from './pipeline.ts';
import { askPlainly, askPrepared, type StatementOf } from './prepared.ts';

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
 * Classes and codes of PostgreSQL (its appendix A) with which a line may be cut, so that a commit
 * may have gone through all the same. With any other the server has refused it.
 */
const LINE_CUT = /^(08|57P|58|XX)/;

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
 * Says the last statement of a transaction, which ends with it: one round trip less. Nothing
 * may follow it, nor be thrown after it. Where the line is cut meanwhile nobody asks what became of
 * it, so it is for what does no harm when it is done twice.
 */
export async function last<T>(
  db: Transaction<Database>,
  { sql: text, parameters }: CompiledQuery<T>,
): Promise<readonly T[]> {
  return (await db.executeQuery<T>(CompiledQuery.raw(text, [...parameters, LAST]))).rows;
}

/** The answer to a statement that goes out with the next one, or the commit. */
export interface AnswerAhead<T> {
  /**
   * To be asked for once the next statement is answered, or the transaction has committed: throws
   * before that. Null where the commit was heard of in another way than by its answer.
   */
  rows(): readonly T[] | null;
}

/** The same as `ahead` for a statement with an answer, which costs no round trip of its own. */
export async function askAhead<T>(
  db: Transaction<Database>,
  { sql: text, parameters }: CompiledQuery<T>,
): Promise<AnswerAhead<T>> {
  const asked = new AskedAhead<T>();
  await db.withoutPlugins().executeQuery(CompiledQuery.raw(text, [...parameters, asked]));
  return asked;
}

/** Stands behind the values of such a statement, and takes its answer. */
class AskedAhead<T> implements AnswerAhead<T> {
  answer: Answer | null = null;
  isCommitted = false;

  rows(): readonly T[] | null {
    if (this.answer !== null) return this.answer.rows as readonly T[];
    if (!this.isCommitted) throw new Error('this goes out with the next statement, or the commit');
    return null;
  }
}

/** The values alone, for those to whom `ahead` and `last` are statements like any other. */
export function unmarked(values: readonly unknown[]): readonly unknown[] {
  const mark = values.at(-1);
  return mark === AHEAD || mark === LAST ? values.slice(0, -1) : values;
}

/** The pool as Kysely is to see it. */
export function connectionsOf(pool: pg.Pool, statement: StatementOf): PostgresPool {
  const around: Around = { statement, becameOf: (proof) => becameOf(pool, proof) };
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      const connection = known.get(client) ?? new Connection(client, around);
      known.set(client, connection);
      return connection;
    },
    end: () => pool.end(),
  };
}

interface Around {
  readonly statement: StatementOf;
  readonly becameOf: (proof: Proof) => Promise<'committed' | 'aborted' | null>;
}

/** One connection, and what its transaction has said up to now. */
class Connection implements PostgresPoolClient {
  readonly processID: number;
  readonly query: PostgresPoolClient['query'];
  readonly #client: pg.PoolClient;
  readonly #around: Around;
  /**
   * What is kept back until there is something to do: the beginning of a transaction, and what
   * stands before its statements.
   */
  #kept: Statement[] = [];
  /** Whose answers are wanted, of this transaction. */
  readonly #askedAhead = new Map<Statement, AskedAhead<unknown>>();
  #proof: Proof | null = null;
  #isReading = false;
  #isCommitted = false;
  /** Whether a commit has answered without its standby. */
  #isAlone = false;
  /**
   * Between the beginning and the end of a transaction. What is asked outside has no school, or
   * would get into whatever comes next.
   */
  #isOpen = false;
  /**
   * The end of a transaction that only read: it keeps the connection waiting, and nobody who asked.
   */
  #ending: Promise<unknown> | null = null;

  constructor(client: pg.PoolClient, around: Around) {
    this.#client = client;
    this.#around = around;
    client.on('notice', (notice) => {
      this.#isAlone ||= isWaitEnded(notice);
    });
    this.processID = processOf(client);
    this.query = this.#say.bind(this) as PostgresPoolClient['query'];
  }

  readonly release = (destroy?: boolean): void => {
    const client = this.#client;
    if (!this.#ending) return client.release(destroy);
    this.#ending.then(
      () => client.release(destroy),
      () => client.release(true),
    );
    this.#ending = null;
  };

  async #say(text: string, values: readonly unknown[]): Promise<Answer> {
    if (BEGINS.test(text)) return this.#begin(text, values);
    if (text === 'commit' || text === 'rollback') {
      this.#isOpen = false;
      return text === 'commit' ? this.#commit(text) : this.#rollback(text);
    }
    if (!this.#isOpen) throw new Error('the transaction is over');
    const mark = values.at(-1);
    if (mark === AHEAD) return this.#keep(text, values.slice(0, -1));
    if (mark instanceof AskedAhead) return this.#keep(text, values.slice(0, -1), mark);
    return mark === LAST ? this.#askLast(text, values.slice(0, -1)) : this.#ask(text, values);
  }

  #begin(text: string, values: readonly unknown[]): Answer {
    this.#kept = [];
    this.#askedAhead.clear();
    this.#proof = null;
    this.#isCommitted = false;
    this.#isAlone = false;
    this.#isOpen = true;
    this.#isReading = READS.test(text);
    return this.#keep(text, values);
  }

  async #rollback(text: string): Promise<Answer> {
    const begun = !this.#isCommitted && !this.#kept.some((one) => BEGINS.test(one.text));
    this.#kept = [];
    return begun ? this.#ask(text, []) : NO_ANSWER;
  }

  /**
   * A server that dies, or a line that is cut, between the commit and its answer: what is stored
   * must not be called refused, or the peer sends it again; nor called stored where no standby has
   * it. The database is asked what became of it; where it stays away, nobody knows, and it counts
   * as refused.
   */
  async #commit(text: string): Promise<Answer> {
    if (this.#isCommitted) return COMMITTED;
    if (this.#isReading && this.#kept.length === 0) {
      this.#ending = this.#client.query(text);
      return COMMITTED;
    }
    const [first, ...rest] = this.#kept;
    if (first && rest.length === 0 && BEGINS.test(first.text)) this.#kept = [];
    if (first && this.#kept.length === 0) return COMMITTED; // nothing was asked in it
    try {
      await (first ? this.#send([COMMIT]) : this.#ask(text, []));
      this.#needStandby();
    } catch (error) {
      const proof = this.#proof;
      if (proof === null || isRefusal(error)) throw error;
      if ((await this.#around.becameOf(proof)) !== 'committed') throw error;
    }
    for (const asked of this.#askedAhead.values()) asked.isCommitted = true;
    return COMMITTED;
  }

  async #ask(text: string, values: readonly unknown[]): Promise<Answer> {
    if (this.#kept.length === 0 && values.length === 0) return askPlainly(this.#client, text);
    const answer = await this.#send([this.#around.statement(text, values)]);
    this.#proof = proofIn(answer.rows[0]) ?? this.#proof;
    return answer;
  }

  #keep(text: string, values: readonly unknown[], asked?: AskedAhead<unknown>): Answer {
    const statement = this.#around.statement(text, values);
    this.#kept.push(statement);
    if (asked !== undefined) this.#askedAhead.set(statement, asked);
    return NO_ANSWER;
  }

  /**
   * What goes out together is one transaction by itself (PostgreSQL's manual, 53.2.4): where that
   * is all of it, it is neither begun nor committed by name.
   */
  async #askLast(text: string, values: readonly unknown[]): Promise<Answer> {
    const isWhole = this.#kept[0]?.text === WRITES;
    if (isWhole) this.#kept.shift();
    this.#isOpen = false;
    const after = isWhole ? [] : [COMMIT];
    const answer = await this.#send([this.#around.statement(text, values)], ...after);
    this.#needStandby();
    this.#isCommitted = true;
    return answer;
  }

  /** A commit whose wait for the standby was ended is one of which nobody knows what becomes. */
  #needStandby(): void {
    if (this.#isAlone) throw new Error('the wait for the standby was ended');
  }

  /** Gives the answer to the last of the statements; `after` goes out with them. */
  async #send(statements: readonly Statement[], ...after: readonly Statement[]): Promise<Answer> {
    const together = [...this.#kept, ...statements, ...after];
    this.#kept = [];
    const askedAhead = together.filter((one) => this.#askedAhead.has(one));
    const answers = await askPrepared(this.#client, {
      statements: together,
      answered: new Set([...askedAhead, ...statements.slice(-1)]),
    });
    for (const [index, one] of askedAhead.entries()) {
      const asked = this.#askedAhead.get(one);
      if (asked) asked.answer = answers[index] ?? null;
    }
    return answers.at(-1) ?? NO_ANSWER;
  }
}

/** Whether the server has said no, on a line that stands. */
export function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !LINE_CUT.test(error.code ?? '');
}

/** What to cancel by; the driver's types leave it out. */
function processOf(client: pg.PoolClient): number {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : 0;
}
