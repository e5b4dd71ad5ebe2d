import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../ground/fault.ts';
import { asOwner } from './migrate.ts';

const POLL_MS = 100;
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
      if (CANT_NAME.includes(errorCode(error))) return false;
      throw error;
    }
  });
}

/**
 * Ends the current segment of the log, and waits until all that is committed by now has been kept.
 * False: it wasn't in time, or nobody is to keep it.
 */
export function isLogKept(
  adminUrl: string,
  { patienceMs }: { readonly patienceMs: number },
): Promise<boolean> {
  return asOwner(adminUrl, async (admin) => {
    // Where nothing was written since the last segment ended, the log stands at the beginning of
    // one that isn't to be kept yet: meant is the one before that place.
    const { rows } = await admin.query<{ name: string; mode: string }>(`
      select pg_walfile_name(pg_switch_wal() - 1) as name, current_setting('archive_mode') as mode
    `);
    const deadline = Date.now() + (rows[0]?.mode === 'off' ? 0 : patienceMs);
    while (Date.now() < deadline) {
      const kept = await admin.query<{ done: boolean | null }>(
        'select last_archived_wal >= $1 as done from pg_stat_archiver',
        [rows[0]?.name],
      );
      if (kept.rows[0]?.done === true) return true;
      await sleep(POLL_MS);
    }
    return false;
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
