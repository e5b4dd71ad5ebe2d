import type { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { errorCode } from '../ground/fault.ts';
import { askInPipeline, type StatementResult, type Statement, type Together } from './pipeline.ts';

/**
 * Statements that may have a name: more than the 330 places that keep one have variants, so that
 * each has its own however long a process lives. A connection keeps those prepared that came over
 * it, each with its plan in the memory of a process of the server; what comes beyond is planned
 * each time.
 */
const MAX_PREPARED = 1_000;
/**
 * The database was migrated under a prepared statement (PostgreSQL, appendix A): the connection is
 * given up, with all that it has prepared.
 */
const FEATURE_NOT_SUPPORTED = '0A000';

/** The names of this process, the same on all connections. */
const NAMES = new Map<string, string>();

/** The name by which a connection knows that it has prepared a text. */
function nameOf(text: string): string | undefined {
  const known = NAMES.get(text);
  if (known !== undefined || NAMES.size >= MAX_PREPARED) return known;
  const name = `preau_${NAMES.size}`;
  NAMES.set(text, name);
  return name;
}

/** A statement that each connection keeps prepared. */
export function keptStatement(text: string, values: readonly unknown[]): Statement {
  return { name: nameOf(text), text, values };
}

/** What a connection keeps prepared has a name; Kysely hands it on with the query. */
interface Named {
  readonly name: string | undefined;
}

/** The same query, which each connection keeps prepared. */
export function kept<Row>(query: CompiledQuery<Row>): CompiledQuery<Row> & Named {
  return { ...query, name: nameOf(query.sql) };
}

/** As it goes out: under its name where it is kept. */
export function statementOf(query: CompiledQuery | (CompiledQuery & Named)): Statement {
  const { sql: text, parameters: values } = query;
  return { name: 'name' in query ? query.name : undefined, text, values };
}

/** `askInPipeline`, and a connection whose prepared statements are no longer good is given up. */
export async function askPrepared(
  client: pg.PoolClient,
  together: Together,
): Promise<readonly StatementResult[]> {
  return givenUp(client, askInPipeline(client, together));
}

/** The same for a text without values, which is asked alone. */
export function askPlainly(client: pg.PoolClient, text: string): Promise<StatementResult> {
  const { promise, resolve, reject } = Promise.withResolvers<StatementResult>();
  // without a callback the driver sets one afterwards (`DriversQuery`)
  client.query(text, (error: Error | null, answer) => (error ? reject(error) : resolve(answer)));
  return givenUp(client, promise);
}

async function givenUp<T>(client: pg.PoolClient, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (errorCode(error) === FEATURE_NOT_SUPPORTED) await client.end();
    throw error;
  }
}
