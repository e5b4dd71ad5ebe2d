import { sql } from 'kysely';
import { TOWN, type AccountId, type AddressId } from '../../ground/ids.ts';
import { QUOTAS_BYTES } from '../../roster/quotas.ts';
import { openMailboxes } from '../mail/mailboxes.ts';
import { own } from '../own.ts';
import { takeIds } from '../schools/new-addresses.ts';
import type { SchoolTx } from '../store.ts';
import { settleQuotas } from '../town/quotas.ts';

export interface AgentRow {
  readonly account: AccountId;
  readonly addressId: AddressId;
  readonly address: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly face: string;
  readonly way: 'password' | 'code' | 'none';
  readonly hasSecondFactor: boolean;
  /** Of these communes alone; null: of the whole town. */
  readonly communes: readonly number[] | null;
}

/** Who may act for the town today. `tx` sees school 0. */
export async function readAgents(tx: SchoolTx, now: Date): Promise<AgentRow[]> {
  const { rows } = await sql<AgentRow>`
    select a.id as account, a.address_id as "addressId", d.local || '@' || d.domain as address,
      a.given_name as "givenName", a.family_name as "familyName",
      a.display_name as "displayName", a.face,
      case
        when a.password_hash is not null then 'password'
        when c.used_at is null and c.expires_at > ${now} then 'code'
        else 'none'
      end as way,
      f.account_id is not null as "hasSecondFactor", a.communes
    from account a
      join address d on d.id = a.address_id
      left join activation_code c on c.school_id = a.school_id
      and c.account_id = a.id
      left join second_factor f on f.school_id = a.school_id
      and f.account_id = a.id
    where a.school_id = ${tx.school} and a.role = 'agent' and a.state = 'active'
    order by a.id
  `.execute(tx.db);
  return rows;
}

/** Whether somebody is among them, neither reset nor of some communes alone. */
export const actsForAll = (agents: readonly AgentRow[], who: AddressId): boolean =>
  agents.some(
    ({ addressId, way, communes }) => addressId === who && way === 'password' && communes === null,
  );

interface NewAgent {
  readonly local: string;
  readonly domain: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly face: string;
  readonly passwordHash: string | null;
}

/** An address that no one has, in the domain; null where it is, or once was, somebody's. */
export async function insertAgent(tx: SchoolTx, agent: NewAgent): Promise<AccountId | null> {
  const [id] = await takeIds<AccountId>(tx, 'account', 1);
  const address = await tx.db
    .insertInto('address')
    .values({
      domain: agent.domain,
      local: agent.local,
      kind: 'account',
      school_id: TOWN,
      target_id: id ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (address === undefined || id === undefined) return null;
  await sql`
    insert into
      account (school_id, id, address_id, role, given_name, family_name, display_name, face,
        quota_bytes, password_hash)
    overriding system value
    values (${TOWN}, ${id}, ${address.id}, 'agent', ${agent.givenName}, ${agent.familyName},
      ${agent.displayName}, ${agent.face}, ${QUOTAS_BYTES.agent},
      ${agent.passwordHash})
  `.execute(tx.db);
  await settleQuotas(tx);
  await openMailboxes(tx, [id]);
  return id;
}

/** Whether this is, or once was, the address of an agent. `tx` sees school 0. */
export async function hasAgentAt(
  tx: SchoolTx,
  { local, domain }: { readonly local: string; readonly domain: string },
): Promise<boolean> {
  const row = await tx.db
    .selectFrom('account as a')
    .innerJoin('address as d', 'd.id', 'a.address_id')
    .select('a.id')
    .where('a.school_id', '=', tx.school)
    .where('a.role', '=', 'agent')
    .where('d.local', '=', local)
    .where('d.domain', '=', domain)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether there is, or once was, an agent of this name, as it was written down. */
export async function hasAgentNamed(
  tx: SchoolTx,
  { givenName, familyName }: { readonly givenName: string; readonly familyName: string },
): Promise<boolean> {
  const row = await own(tx)
    .selectFrom('account', { role: 'agent', given_name: givenName, family_name: familyName })
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Of which communes an agent is; null: of the whole town. */
export async function setCommunes(
  tx: SchoolTx,
  account: AccountId,
  communes: readonly number[] | null,
): Promise<void> {
  await own(tx)
    .updateTable('account', { id: account })
    .set({ communes: communes === null ? null : [...communes] })
    .execute();
}
