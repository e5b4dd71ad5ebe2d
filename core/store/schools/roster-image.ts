import { sql, type SelectType } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import { keysOf } from '../../ground/keys.ts';
import type { SchoolTx } from '../store.ts';
import type { Database } from '../tables.ts';

/**
 * What an import may change in a school: by table, the columns that are a row's name, and those
 * that undoing gives back.
 */
const TABLES = {
  class: { key: ['id'], columns: ['id', 'name', 'levels', 'cover', 'address_id', 'ends_on'] },
  account: {
    key: ['id'],
    columns: [
      'id',
      'address_id',
      'role',
      'given_name',
      'family_name',
      'display_name',
      'civility',
      'level',
      'photo_allowed',
      'state',
    ],
  },
  membership: {
    key: ['class_id', 'address_id', 'role', 'from_date'],
    columns: ['class_id', 'address_id', 'role', 'from_date', 'until_date'],
  },
  post: {
    key: ['address_id', 'role', 'from_date'],
    columns: ['address_id', 'role', 'reachable_by_pupils', 'from_date', 'until_date'],
  },
  guardianship: {
    key: ['child_address_id', 'guardian_address_id'],
    columns: [
      'child_address_id',
      'guardian_address_id',
      'blocked',
      'called',
      'agrees',
      'answered_at',
    ],
  },
  accompaniment: {
    key: ['pupil_address_id', 'aide_address_id', 'from_date'],
    columns: ['pupil_address_id', 'aide_address_id', 'from_date', 'until_date'],
  },
  leaver: { key: ['account_id'], columns: ['account_id', 'left_on'] },
} as const;

type ImageTable = keyof typeof TABLES;
const IMAGE_TABLES = keysOf(TABLES);
/** A row of a table as its JSON has it. */
export type ImageRow<T extends ImageTable> = {
  readonly [C in (typeof TABLES)[T]['columns'][number] & keyof Database[T]]: InJson<
    SelectType<Database[T][C]>
  >;
};
type InJson<V> = V extends Date ? string : V;
type AnyRow = Readonly<Record<string, unknown>>;
/** The rows of one school that imports change, by table and key. */
export type Image = { readonly [T in ImageTable]: ReadonlyMap<string, ImageRow<T>> };

/** One row before and after; null where there was, or is, none. */
export type Change = { readonly [T in ImageTable]: ChangeIn<T> }[ImageTable];

interface ChangeIn<T extends ImageTable> {
  readonly table: T;
  readonly key: string;
  readonly before: ImageRow<T> | null;
  readonly after: ImageRow<T> | null;
}

/** All of a school's rows that imports change, by one statement. */
export async function readImage(tx: SchoolTx): Promise<Image> {
  const parts = IMAGE_TABLES.map(
    (table) => sql`
      (
        select coalesce(jsonb_agg(to_jsonb(r)), '[]')
        from (
          select ${sql.raw(TABLES[table].columns.join(', '))}
          from ${sql.table(table)}
          where school_id = ${tx.school}
        ) r
      ) as ${sql.ref(table)}
    `,
  );
  const {
    rows: [all],
  } = await sql<Record<ImageTable, AnyRow[]>>`select ${sql.join(parts)}`.execute(tx.db);
  const tables = IMAGE_TABLES.map((table) => [
    table,
    new Map((all?.[table] ?? []).map((row) => [keyOf(table, row), row])),
  ]);
  return Object.fromEntries(tables) as Image; // of the columns that were asked for above
}

function keyOf(table: ImageTable, row: AnyRow): string {
  return TABLES[table].key.map((column) => String(row[column])).join(' ');
}

/**
 * What differs between two images; accounts that moved between schools are told apart by their
 * address and left out.
 */
export function changesBetween(before: Image, after: Image, moved: ReadonlySet<number>): Change[] {
  return IMAGE_TABLES.flatMap((table) => {
    const [old, fresh] = [before[table], after[table]];
    const keys = new Set([...old.keys(), ...fresh.keys()]);
    return [...keys].flatMap((key): Change[] => {
      // each of its own table
      const change = {
        table,
        key,
        before: old.get(key) ?? null,
        after: fresh.get(key) ?? null,
      } as Change;
      return sameRow(change.before, change.after) || isOf(change, moved) ? [] : [change];
    });
  });
}

const isOf = (change: Change, moved: ReadonlySet<number>): boolean =>
  change.table === 'account' && moved.has(rowOf(change).address_id);

/** The row as it was, or as it came. */
export function rowOf<T extends ImageTable>({
  table,
  key,
  before,
  after,
}: ChangeIn<T>): ImageRow<T> {
  const row = before ?? after;
  if (row === null) throw new Fault('row-missing', `${table} ${key}`, { transient: false });
  return row;
}

export function sameRow(one: AnyRow | null, other: AnyRow | null): boolean {
  if (one === null || other === null) return one === other;
  return Object.keys(one).every(
    (column) => JSON.stringify(one[column]) === JSON.stringify(other[column]),
  );
}

/** Children before parents when rows go, parents before children when they come. */
const GOING: readonly ImageTable[] = [
  'leaver',
  'membership',
  'post',
  'guardianship',
  'accompaniment',
  'account',
  'class',
];

/**
 * Puts rows back as they were before. The caller has looked that they are as the changes left them.
 */
export async function putBack(tx: SchoolTx, changes: readonly Change[]): Promise<void> {
  for (const table of GOING) {
    const gone = changes
      .filter((change) => change.table === table && change.before === null)
      .map(({ after }) => after ?? {});
    await removeRows(tx, table, gone);
  }
  for (const table of GOING.toReversed()) {
    const back = changes.filter((change) => change.table === table && change.before !== null);
    await restoreRows(
      tx,
      table,
      back.map(({ before }) => before ?? {}),
    );
  }
}

async function removeRows(tx: SchoolTx, table: ImageTable, rows: readonly AnyRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { key } = TABLES[table];
  await sql`
    delete from ${sql.table(table)} t using jsonb_populate_recordset(null::${sql.table(table)},
      ${JSON.stringify(rows)}::jsonb) r
    where t.school_id = ${tx.school}
      and ${sql.raw(key.map((column) => `t.${column} = r.${column}`).join(' and '))}
  `.execute(tx.db);
}

async function restoreRows(
  tx: SchoolTx,
  table: ImageTable,
  rows: readonly AnyRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const { key, columns }: { key: readonly string[]; columns: readonly string[] } = TABLES[table];
  const others = columns.filter((column) => !key.includes(column));
  // An account or a class is never taken away by an import, so that what isn't in the image is
  // still in its row.
  if (table === 'account' || table === 'class') {
    await sql`
      update ${sql.table(table)} t
      set ${sql.raw(others.map((column) => `${column} = r.${column}`).join(', '))}
      from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) r
      where t.school_id = ${tx.school} and t.id = r.id
    `.execute(tx.db);
    return;
  }
  await sql`
    insert into ${sql.table(table)} (school_id, ${sql.raw(columns.join(', '))})
    select ${tx.school}, ${sql.raw(columns.map((column) => `r.${column}`).join(', '))}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) r
    on conflict (school_id,
      ${sql.raw(key.join(', '))}) do ${others.length === 0 ? sql`nothing` : sql`update set ${sql.raw(others.map((column) => `${column} = excluded.${column}`).join(', '))}`}
  `.execute(tx.db);
}
