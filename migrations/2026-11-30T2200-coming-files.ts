import { sql, type Kysely } from 'kysely';

/**
 * Files on their way into a cupboard, piece by piece, so that a line that is cut loses the piece
 * that was on it and no more. Running code knows none of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table coming_piece (
      school_id integer not null,
      account_id bigint not null,
      upload uuid not null,
      place integer not null check (place > 0),
      bytes bytea not null,
      came_at timestamptz not null,
      primary key (school_id, account_id, upload, place),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    alter table coming_piece alter column bytes set storage external;
    alter table coming_piece enable row level security;
    alter table coming_piece force row level security;
    create policy tenant on coming_piece
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer)
  `.execute(db);
}
