import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepLinted, leaveOut, TYPES_BEFORE } from './linted.ts';

/**
 * How a step of `npm run check` or `npm test` ended: tests count themselves, a type check or a lint
 * is one.
 */
interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    process.exitCode = 1;
  });

/**
 * For programs in Go, as tsc and oxlint are, that end with what they read: they collect no garbage
 * and work on one core while tests have the other, which saves half of the processor time and
 * takes no more memory.
 */
const FRUGAL = { GOGC: 'off', GOMAXPROCS: '1' };

/** Runs a program of node_modules/.bin with our terminal; one passed or one failed. */
export async function step(
  title: string,
  command: string,
  args: readonly string[],
): Promise<Tally> {
  const ok = await runs(title, command, { args, env: { ...process.env, ...FRUGAL } });
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/**
 * Runs vitest on a project or on files and counts its tests. A run that breaks before its first
 * test is one failed.
 */
export async function tests(title: string, args: readonly string[]): Promise<Tally> {
  const report = join(tmpdir(), `preau-report-${process.pid}.json`);
  const ok = await runs(title, 'vitest', {
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    env: process.env,
  });
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
    };
    const failed = !ok && counts.numFailedTests === 0 ? 1 : counts.numFailedTests;
    return { passed: counts.numPassedTests, failed, skipped: counts.numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(report, { force: true });
  }
}

async function runs(
  title: string,
  command: string,
  { args, env }: { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv },
): Promise<boolean> {
  const since = Date.now();
  console.log(`\n== ${title}`);
  const child = spawn(command, args, { stdio: 'inherit', env });
  running.add(child);
  const [code] = (await Promise.race([
    once(child, 'exit'),
    once(child, 'error').then(() => [1]),
  ])) as [number | null];
  running.delete(child);
  console.log(
    `== ${title}: ${code === 0 ? 'ok' : 'FAILED'} (${((Date.now() - since) / 1000).toFixed(1)} s)`,
  );
  return code === 0;
}

export function sum(tallies: readonly Tally[]): Tally {
  const total = (key: keyof Tally) => tallies.reduce((all, tally) => all + tally[key], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/** The closing line that scripts read, alone on its line, and the exit code. */
export function close(tally: Tally): void {
  if (tally.skipped > 0) console.log(`\n${tally.skipped} skipped`);
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = tally.failed === 0 && tally.passed > 0 && process.exitCode !== 1 ? 0 : 1;
}

/** Types, lint, format: what the sources say of themselves. */
export async function readSources(): Promise<Tally> {
  const types = await step('types', 'tsc', [
    ...['--noEmit', '-p', '.', '--singleThreaded'],
    ...['--incremental', '--tsBuildInfoFile', TYPES_BEFORE],
  ]);
  const areRight = types.failed === 0;
  const lint = await step('lint', 'oxlint', [
    ...['--type-aware', '--deny-warnings', '--quiet', '--no-error-on-unmatched-pattern'],
    ...(areRight ? leaveOut() : []),
  ]);
  if (areRight && lint.failed === 0) keepLinted();
  return sum([types, lint, await step('format', 'oxfmt', ['--check'])]);
}
