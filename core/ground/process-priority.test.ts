import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { constants, getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

const MODULE = JSON.stringify(new URL('process-priority.ts', import.meta.url).href);

/** A thread that gives way, and says its number. */
const GIVES_WAY = `
  const { parentPort } = await import('node:worker_threads');
  const { getPriority } = await import('node:os');
  const { readlinkSync } = await import('node:fs');
  const { letThreadGiveWay } = await import(${MODULE});
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

/** A process whose garbage is collected beside it; it says how far each thread gives way. */
const COLLECTS = `
  import { readdirSync, readFileSync } from 'node:fs';
  import { getPriority } from 'node:os';
  import { letCollectingGiveWay } from ${MODULE};
  letCollectingGiveWay();
  const threads = readdirSync('/proc/self/task').map((thread) => ({
    name: readFileSync('/proc/self/task/' + thread + '/comm', 'utf8').trim(),
    priority: getPriority(Number(thread)),
  }));
  console.log(JSON.stringify(threads));
`;

test('what V8 does beside the loop gives way, and nothing else of the process', () => {
  const before = getPriority();
  const lowered = Math.max(before, constants.priority.PRIORITY_BELOW_NORMAL);
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', COLLECTS]);
  const threads = JSON.parse(printed.toString()) as { name: string; priority: number }[];
  const prioritiesOf = (isCollector: boolean) => [
    ...new Set(
      threads
        .filter(({ name }) => (name === 'V8Worker') === isCollector)
        .map(({ priority }) => priority),
    ),
  ];
  expect({ collectors: prioritiesOf(true), others: prioritiesOf(false) }).toEqual({
    collectors: [lowered],
    others: [before],
  });
});
