import { sql } from 'kysely';
import { Fault } from '../../fault.ts';
import type { AccountId, AddressId, ClassId, SchoolId } from '../../ids.ts';
import { isOfTheService, localOf, numberedLocal } from '../../roster/matching/names.ts';
import type { Acts, ClassRef, NewAccount, NewClass, PersonRef } from '../../roster/preview.ts';
import { QUOTAS_BYTES } from '../../roster/quotas.ts';
import { openMailboxes } from '../mail/mailboxes.ts';
import { closeDoors } from '../people/leavers.ts';
import { slugs } from '../people/people.ts';
import type { SchoolTx, TownTx } from '../store.ts';
import { addPresence, carryAccounts, endPlaces } from './school-move.ts';

export interface Writing {
  readonly school: SchoolId;
  readonly slug: string;
  readonly domain: string;
  /** From which day the acts hold, `YYYY-MM-DD`. */
  readonly day: string;
}

/** People of one name in a town; far more than any has. */
const MOST_HOMONYMS = 10_000;
/** An import can be undone for 30 days. */
const LOOKED_AT_DAYS = 31;
/** Two imports at once might give one address twice: they take turns, in the whole town. */
const LOCK = 7_326_002;

/** Imports take turns until the transaction ends. */
export async function lockImports(tx: TownTx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx.db);
}

/**
 * Writes what a plan says, some twenty statements whatever the number of people, in the transaction
 * given. Gives the addresses of the accounts made, in the order of the plan.
 */
export async function writeActs(
  tx: TownTx,
  acts: Acts,
  writing: Writing,
): Promise<readonly AddressId[]> {
  const { school, day } = writing;
  for (const [from, moves] of Map.groupBy(acts.moves, (move) => move.from)) {
    const carriage = { from, to: school, addresses: moves.map(({ address }) => address) };
    await endPlaces(tx, carriage, day);
    await carryAccounts(tx, carriage);
  }
  const people = await insertAccounts(tx, acts.accounts, writing);
  const inSchool = await tx.in(school);
  await openSchoolLists(inSchool, writing);
  const classes = await insertClasses(inSchool, acts.classes, writing);
  const person = (ref: PersonRef): AddressId => resolve(ref, people);
  const classId = (ref: ClassRef): ClassId => resolve(ref, classes);
  await changeClasses(inSchool, acts);
  await changePlaces(inSchool, acts, { day, person, classId });
  await changeFamilies(inSchool, acts, { day, person });
  await changePeople(inSchool, acts, day);
  await addPresence(tx, acts.present, school);
  await insertKeys(
    tx,
    acts.keys.map(({ person: ref, key }) => ({ person: person(ref), key })),
  );
  for (const [to, moves] of Map.groupBy(acts.movesOut, (move) => move.to))
    await carryAccounts(tx, { from: school, to, addresses: moves.map(({ address }) => address) });
  return people;
}

