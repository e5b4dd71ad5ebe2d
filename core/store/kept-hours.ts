import { sql } from 'kysely';
import type { SchoolId } from '../ground/ids.ts';
import { CLOCK_OF } from '../ground/time-zones.ts';
import { openAsOwner } from './migrate.ts';

/** The step that has waiting letters leave by their school's clock (core/decisions/0083). */
export const KEPT_HOURS = '2026-11-30T0100-kept-hours';

/** A letter that waits for an hour, and leaves at that hour of its school's clock from then on. */
export interface MovedLetter {
  readonly school: string;
  readonly timeZone: string;
  /** What its writer read, `YYYY-MM-DD HH:MM`: it stays. */
  readonly read: string;
  readonly leftAt: Date;
  readonly leavesAt: Date;
}

/** So many are told of; nobody reads more. */
const MOST_TOLD = 200;

/**
 * The letters that `KEPT_HOURS` would move, the first to leave first, asked as the database's
 * owner; changes nothing. None in a database of before letters waited for an hour.
 */
export async function lettersToMove(adminUrl: string): Promise<readonly MovedLetter[]> {
  const db = openAsOwner(adminUrl);
  try {
    return await db.transaction().execute(async (tx) => {
      const { rows: known } = await sql`
        select 1
        from information_schema.columns
        where table_name = 'waiting_draft' and column_name = 'leaves_at'
      `.execute(tx);
      if (known.length === 0) return [];
      const { rows: schools } = await sql<{ id: SchoolId }>`
        select id from school where time_zone <> ${CLOCK_OF.mainland} order by slug
      `.execute(tx);
      const found: MovedLetter[] = [];
      for (const { id } of schools) {
        await sql`select set_config('preau.school', ${String(id)}, true)`.execute(tx);
        const { rows } = await sql<MovedLetter>`
          select s.slug as school, s.time_zone as "timeZone", w.leaves_at as "leftAt",
            to_char(w.leaves_at at time zone ${CLOCK_OF.mainland}, 'YYYY-MM-DD HH24:MI') as read,
            w.leaves_at at time zone ${CLOCK_OF.mainland} at time zone s.time_zone as "leavesAt"
          from waiting_draft w
            join school s on s.id = w.school_id
          where w.school_id = ${id} and w.reason = 'later' and w.begun_at is null
          order by w.leaves_at
          limit ${MOST_TOLD}
        `.execute(tx);
        found.push(...rows);
      }
      return found
        .sort((one, other) => one.leavesAt.getTime() - other.leavesAt.getTime())
        .slice(0, MOST_TOLD);
    });
  } finally {
    await db.destroy();
  }
}
