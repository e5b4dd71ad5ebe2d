import { sql, type Kysely } from 'kysely';

/**
 * Pieces of a file that is on its way lie where they will stay: when it has come they are given its
 * hash, and aren't written a second time. Running code that keeps a piece of a file meanwhile fails,
 * and the page that brought it brings it again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table coming_file (
      school_id integer not null,
      id bigint generated always as identity,
      account_id bigint not null,
      upload uuid not null,
      came_at timestamptz not null,
      sha256 text,
      primary key (school_id, id),
      unique (school_id, account_id, upload),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade,
      foreign key (school_id, sha256) references stored_body (school_id, sha256) on delete cascade
    );
    comment on table coming_file is 'own | fichiers en route vers un casier, un jour au plus | celles dont ils parlent';
    comment on column coming_file.upload is 'The name that its page gave it.';
    comment on column coming_file.sha256 is 'Of one that has come whole and is kept; its pieces are the body''s.';
    alter table coming_file enable row level security;
    alter table coming_file force row level security;
    create policy tenant on coming_file
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);

    alter table stored_body_piece
      drop constraint stored_body_piece_pkey,
      alter column sha256 drop not null,
      add column coming_id bigint,
      add unique (school_id, sha256, place),
      add foreign key (school_id, coming_id) references coming_file (school_id, id)
        on delete cascade,
      add check (num_nonnulls(sha256, coming_id) = 1);
    create unique index stored_body_piece_coming
      on stored_body_piece (school_id, coming_id, place) where coming_id is not null;
    comment on column stored_body_piece.sha256 is 'Of the whole file, once it has come.';
    comment on column stored_body_piece.coming_id is 'Of the file on its way, until then.';
    comment on column stored_body_piece.place is 'From 0 on.'
  `.execute(db);
  await moveOver(db);
}

async function moveOver(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$
    declare s integer;
    begin
      for s in select id from school loop
        perform set_config('preau.school', s::text, true);
        insert into coming_file (school_id, account_id, upload, came_at)
          select school_id, account_id, upload, max(came_at)
          from coming_piece
          where school_id = s
          group by school_id, account_id, upload;
        insert into stored_body_piece (school_id, coming_id, place, bytes)
          select p.school_id, f.id, p.place - 1, p.bytes
          from coming_piece p
            join coming_file f using (school_id, account_id, upload)
          where school_id = s;
      end loop;
      perform set_config('preau.school', '', true);
    end $$;
    drop table coming_piece
  `.execute(db);
}
