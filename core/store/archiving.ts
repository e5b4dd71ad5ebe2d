import { connect } from './migrate.ts';

/** What PostgreSQL says of how its log is kept elsewhere (its manual, 25.3 and 27.2.22). */
export interface ArchivingState {
  readonly mode: 'off' | 'on' | 'always';
  /** Empty: none. */
  readonly command: string;
  /** After so many seconds a segment that isn't full goes away; 0: never. */
  readonly timeoutS: number;
  readonly lastArchivedAt: Date | null;
  readonly lastFailedAt: Date | null;
  /** The database's own clock. */
  readonly now: Date;
}

/** Asks the database that `url` names; any role may. */
export async function archivingState(url: string): Promise<ArchivingState> {
  const database = await connect(url, 'PREAU_DATABASE_URL');
  try {
    const { rows } = await database.query<ArchivingState>(`
      select
        current_setting('archive_mode') as mode,
        current_setting('archive_command') as command,
        (select setting::integer from pg_settings where name = 'archive_timeout') as "timeoutS",
        last_archived_time as "lastArchivedAt",
        last_failed_time as "lastFailedAt",
        clock_timestamp() as now
      from pg_stat_archiver
    `);
    if (rows[0] === undefined) throw new Error('pg_stat_archiver has no row');
    return rows[0];
  } finally {
    await database.end();
  }
}
