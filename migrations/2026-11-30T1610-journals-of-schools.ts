import { sql, type Kysely } from 'kysely';

/**
 * The newest rows of the journals of many schools, in one statement: within it the transaction sees
 * one school after the other and never two, as row-level security has it. Running code survives it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function school_journals(schools integer[], before bigint, most integer, who bigint[],
      acts text[], first_at timestamptz, end_at timestamptz, accounts jsonb, addresses jsonb)
    returns table (school integer, id bigint, at timestamptz, actor bigint, act text,
      subject jsonb)
    language plpgsql
    as $$
    declare
      seen text := coalesce(current_setting('preau.school', true), '');
    begin
      foreach school in array schools loop
        perform set_config('preau.school', school::text, true);
        return query
          select a.school_id, a.id, a.at, a.actor_address_id, a.act, a.subject
          from audit a
          where a.school_id = school_journals.school
            and a.id < before
            and a.act not like 'report%'
            and (who is null or a.actor_address_id = any(who))
            and (acts is null or a.act = any(acts))
            and (first_at is null or a.at >= first_at)
            and (end_at is null or a.at < end_at)
            and (accounts is null or accounts @> (a.subject -> 'account') or exists (
              select
              from jsonb_path_query(a.subject, '$.people[*]') as p (id)
              where addresses @> p.id
            ))
          order by a.id desc
          limit most;
      end loop;
      perform set_config('preau.school', seen, true);
    end $$
  `.execute(db);
}