function resolve<Id extends number>(ref: Id | number, made: readonly Id[]): Id {
  if (ref >= 0) return ref as Id;
  const id = made[-ref - 1];
  if (id === undefined)
    throw new Fault('row-missing', 'a plan names what it does not make', { transient: false });
  return id;
}

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
async function insertAccounts(
  tx: TownTx,
  accounts: readonly NewAccount[],
  { school, domain }: Writing,
): Promise<AddressId[]> {
  if (accounts.length === 0) return [];
  const ids = await takeIds<AccountId>(tx, 'account', accounts.length);
  const numbered = accounts.map((account, index) => ({ account, id: ids[index] ?? 0 }));
  const fresh = numbered.filter(({ account }) => account.address === null);
  const ofTheService = await slugs(tx);
  const locals = await freeLocals(
    tx,
    domain,
    fresh.map(({ account }) => plainLocal(account)),
    (local) => isOfTheService(local, ofTheService),
  );
  const made = await insertAddresses(
    tx,
    { domain, school },
    fresh.map(({ id }, index) => ({ kind: 'account', local: locals[index] ?? '', target: id })),
  );
  for (const { account, id } of numbered)
    if (account.address !== null)
      await tx.db
        .updateTable('address')
        .set({ school_id: school, target_id: id })
        .where('id', '=', account.address)
        .execute();
  const given = accounts.map(({ address }) => address ?? made.shift() ?? 0) as AddressId[];
  const inSchool = await tx.in(school);
  const column = <T>(of: (account: NewAccount) => T): T[] => accounts.map(of);
  await sql`
    insert into
      account (school_id, id, address_id, role, given_name, family_name, display_name, face,
        quota_bytes)
    overriding system value
    select ${school}, a.id, a.address, a.role, a.given, a.family, a.given || ' ' || a.family,
      a.face, a.quota
    from unnest(${ids}::bigint[], ${given}::bigint[], ${column(({ role }) => role)}::text[],
        ${column(({ givenName }) => givenName)}::text[],
        ${column(({ familyName }) => familyName)}::text[],
        ${column(({ face }) => face)}::text[],
        ${column(({ role }) => QUOTAS_BYTES[role])}::bigint[]) as a (id, address, role, given,
        family, face, quota)
  `.execute(inSchool.db);
  await openMailboxes(inSchool, ids);
  return given;
}

/** Ids that nobody else gets, in order. */
async function takeIds<Id extends number>(
  tx: TownTx | SchoolTx,
  table: 'account' | 'class',
  count: number,
): Promise<Id[]> {
  const { rows } = await sql<{
    id: Id;
  }>`
    select nextval(${`${table}_id_seq`}::regclass) as id
    from generate_series(1, ${count})
  `.execute(tx.db);
  return rows.map(({ id }) => id);
}

/**
 * For each, in order, the name itself or the name with the number after the highest ever given: one
 * that was given is never given again, and one that is reserved never.
 */
async function freeLocals(
  tx: TownTx | SchoolTx,
  domain: string,
  plains: readonly string[],
  isReserved: (local: string) => boolean = () => false,
): Promise<string[]> {
  const stems = [...new Set(plains.map(stemOf))];
  // A limit in each of the two keeps the planner at one look into an index a name, however little
  // it knows of a table that just grew.
  const { rows } = await sql<{ local: string }>`
    select found.local
    from unnest(${stems}::text[]) as s (stem)
      cross join lateral (
        select local
        from address
        where domain = ${domain} and rtrim(local, '0123456789') = s.stem
        limit ${MOST_HOMONYMS}
      ) found
    union
    select found.local
    from unnest(${[...plains]}::text[]) as p (plain)
      cross join lateral (
        select local from address where domain = ${domain} and local = p.plain limit 1
      ) found
  `.execute(tx.db);
  const taken = new Set(rows.map(({ local }) => local));
  const highest = new Map<string, number>();
  for (const local of taken) {
    const stem = local.replace(/[0-9]+$/, '');
    highest.set(
      stem,
      Math.max(highest.get(stem) ?? 1, Number(local.slice(stem.length, stem.length + 6) || 1)),
    );
  }
  return plains.map((plain) => {
    const stem = stemOf(plain);
    const number =
      taken.has(plain) || isReserved(plain) ? Math.max(2, (highest.get(stem) ?? 1) + 1) : 1;
    if (number > 1) highest.set(stem, number);
    const local = numberedLocal(plain, number);
    taken.add(local);
    return local;
  });
}

/** What stands before a homonym's number. */
function stemOf(plain: string): string {
  return numberedLocal(plain, 2).slice(0, -1);
}

interface NewAddress {
  readonly kind: 'account' | 'class' | 'class-families';
  readonly local: string;
  readonly target: number;
}

