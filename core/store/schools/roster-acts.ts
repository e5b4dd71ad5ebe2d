import { sql } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import { partsOf } from '../../roster/matching/identity.ts';
import type { Acts } from '../../roster/preview.ts';
import type { ClassRef, PersonRef, Ref } from '../../roster/ref.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';
import { closeDoors } from './close-doors.ts';
import { partFaces } from './faces.ts';
import { insertAccounts } from './new-accounts.ts';
import { type AddressWriter, openSchoolLists } from './new-addresses.ts';
import { insertClasses } from './new-classes.ts';
import { addPresence, carryAccounts, endTies } from './school-move.ts';

/** An import can be undone for 30 days. */
const LOOKED_AT_DAYS = 31;

/**
 * Writes what a plan says, some twenty statements whatever the number of people, in the transaction
 * given. Gives the addresses of the accounts made, in the order of the plan.
 */
export async function writeActs(
  tx: TownTx,
  acts: Acts,
  writing: AddressWriter,
): Promise<readonly AddressId[]> {
  const { school, day } = writing;
  for (const [from, moves] of Map.groupBy(acts.moves, (move) => move.from)) {
    const carriage = { from, to: school, addresses: moves.map(({ address }) => address) };
    await endTies(tx, carriage, day);
    await carryAccounts(tx, carriage);
  }
  const people = await insertAccounts(tx, acts.accounts, writing);
  const inSchool = await tx.in(school);
  await openSchoolLists(inSchool, writing);
  const classes = await insertClasses(inSchool, acts.classes, writing);
  const person = (ref: PersonRef): AddressId => resolve(ref, people);
  const classId = (ref: ClassRef): ClassId => resolve(ref, classes);
  await changeClasses(inSchool, acts);
  await changeMemberships(inSchool, acts, { day, person, classId });
  await changePosts(inSchool, acts, { day, person });
  await changeFamilies(inSchool, acts, { day, person });
  await changeNames(inSchool, acts);
  await fillAccounts(inSchool, acts);
  await suspendLeavers(inSchool, acts, day);
  await welcomeBack(inSchool, acts);
  await addPresence(tx, acts.present, school);
  await insertKeys(
    tx,
    acts.keys.map(({ person: ref, key }) => ({ person: person(ref), key })),
  );
  for (const [to, moves] of Map.groupBy(acts.movesOut, (move) => move.to))
    await carryAccounts(tx, { from: school, to, addresses: moves.map(({ address }) => address) });
  return people;
}

function resolve<Id>(ref: Ref<Id>, made: readonly Id[]): Id {
  if (ref.kind === 'known') return ref.id;
  const id = made[ref.index];
  if (id === undefined)
    throw new Fault('row-missing', 'a plan names what it does not make', { transient: false });
  return id;
}

async function changeClasses(tx: SchoolTx, { classChanges }: Acts): Promise<void> {
  for (const { id, levels, endsOn } of classChanges)
    await own(tx)
      .updateTable('class', { id })
      .set({ levels: [...levels], ends_on: endsOn })
      .execute();
}

interface Resolving {
  readonly day: string;
  readonly person: (ref: PersonRef) => AddressId;
  readonly classId: (ref: ClassRef) => ClassId;
}

/**
 * What ends does so on the day before, what begins today is dated today; nothing is deleted.
 */
async function changeMemberships(
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
  await partFaces(
    tx,
    begun.flatMap(({ a, role }) => (role === 'pupil' ? [a] : [])),
    day,
  );
}

/** Makes, changes and ends posts as a plan says. */
async function changePosts(
  tx: SchoolTx,
  acts: Acts,
  { day, person }: Pick<Resolving, 'day' | 'person'>,
): Promise<void> {
  const ended = acts.postsEnded.map((one) => ({ a: one.person, role: one.role, from: one.from }));
  if (ended.length > 0)
    await sql`
      update post p
      set until_date = ${day}::date - 1
      from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as e (a bigint, role text,
          "from" date)
      where p.school_id = ${tx.school}
        and p.address_id = e.a
        and p.role = e.role
        and p.from_date = e.from
    `.execute(tx.db);
  const begun = acts.postsBegun.map((one) => ({ a: person(one.person), role: one.role }));
  if (begun.length > 0)
    await sql`
      insert into post (school_id, address_id, role, from_date)
      select ${tx.school}, b.a, b.role, ${day}::date
      from jsonb_to_recordset(${JSON.stringify(begun)}::jsonb) as b (a bigint, role text)
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

/** What a file says of people who are known already, beside their names. */
async function fillAccounts(tx: SchoolTx, { civilities, levels, photos }: Acts): Promise<void> {
  await fill(
    tx,
    'civility',
    civilities.map(({ address, civility: value }) => ({ address, value })),
  );
  await fill(
    tx,
    'level',
    levels.map(({ address, level: value }) => ({ address, value })),
  );
  await fill(
    tx,
    'photo_allowed',
    photos.map(({ address, allowed: value }) => ({ address, value })),
  );
}

/** Columns of an account that a file fills, and their types in PostgreSQL. */
const FILLED = { civility: 'text', level: 'text', photo_allowed: 'boolean' } as const;

/** Sets one of them for several accounts. */
async function fill(
  tx: SchoolTx,
  column: keyof typeof FILLED,
  values: readonly { readonly address: AddressId; readonly value: string | boolean }[],
): Promise<void> {
  if (values.length === 0) return;
  await sql`
    update account a
    set ${sql.ref(column)} = v.value
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as v (address bigint,
        value ${sql.raw(FILLED[column])})
    where a.school_id = ${tx.school} and a.address_id = v.address
  `.execute(tx.db);
}

async function changeNames(tx: SchoolTx, { names }: Acts): Promise<void> {
  for (const { address, givenName, familyName } of names)
    await own(tx)
      .updateTable('account', { address_id: address })
      .set({
        given_name: givenName,
        family_name: familyName,
        display_name: `${givenName} ${familyName}`,
      })
      .execute();
}

/** A leaver's sign-ins end at once. */
async function suspendLeavers(tx: SchoolTx, { leavers }: Acts, day: string): Promise<void> {
  if (leavers.length === 0) return;
  const accounts = leavers.map(({ account }) => account);
  const addresses = leavers.map(({ address }) => address);
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

async function welcomeBack(tx: SchoolTx, { returns }: Acts): Promise<void> {
  if (returns.length === 0) return;
  await sql`
    delete from leaver l using account a
    where l.school_id = ${tx.school}
      and a.school_id = l.school_id
      and a.id = l.account_id
      and a.address_id = any(${[...returns]}::bigint[])
  `.execute(tx.db);
  await sql`
    update account
    set state = 'active'
    where school_id = ${tx.school}
      and address_id = any(${[...returns]}::bigint[])
      and state = 'suspended'
  `.execute(tx.db);
}

async function insertKeys(
  tx: TownTx,
  keys: readonly { readonly person: AddressId; readonly key: string }[],
): Promise<void> {
  if (keys.length === 0) return;
  const parts = keys.map(({ key }) => partsOf(key));
  await sql`
    insert into identity (kind, key, address_id)
    select *
    from unnest(${parts.map(({ kind }) => kind)}::text[],
        ${parts.map(({ hash }) => hash)}::bytea[],
        ${keys.map(({ person }) => person)}::bigint[])
    on conflict do nothing
  `.execute(tx.db);
}
