/** How long others wait beside what a stranger sends, and what it takes of the machine's memory. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Whole } from '../e2e/whole.ts';

/** Others wait no longer, in milliseconds, on a machine that does nothing else. */
export const MOST_WAIT_MS = 250;
/** The service's memory grows by no more. */
export const MOST_MORE_MIB = 200;
const PROBE_EVERY_MS = 10;
const MEMORY_EVERY_MS = 250;
const MIB = 2 ** 20;

/** Looks at the service's memory until it is stopped, which tells how much more there ever was. */
export function watchMemory(whole: Whole): { stop(): number } {
  const before = memoryOf(whole);
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, memoryOf(whole))), MEMORY_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return (most - before) / MIB;
    },
  };
}

/** Asks for a page that needs nothing but the event loop, again and again. */
export function startProbe(base: string): {
  stop(): Promise<{ readonly highestMs: number; readonly count: number }>;
} {
  let isOver = false;
  let highestMs = 0;
  let count = 0;
  const over = (async () => {
    while (!isOver) {
      const begun = performance.now();
      await (await fetch(`${base}/sign-in`)).text();
      highestMs = Math.max(highestMs, performance.now() - begun);
      count += 1;
      await sleep(PROBE_EVERY_MS);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await over;
      return { highestMs, count };
    },
  };
}

/** Proportional memory of the service's processes of Node, the sandbox's too, in bytes. */
function memoryOf(whole: Whole): number {
  return servingPids(whole, true).reduce((sum, pid) => sum + pssOf(pid), 0);
}

function pssOf(pid: number): number {
  try {
    const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(pss?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}

/** Processes of Node that descend from the start; those that read or make speech come and go. */
export function servingPids(whole: Whole, withReaders = false): readonly number[] {
  const parents = new Map<number, number>();
  const lines = new Map<number, string>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      lines.set(Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8'));
    } catch {
      // it has ended in this moment
    }
  }
  const root = whole.run.process.pid ?? 0;
  const isOurs = (pid: number): boolean =>
    pid === root || (pid > 1 && isOurs(parents.get(pid) ?? 0));
  return [...parents.keys()].filter((pid) => {
    const line = lines.get(pid) ?? '';
    const isReader = line.includes('-sandbox.ts');
    const isSpeech = line.includes('preau.ts\0voice');
    return isOurs(pid) && line.includes('node') && !isSpeech && (withReaders || !isReader);
  });
}
