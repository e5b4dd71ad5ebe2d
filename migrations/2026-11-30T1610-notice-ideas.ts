import { sql, type Kysely } from 'kysely';

/**
 * A notice that a pupil proposes (decision 93): its words have come by their letter's road and hang
 * nowhere until a teacher of the class lets them. Running code knows none: what it shows has hung.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table notice
      add column idea text check (idea in ('waits', 'refused', 'hung')),
      add column answer text not null default '',
      add column answered_by bigint;
    create index notice_ideas on notice (school_id, author_address_id) where idea is not null;
    comment on column notice.idea is
      'Whether a pupil''s proposal waits for a word, was refused, or hangs; null: a grown-up''s.';
    comment on column notice.answer is 'The word with which it was refused, for its author to read.'
  `.execute(db);
}
