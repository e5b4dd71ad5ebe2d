/** Jobs of a sandbox that try its walls. */
import { readFileSync } from 'node:fs';
import { serve } from '../serve.ts';

export const TRYING_JOBS = {
  echo: (bytes: Buffer): Buffer => bytes,
  pid: (): number => process.pid,
  /** As a process would that somebody has taken over: what its type doesn't say. */
  lies: (answer: unknown): { readonly pages: number } => answer as never,
  /** Says that it has used so much processor time, in milliseconds, in place of an answer. */
  claims(cpuMs: number): void {
    process.send?.({ kind: 'done', result: undefined, cpuMs, rssBytes: 1 });
  },
  spin(ms: number): string {
    const begun = process.cpuUsage();
    let sum = 0;
    for (let used = 0; used < ms * 1_000;) {
      for (let i = 0; i < 1_000_000; i++) sum += i % 7;
      const { user, system } = process.cpuUsage(begun);
      used = user + system;
    }
    return sum > 0 ? 'spun' : 'idle';
  },
  fillHeap(): number {
    const kept: string[][] = [];
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, i) => `${i}-${kept.length}`));
  },
  fillBuffers(bytes: number): number {
    const kept: Buffer[] = [];
    for (let left = bytes; left > 0; left -= 2 ** 20) kept.push(Buffer.alloc(2 ** 20, 1));
    return kept.length;
  },
  throws(words: string): never {
    throw new TypeError(words);
  },
  exits: (): never => process.exit(3),
  dies(signal: 'SIGKILL' | 'SIGSEGV'): void {
    process.kill(process.pid, signal);
    for (;;);
  },
  variables: (): readonly string[] => Object.keys(process.env),
  reads(path: string): string {
    try {
      return readFileSync(path, 'utf8').slice(0, 10);
    } catch (error) {
      return String((error as { code?: unknown }).code);
    }
  },
};

if (process.send !== undefined) serve(TRYING_JOBS);
