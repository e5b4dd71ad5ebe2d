import { sql, type RawBuilder } from 'kysely';
import { TOWN, type AddressId, type SchoolId } from '../ground/ids.ts';
import { compiledOnce } from './compiled-once.ts';
import type { TownTx, TownWriteTx } from './store.ts';
import type { AgentActRow, AuditRow, MeantPeople } from './trail.ts';

/** What agents look for in the journals; null: whatever it is. */
export interface JournalFilter {
  readonly who: MeantPeople | null;
  readonly whom: MeantPeople | null;
  readonly acts: readonly string[] | null;
  readonly firstAt: Date | null;
  /** What was done at this moment is left out already. */
  readonly endAt: Date | null;
}

/** Where a page begins: rows older than this one. */
interface Place {
  readonly before: number;
  readonly limit: number;
}

/** A row of a school's journal, and whose it is. */
export type SchoolAuditRow = AuditRow & { readonly school: SchoolId };

/**
 * The journals of these schools as agents may see them, newest first, in one statement that still
 * sees one at a time (decision 94): of what children reported they have numbers and no line.
 */
export async function schoolJournals(
  tx: Pick<TownTx, 'db'>,
  { who, whom, acts, firstAt, endAt }: JournalFilter,
  { schools, before, limit }: Place & { readonly schools: readonly SchoolId[] },
): Promise<SchoolAuditRow[]> {
  const { rows } = await sql<SchoolAuditRow>`
    select school, id, at, actor, act, subject
    from school_journals(
      ${[...schools]}::integer[], ${before}::bigint, ${limit}::integer,
      ${who && [...who.addresses]}::bigint[], ${acts && [...acts]}::text[],
      ${firstAt}::timestamptz, ${endAt}::timestamptz,
      ${whom && JSON.stringify(whom.accounts)}::jsonb,
      ${whom && JSON.stringify(whom.addresses)}::jsonb
    )
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
  { who, acts, firstAt, endAt }: JournalFilter,
  actor: string,
): RawBuilder<unknown> {
  return sql`
    (
      (${who === null} or ${sql.ref(actor)} = any(${[...(who?.addresses ?? [])]}::bigint[]))
      and (${acts === null} or act = any(${[...(acts ?? [])]}::text[]))
      and (${firstAt}::timestamptz is null or at >= ${firstAt}::timestamptz)
      and (${endAt}::timestamptz is null or at < ${endAt}::timestamptz)
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