async function insertAddresses(
  tx: TownTx | SchoolTx,
  { domain, school }: Pick<Writing, 'domain' | 'school'>,
  addresses: readonly NewAddress[],
): Promise<AddressId[]> {
  if (addresses.length === 0) return [];
  const { rows } = await sql<{ id: AddressId; local: string }>`
    insert into address (domain, local, kind, school_id, target_id)
    select ${domain}, a.local, a.kind, ${school}, a.target
    from unnest(${addresses.map(({ local }) => local)}::text[],
        ${addresses.map(({ kind }) => kind)}::text[],
        ${addresses.map(({ target }) => target)}::bigint[]) as a (local, kind, target)
    returning id, local
  `.execute(tx.db);
  const byLocal = new Map(rows.map(({ id, local }) => [local, id]));
  return addresses.map(({ local }) => byLocal.get(local) ?? (0 as AddressId));
}

const SCHOOL_LISTS = [
  ['team', 'equipe'],
  ['pupils', 'eleves'],
  ['families', 'familles'],
  ['headship', 'direction'],
  ['office', 'ecole'],
] as const;

/**
 * The lists of a whole school, `equipe.<school>@` and its sisters, and the addresses of its posts,
 * `direction.<school>@` and `ecole.<school>@`, with the first people who come by a file.
 */
async function openSchoolLists(tx: SchoolTx, { school, slug, domain }: Writing): Promise<void> {
  await sql`
    insert into address (domain, local, kind, school_id)
    select ${domain}, l.word || '.' || ${slug}::text, l.kind, ${school}
    from unnest(${SCHOOL_LISTS.map(([kind]) => kind)}::text[],
        ${SCHOOL_LISTS.map(([, word]) => word)}::text[]) as l (kind, word)
    where not exists (select from address a where a.school_id = ${school} and a.kind = l.kind)
    on conflict do nothing
  `.execute(tx.db);
}

/**
 * Classes with their two lists, whose addresses are their names': where a class of that name once
 * was, they lead to the new one.
 */
export async function insertClasses(
  tx: SchoolTx,
  classes: readonly NewClass[],
  writing: Writing,
): Promise<ClassId[]> {
  if (classes.length === 0) return [];
  const ids = await takeIds<ClassId>(tx, 'class', classes.length);
  const wanted = classes.flatMap(({ key }, index): NewAddress[] => [
    { kind: 'class', local: `${key}.${writing.slug}`, target: ids[index] ?? 0 },
    { kind: 'class-families', local: `familles.${key}.${writing.slug}`, target: ids[index] ?? 0 },
  ]);
  const lists = await listAddresses(tx, wanted, writing);
  const rows = classes.map((one, index) => ({
    id: ids[index],
    name: one.name,
    levels: one.levels,
    cover: one.cover,
    address_id: lists[2 * index],
  }));
  await sql`
    insert into class (school_id, id, name, levels, cover, address_id) overriding system value
    select ${tx.school}, c.id, c.name, c.levels, c.cover, c.address_id
    from jsonb_populate_recordset(null::class, ${JSON.stringify(rows)}::jsonb) c`.execute(tx.db);
  return ids;
}

/**
 * The addresses of new lists, in order: what was theirs before and leads nowhere now, or a new one,
 * numbered where the name is somebody else's.
 */
async function listAddresses(
  tx: SchoolTx,
  wanted: readonly NewAddress[],
  writing: Writing,
): Promise<AddressId[]> {
  const { rows } = await sql<{ id: AddressId; local: string; kind: string; free: boolean }>`
    select a.id, a.local, a.kind, a.school_id = ${tx.school} and c.id is null as free
    from address a left join class c on c.school_id = ${tx.school} and c.id = a.target_id
    where a.domain = ${writing.domain}
      and a.local = any(${wanted.map(({ local }) => local)}::text[])
  `.execute(tx.db);
  const known = new Map(rows.map((row) => [row.local, row]));
  const reused = new Map<NewAddress, AddressId>();
  for (const one of wanted) {
    const row = known.get(one.local);
    if (row === undefined || row.kind !== one.kind || !row.free) continue;
    await tx.db
      .updateTable('address')
      .set({ target_id: one.target })
      .where('id', '=', row.id)
      .execute();
    reused.set(one, row.id);
  }
  const fresh = wanted.filter((one) => !reused.has(one));
  const locals = await freeLocals(
    tx,
    writing.domain,
    fresh.map(({ local }) => local),
  );
  const made = await insertAddresses(
    tx,
    writing,
    fresh.map((one, index) => ({ ...one, local: locals[index] ?? one.local })),
  );
  return wanted.map((one) => reused.get(one) ?? made.shift() ?? (0 as AddressId));
}

