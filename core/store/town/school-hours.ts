import { TOWN } from '../../ground/ids.ts';
import type { Period } from '../../roster/holidays.ts';
import type { OpeningHours } from '../../roster/hours.ts';
import type { TownTx } from '../store.ts';
import { periodsOfTown } from './holidays.ts';

/** A school's own hours, null where it has set none, on the clock of its time zone. */
interface HoursOfSchool {
  readonly opening: OpeningHours | null;
  readonly timeZone: string;
}

/** When the schools of a town are open. */
interface SchoolHours {
  readonly timeZone: string;
  readonly holidays: readonly Period[];
  readonly schools: readonly HoursOfSchool[];
}

/** When schools are open, as the town says it now; null where there is no town yet. */
export async function readSchoolHours(tx: Pick<TownTx, 'kept'>): Promise<SchoolHours | null> {
  const rows = await tx.kept
    .selectFrom('school')
    .select(['id', 'opening', 'time_zone as timeZone'])
    .execute();
  const town = rows.find(({ id }) => id === TOWN);
  if (town === undefined) return null;
  const holidays = await periodsOfTown(tx);
  return { timeZone: town.timeZone, holidays, schools: rows.filter(({ id }) => id !== TOWN) };
}
