import { sql } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import type { AccountId, AddressId } from '../../ground/ids.ts';
import { isOfTheService, localOf } from '../../roster/names.ts';
import type { NewAccount } from '../../roster/preview.ts';
import { QUOTAS_BYTES } from '../../roster/quotas.ts';
import { openMailboxes } from '../mail/mailboxes.ts';
import type { TownTx } from '../store.ts';
import { settleQuotas } from '../town/quotas.ts';
import {
  type AddressWriter,
  takeIds,
  freeLocals,
  insertAddresses,
  takenLocals,
  slugs,
} from './new-addresses.ts';

function plainLocal({ givenName, familyName }: NewAccount): string {
  const local = localOf(givenName, familyName);
  if (local === null)
    throw new Fault('row-missing', 'a plan gives an account to a name without a letter', {
      transient: false,
    });
  return local;
}

/**
 * Addresses, accounts and mailboxes; gives the addresses in the order of the plan. Ids are taken
 * first, so that nothing is written twice.
 */
export async function insertAccounts(
  tx: TownTx,
  accounts: readonly NewAccount[],
  { school, domain }: AddressWriter,
): Promise<AddressId[]> {
  if (accounts.length === 0) return [];
  const ids = await takeIds<AccountId>(tx, 'account', accounts.length);
  const fresh = accounts.flatMap((account, index) =>
    account.address === null ? { account, id: ids[index] ?? 0 } : [],
  );
  const locals = await localsOf(
    tx,
    domain,
    fresh.map(({ account }) => account),
  );
  const made = await insertAddresses(
    tx,
    { domain, school },
    fresh.map(({ account, id }) => ({
      kind: 'account',
      local: locals.get(account) ?? '',
      target: id,
    })),
  );
  for (const [index, { address }] of accounts.entries())
    if (address !== null)
      await tx.db
        .updateTable('address')
        .set({ school_id: school, target_id: ids[index] ?? 0 })
        .where('id', '=', address)
        .execute();
  const given = accounts.map((account) => account.address ?? idOf(made, locals.get(account)));
  const inSchool = await tx.in(school);
  const column = <T>(of: (account: NewAccount) => T): T[] => accounts.map(of);
  await sql`
    insert into
      account (school_id, id, address_id, role, given_name, family_name, display_name, civility,
        level, photo_allowed, face, quota_bytes)
    overriding system value
    select ${school}, a.id, a.address, a.role, a.given, a.family, a.given || ' ' || a.family,
      a.civility, a.level, a.photo, a.face, a.quota
    from unnest(${ids}::bigint[], ${given}::bigint[], ${column(({ role }) => role)}::text[],
        ${column(({ givenName }) => givenName)}::text[],
        ${column(({ familyName }) => familyName)}::text[],
        ${column(({ civility }) => civility)}::text[],
        ${column(({ level }) => level)}::text[],
        ${column(({ photo }) => photo)}::boolean[],
        ${column(({ face }) => face)}::text[],
        ${column(({ role }) => QUOTAS_BYTES[role])}::bigint[]) as a (id, address, role, given,
        family, civility, level, photo, face, quota)
  `.execute(inSchool.db);
  await settleQuotas(inSchool);
  await openMailboxes(inSchool, ids);
  return given;
}

/** The local parts that people without an address get. */
async function localsOf(
  tx: TownTx,
  domain: string,
  accounts: readonly NewAccount[],
): Promise<ReadonlyMap<NewAccount, string>> {
  const wanted = accounts.flatMap(({ local }) => local ?? []);
  const taken = await takenLocals(tx, domain, wanted);
  const free = new Set(wanted.filter((local) => !taken.has(local)));
  const isOwn = ({ local }: NewAccount): boolean => local !== null && free.has(local);
  const others = accounts.filter((account) => !isOwn(account));
  const locals = await personLocals(tx, domain, { plains: others.map(plainLocal), setAside: free });
  const given = new Map(others.map((account, index) => [account, locals[index] ?? '']));
  return new Map(accounts.map((account) => [account, given.get(account) ?? account.local ?? '']));
}

/** Local parts for people of these names, in order, that are nobody's yet and not set aside. */
export async function personLocals(
  tx: TownTx,
  domain: string,
  { plains, setAside }: { plains: readonly string[]; setAside: ReadonlySet<string> },
): Promise<readonly string[]> {
  if (plains.length === 0) return [];
  const ofTheService = await slugs(tx);
  return freeLocals(
    tx,
    { domain, plains },
    {
      isReserved: (local) => isOfTheService(local, ofTheService),
      setAside,
    },
  );
}

function idOf(made: ReadonlyMap<string, AddressId>, local: string | undefined): AddressId {
  const id = made.get(local ?? '');
  if (id === undefined)
    throw new Fault('row-missing', 'an address was not made', { transient: false });
  return id;
}
