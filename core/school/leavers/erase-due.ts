import type { Night } from '../../ground/night-job.ts';
import { HOUR_MS } from '../../ground/spans.ts';
import { dueRows, postponeDue } from '../../store/due.ts';
import { eraseLeaver, type LeaverParts } from './leaver-due.ts';

/** People whom one look finds; the next finds the rest. */
const AT_ONCE = 100;

/**
 * Erases everybody who is to be, one after the other, until a school opens; who is left comes the
 * next night. Of whom one fails the others are erased all the same, and then it is said.
 */
export async function eraseDue(
  parts: LeaverParts,
  night: Pick<Night, 'breathe'>,
): Promise<{ readonly people: number }> {
  const { store, clock } = parts;
  const failed: unknown[] = [];
  let people = 0;
  for (;;) {
    const asked = { now: clock(), kinds: ['erasure'], limit: AT_ONCE } as const;
    const rows = await store.readTown((tx) => dueRows(tx, asked));
    for (const { school, row } of rows) {
      await night.breathe();
      try {
        if ((await eraseLeaver(parts, school, row)) === 'erased') people += 1;
      } catch (error) {
        failed.push(error);
        const again = { now: clock(), at: new Date(clock().getTime() + HOUR_MS) };
        await store.write(school, (tx) => postponeDue(tx, { kind: 'erasure', row, ...again }));
      }
    }
    if (rows.length < AT_ONCE) break;
  }
  if (failed.length > 0) throw failed[0];
  return { people };
}
