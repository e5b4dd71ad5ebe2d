import { sql } from 'kysely';
import { folded } from '../../ground/folding.ts';
import type { AddressId, CupboardId, CupboardItemId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import type { StoredBody } from '../bodies/bodies.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { Sees } from './contract.ts';

/** A file as it lies somewhere: its bytes, and what they are served as. */
export interface FileBody extends StoredBody {
  readonly mediaType: string;
}

/** A file or a folder of a cupboard. */
export interface ItemRow {
  readonly id: CupboardItemId;
  readonly cupboard: CupboardId;
  /** The folders around it, the outermost first. */
  readonly path: readonly CupboardItemId[];
  readonly name: string;
  readonly sees: Sees;
  /** Of a folder: pupils put files into it. */
  readonly isOpen: boolean;
  /** Null: who put it there is no more. */
  readonly author: AddressId | null;
  readonly changedAt: Date;
  /** Null: it is a folder. */
  readonly file: FileBody | null;
  readonly thrown: { readonly at: Date; readonly with: CupboardItemId } | null;
  /** It has a small picture; only told of what is listed. */
  readonly hasSmall: boolean;
}

const COLUMNS = [
  'id',
  'cupboard_id as cupboard',
  'path',
  'name',
  'sees',
  'is_open as isOpen',
  'author_address_id as author',
  'changed_at as changedAt',
  'sha256',
  'media_type as mediaType',
  'size_bytes as sizeBytes',
  'thrown_at as thrownAt',
  'thrown_with as thrownWith',
] as const;

const HAS_SMALL = sql<boolean>`
  exists (
    select
    from stored_body b
    where b.school_id = cupboard_item.school_id
      and b.sha256 = cupboard_item.sha256
      and b.small is not null
  )
`.as('hasSmall');

interface Selected extends Omit<ItemRow, 'file' | 'thrown' | 'hasSmall'> {
  readonly hasSmall?: boolean;
  readonly sha256: string | null;
  readonly mediaType: string | null;
  readonly sizeBytes: number;
  readonly thrownAt: Date | null;
  readonly thrownWith: CupboardItemId | null;
}

const rowOf = ({
  sha256,
  mediaType,
  sizeBytes,
  thrownAt,
  thrownWith,
  hasSmall = false,
  ...row
}: Selected): ItemRow => ({
  ...row,
  hasSmall,
  file: sha256 === null || mediaType === null ? null : { sha256, mediaType, sizeBytes },
  thrown: thrownAt === null || thrownWith === null ? null : { at: thrownAt, with: thrownWith },
});

/** Where something lies: in a folder, or at the top of a cupboard. */
export interface ItemSpot {
  readonly cupboard: CupboardId;
  readonly path: readonly CupboardItemId[];
}

const parentOf = ({ path }: Pick<ItemSpot, 'path'>): CupboardItemId | null => path.at(-1) ?? null;

/** Narrows a folder to what somebody sees. */
export interface Sight {
  readonly sees: readonly Sees[];
  readonly author: AddressId;
}

const isSeen = ({ sees, author }: Sight) => sql<boolean>`
  (sees = any(${[...sees]}::text[]) or author_address_id = ${author})
`;

/** Something and the folders around it, the outermost first, itself last; none where it isn't. */
export async function itemWithin(tx: SchoolTx, id: CupboardItemId): Promise<readonly ItemRow[]> {
  const around = sql<boolean>`
    (
      id = ${id}
      or id = any(
        (select x.path from cupboard_item x where x.school_id = ${tx.school} and x.id = ${id})::bigint[]
      )
    )
  `;
  const rows = await ownKept(tx)
    .selectFrom('cupboard_item')
    .where(around)
    .select(COLUMNS)
    .orderBy(sql`cardinality(path)`)
    .execute();
  return rows.at(-1)?.id === id ? rows.map(rowOf) : [];
}

interface ItemPage {
  readonly by: Sight;
  readonly after: CupboardItemId | null;
  readonly limit: number;
}

/** What lies in a folder, folders first, in the order of names; from one on, or from the first. */
export async function itemsIn(
  tx: SchoolTx,
  spot: ItemSpot,
  asked: ItemPage,
): Promise<readonly ItemRow[]> {
  const { by, after, limit } = asked;
  const rows = ownKept(tx)
    .selectFrom('cupboard_item', { cupboard_id: spot.cupboard })
    .where('folder_key', '=', parentOf(spot) ?? 0)
    .where('thrown_at', 'is', null)
    .where(isSeen(by))
    .select([...COLUMNS, HAS_SMALL])
    .orderBy('kind', 'desc')
    .orderBy('name_key')
    .limit(limit);
  if (after === null) return (await rows.execute()).map(rowOf);
  const last = await ownKept(tx)
    .selectFrom('cupboard_item', { id: after })
    .select(['kind', 'name_key as key'])
    .executeTakeFirst();
  if (last === undefined) return [];
  // After a file there are only files: their names say where the index is entered.
  const further =
    last.kind === 'file'
      ? rows.where('kind', '=', 'file').where('name_key', '>', last.key)
      : rows.where(sql<boolean>`(kind = 'file' or name_key > ${last.key})`);
  return (await further.execute()).map(rowOf);
}

/** What lies in a folder at any depth, or in a whole cupboard; what is around comes first. */
export async function allWithin(
  tx: SchoolTx,
  { cupboard, path }: ItemSpot,
  { by, limit }: { readonly by: Sight; readonly limit: number },
): Promise<readonly ItemRow[]> {
  const folder = path.at(-1);
  const all = ownKept(tx)
    .selectFrom('cupboard_item', { cupboard_id: cupboard })
    .where('thrown_at', 'is', null)
    .where(isSeen(by))
    .select(COLUMNS)
    .orderBy(sql`cardinality(path)`)
    .orderBy('name_key')
    .limit(limit);
  const within = sql<boolean>`path @> array[${folder ?? null}::bigint]`;
  return (await (folder === undefined ? all : all.where(within)).execute()).map(rowOf);
}

interface ItemSearch {
  readonly words: readonly string[];
  readonly by: Sight;
  readonly limit: number;
}

/** What bears all of these words in its name, the latest first; words as `folded` writes them. */
export async function itemsNamed(
  tx: SchoolTx,
  cupboard: CupboardId,
  asked: ItemSearch,
): Promise<readonly ItemRow[]> {
  const { words, by, limit } = asked;
  const rows = await ownKept(tx)
    .selectFrom('cupboard_item', { cupboard_id: cupboard })
    .where('thrown_at', 'is', null)
    .where(sql<boolean>`folded like all(${words.map((word) => `%${word}%`)}::text[])`)
    .where(isSeen(by))
    .select([...COLUMNS, HAS_SMALL])
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(rowOf);
}

/** The largest files of a cupboard of those that somebody sees; from one on, or from the first. */
export async function largestIn(
  tx: SchoolTx,
  cupboard: CupboardId,
  asked: ItemPage,
): Promise<readonly ItemRow[]> {
  const { by, after, limit } = asked;
  const smaller = sql<boolean>`
    (size_bytes, id) < (
      select a.size_bytes, a.id
      from cupboard_item a
      where a.school_id = ${tx.school} and a.id = ${after}
    )
  `;
  const rows = ownKept(tx)
    .selectFrom('cupboard_item', { cupboard_id: cupboard, kind: 'file' })
    .where('thrown_at', 'is', null)
    .where(isSeen(by))
    .select([...COLUMNS, HAS_SMALL])
    .orderBy('size_bytes', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  return (await (after === null ? rows : rows.where(smaller)).execute()).map(rowOf);
}

/** These, whatever they are. */
export async function itemsById(
  tx: SchoolTx,
  ids: readonly CupboardItemId[],
): Promise<readonly ItemRow[]> {
  const rows = await ownKept(tx)
    .selectFrom('cupboard_item', { id: anyOf(ids) })
    .select(COLUMNS)
    .execute();
  return rows.map(rowOf);
}

/**
 * How many files lie in each folder of a spot, at any depth: of those that all see who stand there,
 * or of those that their author alone sees besides.
 */
export async function filesIn(
  tx: SchoolTx,
  { cupboard, path }: ItemSpot,
  { sees, author, whose }: Sight & { readonly whose: 'all' | 'author' },
): Promise<ReadonlyMap<CupboardItemId, number>> {
  const folder = path.at(-1) ?? null;
  const isSeenByAll = sql<boolean>`sees = any(${[...sees]}::text[])`;
  const isTheirs =
    whose === 'all'
      ? isSeenByAll
      : sql<boolean>`author_address_id = ${author} and not ${isSeenByAll}`;
  const { rows } = await sql<{ id: CupboardItemId; count: number }>`
    select path[${path.length + 1}::integer] as id, count(*)::integer as count
    from cupboard_item
    where school_id = ${tx.school}
      and cupboard_id = ${cupboard}
      and thrown_at is null
      and kind = 'file'
      and cardinality(path) > ${path.length}::integer
      and (${folder}::bigint is null or path @> array[${folder}::bigint])
      and ${isTheirs}
    group by 1
  `.execute(tx.kept);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** What was thrown away in a cupboard, each with what lay in it as one, the latest first. */
export async function thrownIn(
  tx: SchoolTx,
  cupboard: CupboardId,
  limit: number,
): Promise<readonly ItemRow[]> {
  const rows = await ownKept(tx)
    .selectFrom('cupboard_item', { cupboard_id: cupboard })
    .where('thrown_at', 'is not', null)
    .where(sql<boolean>`thrown_with = id`)
    .select(COLUMNS)
    .orderBy('thrown_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(rowOf);
}

/** What lies in a folder under one of these keys of names. */
export async function namedIn(
  tx: SchoolTx,
  spot: ItemSpot,
  keys: readonly string[],
): Promise<readonly (ItemRow & { readonly key: string })[]> {
  const rows = await own(tx)
    .selectFrom('cupboard_item', { cupboard_id: spot.cupboard })
    .where('folder_key', '=', parentOf(spot) ?? 0)
    .where('thrown_at', 'is', null)
    .where('name_key', '=', anyOf(keys))
    .select([...COLUMNS, 'name_key as key'])
    .execute();
  return rows.map(({ key, ...row }) => ({ ...rowOf(row), key }));
}

/** Something that is put into a cupboard. */
interface NewItem {
  readonly spot: ItemSpot;
  readonly name: string;
  readonly key: string;
  readonly sees: Sees;
  readonly author: AddressId;
  readonly at: Date;
  /** Null: a folder. */
  readonly file: FileBody | null;
}

export async function insertItem(tx: SchoolTx, item: NewItem): Promise<CupboardItemId> {
  const { spot, name, key, file, at } = item;
  const { id } = await own(tx)
    .insertInto('cupboard_item', {
      cupboard_id: spot.cupboard,
      kind: file === null ? 'folder' : 'file',
      parent_id: parentOf(spot),
      path: [...spot.path],
      name,
      name_key: key,
      folded: folded(name),
      sees: item.sees,
      author_address_id: item.author,
      made_at: at,
      changed_at: at,
      sha256: file?.sha256 ?? null,
      media_type: file?.mediaType ?? null,
      size_bytes: file?.sizeBytes ?? 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Gives something another name. */
export async function nameItem(
  tx: SchoolTx,
  id: CupboardItemId,
  { name, key }: { readonly name: string; readonly key: string },
): Promise<void> {
  await own(tx)
    .updateTable('cupboard_item', { id })
    .set({ name, name_key: key, folded: folded(name) })
    .execute();
}

/** Says who sees something, and of a folder whether pupils put files into it. */
export async function showItem(
  tx: SchoolTx,
  id: CupboardItemId,
  { sees, isOpen }: Pick<ItemRow, 'sees' | 'isOpen'>,
): Promise<void> {
  await own(tx).updateTable('cupboard_item', { id }).set({ sees, is_open: isOpen }).execute();
}

interface BodyReplacement {
  readonly file: FileBody;
  readonly at: Date;
  readonly most: number;
}

/** Gives a file other bytes; those before are an earlier version of it, the oldest of them go. */
export async function replaceBody(
  tx: SchoolTx,
  item: CupboardItemId,
  { file, at, most }: BodyReplacement,
): Promise<void> {
  await sql`
    insert into cupboard_version (school_id, item_id, version, sha256, media_type, size_bytes,
      replaced_at)
    select i.school_id, i.id, coalesce(max(v.version), 0) + 1, i.sha256, i.media_type,
      i.size_bytes, ${at}
    from cupboard_item i
      left join cupboard_version v on v.school_id = i.school_id and v.item_id = i.id
    where i.school_id = ${tx.school} and i.id = ${item}
    group by i.school_id, i.id
  `.execute(tx.db);
  await sql`
    delete from cupboard_version v
    where v.school_id = ${tx.school}
      and v.item_id = ${item}
      and v.version <= (
        select max(x.version) - ${most}::integer
        from cupboard_version x
        where x.school_id = ${tx.school} and x.item_id = ${item}
      )
  `.execute(tx.db);
  await own(tx)
    .updateTable('cupboard_item', { id: item })
    .set({
      changed_at: at,
      sha256: file.sha256,
      media_type: file.mediaType,
      size_bytes: file.sizeBytes,
    })
    .execute();
}

/** What a file was before, the latest first. */
export async function versionsOf(
  tx: SchoolTx,
  item: CupboardItemId,
): Promise<readonly (FileBody & { readonly version: number; readonly replacedAt: Date })[]> {
  return ownKept(tx)
    .selectFrom('cupboard_version', { item_id: item })
    .select([
      'version',
      'sha256',
      'media_type as mediaType',
      'size_bytes as sizeBytes',
      'replaced_at as replacedAt',
    ])
    .orderBy('version', 'desc')
    .execute();
}
