import { sql } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import { partFaces } from './faces.ts';

/**
 * Those who change the classes of a school take turns until the transaction ends; gives the
 * roster's version as it is now.
 */
export async function lockSchool(tx: SchoolTx): Promise<number> {
  const { rows } = await sql<{
    version: number;
  }>`
    select roster_version as version
    from school
    where id = ${tx.school}
    for no key update
  `.execute(tx.db);
  const [row] = rows;
  if (!row) throw new Fault('row-missing', `school ${tx.school}`, { transient: false });
  return row.version;
}

interface Memberships {
  readonly classId: ClassId;
  readonly people: readonly AddressId[];
  readonly role: 'pupil' | 'teacher' | 'aide';
}

/**
 * Puts people into a class from a day on. Who left it the day before has never been away: their row
 * goes on.
 */
export async function beginMemberships(
  tx: SchoolTx,
  { classId, people, role }: Memberships,
  dates: { readonly from: string; readonly until: string | null },
): Promise<void> {
  if (people.length === 0) return;
  const { rows } = await sql<{ address_id: AddressId }>`
    update membership
    set until_date = ${dates.until}::date
    where school_id = ${tx.school}
      and class_id = ${classId}
      and role = ${role}
      and address_id = any(${[...people]}::bigint[])
      and until_date = ${dates.from}::date - 1
      and from_date <= until_date
    returning address_id
  `.execute(tx.db);
  const back = new Set(rows.map(({ address_id }) => address_id));
  const fresh = people.filter((id) => !back.has(id));
  await sql`
    insert into membership (school_id, class_id, address_id, role, from_date, until_date)
    select ${tx.school}, ${classId}, p.id, ${role}, ${dates.from}::date, ${dates.until}::date
    from unnest(${fresh}::bigint[]) as p (id)
    on conflict (school_id, class_id, address_id, role, from_date) do update
    set until_date = excluded.until_date
  `.execute(tx.db);
  if (role === 'pupil') await partFaces(tx, people, dates.from);
}

/**
 * Yesterday was the last day of these memberships; what was to begin later never does. The rows
 * stay.
 */
export async function endMemberships(
  tx: SchoolTx,
  { classId, people, role }: Memberships,
  day: string,
): Promise<void> {
  await sql`
    update membership
    set until_date = ${day}::date - 1
    where school_id = ${tx.school}
      and class_id = ${classId}
      and role = ${role}
      and address_id = any(${[...people]}::bigint[])
      and (until_date is null or until_date >= ${day}::date)
  `.execute(tx.db);
}

/** Changes the last day of who is there on `day`. */
export async function setLastDay(
  tx: SchoolTx,
  { classId, people, role }: Memberships,
  { day, until }: { readonly day: string; readonly until: string | null },
): Promise<void> {
  await sql`
    update membership
    set until_date = ${until}::date
    where school_id = ${tx.school}
      and class_id = ${classId}
      and role = ${role}
      and address_id = any(${[...people]}::bigint[])
      and from_date <= ${day}::date
      and (until_date is null or until_date >= ${day}::date)
  `.execute(tx.db);
}

interface ClassColumns {
  readonly name: string;
  readonly levels: readonly string[];
  readonly cover: number;
  readonly moderation: 'open' | 'first-contact' | 'all';
}

export async function updateClass(
  tx: SchoolTx,
  id: ClassId,
  { name, levels, cover, moderation }: ClassColumns,
): Promise<void> {
  await own(tx)
    .updateTable('class', { id })
    .set({ name, levels: [...levels], cover, moderation })
    .execute();
}

export async function setClassEnd(
  tx: SchoolTx,
  id: ClassId,
  lastDay: string | null,
): Promise<void> {
  await own(tx).updateTable('class', { id }).set({ ends_on: lastDay }).execute();
}

/**
 * An ended class begins anew, empty: whoever was in it to the end was there until its last day and
 * no longer.
 */
export async function reopenClass(tx: SchoolTx, id: ClassId): Promise<void> {
  await sql`
    update membership m
    set until_date = c.ends_on
    from class c
    where c.school_id = ${tx.school}
      and c.id = ${id}
      and m.school_id = c.school_id
      and m.class_id = c.id
      and (m.until_date is null or m.until_date > c.ends_on)
  `.execute(tx.db);
  await setClassEnd(tx, id, null);
}
