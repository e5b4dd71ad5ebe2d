import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { PgBackRest } from './repository/pgbackrest.ts';

/** Pause between two looks at how far it is. */
const LOOK_MS = 1_000;

/** Of `pgbackrest info --output=json`, what its lock says; the sizes are bytes. */
const LOCKS = z.array(
  z.object({
    status: z.object({
      lock: z.object({
        backup: z.object({
          held: z.boolean(),
          size: z.number().nullish(),
          'size-cplt': z.number().nullish(),
        }),
      }),
    }),
  }),
);

/** How far the backup is that runs now, in percent; null: none runs. */
export function readPercent(json: string): number | null {
  const running = LOCKS.parse(JSON.parse(json)).find(({ status }) => status.lock.backup.held);
  if (running === undefined) return null;
  const { size, 'size-cplt': done } = running.status.lock.backup;
  return size ? Math.min(100, Math.floor(((done ?? 0) * 100) / size)) : 0;
}

/** As `readPercent`, asked of a repository. Null as well where it gives no answer. */
export async function percentOf(pgbackrest: PgBackRest): Promise<number | null> {
  const ran = await pgbackrest.run('info', ['--output=json']);
  return ran.kind === 'done' ? readPercent(ran.output) : null;
}

/** Tells how far a backup is until it has ended; what it ends with is the caller's. */
export async function tellPercent(
  pgbackrest: PgBackRest,
  { made, tell }: { readonly made: Promise<unknown>; readonly tell: (percent: number) => void },
): Promise<void> {
  const over = new AbortController();
  void made.then(
    () => over.abort(),
    () => over.abort(),
  );
  while (!over.signal.aborted) {
    await setTimeout(LOOK_MS, undefined, { signal: over.signal }).catch(() => {});
    const percent = over.signal.aborted ? null : await percentOf(pgbackrest).catch(() => null);
    if (percent !== null) tell(percent);
  }
}
