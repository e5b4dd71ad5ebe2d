import { sql, type Kysely } from 'kysely';

/**
 * The keys that sign what leaves (DKIM), the town's own: which records the zones must hold, and the
 * private parts, sealed with the service's secret. Running code goes on and signs nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table signing_key (
      id bigint generated always as identity primary key,
      domain text not null,
      selector text not null,
      algorithm text not null check (algorithm in ('rsa', 'ed25519')),
      public_key text not null,
      private_key bytea,
      made_at timestamp with time zone not null,
      used_from timestamp with time zone,
      followed_at timestamp with time zone,
      unique (domain, selector),
      check (private_key is not null or followed_at is not null)
    );
  `.execute(db);
}
