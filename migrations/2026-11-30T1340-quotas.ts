import { sql, type Kysely } from 'kysely';

/**
 * How much mail may be kept, said by the town for a role, by the town for a role in a school, or of
 * one person; `account.quota_bytes` is what follows from it, and all that a letter asks. Running
 * code goes on with that. What somebody had that isn't the product's own is theirs from here on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table school add column quotas jsonb not null default '{}';
    comment on column school.quotas is 'Bytes of mail by role, where it isn''t the product''s number; of school 0: in the whole town.';
    alter table account
      add column own_quota_bytes bigint check (own_quota_bytes > 0),
      add column room_warned_at timestamptz;
    comment on column account.quota_bytes is 'What follows from the quotas of person, school and town.';
    comment on column account.own_quota_bytes is 'Said of this person alone.';
    comment on column account.room_warned_at is 'When they were last told that their mail is nearly at its quota.'
  `.execute(db);
  await sql`
    do $$
    declare one record;
    begin
      for one in select id from school loop
        perform set_config('preau.school', one.id::text, true);
        update account set own_quota_bytes = quota_bytes
        where school_id = one.id and quota_bytes <> case role
          when 'pupil' then 200000000
          when 'guardian' then 100000000
          else 5000000000
        end;
      end loop;
      perform set_config('preau.school', '', true);
    end $$
  `.execute(db);
}
