import type pg from 'pg';
import { connect } from './migrate.ts';

/** insufficient_privilege, and a log that bears no names (PostgreSQL, appendix A). */
const CANT_NAME = ['42501', '55000'];

/**
 * Gives the end of PostgreSQL's log a name (its manual, 9.28.3), as the owner. False where the
 * owner may not, or the log isn't kept for a restore.
 */
export function nameMoment(adminUrl: string, name: string): Promise<boolean> {
  return asOwner(adminUrl, async (admin) => {
    try {
      await admin.query('select pg_create_restore_point($1)', [name]);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && CANT_NAME.includes(String(error.code)))
        return false;
      throw error;
    }
  });
}

/** Ends the current segment of the log, so that it is kept now; gives its name. */
export function endOfLog(adminUrl: string): Promise<string> {
  return asOwner(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ name: string }>(
      'select pg_walfile_name(pg_switch_wal()) as name',
    );
    return rows[0]?.name ?? '';
  });
}

/** Whether a segment of the log, and so all before it, has been kept. */
export function isKept(adminUrl: string, segment: string): Promise<boolean> {
  return asOwner(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ kept: boolean | null }>(
      'select last_archived_wal >= $1 as kept from pg_stat_archiver',
      [segment],
    );
    return rows[0]?.kept === true;
  });
}

/** Writes down for the agents that the schema was changed, and what to come back to. */
export function notePoint(adminUrl: string, point: string): Promise<void> {
  return asOwner(adminUrl, async (admin) => {
    await admin.query(
      `
        insert into agent_act (agent_address_id, act, school_id, reason)
        select null, 'upgrade', id, $1
        from school
        where id = 0
      `,
      [point],
    );
  });
}

async function asOwner<T>(adminUrl: string, use: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = await connect(adminUrl, 'PREAU_DATABASE_ADMIN_URL');
  try {
    return await use(admin);
  } finally {
    await admin.end();
  }
}
