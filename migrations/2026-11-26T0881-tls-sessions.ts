import { sql, type Kysely } from 'kysely';

/**
 * What servers of the world report of the TLS on their way to us (RFC 8460): hosts and numbers, no
 * letter and nobody's address. Running code goes on without it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table reported_tls (
      reporter text not null check (length(reporter) <= 255),
      report text not null check (length(report) <= 255),
      line integer not null,
      begins_at timestamptz not null,
      ends_at timestamptz not null,
      policy text not null check (policy in ('sts', 'tlsa', 'no-policy-found')),
      result text not null check (length(result) <= 60),
      mx text check (length(mx) <= 253),
      sessions integer not null,
      primary key (reporter, report, line)
    );
    create index reported_tls_ends_at on reported_tls (ends_at);
  `.execute(db);
}
