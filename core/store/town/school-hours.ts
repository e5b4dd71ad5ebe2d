import { TOWN } from '../../ground/ids.ts';
import type { OpeningHours } from '../../roster/hours.ts';
import type { TownTx } from '../store.ts';

/** A school's own hours, null where it has set none, on the clock of its time zone. */
interface HoursOfSchool {
  readonly opening: OpeningHours | null;
  readonly timeZone: string;
}

/** The town's time zone, and the hours of all of its schools; null where there is no town yet. */
export async function readSchoolHours(
  tx: Pick<TownTx, 'db'>,
): Promise<{ readonly timeZone: string; readonly schools: readonly HoursOfSchool[] } | null> {
  const rows = await tx.db
    .selectFrom('school')
    .select(['id', 'opening', 'time_zone as timeZone'])
    .execute();
  const town = rows.find(({ id }) => id === TOWN);
  if (town === undefined) return null;
  return { timeZone: town.timeZone, schools: rows.filter(({ id }) => id !== TOWN) };
}