async function changeClasses(tx: SchoolTx, { classChanges }: Acts): Promise<void> {
  for (const { id, levels, endsOn } of classChanges)
    await tx.db
      .updateTable('class')
      .set({ levels: [...levels], ends_on: endsOn })
      .where('school_id', '=', tx.school)
      .where('id', '=', id)
      .execute();
}

interface Resolving {
  readonly day: string;
  readonly person: (ref: PersonRef) => AddressId;
  readonly classId: (ref: ClassRef) => ClassId;
}

/**
 * Memberships and posts: what ends does so on the day before, what begins today is dated today;
 * nothing is deleted.
 */
async function changePlaces(
  tx: SchoolTx,
  acts: Acts,
  { day, person, classId }: Resolving,
): Promise<void> {
  const ended = acts.membershipsEnded.map((one) => ({
    c: one.classId,
    a: one.person,
    role: one.role,
    from: one.from,
  }));
  if (ended.length > 0)
    await sql`
      update membership m
      set until_date = ${day}::date - 1
      from
        jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as e (c bigint, a bigint, role text,
          "from" date)
      where m.school_id = ${tx.school}
        and m.class_id = e.c
        and m.address_id = e.a
        and m.role = e.role
        and m.from_date = e.from
    `.execute(tx.db);
  const begun = acts.membershipsBegun.map((one) => ({
    c: classId(one.classRef),
    a: person(one.person),
    role: one.role,
  }));
  if (begun.length > 0)
    await sql`
      insert into membership (school_id, class_id, address_id, role, from_date)
      select ${tx.school}, b.c, b.a, b.role, ${day}::date
      from
        jsonb_to_recordset(${JSON.stringify(begun)}::jsonb) as b (c bigint, a bigint, role text)
      on conflict (school_id, class_id, address_id, role, from_date) do update
      set until_date = null
    `.execute(tx.db);
  const left = acts.postsEnded.map((one) => ({ a: one.person, role: one.role, from: one.from }));
  if (left.length > 0)
    await sql`
      update post p
      set until_date = ${day}::date - 1
      from jsonb_to_recordset(${JSON.stringify(left)}::jsonb) as e (a bigint, role text,
          "from" date)
      where p.school_id = ${tx.school}
        and p.address_id = e.a
        and p.role = e.role
        and p.from_date = e.from
    `.execute(tx.db);
  const taken = acts.postsBegun.map((one) => ({ a: person(one.person), role: one.role }));
  if (taken.length > 0)
    await sql`
      insert into post (school_id, address_id, role, from_date)
      select ${tx.school}, b.a, b.role, ${day}::date
      from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) as b (a bigint, role text)
      on conflict (school_id, address_id, role, from_date) do update
      set until_date = null
    `.execute(tx.db);
}

