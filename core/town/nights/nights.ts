import type { Config } from '../../ground/config.ts';
import { NIGHT_JOBS, type NightJobName } from '../../ground/night-job.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { actsForTown } from '../../rules/viewer.ts';
import type { Store } from '../../store/store.ts';
import { nightJobs, type NightJobRow } from '../../store/town/night-jobs.ts';
import { readSchoolHours } from '../../store/town/school-hours.ts';
import type { Nights, NightWork } from './contract.ts';
import { NO_TOWN, type Calendar } from './due.ts';
import { keepNights, type KeeperParts } from './keeper.ts';
import { nightWorkOf, type WorkParts } from './work.ts';

/** Longer than this after it was due nothing waits, unless something is wrong. */
const LATE_MS = 3 * DAY_MS;

interface NightParts
  extends Pick<KeeperParts, 'store' | 'clock' | 'log'>, Omit<WorkParts, 'source'> {
  readonly config: Pick<Config, 'databaseUrl' | 'sites'>;
}

/** The heavy work of the town. */
export function openNights(parts: NightParts): Nights {
  const { store, clock, config } = parts;
  const calendar = () => townCalendar(store);
  return {
    keep: () =>
      keepNights(nightWorkOf({ ...parts, source: config.sites }), {
        ...{ ...parts, calendar, databaseUrl: config.databaseUrl ?? '' },
      }),
    async work(viewer) {
      if (!actsForTown(viewer)) return null;
      const rows = await store.readTown(nightJobs);
      return NIGHT_JOBS.flatMap((name) => {
        const row = rows.get(name);
        return row === undefined ? [] : [workOf(name, row, clock())];
      });
    },
  };
}

/** When the schools of a town are open, as its settings say now. */
export async function townCalendar(store: Store): Promise<Calendar> {
  return (await store.readTown(readSchoolHours)) ?? NO_TOWN;
}

/** How a piece of work stands at a moment. */
export function workOf(name: NightJobName, row: NightJobRow, now: Date): NightWork {
  const { begunAt, endedAt, result, doneAt, counts, nextAt, knownAt, checkpoint } = row;
  const since = doneAt ?? knownAt;
  return {
    ...{ name, begunAt, endedAt, result, doneAt, counts, nextAt },
    isUnderWay: result === 'stopped' && checkpoint !== null,
    isLate: now.getTime() - since.getTime() > LATE_MS,
  };
}
