import { sql } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import type { TownPlanSchool } from '../../roster/town-plan.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

export interface Ids {
  readonly addressIds: ReadonlyMap<string, AddressId>;
  readonly classIds: ReadonlyMap<string, ClassId>;
  readonly settings: TownFoundation;
}

/** Posts, memberships, guardianships, aides and approved correspondents. */
export async function insertRelations(
  tx: SchoolTx,
  school: TownPlanSchool,
  ids: Ids,
): Promise<void> {
  await insertPosts(tx, school, ids);
  await insertMemberships(tx, school, ids);
  await insertGuardianships(tx, school, ids);
  await insertAccompaniments(tx, school, ids);
  await insertCorrespondents(tx, school, ids);
}

async function insertPosts(
  tx: SchoolTx,
  school: TownPlanSchool,
  { addressIds, settings }: Ids,
): Promise<void> {
  const posts = school.posts.map((post) => ({
    a: idOf(addressIds, post.person),
    role: post.role,
    reachable: post.reachableByPupils,
  }));
  await sql`
    insert into post (school_id, address_id, role, reachable_by_pupils, from_date)
    select ${tx.school}, p.a, p.role, p.reachable, ${settings.yearStart}::date
    from json_to_recordset(${JSON.stringify(posts)}::json) as p (a bigint, role text,
        reachable boolean)
  `.execute(tx.db);
}

async function insertMemberships(
  tx: SchoolTx,
  school: TownPlanSchool,
  { addressIds, classIds, settings }: Ids,
): Promise<void> {
  const memberships = school.memberships.map((one) => ({
    c: idOf(classIds, one.classLocal),
    a: idOf(addressIds, one.person),
    role: one.role,
  }));
  await sql`
    insert into membership (school_id, class_id, address_id, role, from_date)
    select ${tx.school}, m.c, m.a, m.role, ${settings.yearStart}::date
    from json_to_recordset(${JSON.stringify(memberships)}::json) as m (c bigint, a bigint,
        role text)
  `.execute(tx.db);
}

async function insertGuardianships(
  tx: SchoolTx,
  school: TownPlanSchool,
  { addressIds }: Ids,
): Promise<void> {
  const guardianships = school.guardianships.map((one) => ({
    c: idOf(addressIds, one.child),
    g: idOf(addressIds, one.guardian),
    blocked: one.blocked,
    called: one.called,
  }));
  await sql`
    insert into guardianship (school_id, child_address_id, guardian_address_id, blocked, called)
    select ${tx.school}, g.*
    from json_to_recordset(${JSON.stringify(guardianships)}::json) as g (c bigint, g bigint,
        blocked boolean, called text)
  `.execute(tx.db);
}

async function insertAccompaniments(
  tx: SchoolTx,
  school: TownPlanSchool,
  { addressIds, settings }: Ids,
): Promise<void> {
  for (const { pupil, aide } of school.accompaniments)
    await own(tx)
      .insertInto('accompaniment', {
        pupil_address_id: idOf(addressIds, pupil),
        aide_address_id: idOf(addressIds, aide),
        from_date: settings.yearStart,
        until_date: null,
      })
      .execute();
}

async function insertCorrespondents(
  tx: SchoolTx,
  school: TownPlanSchool,
  { addressIds, classIds, settings }: Ids,
): Promise<void> {
  for (const { classLocal, address, approvedBy } of school.correspondents)
    await own(tx)
      .insertInto('correspondent', {
        class_id: idOf(classIds, classLocal),
        address,
        approved_by: idOf(addressIds, approvedBy),
        until_date: settings.linkUntil,
      })
      .execute();
}

export interface TownFoundation {
  readonly domain: string;
  readonly passwordHash: string;
  /** The clock of all its schools, an IANA name. */
  readonly timeZone: string;
  /** First day of posts and memberships. */
  readonly yearStart: Day;
  /** From when until when class links run; correspondents are approved until the same day. */
  readonly linkFrom: Day;
  readonly linkUntil: Day;
}

export function idOf<Key, Value>(ids: ReadonlyMap<Key, Value>, key: Key): Value {
  const id = ids.get(key);
  if (id === undefined)
    throw new Fault('row-missing', `the plan names ${String(key)} before it is written`, {
      transient: false,
    });
  return id;
}
