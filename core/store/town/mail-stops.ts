import { TOWN, type SchoolId } from '../../ground/ids.ts';
import type { MailStop } from '../../roster/mail-stops.ts';
import type { TownTx } from '../store.ts';
import type { MailStopPlace } from './contract.ts';

/** Stops it there, until a moment or until somebody lets it run; null: lets it run. */
export async function setMailStop(
  { db }: Pick<TownTx, 'db'>,
  place: MailStopPlace,
  stop: Pick<MailStop, 'until'> | null,
): Promise<void> {
  const columns = {
    pupil_mail_stopped: stop !== null,
    pupil_mail_stopped_until: stop?.until ?? null,
  };
  if (typeof place === 'number')
    await db.updateTable('school').set(columns).where('id', '=', place).execute();
  else await db.updateTable('commune').set(columns).where('id', '=', place.commune).execute();
}

/** A row that may say so. */
interface StopColumns {
  readonly stopped: boolean | null;
  readonly until: Date | null;
}

/** What a row says; nothing where it says that mail runs. */
export const stopIn = (
  level: MailStop['level'],
  { stopped, until }: StopColumns,
): readonly MailStop[] => (stopped === true ? [{ level, until }] : []);

/** A commune with its own stop, and its schools. */
interface StoppableCommune {
  readonly id: number;
  readonly name: string;
  readonly stops: readonly MailStop[];
  readonly schools: readonly SchoolId[];
}

/** What is stopped in the whole town, and in each commune. */
export async function townStops({ db }: Pick<TownTx, 'db'>): Promise<{
  readonly timeZone: string;
  readonly town: readonly MailStop[];
  readonly communes: readonly StoppableCommune[];
}> {
  const of = ['pupil_mail_stopped as stopped', 'pupil_mail_stopped_until as until'] as const;
  const town = await db
    .selectFrom('school')
    .select([...of, 'time_zone as timeZone'])
    .where('id', '=', TOWN)
    .executeTakeFirstOrThrow();
  const communes = await db
    .selectFrom('commune')
    .select(['id', 'name', ...of])
    .orderBy('name')
    .execute();
  const schools = await db
    .selectFrom('school')
    .select(['id', 'commune_id as commune'])
    .where('id', '>', TOWN)
    .execute();
  return {
    timeZone: town.timeZone,
    town: stopIn('town', town),
    communes: communes.map(({ id, name, ...stop }) => ({
      id,
      name,
      stops: stopIn('commune', stop),
      schools: schools.flatMap((one) => (one.commune === id ? [one.id] : [])),
    })),
  };
}
