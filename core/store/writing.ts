/**
 * How those ask who write, where a delivery spends its time: a round trip to PostgreSQL costs more
 * than most of the work it asks for. What begins a transaction, sets its school or makes sure of
 * something goes out together with the first statement that has an answer.
 */
import type { CompiledQuery } from 'kysely';
import pg from 'pg';
import { askingBy, type QueryRunner } from './kysely-on.ts';
import { becameOf, isWaitEnded, proofIn, type CommitProof } from './lost-commit.ts';
import { rowsOf, type StatementResult, type Statement } from './pipeline.ts';
import { askPlainly, askPrepared, keptStatement, statementOf } from './prepared.ts';

/** What the statements of a transaction that writes can do besides being asked one by one. */
export interface StatementLine {
  /**
   * Says a statement that has no answer but a failure: it goes out with the next one, or the
   * commit, and fails that.
   */
  ahead(query: CompiledQuery): void;
  /** The same for a statement with an answer, which costs no round trip of its own. */
  askAhead<Row>(query: CompiledQuery<Row>): AnswerAhead<Row>;
  /**
   * Asks the last statement of a transaction, which ends with it: one round trip less. Nothing may
   * follow it, nor be thrown after it. Where the line is cut meanwhile nobody asks what became of
   * it, so it is for what does no harm when it is done twice.
   */
  last<Row>(query: CompiledQuery<Row>): Promise<readonly Row[]>;
}

/** The answer to a statement that goes out with the next one, or the commit. */
export interface AnswerAhead<Row> {
  /**
   * To be asked for once the next statement is answered, or the transaction has committed: throws
   * before that. Null where the commit was heard of in another way than by its answer.
   */
  rows(): readonly Row[] | null;
}

/** A transaction that has begun. */
export interface WriteTransaction extends QueryRunner {
  readonly line: StatementLine;
}

/** Begins a transaction, commits where `fn` resolves, and rolls back where it throws. */
type Within = <T>(fn: (begun: WriteTransaction) => Promise<T>) => Promise<T>;

interface Writing {
  readonly toWrite: Within;
  /** All that it reads is of one moment; nobody waits for its end. */
  readonly atOneMoment: Within;
}

const WRITES = keptStatement('start transaction read write', []);
const READS = keptStatement('start transaction isolation level repeatable read read only', []);
const COMMIT: Statement = { name: undefined, text: 'commit', values: [] };
const NO_ANSWER: StatementResult = { command: '', rowCount: null, rows: [] };
/**
 * Classes and codes of PostgreSQL (its appendix A) with which a line may be cut, so that a commit
 * may have gone through all the same. With any other the server has refused it.
 */
const LINE_CUT = /^(08|57P|58|XX)/;

/** Transactions on the connections of a pool. */
export function openWriting(pool: pg.Pool): Writing {
  const ask: AskWhatBecame = (proof) => becameOf(pool, proof);
  const begin = async (beginning: Statement): Promise<Exchange> =>
    new Exchange(await pool.connect(), ask, beginning);
  return {
    toWrite: async (fn) => within(await begin(WRITES), fn, (exchange) => exchange.commit()),
    atOneMoment: async (fn) => within(await begin(READS), fn, (exchange) => exchange.leave()),
  };
}

async function within<T>(
  exchange: Exchange,
  fn: (begun: WriteTransaction) => Promise<T>,
  end: (exchange: Exchange) => Promise<void> | void,
): Promise<T> {
  try {
    const result = await fn({ ...exchange.asking, line: exchange });
    await end(exchange);
    return result;
  } catch (error) {
    await exchange.rollback();
    throw error;
  } finally {
    exchange.release();
  }
}

type AskWhatBecame = (proof: CommitProof) => ReturnType<typeof becameOf>;

/** Takes the answer to a statement that goes out with another. */
class AskedAhead<Row> implements AnswerAhead<Row> {
  answer: StatementResult | null = null;
  isCommitted = false;

  rows(): readonly Row[] | null {
    if (this.answer !== null) return rowsOf(this.answer);
    if (!this.isCommitted) throw new Error('this goes out with the next statement, or the commit');
    return null;
  }
}

