import { sql, type Kysely } from 'kysely';

/**
 * Letters that wait for an hour keep the one that their writer read. It was read on a clock of
 * Paris, whatever the school's: in Nouméa what was asked for at 8:00 stood at 18:00. Whoever waits
 * for the scanner, or for the seconds in which a letter can be taken back, was told no hour.
 * Running code goes on with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$
    declare s record;
    begin
      for s in select id, time_zone from school where time_zone <> 'Europe/Paris' loop
        perform set_config('preau.school', s.id::text, true);
        update waiting_draft
        set leaves_at = leaves_at at time zone 'Europe/Paris' at time zone s.time_zone
        where school_id = s.id and reason = 'later' and begun_at is null;
        update due d
        set at = w.leaves_at
        from waiting_draft w
        where w.school_id = s.id and w.reason = 'later' and w.begun_at is null
          and d.kind = 'draft' and d.school_id = s.id and d.row_id = w.id;
      end loop;
      perform set_config('preau.school', '', true);
    end $$;
  `.execute(db);
}
