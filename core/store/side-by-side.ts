import type pg from 'pg';
import type { Answer, Statement } from './pipeline.ts';
import { askPrepared } from './prepared.ts';

/** So many go out in one write at most: whoever comes first waits for the last. */
const MOST_TOGETHER = 16;

/** Asks a statement that only reads, after what confines it. */
type AskReading = (confining: Statement, statement: Statement) => Promise<Answer>;

interface Asked {
  readonly statement: Statement;
  readonly answer: PromiseWithResolvers<Answer>;
}

/**
 * What a page asks side by side goes out in one write, and on one connection: all that is asked
 * under the same confining statement before a connection is there. Where one of them fails
 * PostgreSQL does none that comes after it, so each is asked again by itself: they only read, and
 * nobody but who asked it hears of the failure.
 */
export function openSideBySide(pool: pg.Pool): AskReading {
  const gathering = new Map<Statement, Asked[]>();

  /** Sends what has been gathered by the time that a connection is there. */
  async function sendGathered(confining: Statement, asked: readonly Asked[]): Promise<void> {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      return refuse(asked, error);
    } finally {
      if (gathering.get(confining) === asked) gathering.delete(confining);
    }
    const failure = await send(client, confining, asked).finally(() => client.release());
    if (failure === null) return;
    if (asked.length === 1) return refuse(asked, failure.error);
    await Promise.all(asked.map((one) => sendGathered(confining, [one])));
  }

  return (confining, statement) => {
    const one: Asked = { statement, answer: Promise.withResolvers<Answer>() };
    const others = gathering.get(confining);
    if (others !== undefined && others.length < MOST_TOGETHER) {
      others.push(one);
    } else {
      const begun = [one];
      gathering.set(confining, begun);
      void sendGathered(confining, begun);
    }
    return one.answer.promise;
  };
}

/** Hands out the answers, or gives what went wrong before any was handed out. */
async function send(
  client: pg.PoolClient,
  confining: Statement,
  asked: readonly Asked[],
): Promise<{ readonly error: unknown } | null> {
  try {
    const answers = await askPrepared(client, {
      statements: [confining, ...asked.map(({ statement }) => statement)],
      answered: [1, asked.length],
    });
    for (const [at, answer] of answers.entries()) asked[at]?.answer.resolve(answer);
    return null;
  } catch (error) {
    return { error };
  }
}

function refuse(asked: readonly Asked[], error: unknown): void {
  for (const { answer } of asked) answer.reject(error);
}
