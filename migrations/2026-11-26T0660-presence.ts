import { sql, type Kysely } from 'kysely';

/**
 * What adults say of themselves: a signature, the hours in which they answer, and an absence with
 * the words that answer for them meanwhile. Running code goes on: it knows none of them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account
      add column signature text not null default '' check (length(signature) <= 1000),
      add column hours jsonb check (jsonb_typeof(hours) = 'array' and jsonb_array_length(hours) = 7);
    drop trigger bump_roster on account;
    create trigger bump_roster
    after insert or delete or
    update of role, display_name, given_name, family_name, civility, face, state, paused_until, hours
    on account
    for each statement execute function bump_roster();
    create table absence (
      school_id integer not null references school (id),
      account_id bigint not null,
      is_on boolean not null,
      from_date date not null,
      until_date date not null,
      words text not null check (length(words) between 1 and 2000),
      outside text not null check (outside in ('nobody', 'same', 'own')),
      outside_words text not null check (length(outside_words) <= 2000),
      primary key (school_id, account_id),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade,
      check (from_date <= until_date),
      check (outside <> 'own' or outside_words <> '')
    );
    create trigger bump_roster
    after insert or update or delete on absence
    for each statement execute function bump_roster();
    alter table absence enable row level security;
    alter table absence force row level security;
    create policy tenant on absence
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  `.execute(db);
}
