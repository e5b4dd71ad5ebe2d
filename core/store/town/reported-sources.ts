import { sql } from 'kysely';
import type { AggregateReport } from '../../letters/message/aggregate-report.ts';
import type { TownTx } from '../store.ts';
import type { ReportedSource } from './contract.ts';

/**
 * Keeps what a receiver has reported, once: a report that comes again is the same report. Whoever
 * has reported so much already since `since` is heard no more.
 */
export async function keepReport(
  tx: TownTx,
  { reporter, report }: { readonly reporter: string; readonly report: AggregateReport },
  { since, mostLines }: { readonly since: Date; readonly mostLines: number },
): Promise<void> {
  const { sources } = report;
  const column = <Name extends keyof (typeof sources)[number]>(name: Name) =>
    sources.map((source) => source[name]);
  await sql`
    insert into reported_source (reporter, report, line, begins_at, ends_at, ip, from_domain,
      messages, by_dkim, by_spf, disposition)
    select ${reporter}::text, ${report.id}::text, line, ${report.begins}::timestamptz,
      ${report.ends}::timestamptz, ip, from_domain, messages, by_dkim, by_spf, disposition
    from unnest(${column('ip')}::text[], ${column('from')}::text[],
      ${column('messages')}::integer[], ${column('byDkim')}::boolean[],
      ${column('bySpf')}::boolean[], ${column('disposition')}::text[]) with ordinality
      as said (ip, from_domain, messages, by_dkim, by_spf, disposition, line)
    where (
      select count(*)
      from reported_source known
      where known.reporter = ${reporter}::text and known.ends_at >= ${since}::timestamptz
    ) + ${sources.length}::integer <= ${mostLines}::integer
    on conflict do nothing
  `.execute(tx.db);
}

/** What nobody looks at any more. */
export async function dropReports(tx: TownTx, before: Date): Promise<void> {
  await tx.db.deleteFrom('reported_source').where('ends_at', '<', before).execute();
}

/** Those with the most letters that nothing proves first. */
export async function sourceTotals(
  tx: TownTx,
  since: Date,
  limit: number,
): Promise<readonly ReportedSource[]> {
  const { rows } = await sql<ReportedSource>`
    select ip, from_domain as "fromDomain", sum(messages)::double precision as messages,
      coalesce(sum(messages) filter (where by_dkim or by_spf), 0)::double precision as proved,
      coalesce(sum(messages) filter (where disposition <> 'none'), 0)::double precision as stopped,
      count(distinct reporter)::integer as reporters, max(ends_at) as "lastAt"
    from reported_source
    where ends_at >= ${since}
    group by ip, from_domain
    order by sum(messages) filter (where not (by_dkim or by_spf)) desc nulls last, 3 desc, ip
    limit ${limit}
  `.execute(tx.db);
  return rows;
}
