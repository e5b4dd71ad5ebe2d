/**
 * Between Kysely and its connections to PostgreSQL, where a delivery spends its time: a word that is waited for costs more than
 * most of the work it asks for. A statement with parameters is planned once a connection, and a transaction's beginning goes
 * out together with its first statement where that has none.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { becameOf, proofIn, type Proof } from './lost-commit.ts';

/** Statements that a connection keeps prepared; a text that comes beyond (lists of changing length make ever new ones) is planned each time. */
const MAX_PREPARED = 300;
/** The database was migrated under a prepared statement (PostgreSQL, appendix A): the connection is given up, with all that it has prepared. */
const FEATURE_NOT_SUPPORTED = '0A000';
const BEGINS = /^(start transaction|begin)\b/;
const ENDS = /^(commit|rollback)$/;

/** The pool as Kysely is to see it. */
export function connectionsOf(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>();
  return {
    options: pool.options,
    connect: async () => connectionOf(await pool.connect(), { names, becameOf: (proof) => becameOf(pool, proof) }),
    end: () => pool.end(),
  };
}

/** What Kysely reads of an answer. */
interface Answer {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: readonly unknown[];
}

interface Around {
  readonly names: Map<string, string>;
  readonly becameOf: (proof: Proof) => Promise<'committed' | 'aborted' | null>;
}

function connectionOf(client: pg.PoolClient, { names, becameOf: settled }: Around): PostgresPoolClient {
  /** The words that begin a transaction, kept back until there is something to do in it. */
  let begin: string | null = null;
  let proof: Proof | null = null;

  async function say(text: string, values: readonly unknown[]): Promise<Answer> {
    if (BEGINS.test(text)) {
      begin = text;
      proof = null;
      return { command: 'BEGIN', rowCount: null, rows: [] };
    }
    const kept = begin;
    begin = null;
    if (kept !== null && ENDS.test(text)) return { command: text.toUpperCase(), rowCount: null, rows: [] }; // nothing was asked in it
    // Several statements in one text fail as one: where the beginning fails, nothing after it is done.
    if (kept !== null && values.length === 0) return ask(`${kept}; ${text}`, []);
    if (kept !== null) await ask(kept, []);
    return text === 'commit' ? commit(text) : ask(text, values);
  }

  /**
   * A server that dies, or a line that is cut, between the commit and its answer: what is stored must not be called refused, or
   * the peer sends it again. The database is asked what became of it; where it stays away, nobody knows, and it counts as refused.
   */
  async function commit(text: string): Promise<Answer> {
    try {
      return await ask(text, []);
    } catch (error) {
      if (proof === null || await settled(proof) !== 'committed') throw error;
      return { command: 'COMMIT', rowCount: null, rows: [] };
    }
  }

  async function ask(text: string, values: readonly unknown[]): Promise<Answer> {
    const name = values.length > 0 ? nameOf(text, names) : null;
    try {
      const answer: Answer | Answer[] = name === null ? await client.query(text, [...values]) : await client.query({ name, text, values: [...values] });
      const last = Array.isArray(answer) ? answer.at(-1) ?? { command: '', rowCount: null, rows: [] } : answer;
      proof = proofIn(last.rows[0]) ?? proof;
      return last;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === FEATURE_NOT_SUPPORTED) await client.end();
      throw error;
    }
  }

  return { processID: processOf(client), query: say as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) };
}

/** What to cancel by; the driver's types leave it out. */
function processOf(client: pg.PoolClient): number {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : 0;
}

function nameOf(text: string, names: Map<string, string>): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MAX_PREPARED) return null;
  const name = `preau_${names.size}`;
  names.set(text, name);
  return name;
}
