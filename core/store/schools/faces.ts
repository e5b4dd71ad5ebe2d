import { sql } from 'kysely';
import { freeFace } from '../../ground/animals.ts';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';

/**
 * No two children of a class look alike: of the classes into which these have just been put,
 * whoever has the face of another gets a ring of another colour around the same animal, those who
 * have come first of all. `day` is that of the change. A child's animal never changes, and its ring
 * only here.
 */
export async function partFaces(
  tx: SchoolTx,
  placed: readonly AddressId[],
  day: string,
): Promise<void> {
  if (placed.length === 0) return;
  const pupils = await classmates(tx, placed, day);
  const classesOf = Map.groupBy(pupils, ({ person }) => person);
  const worn = new Map<ClassId, Set<string>>();
  const come = new Set(placed);
  const order = [...classesOf].sort(
    ([one], [other]) => Number(come.has(one)) - Number(come.has(other)) || one - other,
  );
  const changed: { address: AddressId; face: string }[] = [];
  for (const [address, rows] of order) {
    const face = rows[0]?.face ?? '';
    const around = rows.map(({ classId }) => worn.get(classId) ?? new Set<string>());
    const free = freeFace(face, new Set(around.flatMap((faces) => [...faces])));
    for (const [index, { classId }] of rows.entries())
      worn.set(classId, (around[index] ?? new Set<string>()).add(free));
    if (free !== face) changed.push({ address, face: free });
  }
  if (changed.length > 0)
    await sql`
      update account a
      set face = c.face
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as c (address bigint, face text)
      where a.school_id = ${tx.school} and a.address_id = c.address and a.role = 'pupil'
    `.execute(tx.kept);
}

interface Classmate {
  readonly classId: ClassId;
  readonly person: AddressId;
  readonly face: string;
}

/** The pupils, on that day or later, of the classes that these are in. */
async function classmates(
  tx: SchoolTx,
  people: readonly AddressId[],
  day: string,
): Promise<Classmate[]> {
  const { rows } = await sql<Classmate>`
    with
      now as (
        select distinct class_id, address_id
        from membership
        where school_id = ${tx.school}
          and role = 'pupil'
          and (until_date is null or until_date >= ${day}::date)
      )
    select n.class_id as "classId", n.address_id as person, a.face
    from now n
      join account a on a.school_id = ${tx.school}
      and a.address_id = n.address_id
    where n.class_id in (select class_id from now where address_id = any(${[...people]}::bigint[]))
    order by n.class_id, n.address_id
  `.execute(tx.kept);
  return rows;
}
