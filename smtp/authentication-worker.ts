/**
 * A worker thread that checks who sent big messages, one after the other. Its questions to DNS are
 * asked by the main thread.
 */
import { parentPort } from 'node:worker_threads';
import { jsonOf } from '../core/ground/json.ts';
import type { FromWorker, AuthenticationQuestion, ToWorker } from './authentication-pool.ts';
import { authenticateWhole } from './authentication.ts';

const open = new Map<number, PromiseWithResolvers<string[][] | string[]>>();
let last = 0;

function resolver(name: string, type: string): Promise<string[][] | string[]> {
  const asked = Promise.withResolvers<string[][] | string[]>();
  open.set((last += 1), asked);
  say({ kind: 'question', id: last, name, type });
  return asked.promise;
}

async function check({ raw, options }: AuthenticationQuestion): Promise<void> {
  const message = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  try {
    const results = await authenticateWhole(message, { ...options, resolver });
    // Through JSON, since keys and streams can't go from thread to thread and nobody asks for them.
    say({ kind: 'result', json: jsonOf(results) });
  } catch (error) {
    say({ kind: 'failed', why: String(error) });
  }
}

function say(what: FromWorker): void {
  parentPort?.postMessage(what);
}

parentPort?.on('message', (said: ToWorker) => {
  if (said.kind === 'check') return void check(said);
  const asked = open.get(said.id);
  open.delete(said.id);
  if (said.kind === 'records') asked?.resolve(said.records);
  else asked?.reject(Object.assign(new Error(said.code), { code: said.code }));
});
