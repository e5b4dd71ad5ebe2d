import { sql, type Kysely } from 'kysely';

/**
 * How each school of the town stands, in one statement: within it the transaction sees one school
 * after the other and never two, as row-level security has it. Running code survives it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function school_states(at timestamptz)
    returns table (id integer, pupils integer, people integer, without_code integer,
      heads integer, heads_never_in integer, head_seen_at timestamptz, listed_at timestamptz,
      questions integer)
    language plpgsql
    as $$
    declare
      seen text := coalesce(current_setting('preau.school', true), '');
    begin
      for id in select school.id from school where school.id > 0 order by school.id loop
        perform set_config('preau.school', id::text, true);
        select count(*) filter (where a.role = 'pupil'),
          count(*) filter (where a.role <> 'guardian'),
          count(*) filter (where a.role <> 'guardian' and a.password_hash is null
            and p.account_id is null and c.account_id is null),
          count(*) filter (where a.role = 'head'),
          count(*) filter (where a.role = 'head' and a.password_hash is null)
        into pupils, people, without_code, heads, heads_never_in
        from account a
          left join picture_code p on p.school_id = a.school_id and p.account_id = a.id
          and p.expires_at > at
          left join activation_code c on c.school_id = a.school_id and c.account_id = a.id
          and c.expires_at > at and c.used_at is null
        where a.school_id = school_states.id and a.state = 'active';
        select max(s.seen_at) into head_seen_at
        from account a join session s on s.school_id = a.school_id and s.account_id = a.id
        where a.school_id = school_states.id and a.role = 'head' and a.state = 'active';
        select max(i.applied_at) into listed_at
        from roster_import i
        where i.school_id = school_states.id and i.state = 'applied';
        select count(*) into questions
        from roster_question q
        where q.school_id = school_states.id and q.state = 'open';
        return next;
      end loop;
      perform set_config('preau.school', seen, true);
    end $$
  `.execute(db);
}
