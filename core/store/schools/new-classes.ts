import { sql } from 'kysely';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import type { NewClass } from '../../roster/preview.ts';
import type { SchoolTx } from '../store.ts';
import {
  type AddressWriter,
  takeIds,
  freeLocals,
  type NewAddress,
  insertAddresses,
} from './new-addresses.ts';

/**
 * Classes with their two lists, whose addresses are their names': where a class of that name once
 * was, they lead to the new one.
 */
export async function insertClasses(
  tx: SchoolTx,
  classes: readonly NewClass[],
  writing: AddressWriter,
): Promise<ClassId[]> {
  if (classes.length === 0) return [];
  const ids = await takeIds<ClassId>(tx, 'class', classes.length);
  const planned = classes.map(({ key, ...one }, index) => {
    const target = ids[index] ?? 0;
    const members: NewAddress = { kind: 'class', local: `${key}.${writing.slug}`, target };
    const families: NewAddress = {
      kind: 'class-families',
      local: `familles.${key}.${writing.slug}`,
      target,
    };
    return { one, id: target, members, families };
  });
  const lists = planned.flatMap(({ members, families }) => [members, families]);
  const addresses = await giveListAddresses(tx, lists, writing);
  const rows = planned.map(({ one, id, members }) => ({
    id,
    name: one.name,
    levels: one.levels,
    cover: one.cover,
    address_id: addresses.get(members),
  }));
  await sql`
    insert into class (school_id, id, name, levels, cover, address_id) overriding system value
    select ${tx.school}, c.id, c.name, c.levels, c.cover, c.address_id
    from jsonb_populate_recordset(null::class, ${JSON.stringify(rows)}::jsonb) c`.execute(tx.db);
  return ids;
}

/**
 * The addresses of new lists: what was theirs before and leads nowhere now, or a new one,
 * numbered where the name is somebody else's.
 */
async function giveListAddresses(
  tx: SchoolTx,
  wanted: readonly NewAddress[],
  writing: AddressWriter,
): Promise<ReadonlyMap<NewAddress, AddressId>> {
  const { rows } = await sql<{ id: AddressId; local: string; kind: string; free: boolean }>`
    select a.id, a.local, a.kind, a.school_id = ${tx.school} and c.id is null as free
    from address a left join class c on c.school_id = ${tx.school} and c.id = a.target_id
    where a.domain = ${writing.domain}
      and a.local = any(${wanted.map(({ local }) => local)}::text[])
  `.execute(tx.db);
  const known = new Map(rows.map((row) => [row.local, row]));
  const given = new Map<NewAddress, AddressId>();
  for (const one of wanted) {
    const row = known.get(one.local);
    if (row === undefined || row.kind !== one.kind || !row.free) continue;
    await tx.db
      .updateTable('address')
      .set({ target_id: one.target })
      .where('id', '=', row.id)
      .execute();
    given.set(one, row.id);
  }
  const fresh = wanted.filter((one) => !given.has(one));
  const locals = await freeLocals(tx, {
    domain: writing.domain,
    plains: fresh.map(({ local }) => local),
  });
  const numbered = fresh.map((list, index) => ({ list, local: locals[index] ?? list.local }));
  const made = await insertAddresses(
    tx,
    writing,
    numbered.map(({ list, local }) => ({ ...list, local })),
  );
  for (const { list, local } of numbered) {
    const id = made.get(local);
    if (id !== undefined) given.set(list, id);
  }
  return given;
}
