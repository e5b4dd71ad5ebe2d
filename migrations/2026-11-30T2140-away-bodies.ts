import { sql, type Kysely } from 'kysely';

/**
 * Bytes that lie with an S3-compatible store (decision 108): where they lie, sealed by which key,
 * and what lies there that nobody uses any more. Running code reads `raw` as before, as long as
 * nothing is moved; a town that has no such store moves nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table message alter column raw drop not null;
    comment on column message.raw is 'Null: its bytes lie elsewhere, as a row of away_body says.';
    create index message_large on message (school_id, id)
      where raw is not null and size_bytes >= 65536;
    create table away_body (
      school_id integer not null,
      object text not null,
      message_id bigint,
      sha256 text,
      size_bytes integer not null,
      head bytea not null,
      wrapped_key bytea not null,
      wrapped_by text not null,
      moved_at timestamptz not null,
      primary key (school_id, object),
      foreign key (school_id) references school (id),
      foreign key (school_id, message_id) references message (school_id, id) on delete cascade,
      foreign key (school_id, sha256) references stored_body (school_id, sha256) on delete cascade,
      check (num_nonnulls(message_id, sha256) = 1)
    );
    comment on column away_body.head is 'What stands before the body of a letter: lists ask for it.';
    comment on column away_body.wrapped_by is 'By what the key is known that the body''s key is wrapped by.';
    create unique index away_body_message on away_body (school_id, message_id)
      where message_id is not null;
    create unique index away_body_file on away_body (school_id, sha256) where sha256 is not null;
    alter table away_body enable row level security;
    alter table away_body force row level security;
    create policy tenant on away_body
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer)
  `.execute(db);
  await sql`
    create table gone_body (
      object text primary key,
      at timestamptz not null
    );
    comment on table gone_body is 'Objects that may have no use: deleted after 45 days, where no school has them.';
    create function note_gone_body() returns trigger language plpgsql as $$
      begin
        insert into gone_body (object, at) values (old.object, now())
        on conflict (object) do update set at = excluded.at;
        return null;
      end
    $$;
    create trigger gone_body after delete on away_body
      for each row execute function note_gone_body()
  `.execute(db);
}
