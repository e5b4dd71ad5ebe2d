import { sql, type Kysely } from 'kysely';

/**
 * What receivers of the world report of mail in the town's name (DMARC's aggregate reports, RFC
 * 9990): machines and numbers, no letter and nobody's address. Running code goes on without it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table reported_source (
      reporter text not null check (length(reporter) <= 255),
      report text not null check (length(report) <= 255),
      line integer not null,
      begins_at timestamptz not null,
      ends_at timestamptz not null,
      ip text not null,
      from_domain text not null check (length(from_domain) <= 255),
      messages integer not null,
      by_dkim boolean not null,
      by_spf boolean not null,
      disposition text not null check (disposition in ('none', 'quarantine', 'reject')),
      primary key (reporter, report, line)
    );
    create index reported_source_ends_at on reported_source (ends_at);
  `.execute(db);
}
