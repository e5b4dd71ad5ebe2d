/**
 * The thread that copies large values into open files, beside the loop that serves everybody: what
 * the driver leaves behind of them is cleared away here, and stops nobody.
 */
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { errorCode } from '../ground/fault.ts';
import { Passage } from '../ground/passage.ts';
import { letThreadGiveWay } from '../ground/process-priority.ts';
import type { CopyAnswer, CopyQuestion } from './large-copies.ts';
import { readLarge } from './large-reads.ts';

let connected: pg.Client | null = null;

async function connection(): Promise<pg.Client> {
  if (connected !== null) return connected;
  const client = new pg.Client(workerData as pg.ClientConfig);
  client.on('error', () => (connected = null));
  await client.connect();
  connected = client;
  return client;
}

/** Copies the values one behind the other; how many bytes they are, null where one isn't there. */
async function copy({ reads, fd }: CopyQuestion): Promise<number | null> {
  const client = await connection();
  let at = 0;
  for (const read of reads) {
    const chunks = await readLarge(client, read);
    if (chunks === null) return null;
    for (const chunk of chunks)
      for (let done = 0; done < chunk.length;) {
        const written = writeSync(fd, chunk, done, chunk.length - done, at);
        [done, at] = [done + written, at + written];
      }
  }
  return at;
}

async function answer(question: CopyQuestion): Promise<CopyAnswer> {
  try {
    return { id: question.id, kind: 'copied', bytes: await copy(question) };
  } catch (error) {
    void connected?.end().catch(() => undefined);
    connected = null;
    return { id: question.id, kind: 'failed', why: errorCode(error) || String(error) };
  }
}

letThreadGiveWay();
// One after the other, on one connection.
const line = new Passage(1);
parentPort?.on('message', (question: CopyQuestion) => {
  void line.pass(async () => parentPort?.postMessage(await answer(question)));
});
