import { sql } from 'kysely';
import { folded } from '../../ground/folding.ts';
import type { AccountId, AddressId, SchoolId } from '../../ground/ids.ts';
import type { Civility } from '../../roster/civility.ts';
import { nameKeyOf, partsOf, type IdentityKey } from '../../roster/matching/identity.ts';
import type { KnownPerson, SchoolState } from '../../roster/matching/state.ts';
import type { TownTx } from '../store.ts';
import { wishesOf } from './move-wishes.ts';
import { readImage, type Image, type ImageRow } from './roster-image.ts';

export interface SchoolStateRead {
  readonly state: SchoolState;
  /** The same school's rows as they were read: what undoing goes back to. */
  readonly image: Image;
}

/**
 * People whom one key may mean; far more than any does. The limit keeps the planner at one look
 * into the index a key, however little it knows of a table that just grew.
 */
const MOST_NAMESAKES = 1_000;
/** At most so many lines: more is no school. */
const MOST_KEYS = 200_000;

/**
 * A school as an import sees it, and everybody whom one of these keys may mean, wherever their home
 * is. Leaves the transaction in this school. Null when there is no such school.
 */
export async function readState(
  tx: TownTx,
  school: SchoolId,
  keys: readonly IdentityKey[],
): Promise<SchoolStateRead | null> {
  const row = await tx.db
    .selectFrom('school')
    .select(['slug'])
    .where('id', '=', school)
    .executeTakeFirst();
  if (row === undefined) return null;
  const hits = await whoHas(tx, keys.slice(0, MOST_KEYS));
  const inSchool = await tx.in(school);
  const image = await readImage(inSchool);
  const ties = [...image.guardianship.values()].map(tieOf);
  const ids = new Set<AddressId>([
    ...[...hits.values()].flat(),
    ...[image.account, image.membership, image.post].flatMap((rows) =>
      [...rows.values()].map((row) => row.address_id),
    ),
    ...ties.flatMap(({ child, guardian }) => [child, guardian]),
  ]);
  const addresses = await readAddresses(tx, [...ids]);
  const elsewhere = await readPeople(tx, { school, addresses });
  const state: SchoolState = {
    movesAsked: await wishesOf(tx, school),
    school,
    slug: row.slug,
    people: elsewhere.people,
    byKey: hits,
    keysOf: await keysOf(tx, [...ids]),
    classes: [...image.class.values()]
      .map(({ id, name, levels, cover, ends_on: endsOn }) => ({
        id,
        name,
        key: folded(name).slice(0, 40),
        levels,
        cover,
        endsOn,
      }))
      .sort((one, other) => one.id - other.id),
    memberships: [...image.membership.values()].map((one) => ({
      classId: one.class_id,
      ...placeOf(one),
      role: one.role,
    })),
    posts: [...image.post.values()].map((one) => ({ ...placeOf(one), role: one.role })),
    guardianships: [...ties, ...elsewhere.ties],
  };
  await tx.in(school);
  return { state, image };
}

const placeOf = (row: ImageRow<'membership'> | ImageRow<'post'>) => ({
  person: row.address_id,
  from: row.from_date,
  until: row.until_date,
});

type TieRow = Pick<
  ImageRow<'guardianship'>,
  'child_address_id' | 'guardian_address_id' | 'blocked'
>;

const tieOf = (row: TieRow): { child: AddressId; guardian: AddressId; blocked: boolean } => ({
  child: row.child_address_id,
  guardian: row.guardian_address_id,
  blocked: row.blocked,
});

async function whoHas(
  tx: TownTx,
  keys: readonly IdentityKey[],
): Promise<Map<IdentityKey, AddressId[]>> {
  const found = new Map<IdentityKey, AddressId[]>();
  if (keys.length === 0) return found;
  const parts = keys.map(partsOf);
  const { rows } = await sql<{ key: string; address_id: AddressId }>`
    select i.kind || ':' || encode(i.key, 'hex') as key, i.address_id
    from unnest(${parts.map(({ kind }) => kind)}::text[],
        ${parts.map(({ hash }) => hash)}::bytea[]) as wanted (kind, key)
      cross join lateral (
        select kind, key, address_id
        from identity
        where kind = wanted.kind and key = wanted.key
        limit ${MOST_NAMESAKES}
      ) i
    order by i.address_id
  `.execute(tx.db);
  for (const { key, address_id } of rows) {
    const known = found.get(key);
    if (known === undefined) found.set(key, [address_id]);
    else if (!known.includes(address_id)) known.push(address_id);
  }
  return found;
}

async function keysOf(
  tx: TownTx,
  addresses: readonly AddressId[],
): Promise<Map<AddressId, Set<IdentityKey>>> {
  const { rows } = await sql<{ key: string; address_id: AddressId }>`
    select kind || ':' || encode(key, 'hex') as key, address_id
    from identity
    where address_id = any(${[...addresses]}::bigint[])
  `.execute(tx.db);
  const found = new Map<AddressId, Set<IdentityKey>>();
  for (const { key, address_id } of rows)
    found.set(address_id, (found.get(address_id) ?? new Set()).add(key));
  return found;
}

interface AddressRow {
  id: AddressId;
  address: string;
  school_id: SchoolId;
  present_in: SchoolId[];
  kind: string;
}

async function readAddresses(tx: TownTx, ids: readonly AddressId[]): Promise<AddressRow[]> {
  const { rows } = await sql<AddressRow>`
    select id, local || '@' || domain as address, school_id, present_in, kind
    from address
    where id = any(${[...ids]}::bigint[])
    order by id
  `.execute(tx.db);
  // Asked of the database, the kind would make it read every address of that kind.
  return rows.filter(({ kind }) => kind === 'account');
}

