import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import type { StatementResult, Statement } from './pipeline.ts';
import { askPrepared } from './prepared.ts';

/** So many go out in one write at most: whoever comes first waits for the last. */
const MOST_TOGETHER = 16;

/** Asks a statement that only reads, after what confines it. */
type AskReading = (confining: Statement, statement: Statement) => Promise<StatementResult>;

interface Asked {
  readonly statement: Statement;
  readonly answer: PromiseWithResolvers<StatementResult>;
}

/** What goes out in one write: under each statement that confines, those that it confines. */
type Confined = ReadonlyMap<Statement, readonly Asked[]>;

/** A write that still takes statements. */
interface Open {
  readonly confined: Map<Statement, Asked[]>;
  asked: number;
}

/**
 * What is asked side by side goes out in one write, and on one connection: all that one page asks,
 * and where many ask in the same moment all that they ask, each behind what confines it to a
 * school. A write takes statements until this turn of the event loop is over and a connection is
 * there.
 *
 * Where one of them fails PostgreSQL does none that comes after it, so each is asked again by
 * itself: they only read, and nobody but who asked it hears of the failure.
 */
export function openSideBySide(pool: pg.Pool): AskReading {
  let open: Open | null = null;

  async function sendOnceReady(write: Open): Promise<void> {
    let client: pg.PoolClient;
    try {
      await setImmediate();
      client = await pool.connect();
    } catch (error) {
      return refuse(write.confined, error);
    } finally {
      if (open === write) open = null;
    }
    const failure = await send(client, write.confined).finally(() => client.release());
    if (failure === null) return;
    if (write.asked === 1) return refuse(write.confined, failure.error);
    const alone = [...write.confined].flatMap(([confining, asked]) =>
      asked.map((one) => sendOnceReady({ confined: new Map([[confining, [one]]]), asked: 1 })),
    );
    await Promise.all(alone);
  }

  return (confining, statement) => {
    const one: Asked = { statement, answer: Promise.withResolvers<StatementResult>() };
    if (open === null || open.asked >= MOST_TOGETHER) {
      open = { confined: new Map(), asked: 0 };
      void sendOnceReady(open);
    }
    const { confined } = open;
    const others = confined.get(confining);
    if (others === undefined) confined.set(confining, [one]);
    else others.push(one);
    open.asked += 1;
    return one.answer.promise;
  };
}

/** Hands out the answers, or gives what went wrong before any was handed out. */
async function send(
  client: pg.PoolClient,
  confined: Confined,
): Promise<{ readonly error: unknown } | null> {
  const asked = [...confined.values()].flat();
  try {
    const answers = await askPrepared(client, {
      statements: [...confined].flatMap(([confining, those]) => [
        confining,
        ...those.map(({ statement }) => statement),
      ]),
      answered: new Set(asked.map(({ statement }) => statement)),
    });
    for (const [at, answer] of answers.entries()) asked[at]?.answer.resolve(answer);
    return null;
  } catch (error) {
    return { error };
  }
}

function refuse(confined: Confined, error: unknown): void {
  for (const { answer } of [...confined.values()].flat()) answer.reject(error);
}
