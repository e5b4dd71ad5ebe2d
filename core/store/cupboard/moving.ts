import { sql } from 'kysely';
import type { CupboardItemId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import type { Sees } from './contract.ts';
import type { ItemRow, ItemSpot, Sight } from './items.ts';

/** What goes along when something is moved. */
interface Load {
  /** Files and folders, itself among them. */
  readonly items: number;
  readonly bytes: number;
  /** How many folders lie in one another, itself among them. */
  readonly deep: number;
  /** Somebody else has put some of it there. */
  readonly hasOthers: boolean;
  /** Some of it whoever moves it doesn't see. */
  readonly hasUnseen: boolean;
}

/** Reckons what goes along when a file or a folder is moved. */
export async function loadOf(
  tx: SchoolTx,
  { id, cupboard, path }: Pick<ItemRow, 'id' | 'cupboard' | 'path'>,
  { sees, author }: Sight,
): Promise<Load> {
  const {
    rows: [row],
  } = await sql<Load>`
    select count(*)::integer as items,
      coalesce(sum(size_bytes), 0)::bigint as bytes,
      coalesce(max(cardinality(path) - ${path.length}::integer + 1)
        filter (where kind = 'folder'), 0)::integer as deep,
      coalesce(bool_or(author_address_id is distinct from ${author}), false) as "hasOthers",
      coalesce(bool_or(
        not (sees = any(${[...sees]}::text[])) and author_address_id is distinct from ${author}
      ), false) as "hasUnseen"
    from cupboard_item
    where school_id = ${tx.school}
      and cupboard_id = ${cupboard}
      and thrown_at is null
      and (id = ${id} or path @> array[${id}::bigint])
  `.execute(tx.db);
  return row ?? { items: 0, bytes: 0, deep: 0, hasOthers: false, hasUnseen: false };
}

/** Where something goes, and under which name it lies there. */
interface Place {
  readonly into: ItemSpot;
  readonly name: string;
  readonly key: string;
}

const lastOf = (path: readonly CupboardItemId[]): CupboardItemId | null => path.at(-1) ?? null;

/** Into another folder of its own cupboard, with all that lies or lay in it. */
export async function moveWithin(
  tx: SchoolTx,
  { id, cupboard, path: before }: Pick<ItemRow, 'id' | 'cupboard' | 'path'>,
  { into: { path }, name, key }: Place,
): Promise<void> {
  await sql`
    update cupboard_item
    set path = ${[...path]}::bigint[] || path[${before.length + 1}:],
      parent_id = case when id = ${id} then ${lastOf(path)}::bigint else parent_id end,
      name = case when id = ${id} then ${name} else name end,
      name_key = case when id = ${id} then ${key} else name_key end
    where school_id = ${tx.school}
      and cupboard_id = ${cupboard}
      and (id = ${id} or path @> array[${id}::bigint])
  `.execute(tx.db);
}

/** What others see of it where it goes. */
interface MovedSight {
  /** Where one's own word for what nobody else sees stays. */
  readonly keepsAuthors: boolean;
  readonly sees: Sees;
  /** What it was where it came from last stands again where it goes back there. */
  readonly isBack: boolean;
}

/**
 * Into a folder of another cupboard of its school, with all that lies in it; what was thrown away
 * in it before stays in its own cupboard's bin.
 */
export async function moveAcross(
  tx: SchoolTx,
  item: Pick<ItemRow, 'id' | 'cupboard' | 'path'>,
  { into, name, key, keepsAuthors, sees, isBack }: Place & MovedSight,
): Promise<void> {
  const { id, cupboard, path: before } = item;
  await leaveThrown(tx, item);
  const returns = sql<boolean>`(${isBack} and came_from = ${into.cupboard}::bigint)`;
  await sql`
    update cupboard_item
    set cupboard_id = ${into.cupboard},
      path = ${[...into.path]}::bigint[] || path[${before.length + 1}:],
      parent_id = case when id = ${id} then ${lastOf(into.path)}::bigint else parent_id end,
      name = case when id = ${id} then ${name} else name end,
      name_key = case when id = ${id} then ${key} else name_key end,
      sees = case
        when ${returns} then came_sees
        when ${keepsAuthors} and sees = 'author' then sees
        else ${sees}
      end,
      is_open = case when ${returns} then came_open else false end,
      came_from = ${cupboard},
      came_sees = sees,
      came_open = is_open
    where school_id = ${tx.school}
      and cupboard_id = ${cupboard}
      and thrown_at is null
      and (id = ${id} or path @> array[${id}::bigint])
  `.execute(tx.db);
}

/** What was thrown away in a folder that leaves comes back to the folder that was around it. */
async function leaveThrown(
  tx: SchoolTx,
  { id, cupboard, path }: Pick<ItemRow, 'id' | 'cupboard' | 'path'>,
): Promise<void> {
  await sql`
    update cupboard_item i
    set path = ${[...path]}::bigint[] || i.path[cardinality(r.path) + 1:],
      parent_id = case when i.id = r.id then ${lastOf(path)}::bigint else i.parent_id end
    from cupboard_item r
    where i.school_id = ${tx.school}
      and i.cupboard_id = ${cupboard}
      and i.path @> array[${id}::bigint]
      and i.thrown_at is not null
      and r.school_id = i.school_id
      and r.id = i.thrown_with
  `.execute(tx.db);
}
