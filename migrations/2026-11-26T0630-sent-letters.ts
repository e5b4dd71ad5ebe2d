import { sql, type Kysely } from 'kysely';

/**
 * What becomes of a letter once it is sent: its writer may recall it or remind those who have not
 * read it, may take back what is still held, and a reader may say « Bien lu ». On the message
 * itself, so that it goes along wherever the message is copied. Running code goes on without it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table message
      add column recalled_at timestamp with time zone,
      add column recalled_copies integer,
      add column recalled_read integer,
      add column reminded_at timestamp with time zone;
    create table acknowledgement (
      school_id integer not null references school (id),
      message_id bigint not null,
      account_id bigint not null,
      at timestamp with time zone not null default now(),
      primary key (school_id, message_id, account_id),
      foreign key (school_id, message_id) references message (school_id, id) on delete cascade,
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    create index acknowledgement_account on acknowledgement (school_id, account_id);
    alter table acknowledgement enable row level security;
    alter table acknowledgement force row level security;
    create policy tenant on acknowledgement
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
    alter table hold
      drop constraint hold_state_check,
      add constraint hold_state_check
        check (state in ('waiting', 'released', 'given-back', 'withdrawn'));
    alter table held_elsewhere
      drop constraint held_elsewhere_state_check,
      add constraint held_elsewhere_state_check
        check (state in ('waiting', 'released', 'given-back', 'withdrawn'));
  `.execute(db);
}
