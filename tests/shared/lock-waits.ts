import type pg from 'pg';

/** How many transactions of a database wait for a lock. */
export async function lockWaits(admin: pg.Client): Promise<number> {
  // Within a transaction what is going on is read once, unless that is forgotten.
  await admin.query('select pg_stat_clear_snapshot()');
  const { rows } = await admin.query(`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
  `);
  return rows.length;
}
