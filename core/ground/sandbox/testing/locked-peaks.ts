import { readdirSync, readFileSync } from 'node:fs';

const KIB = 1_024;
const LOOK_MS = 50;

/** The most memory that the locked processes of this one have held, by their script. */
interface LockedPeaks {
  stop(): ReadonlyMap<string, number>;
}

/** Looks at them again and again (proc(5), `VmHWM`): one that has ended can't be asked any more. */
export function watchLocked(): LockedPeaks {
  const peaks = new Map<string, number>();
  const look = (): void => {
    for (const [script, bytes] of lockedNow())
      peaks.set(script, Math.max(bytes, peaks.get(script) ?? 0));
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peaks;
    },
  };
}

function lockedNow(): (readonly [string, number])[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'latin1');
      if (!status.includes(`\nPPid:\t${process.pid}\n`)) return [];
      const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      const script = /([a-z-]+-sandbox)\.ts\0/.exec(line)?.[1];
      const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
      return script && peak ? [[script, Number(peak) * KIB] as const] : [];
    } catch {
      // It has ended.
      return [];
    }
  });
}
