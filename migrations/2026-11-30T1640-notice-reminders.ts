import { sql, type Kysely } from 'kysely';

/**
 * Who wants to be reminded of a notice, and when (decision 93); and whether its writer has reminded
 * those who hadn't seen these words. Running code reminds nobody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table notice add column reminded_edition integer not null default 0;
    comment on column notice.reminded_edition is
      'The last words of which those who had not seen them were reminded; 0: of none.';
    create table notice_reminder (
      school_id integer not null,
      notice_id bigint not null,
      address_id bigint not null,
      at timestamptz not null,
      primary key (school_id, notice_id, address_id),
      foreign key (school_id, notice_id) references notice (school_id, id) on delete cascade
    );
    create index notice_reminder_of on notice_reminder (school_id, address_id);
    comment on table notice_reminder is 'Who has asked to be told of a notice once more, and when.';
    alter table notice_reminder enable row level security;
    alter table notice_reminder force row level security;
    create policy tenant on notice_reminder
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer)
  `.execute(db);
}