/** One transaction, on a connection that is nobody else's meanwhile. */
class Exchange implements StatementLine {
  readonly asking = askingBy((statement) => this.#ask(statement));
  readonly #client: pg.PoolClient;
  readonly #askWhatBecame: AskWhatBecame;
  readonly #beginning: Statement;
  /**
   * What waits until there is something to do: the beginning, and what stands before the next
   * statement.
   */
  #heldBack: Statement[];
  /** Whose answers are wanted. */
  readonly #askedAhead = new Map<Statement, AskedAhead<unknown>>();
  #proof: CommitProof | null = null;
  /**
   * What is asked after the end has no school, or would get into whatever comes next on this
   * connection.
   */
  #isOpen = true;
  #isCommitted = false;
  /** Whether a commit has answered without its standby. */
  #isAlone = false;
  /** Whether nobody knows how the connection is left. */
  #isLost = false;
  /** The end that nobody waits for but the connection. */
  #ending: Promise<unknown> | null = null;

  constructor(client: pg.PoolClient, askWhatBecame: AskWhatBecame, beginning: Statement) {
    this.#client = client;
    this.#askWhatBecame = askWhatBecame;
    this.#beginning = beginning;
    this.#heldBack = [beginning];
    client.on('notice', this.#hear);
  }

  readonly #hear = (notice: { readonly routine?: string | undefined }): void => {
    this.#isAlone ||= isWaitEnded(notice);
  };

  ahead(query: CompiledQuery): void {
    this.#requireOpen();
    this.#heldBack.push(statementOf(query));
  }

  askAhead<Row>(query: CompiledQuery<Row>): AnswerAhead<Row> {
    this.#requireOpen();
    const statement = statementOf(query);
    const asked = new AskedAhead<Row>();
    this.#heldBack.push(statement);
    this.#askedAhead.set(statement, asked);
    return asked;
  }

  /**
   * What goes out together is one transaction by itself (PostgreSQL's manual, 53.2.4): where that
   * is all of it, it is neither begun nor committed by name.
   */
  async last<Row>(query: CompiledQuery<Row>): Promise<readonly Row[]> {
    this.#requireOpen();
    this.#isOpen = false;
    const isWhole = !this.#isBegun();
    if (isWhole) this.#heldBack.shift();
    const last = await this.#send(statementOf(query), ...(isWhole ? [] : [COMMIT]));
    this.#needStandby();
    this.#isCommitted = true;
    return rowsOf(last);
  }

  /**
   * A server that dies, or a line that is cut, between the commit and its answer: what is stored
   * must not be called refused, or the peer sends it again; nor called stored where no standby has
   * it. The database is asked what became of it; where it stays away, nobody knows, and it counts
   * as refused.
   */
  async commit(): Promise<void> {
    this.#isOpen = false;
    if (this.#isCommitted || (!this.#isBegun() && this.#heldBack.length === 1)) return;
    try {
      const { command } = await this.#sendOrAsk(COMMIT);
      if (command === 'ROLLBACK') throw new Error('rolled back instead of committed');
      this.#needStandby();
    } catch (error) {
      const proof = this.#proof;
      if (proof === null || isRefusal(error)) throw error;
      if ((await this.#askWhatBecame(proof)) !== 'committed') throw error;
    }
    for (const asked of this.#askedAhead.values()) asked.isCommitted = true;
  }

  /** Ends what only read. */
  leave(): void {
    this.#isOpen = false;
    if (this.#isBegun()) this.#ending = askPlainly(this.#client, COMMIT.text);
  }

  async rollback(): Promise<void> {
    this.#isOpen = false;
    if (this.#isCommitted || !this.#isBegun()) return;
    this.#heldBack = [];
    try {
      await askPlainly(this.#client, 'rollback');
    } catch (error) {
      this.#isLost = true;
      throw error;
    }
  }

  /** Gives the connection back, once it has ended what it was at. */
  release(): void {
    const client = this.#client;
    client.off('notice', this.#hear);
    if (!this.#ending) return client.release(this.#isLost);
    this.#ending.then(
      () => client.release(),
      () => client.release(true),
    );
  }

  /** Whether the server has heard of it. */
  #isBegun(): boolean {
    return this.#heldBack[0] !== this.#beginning;
  }

  #requireOpen(): void {
    if (!this.#isOpen) throw new Error('the transaction is over');
  }

  async #ask(statement: Statement): Promise<StatementResult> {
    this.#requireOpen();
    const answer = await this.#sendOrAsk(statement);
    this.#proof = proofIn(answer.rows[0]) ?? this.#proof;
    return answer;
  }

  /** Plainly, where nothing goes out with it and nothing is to be kept or filled in. */
  #sendOrAsk(statement: Statement): Promise<StatementResult> {
    const { name, values } = statement;
    return this.#heldBack.length === 0 && name === undefined && values.length === 0
      ? askPlainly(this.#client, statement.text)
      : this.#send(statement);
  }

  /** A commit whose wait for the standby was ended is one of which nobody knows what becomes. */
  #needStandby(): void {
    if (this.#isAlone) throw new Error('the wait for the standby was ended');
  }

  /** Gives the answer to this statement; `after` goes out with it. */
  async #send(statement: Statement, ...after: readonly Statement[]): Promise<StatementResult> {
    const statements = [...this.#heldBack, statement, ...after];
    this.#heldBack = [];
    const askedAhead = statements.filter((one) => this.#askedAhead.has(one));
    const answers = await askPrepared(this.#client, {
      statements,
      answered: new Set([...askedAhead, statement]),
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
