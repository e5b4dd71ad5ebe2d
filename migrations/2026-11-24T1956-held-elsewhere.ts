import { sql, type Kysely } from 'kysely';

/**
 * A message to another school may be held there, where its sender's school sees nothing: the sender's side of that hold, kept in
 * step by the transaction that holds, lets go or gives back. And by what a conversation is found: the header's own id, and the
 * one that it answers. Adds a table and two indexes: older code may run beside it, and leaves the table as it is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [heldElsewhere, conversations]) await part.execute(db);
}

const heldElsewhere = sql`
  create table held_elsewhere (
    school_id integer not null references school (id),
    at_school_id integer not null,
    at_message_id bigint not null,
    -- The sender's own copy.
    message_id bigint not null,
    state text not null check (state in ('waiting', 'released', 'given-back')),
    rule text not null,
    until timestamptz,
    note text,
    primary key (school_id, at_school_id, at_message_id),
    foreign key (school_id, message_id) references message (school_id, id) on delete cascade
  );
  create index held_elsewhere_message on held_elsewhere (school_id, message_id);
  alter table held_elsewhere enable row level security;
  alter table held_elsewhere force row level security;
  create policy tenant on held_elsewhere using (school_id = nullif(current_setting('preau.school', true), '')::integer) with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
`;

const conversations = sql`
  create index message_header_id on message (school_id, header_id) where header_id is not null;
  create index message_in_reply_to on message (school_id, in_reply_to) where in_reply_to is not null;
`;