interface AccountRow {
  id: AccountId;
  address_id: AddressId;
  role: Exclude<KnownPerson['role'], null>;
  given_name: string;
  family_name: string;
  civility: Civility | null;
  level: string | null;
  photo_allowed: boolean | null;
  face: string;
  state: KnownPerson['state'];
  left: boolean;
}

/**
 * The people behind these addresses, school by school, and the family ties of those who are pupils
 * elsewhere.
 */
async function readPeople(
  tx: TownTx,
  { school, addresses }: { school: SchoolId; addresses: readonly AddressRow[] },
) {
  const people = new Map<AddressId, KnownPerson>();
  const ties: ReturnType<typeof tieOf>[] = [];
  for (const [home, group] of Map.groupBy(addresses, ({ school_id }) => school_id)) {
    const inHome = await tx.in(home);
    const ids = group.map(({ id }) => id);
    const { rows } = await sql<AccountRow>`
      select a.id,
        a.address_id,
        a.role,
        a.given_name,
        a.family_name,
        a.civility,
        a.level,
        a.photo_allowed,
        a.face,
        a.state,
        l.account_id is not null
        and a.state <> 'active' as left
      from account a left join leaver l on l.school_id = a.school_id and l.account_id = a.id
      where a.school_id = ${home} and a.address_id = any(${ids}::bigint[])
    `.execute(inHome.db);
    const byAddress = new Map(rows.map((row) => [row.address_id, row]));
    for (const address of group)
      people.set(address.id, personOf(address, byAddress.get(address.id)));
    if (home !== school)
      ties.push(
        ...(await tiesElsewhere(tx, {
          school,
          home,
          pupils: rows.filter(({ role }) => role === 'pupil').map(({ address_id }) => address_id),
          people,
        })),
      );
  }
  await findPosts(tx, school, people);
  // Every school's people in one order, whatever order the schools were asked in.
  return { people: new Map([...people].sort(([one], [other]) => one - other)), ties };
}

function personOf(address: AddressRow, row: AccountRow | undefined): KnownPerson {
  const { given_name: givenName, family_name: familyName } = row ?? {
    given_name: '',
    family_name: '',
  };
  return {
    addressId: address.id,
    address: address.address,
    home: address.school_id,
    presentIn: address.present_in,
    account: row?.id ?? null,
    role: row?.role ?? null,
    givenName,
    familyName,
    nameKey: nameKeyOf(familyName, givenName),
    civility: row?.civility ?? null,
    level: row?.level ?? null,
    photo: row?.photo_allowed ?? null,
    face: row?.face ?? '',
    state: row?.state ?? 'active',
    left: row?.left ?? false,
    placedIn: [],
  };
}

/**
 * Where else the adults and guardians of this school have a post that hasn’t ended, or a child.
 */
async function findPosts(
  tx: TownTx,
  school: SchoolId,
  people: Map<AddressId, KnownPerson>,
): Promise<void> {
  const around = [...people.values()].filter(
    ({ home, role, presentIn }) => home === school && role !== 'pupil' && presentIn.length > 0,
  );
  const ids = around.map(({ addressId }) => addressId);
  // A teacher's child elsewhere gives them no post there.
  const guardians = around
    .filter(({ role }) => role === 'guardian')
    .map(({ addressId }) => addressId);
  for (const other of new Set(around.flatMap(({ presentIn }) => presentIn))) {
    const there = await tx.in(other);
    const { rows } = await sql<{ address_id: AddressId }>`
      select address_id
      from post
      where school_id = ${other}
        and address_id = any(${ids}::bigint[])
        and (until_date is null or until_date >= current_date)
      union
      select g.guardian_address_id
      from guardianship g
        join account a on a.school_id = g.school_id
        and a.address_id = g.child_address_id
      where g.school_id = ${other}
        and g.guardian_address_id = any(${guardians}::bigint[])
        and not (
          a.state <> 'active'
          and exists (
            select from leaver l where l.school_id = a.school_id and l.account_id = a.id
          )
        )
    `.execute(there.db);
    for (const { address_id } of rows) {
      const person = people.get(address_id);
      if (person !== undefined)
        people.set(address_id, {
          ...person,
          placedIn: [...person.placedIn, other].sort((one, next) => one - next),
        });
    }
  }
}

interface TieSearch {
  readonly school: SchoolId;
  readonly home: SchoolId;
  readonly pupils: readonly AddressId[];
  readonly people: Map<AddressId, KnownPerson>;
}

/**
 * A child who may come here brings their guardians: they are to be known again by name, and as
 * blocked.
 */
async function tiesElsewhere(tx: TownTx, { school, home, pupils, people }: TieSearch) {
  if (pupils.length === 0) return [];
  const inHome = await tx.in(home);
  const { rows } = await sql<TieRow>`
    select child_address_id, guardian_address_id, blocked
    from guardianship
    where school_id = ${home} and child_address_id = any(${[...pupils]}::bigint[])
  `.execute(inHome.db);
  const missing = rows.map((row) => row.guardian_address_id).filter((id) => !people.has(id));
  const { rows: accounts } = await sql<AccountRow>`
    select id, address_id, role, given_name, family_name, face, state, false as left
    from account
    where school_id = ${home} and address_id = any(${missing}::bigint[])
  `.execute(inHome.db);
  const byAddress = new Map(accounts.map((row) => [row.address_id, row]));
  for (const address of await readAddresses(tx, missing)) {
    const row = byAddress.get(address.id);
    if (row !== undefined && address.school_id !== school)
      people.set(address.id, personOf(address, row));
  }
  return rows.map(tieOf);
}
