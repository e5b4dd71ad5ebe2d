import { sql, type Kysely } from 'kysely';

/**
 * New Caledonia, Polynesia, Wallis and Saint-Pierre have school holidays of their own too. Running
 * code goes on: it neither offers nor writes these zones.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table town
      drop constraint town_holiday_zone_check,
      add check (holiday_zone in ('A', 'B', 'C', 'corse', 'guadeloupe', 'martinique', 'guyane',
        'reunion', 'mayotte', 'nouvelle-caledonie', 'polynesie', 'saint-pierre-et-miquelon',
        'wallis-et-futuna'));
    alter table school_holiday
      drop constraint school_holiday_zone_check,
      add check (zone in ('A', 'B', 'C', 'corse', 'guadeloupe', 'martinique', 'guyane',
        'reunion', 'mayotte', 'nouvelle-caledonie', 'polynesie', 'saint-pierre-et-miquelon',
        'wallis-et-futuna'))
  `.execute(db);
}
