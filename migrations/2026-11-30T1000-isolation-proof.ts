import { sql, type Kysely } from 'kysely';

/** Nobody signs in as it: the owner of the database becomes it for as long as the proof takes. */
const ROLE = sql.raw('preau_isolation');

/** What the proof of isolation reads, column by column: no name, no letter, no secret. */
const READ: Readonly<Record<string, readonly string[]>> = {
  account: ['id', 'address_id', 'role', 'state', 'paused_until', 'charter_at', 'paper_at'],
  class: ['id', 'address_id', 'ends_on'],
  membership: ['class_id', 'address_id', 'role', 'from_date', 'until_date'],
  post: ['address_id', 'role', 'reachable_by_pupils', 'from_date', 'until_date'],
  guardianship: ['child_address_id', 'guardian_address_id', 'blocked', 'agrees'],
  accompaniment: ['pupil_address_id', 'aide_address_id', 'from_date', 'until_date'],
  kept_apart: ['one_address_id', 'other_address_id'],
  class_link: ['class_id', 'other_class_address_id', 'agreed', 'from_date', 'until_date'],
  correspondent: ['class_id', 'address', 'until_date'],
  mailbox: ['id', 'account_id', 'use'],
  mailbox_right: ['mailbox_id', 'account_id'],
};

/**
 * The role of the nightly proof that nobody reaches a child who shouldn't (decision 89): it reads
 * the roster of all schools at once, and writes nothing. It is never the application's.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Roles are the cluster's: another of its databases may have made it, or be making it.
  await sql`
    do $$
    begin
      create role preau_isolation nologin;
    exception
      when duplicate_object or unique_violation then null;
    end $$
  `.execute(db);
  await sql`grant ${ROLE} to current_user`.execute(db);
  await sql`grant usage on schema public to ${ROLE}`.execute(db);
  await sql`grant select on school, address to ${ROLE}`.execute(db);
  for (const [table, columns] of Object.entries(READ)) {
    const names = sql.join(['school_id', ...columns].map((name) => sql.ref(name)));
    await sql`grant select (${names}) on ${sql.table(table)} to ${ROLE}`.execute(db);
    await sql`
      create policy isolation_proof on ${sql.table(table)} for select to ${ROLE} using (true)
    `.execute(db);
  }
  await sql`
    create table isolation_proof (
      id integer generated always as identity primary key,
      begun_at timestamptz not null,
      seconds integer not null,
      pupils integer not null,
      doors jsonb not null,
      differences jsonb not null,
      faults text[] not null
    )
  `.execute(db);
  await sql`create index isolation_proof_by_time on isolation_proof (begun_at)`.execute(db);
  await sql`
    comment on table isolation_proof is
      'How each night''s proof ended that nobody reaches a child who may not.'
  `.execute(db);
}
