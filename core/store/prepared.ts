import type pg from 'pg';
import { errorCode } from '../fault.ts';
import { askInPipeline, type Answer, type Statement, type Together } from './pipeline.ts';

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

/** Gives each text its name: by it a connection knows what it has prepared. */
export type StatementOf = (text: string, values: readonly unknown[]) => Statement;

/** The names of one pool, the same on all of its connections. */
export function openNames(): StatementOf {
  const names = new Map<string, string>();
  return (text, values) => {
    let name = names.get(text);
    if (name === undefined && names.size < MAX_PREPARED) {
      name = `preau_${names.size}`;
      names.set(text, name);
    }
    return { name, text, values };
  };
}

/** `askInPipeline`, and a connection whose prepared statements are no longer good is given up. */
export async function askPrepared(
  client: pg.PoolClient,
  together: Together,
): Promise<readonly Answer[]> {
  return givenUp(client, askInPipeline(client, together));
}

/** The same for a text without values, which is asked alone. */
export function askPlainly(client: pg.PoolClient, text: string): Promise<Answer> {
  return givenUp(client, client.query(text));
}

async function givenUp<T>(client: pg.PoolClient, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (errorCode(error) === FEATURE_NOT_SUPPORTED) await client.end();
    throw error;
  }
}
