import { once } from 'node:events';
import { constants, getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

/** A thread that gives way, and says its number. */
const GIVES_WAY = `
  const { parentPort } = await import('node:worker_threads');
  const { getPriority } = await import('node:os');
  const { readlinkSync } = await import('node:fs');
  const { letThreadGiveWay } = await import(${JSON.stringify(new URL('process-priority.ts', import.meta.url).href)});
  letThreadGiveWay();
  parentPort.postMessage(getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1))));
`;

test('a thread gives way by itself, and the process goes on as it did', async () => {
  const before = getPriority();
  const url = new URL(`data:text/javascript,${encodeURIComponent(GIVES_WAY)}`);
  const [priority] = await once(new Worker(url), 'message');
  const lowered = Math.max(before, constants.priority.PRIORITY_BELOW_NORMAL);
  expect([priority, getPriority()]).toEqual([lowered, before]);
});
