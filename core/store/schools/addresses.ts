import { sql } from 'kysely';
import type { AccountId, AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import type { AddressEntry } from '../../roster/snapshot.ts';
import type { ListKind } from '../../rules/facts.ts';
import { compiledOnce } from '../compiled-once.ts';
import type { TownTx } from '../store.ts';

/** At most so many addresses are asked about in one query; a message has no more recipients. */
const ADDRESSES_A_QUERY = 2_000;

/**
 * What is read of an address. One is asked for by itself: the statement keeps its plan, while
 * PostgreSQL plans one with a list anew each time, which takes longer than the look-up (0.13 ms).
 */
const ADDRESSES = sql`
  select a.id, a.local, a.domain, a.kind, a.school_id, a.target_id, a.present_in, s.roster_version
  from address a join school s on s.id = a.school_id`;
const oneAddress = compiledOnce<{ readonly local: string; readonly domain: string }, VersionedRow>(
  (at) => sql`${ADDRESSES} where a.domain = ${at.domain} and a.local = ${at.local}`,
);
const someAddresses = compiledOnce<
  { readonly locals: readonly string[]; readonly domains: readonly string[] },
  VersionedRow
>(
  (at) => sql`${ADDRESSES}
    join unnest(${at.locals}::text[], ${at.domains}::text[]) as wanted (local, domain)
    on a.domain = wanted.domain and a.local = wanted.local`,
);
const oneAddressById = compiledOnce<{ readonly id: AddressId }, VersionedRow>(
  (at) => sql`${ADDRESSES} where a.id = ${at.id}`,
);
const someAddressesById = compiledOnce<{ readonly ids: readonly AddressId[] }, VersionedRow>(
  (at) => sql`${ADDRESSES} where a.id = any(${at.ids}::bigint[])`,
);

/**
 * What the given addresses lead to; those that don't exist are left out. Addresses are canonical.
 */
export async function findAddresses(
  tx: TownTx,
  addresses: readonly string[],
): Promise<VersionedEntry[]> {
  const asked = addresses.slice(0, ADDRESSES_A_QUERY).map(partsOf);
  const [one] = asked;
  const { rows } = await tx.kept.executeQuery(
    one !== undefined && asked.length === 1
      ? oneAddress(one)
      : someAddresses({
          locals: asked.map(({ local }) => local),
          domains: asked.map(({ domain }) => domain),
        }),
  );
  return rows.map(versioned);
}

function partsOf(address: string): { readonly local: string; readonly domain: string } {
  const at = address.lastIndexOf('@');
  return { local: address.slice(0, at), domain: address.slice(at + 1) };
}

/** An address as it stood at a roster version of its school. */
export interface VersionedEntry {
  readonly entry: AddressEntry;
  readonly version: number;
}

/** Addresses by their ids, each with the roster version of its school. */
export async function findAddressesById(
  tx: TownTx,
  ids: readonly AddressId[],
): Promise<VersionedEntry[]> {
  const [id] = ids;
  const { rows } = await tx.kept.executeQuery(
    id !== undefined && ids.length === 1 ? oneAddressById({ id }) : someAddressesById({ ids }),
  );
  return rows.map(versioned);
}

/** An address, and whom or what it leads to. */
export type AddressRow = {
  id: AddressId;
  local: string;
  domain: string;
  school_id: SchoolId;
  present_in: SchoolId[];
} & (
  | { kind: 'account'; target_id: AccountId | null }
  | { kind: 'class' | 'class-families'; target_id: ClassId }
  | { kind: Exclude<ListKind, 'class' | 'class-families'>; target_id: null }
);

/** With the version of the roster that it stands in. */
type VersionedRow = AddressRow & { roster_version: number };

const versioned = (row: VersionedRow): VersionedEntry => ({
  entry: entryOf(row),
  version: row.roster_version,
});

/** A row of the table of addresses, as the rest of the house knows it. */
export function entryOf(row: AddressRow): AddressEntry {
  return {
    id: row.id,
    address: `${row.local}@${row.domain}`,
    kind: row.kind,
    school: row.school_id,
    target: row.kind === 'class' || row.kind === 'class-families' ? row.target_id : null,
    account: row.kind === 'account' ? row.target_id : null,
    presentIn: row.present_in,
  };
}

/** Every list of the town, its own and those of its schools. */
export async function listAddresses(tx: TownTx): Promise<readonly AddressEntry[]> {
  const { rows } = await sql<VersionedRow>`
    ${ADDRESSES}
    where a.kind <> 'account'
    order by a.id
  `.execute(tx.db);
  return rows.map(entryOf);
}
