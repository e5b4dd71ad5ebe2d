import { sql } from 'kysely';
import { WENT_WELL, type TlsReport } from '../../letters/message/tls-report.ts';
import type { TownTx } from '../store.ts';

/**
 * Keeps what a sender has reported of the TLS on its way here, once: a report that comes again is
 * the same report. Whoever has reported so much already since `since` is heard no more.
 */
export async function keepTlsReport(
  tx: TownTx,
  {
    reporter,
    report: { id, begins, ends, sessions },
  }: { readonly reporter: string; readonly report: TlsReport },
  { since, mostLines }: { readonly since: Date; readonly mostLines: number },
): Promise<void> {
  const column = <Name extends keyof (typeof sessions)[number]>(name: Name) =>
    sessions.map((one) => one[name]);
  await sql`
    insert into reported_tls (reporter, report, line, begins_at, ends_at, policy, result, mx,
      sessions)
    select ${reporter}::text, ${id}::text, line, ${begins}::timestamptz, ${ends}::timestamptz,
      policy, result, mx, sessions
    from unnest(${column('policy')}::text[], ${column('result')}::text[], ${column('mx')}::text[],
      ${column('sessions')}::integer[]) with ordinality as said (policy, result, mx, sessions, line)
    where (
      select count(*)
      from reported_tls known
      where known.reporter = ${reporter}::text and known.ends_at >= ${since}::timestamptz
    ) + ${sessions.length}::integer <= ${mostLines}::integer
    on conflict do nothing
  `.execute(tx.db);
}

/** What nobody looks at any more. */
export async function dropTlsReports(tx: TownTx, before: Date): Promise<void> {
  await tx.db.deleteFrom('reported_tls').where('ends_at', '<', before).execute();
}

/** What went wrong alike on the way to one of our hosts, over all reports of a time. */
interface TlsFailure {
  readonly result: string;
  readonly mx: string | null;
  readonly sessions: number;
  readonly reporters: number;
  readonly lastAt: Date;
}

/** How many sessions went well, and what failed, the most frequent first. */
export async function tlsTotals(
  tx: TownTx,
  since: Date,
  limit: number,
): Promise<{ readonly well: number; readonly failures: readonly TlsFailure[] }> {
  const { rows } = await sql<TlsFailure>`
    select result, mx, sum(sessions)::double precision as sessions,
      count(distinct reporter)::integer as reporters, max(ends_at) as "lastAt"
    from reported_tls
    where ends_at >= ${since}
    group by result, mx
    order by sum(sessions) desc, result, mx
    limit ${limit}
  `.execute(tx.db);
  const isWell = ({ result }: TlsFailure): boolean => result === WENT_WELL;
  const well = rows.filter(isWell).reduce((sum, { sessions }) => sum + sessions, 0);
  return { well, failures: rows.filter((row) => !isWell(row)) };
}
