import { readdirSync, readFileSync } from 'node:fs';
import { rounded } from './figures.ts';

const KIB = 1_024;
/** proc(5) counts processor time in these; the same on every Linux that Node runs on. */
const TICK_MS = 10;
const NS_A_MS = 1_000_000;

/**
 * Memory of these processes and all below them, each shared page counted once (PSS), in MiB; leaves
 * out what is below `except`.
 */
export function pssMib(roots: readonly number[], except: readonly number[] = []): number {
  return rounded(treeOf(roots, except).reduce((kib, { pid }) => kib + pssKib(pid), 0) / KIB);
}

/** What memory of processes is made of (proc(5), `smaps_rollup`), in MiB, each shared page once. */
interface MemoryParts {
  readonly processes: number;
  /** Heaps, stacks, buffers: what each has written for itself. */
  readonly own_mib: number;
  /** What all of them write into: PostgreSQL's buffers of pages. */
  readonly shared_mib: number;
  /** Programs and libraries. */
  readonly files_mib: number;
}

/** The parts of `pssMib`. */
export function pssParts(roots: readonly number[], except: readonly number[] = []): MemoryParts {
  const processes = treeOf(roots, except);
  const sum = (field: string): number =>
    rounded(processes.reduce((kib, { pid }) => kib + pssKib(pid, field), 0) / KIB);
  return {
    processes: processes.length,
    own_mib: sum('Pss_Anon'),
    shared_mib: sum('Pss_Shmem'),
    files_mib: sum('Pss_File'),
  };
}

/**
 * Processor time of these processes and all below them so far, in milliseconds, with what their
 * ended children took.
 */
export function cpuMs(roots: readonly number[], except: readonly number[] = []): number {
  return treeOf(roots, except).reduce(
    // threads are counted finely, and forgotten when they end; ticks forget nothing
    (ms, { pid, ticks, endedTicks }) =>
      ms + Math.max(ticks * TICK_MS, threadsMs(pid)) + endedTicks * TICK_MS,
    0,
  );
}

/** What the threads of a process have had of the processors (proc(5), `schedstat`). */
function threadsMs(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce((ms, thread) => {
      const [ran] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ');
      return ms + Number(ran) / NS_A_MS;
    }, 0);
  } catch {
    return 0; // ended meanwhile, or a kernel that doesn't count
  }
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  /** Of its children that have ended. */
  readonly endedTicks: number;
}

function treeOf(roots: readonly number[], except: readonly number[]): Process[] {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processOf(Number(name)) ?? []);
  const below = Map.groupBy(processes, ({ parent }) => parent);
  const found = new Map<number, Process>();
  const waiting = processes.filter(({ pid }) => roots.includes(pid));
  for (let each = waiting.pop(); each; each = waiting.pop()) {
    if (found.has(each.pid) || except.includes(each.pid)) continue;
    found.set(each.pid, each);
    waiting.push(...(below.get(each.pid) ?? []));
  }
  return [...found.values()];
}

/** Null for one that has ended meanwhile. */
function processOf(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    // From field 3 on: 4 is the parent, 14 to 17 are utime, stime, cutime, cstime.
    const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11, 15);
    return {
      pid,
      parent: fields[1] ?? 0,
      ticks: user + system,
      endedTicks: childrenUser + childrenSystem,
    };
  } catch {
    return null;
  }
}

function pssKib(pid: number, field = 'Pss'): number {
  try {
    const lines = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1').split('\n');
    const line = lines.find((one) => one.startsWith(`${field}:`)) ?? '';
    return Number.parseInt(line.slice(field.length + 1), 10) || 0;
  } catch {
    return 0; // ended meanwhile
  }
}

/** What all processors have worked so far, in milliseconds, whoever for (proc(5), `/proc/stat`). */
export function busyMs(): number {
  const [, ...fields] = (readFileSync('/proc/stat', 'latin1').split('\n')[0] ?? '').split(/ +/);
  // user, nice, system, idle, iowait, irq, softirq, steal: all but the two that wait
  const ticks = fields.slice(0, 8).map(Number);
  return ticks.reduce((sum, each, at) => (at === 3 || at === 4 ? sum : sum + each), 0) * TICK_MS;
}