async function changeFamilies(
  tx: SchoolTx,
  acts: Acts,
  { day, person }: Pick<Resolving, 'day' | 'person'>,
): Promise<void> {
  const removed = JSON.stringify(
    acts.guardianshipsRemoved.map(({ child, guardian }) => ({ child, guardian })),
  );
  if (acts.guardianshipsRemoved.length > 0)
    await sql`
      delete from guardianship g using jsonb_to_recordset(${removed}::jsonb) as r (child bigint,
        guardian bigint)
      where g.school_id = ${tx.school}
        and g.child_address_id = r.child
        and g.guardian_address_id = r.guardian
        and not g.blocked
    `.execute(tx.db);
  // A guardian whose mail lives in another school may have no child left anywhere: that is looked
  // at when this can't be undone any more.
  if (acts.guardianshipsRemoved.length > 0)
    await sql`
      insert into due (kind, school_id, row_id, at)
      select distinct 'leaver', a.school_id, a.target_id,
        ${day}::date + ${LOOKED_AT_DAYS}::integer
      from jsonb_to_recordset(${removed}::jsonb) as r (child bigint, guardian bigint)
        join address a on a.id = r.guardian
        and a.kind = 'account'
        and a.target_id is not null
      where a.school_id <> ${tx.school}
      on conflict (kind, school_id, row_id) do nothing
    `.execute(tx.db);
  const added = JSON.stringify(
    acts.guardianshipsAdded.map(({ child, guardian }) => ({
      child: person(child),
      guardian: person(guardian),
    })),
  );
  if (acts.guardianshipsAdded.length > 0)
    await sql`
      insert into guardianship (school_id, child_address_id, guardian_address_id)
      select ${tx.school}, r.child, r.guardian
      from jsonb_to_recordset(${added}::jsonb) as r (child bigint, guardian bigint)
      on conflict do nothing
    `.execute(tx.db);
}

/** Names, those who leave and those who come back. A leaver's sign-ins end at once. */
async function changePeople(tx: SchoolTx, acts: Acts, day: string): Promise<void> {
  for (const { address, givenName, familyName } of acts.names)
    await tx.db
      .updateTable('account')
      .set({
        given_name: givenName,
        family_name: familyName,
        display_name: `${givenName} ${familyName}`,
      })
      .where('school_id', '=', tx.school)
      .where('address_id', '=', address)
      .execute();
  if (acts.leavers.length > 0) {
    const accounts = acts.leavers.map(({ account }) => account);
    const addresses = acts.leavers.map(({ address }) => address);
    await sql`
      update account
      set state = 'suspended'
      where school_id = ${tx.school} and id = any(${accounts}::bigint[]) and state = 'active'
    `.execute(tx.db);
    await sql`
      insert into leaver (school_id, account_id, left_on)
      select ${tx.school}, id, ${day}::date
      from unnest(${accounts}::bigint[]) as id
      on conflict (school_id, account_id) do update
      set left_on = excluded.left_on
    `.execute(tx.db);
    await closeDoors(tx, accounts);
    await sql`
      update accompaniment
      set until_date = ${day}::date - 1
      where school_id = ${tx.school}
        and pupil_address_id = any(${addresses}::bigint[])
        and (until_date is null or until_date >= ${day}::date)
    `.execute(tx.db);
  }
  if (acts.returns.length > 0) {
    await sql`
      delete from leaver l using account a
      where l.school_id = ${tx.school}
        and a.school_id = l.school_id
        and a.id = l.account_id
        and a.address_id = any(${[...acts.returns]}::bigint[])
    `.execute(tx.db);
    await sql`
      update account
      set state = 'active'
      where school_id = ${tx.school}
        and address_id = any(${[...acts.returns]}::bigint[])
        and state = 'suspended'
    `.execute(tx.db);
  }
}

async function insertKeys(
  tx: TownTx,
  keys: readonly { readonly person: AddressId; readonly key: string }[],
): Promise<void> {
  if (keys.length === 0) return;
  const parts = keys.map(({ key }) => key.split(':') as [string, string]);
  await sql`
    insert into identity (kind, key, address_id)
    select *
    from unnest(${parts.map(([kind]) => kind)}::text[],
        ${parts.map(([, hex]) => Buffer.from(hex, 'hex'))}::bytea[],
        ${keys.map(({ person }) => person)}::bigint[])
    on conflict do nothing
  `.execute(tx.db);
}
