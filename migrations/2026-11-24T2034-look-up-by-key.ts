import { sql, type Kysely } from 'kysely';

/**
 * Looks up by their keys, one by one, those who come into a class: a limit keeps the planner from reading whole tables for them,
 * however little it knows of a town that was imported a moment ago; so does an index for what refers to an account. The same answers as
 * before; running code sees no difference.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function pictures_are_due() returns trigger language plpgsql as $$
    begin
      insert into due (kind, school_id, row_id, at)
      select 'pictures', c.school_id, c.class_id, greatest(now(), max(c.from_date)::timestamptz) from changed c
      cross join lateral (select a.id from account a where a.school_id = c.school_id and a.address_id = c.address_id limit 1) who
      cross join lateral (select from picture_code p where p.school_id = c.school_id and p.account_id = who.id limit 1) code
      where c.role = 'pupil' and (c.until_date is null or c.until_date >= current_date)
      group by c.school_id, c.class_id
      on conflict (kind, school_id, row_id) do update set at = case when excluded.at <= now() then now() else least(due.at, excluded.at) end;
      return null;
    end $$;

    -- The same columns as the primary key. The check that a mailbox's account exists is planned while a new town's tables are empty: all
    -- indexes cost the same then, the youngest is taken, and that was one whose second column is the address: it read a whole school for
    -- each of six mailboxes of each person.
    create unique index account_by_id on account (school_id, id);
  `.execute(db);
}
