import { readdirSync, readFileSync } from 'node:fs';
import { rounded } from './figures.ts';

const KIB = 1_024;

/** Memory of these processes and all below them, each shared page counted once (PSS), in MiB; leaves out what is below `except`. */
export function pssMib(roots: readonly number[], except: readonly number[] = []): number {
  const children = childrenByParent();
  const counted = new Set<number>();
  const waiting = [...roots];
  let kib = 0;
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (counted.has(pid) || except.includes(pid)) continue;
    counted.add(pid);
    kib += pssKib(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return rounded(kib / KIB);
}

function pssKib(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0);
  } catch {
    return 0; // ended meanwhile
  }
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = parentOf(name);
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
