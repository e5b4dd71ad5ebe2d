import { sql, type RawBuilder } from 'kysely';
import { TOWN, type AddressId, type SchoolId } from '../ground/ids.ts';
import { compiledOnce } from './compiled-once.ts';
import type { SchoolTx, TownTx, TownWriteTx } from './store.ts';
import { concerns, type AgentActRow, type AuditRow, type MeantPeople } from './trail.ts';

/** What agents look for in the journals; null: whatever it is. */
export interface JournalFilter {
  readonly who: MeantPeople | null;
  readonly whom: MeantPeople | null;
  readonly acts: readonly string[] | null;
  /** Days of the town's clock, `YYYY-MM-DD`, both included. */
  readonly from: string | null;
  readonly until: string | null;
  readonly timeZone: string;
}

/** Where a page begins: rows older than this one. */
interface Place {
  readonly before: number;
  readonly limit: number;
}

/**
 * A school's journal as agents may see it, newest first: of what children reported they have
 * numbers and no line.
 */
export async function schoolJournal(
  tx: SchoolTx,
  wanted: JournalFilter,
  { before, limit }: Place,
): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select id, at, actor_address_id as actor, act, subject
    from audit
    where school_id = ${tx.school}
      and id < ${before}
      and act not like 'report%'
      and ${isWanted(wanted, 'actor_address_id')}
      and (${wanted.whom === null} or ${concerns(wanted.whom)})
    order by id desc
    limit ${limit}
  `.execute(tx.db);
  return rows;
}

/** What agents did: all of it, or in some schools; newest first. */
export async function agentJournal(
  tx: Pick<TownTx, 'db'>,
  { schools, ...wanted }: JournalFilter & { readonly schools: readonly SchoolId[] | null },
  { before, limit }: Place,
): Promise<AgentActRow[]> {
  const { rows } = await sql<AgentActRow>`
    select id, at, agent_address_id as agent, act, school_id as school, reason
    from agent_act
    where id < ${before}
      and (${schools === null} or school_id = any(${[...(schools ?? [])]}::integer[]))
      and ${isWanted(wanted, 'agent_address_id')}
    order by id desc
    limit ${limit}
  `.execute(tx.db);
  return rows;
}

function isWanted(
  { who, acts, from, until, timeZone }: JournalFilter,
  actor: string,
): RawBuilder<unknown> {
  return sql`
    (
      (${who === null} or ${sql.ref(actor)} = any(${[...(who?.addresses ?? [])]}::bigint[]))
      and (${acts === null} or act = any(${[...(acts ?? [])]}::text[]))
      and (${from}::date is null or (at at time zone ${timeZone})::date >= ${from}::date)
      and (${until}::date is null or (at at time zone ${timeZone})::date <= ${until}::date)
    )
  `;
}

/**
 * Writes down that an agent read the journals, and what they looked for; once within an hour for
 * the same.
 */
export async function noteReading(
  tx: TownWriteTx,
  agent: AddressId,
  { act, what }: { readonly act: string; readonly what: string },
): Promise<void> {
  await tx.line.last(noting({ agent, act, what }));
}

const noting = compiledOnce<
  { readonly agent: AddressId; readonly act: string; readonly what: string },
  unknown
>(
  (at) => sql`
    insert into agent_act (agent_address_id, act, school_id, reason)
    select ${at.agent}::bigint, ${at.act}::text, ${sql.lit(TOWN)}, ${at.what}::text
    where not exists (
      select
      from agent_act
      where agent_address_id = ${at.agent}::bigint
        and act = ${at.act}::text
        and reason = ${at.what}::text
        and at > now() - interval '1 hour'
    )
  `,
);
