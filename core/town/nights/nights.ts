import type { Config } from '../../ground/config.ts';
import { NIGHT_JOBS, type NightJobName } from '../../ground/night-job.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { actsForTown } from '../../rules/viewer.ts';
import type { Store } from '../../store/store.ts';
import { nightJobs, type NightJobRow } from '../../store/town/night-jobs.ts';
import { readSchoolHours } from '../../store/town/school-hours.ts';
import type { Nights, NightWork } from './contract.ts';
import { NO_TOWN, quietFrom, type Calendar } from './due.ts';
import { keepNights, type KeeperParts } from './keeper.ts';
import { nightWorkOf, type WorkParts } from './work.ts';

/** Longer than this after it was due nothing waits, unless something is wrong. */
const LATE_MS = 3 * DAY_MS;

interface NightParts
  extends Pick<KeeperParts, 'store' | 'clock' | 'log'>, Omit<WorkParts, 'source'> {
  readonly config: Pick<Config, 'databaseUrl' | 'sites' | 'backup'>;
}

/** The heavy work of the town. */
export function openNights(parts: NightParts): Nights {
  const { store, clock, config } = parts;
  const calendar = () => townCalendar(store);
  return {
    keep: (more = []) =>
      keepNights([...nightWorkOf({ ...parts, source: config.sites }), ...more], {
        ...parts,
        calendar,
        databaseUrl: config.databaseUrl ?? '',
      }),
    async work(viewer) {
      if (!actsForTown(viewer)) return null;
      const [rows, hours] = await Promise.all([store.readTown(nightJobs), calendar()]);
      const now = clock();
      const quiet = quietFrom(hours, now);
      return NIGHT_JOBS.flatMap((name) => {
        const row = rows.get(name) ?? (isToCome(name, config) ? unknown(name, now) : null);
        return row === null ? [] : [{ ...workOf(name, row, now), quietFrom: quiet }];
      });
    },
  };
}

/** When the schools of a town are open, as its settings say now. */
export async function townCalendar(store: Store): Promise<Calendar> {
  return (await store.readTown(readSchoolHours)) ?? NO_TOWN;
}

/** Whether the town will have a piece of work, as soon as a process is there that does it. */
function isToCome(name: NightJobName, { sites, backup }: NightParts['config']): boolean {
  switch (name) {
    case 'backup':
      return backup !== null;
    // Of a database that isn't ours nobody here proves the backups.
    case 'backup-proof':
      return false;
    case 'sites':
      return sites !== null;
    default:
      return true;
  }
}

/** As it will be known from its first night on. */
const unknown = (name: NightJobName, now: Date): NightJobRow => ({
  name,
  knownAt: now,
  begunAt: null,
  endedAt: null,
  result: null,
  counts: {},
  doneAt: null,
  nextAt: null,
  checkpoint: null,
});

/** How a piece of work stands at a moment. */
export function workOf(
  name: NightJobName,
  row: NightJobRow,
  now: Date,
): Omit<NightWork, 'quietFrom'> {
  const { begunAt, endedAt, result, doneAt, counts, nextAt, knownAt } = row;
  const since = doneAt ?? knownAt;
  return {
    name,
    begunAt,
    endedAt,
    result,
    doneAt,
    counts,
    nextAt,
    isLate: now.getTime() - since.getTime() > LATE_MS,
  };
}
