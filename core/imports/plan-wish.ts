import type { SchoolId } from '../ids.ts';
import type { Line } from '../roster/matching/identity.ts';
import { planImport, type Wish } from '../roster/planning/plan.ts';
import type { Plan } from '../roster/preview.ts';
import { sourcesOf } from '../store/schools/roster-sources.ts';
import { readState, type ReadState } from '../store/schools/roster-state.ts';
import type { TownTx } from '../store/store.ts';

/** What is to be done, and the school as it was planned from. */
export interface PlannedWish {
  readonly plan: Plan;
  readonly read: ReadState;
}

/** Plans a wish against the school as it is in this transaction; null: there is no such school. */
export async function planWish(
  tx: TownTx,
  school: SchoolId,
  { wish, hints }: { wish: Wish; hints: readonly string[] },
): Promise<PlannedWish | null> {
  const read = await readState(tx, school, keysOf(wish.lines));
  if (read === null) return null;
  const plan = planImport(read.state, wish);
  const sources = await sourcesOf(await tx.in(school));
  const isForeign =
    hints.length > 0 && sources.length > 0 && !hints.some((hint) => sources.includes(hint));
  if (!isForeign || plan.preview.stops.some(({ kind }) => kind === 'other-school'))
    return { plan, read };
  return {
    plan: {
      ...plan,
      preview: { ...plan.preview, stops: [...plan.preview.stops, { kind: 'other-school' }] },
    },
    read,
  };
}

function keysOf(lines: readonly Line[]): string[] {
  return [...new Set(lines.flatMap(({ keys }) => keys))];
}
