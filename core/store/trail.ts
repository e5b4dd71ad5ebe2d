import { sql, type RawBuilder } from 'kysely';
import type { AccountId, AddressId, MessageId, SchoolId } from '../ground/ids.ts';
import { anyOf } from './any-of.ts';
import { own } from './own.ts';
import type { SchoolTx, TownTx } from './store.ts';

export interface AuditRow {
  readonly id: number;
  readonly at: Date;
  /** Null: the command line, or the service by itself. */
  readonly actor: AddressId | null;
  readonly act: string;
  readonly subject: Readonly<Record<string, unknown>>;
}

/** Of whom a name speaks. */
export interface MeantPeople {
  readonly addresses: readonly AddressId[];
  readonly accounts: readonly AccountId[];
}

interface AuditFilter {
  readonly before: number | null;
  /** `YYYY-MM-DD` of the school's clock. */
  readonly day: string | null;
  readonly timeZone: string;
  /** Those who did it or whom it concerns; null: everybody. */
  readonly people: MeantPeople | null;
  /** Who reads it: lines of a report about a letter of theirs aren't theirs to see. */
  readonly reader: AddressId;
  /** An agent sees numbers of reports, and no line of one. */
  readonly reports: 'shown' | 'hidden';
}

/** Newest first. */
export async function auditRows(
  tx: SchoolTx,
  { before, day, timeZone, people, reader, reports }: AuditFilter,
  limit: number,
): Promise<AuditRow[]> {
  const { rows } = await sql<{
    id: number;
    at: Date;
    actor: AddressId | null;
    act: string;
    subject: Record<string, unknown>;
  }>`
    select id, at, actor_address_id as actor, act, subject from audit
    where school_id = ${tx.school} and (${before}::bigint is null or id < ${before}::bigint)
      and (${day}::date is null or (at at time zone ${timeZone})::date = ${day}::date)
      and (subject ->> 'notFor') is distinct from ${String(reader)}
      and (${reports === 'shown'} or act not like 'report%')
      and (${people === null} or actor_address_id = any(${[...(people?.addresses ?? [])]}::bigint[])
        or ${concerns(people)})
    order by id desc limit ${limit}`.execute(tx.db);
  return rows;
}

/** Whether a row is about one of these people. */
function concerns(people: MeantPeople | null): RawBuilder<unknown> {
  const { addresses, accounts } = people ?? { addresses: [], accounts: [] };
  return sql`
    (
      ${JSON.stringify(accounts)}::jsonb @> (subject -> 'account')
      or exists (
        select
        from jsonb_path_query(subject, '$.people[*]') as p (id)
        where ${JSON.stringify(addresses)}::jsonb @> p.id
      )
    )
  `;
}

/**
 * The newest act of this person of one kind that no later `undo` of theirs names, not older than a
 * day.
 */
export async function lastUndoable(
  tx: SchoolTx,
  actor: AddressId,
  acts: { readonly act: string; readonly undo: string },
): Promise<AuditRow | null> {
  const { rows } = await sql<{
    id: number;
    at: Date;
    actor_address_id: AddressId;
    act: string;
    subject: Record<string, unknown>;
  }>`
    select a.id, a.at, a.actor_address_id, a.act, a.subject
    from audit a
    where a.school_id = ${tx.school}
      and a.actor_address_id = ${actor}
      and a.act = ${acts.act}
      and a.at > now() - interval '1 day'
      and not exists (
        select
        from audit u
        where u.school_id = a.school_id
          and u.act = ${acts.undo}
          and u.subject ->> 'undoes' = a.id::text
      )
    order by a.id desc
    limit 1
  `.execute(tx.db);
  const [row] = rows;
  return row
    ? { id: row.id, at: row.at, actor: row.actor_address_id, act: row.act, subject: row.subject }
    : null;
}

/** Who wrote these messages. */
export async function sendersOf(
  tx: SchoolTx,
  messages: readonly MessageId[],
): Promise<Map<MessageId, AddressId>> {
  const rows = await own(tx)
    .selectFrom('message', { id: anyOf(messages) })
    .select(['id', 'sender_address_id'])
    .execute();
  return new Map(
    rows.flatMap((row) =>
      row.sender_address_id === null ? [] : [[row.id, row.sender_address_id] as const],
    ),
  );
}

/** What an agent did. */
export interface AgentActRow {
  readonly id: number;
  readonly at: Date;
  /** Null: the command line. */
  readonly agent: AddressId | null;
  readonly act: string;
  readonly school: SchoolId | null;
  readonly reason: string;
}

/** Schools that this agent has opened within the last hour, and why: the newest reason counts. */
export async function openedSchools(tx: TownTx, agent: AddressId): Promise<Map<SchoolId, string>> {
  const { rows } = await sql<{ school_id: SchoolId; reason: string }>`
    select distinct on (school_id) school_id, reason
    from agent_act
    where agent_address_id = ${agent} and act = 'open-school' and at > now() - interval '1 hour'
    order by school_id, id desc
  `.execute(tx.db);
  return new Map(rows.map(({ school_id, reason }) => [school_id, reason]));
}
