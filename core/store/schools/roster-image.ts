import { sql, type SelectType } from 'kysely';
import { z } from 'zod';
import { Fault } from '../../ground/fault.ts';
import { anId } from '../../ground/id-shapes.ts';
import type { AccountId, AddressId, ClassId } from '../../ground/ids.ts';
import { isKeyOf, keysOf } from '../../ground/keys.ts';
import type { Civility } from '../../roster/civility.ts';
import type { SchoolTx } from '../store.ts';
import type { Database } from '../tables.ts';

/** A column of certain words: of every word that its table may have. */
const wordOf = <Word extends string>(words: Readonly<Record<Word, true>>) =>
  z.custom<Word>((value) => isKeyOf(words, value));

/**
 * The rows that an import may change in a school, by table, as JSON has them: their columns are
 * what undoing gives back. One that comes later needs a default, else nothing that was kept before
 * it can be undone.
 */
const ROWS = {
  class: z.strictObject({
    id: anId<ClassId>(),
    name: z.string(),
    levels: z.array(z.string()),
    cover: z.int(),
    address_id: anId<AddressId>(),
    ends_on: z.iso.date().nullable(),
  }),
  account: z.strictObject({
    id: anId<AccountId>(),
    address_id: anId<AddressId>(),
    role: wordOf<Database['account']['role']>({
      pupil: true,
      teacher: true,
      head: true,
      staff: true,
      guardian: true,
      agent: true,
    }),
    given_name: z.string(),
    family_name: z.string(),
    display_name: z.string(),
    civility: wordOf<Civility>({ M: true, Mme: true }).nullable(),
    level: z.string().nullable(),
    photo_allowed: z.boolean().nullable(),
    state: wordOf<SelectType<Database['account']['state']>>({
      active: true,
      suspended: true,
      archived: true,
    }),
  }),
  membership: z.strictObject({
    class_id: anId<ClassId>(),
    address_id: anId<AddressId>(),
    role: wordOf<Database['membership']['role']>({ pupil: true, teacher: true, aide: true }),
    from_date: z.iso.date(),
    until_date: z.iso.date().nullable(),
  }),
  post: z.strictObject({
    address_id: anId<AddressId>(),
    role: wordOf<Database['post']['role']>({ teacher: true, head: true, staff: true }),
    reachable_by_pupils: z.boolean(),
    from_date: z.iso.date(),
    until_date: z.iso.date().nullable(),
  }),
  guardianship: z.strictObject({
    child_address_id: anId<AddressId>(),
    guardian_address_id: anId<AddressId>(),
    blocked: z.boolean(),
    called: z.string().nullable(),
    agrees: z.boolean().nullable(),
    answered_at: z.string().nullable(),
    silent: z.boolean().default(false),
  }),
  accompaniment: z.strictObject({
    pupil_address_id: anId<AddressId>(),
    aide_address_id: anId<AddressId>(),
    from_date: z.iso.date(),
    until_date: z.iso.date().nullable(),
  }),
  leaver: z.strictObject({ account_id: anId<AccountId>(), left_on: z.iso.date() }),
} as const;

export type ImageTable = keyof typeof ROWS;
const IMAGE_TABLES = keysOf(ROWS);
/** A row of a table as its JSON has it. */
export type ImageRow<T extends ImageTable> = Readonly<z.output<(typeof ROWS)[T]>>;
/** The columns that are a row's name. */
const KEYS: { readonly [T in ImageTable]: readonly (keyof ImageRow<T> & string)[] } = {
  class: ['id'],
  account: ['id'],
  membership: ['class_id', 'address_id', 'role', 'from_date'],
  post: ['address_id', 'role', 'from_date'],
  guardianship: ['child_address_id', 'guardian_address_id'],
  accompaniment: ['pupil_address_id', 'aide_address_id', 'from_date'],
  leaver: ['account_id'],
};
const columnsOf = (table: ImageTable): readonly string[] => Object.keys(ROWS[table].shape);

type AnyRow = Readonly<Record<string, unknown>>;
type RowsByKey<T extends ImageTable> = ReadonlyMap<string, ImageRow<T>>;
/** The rows of one school that imports change, by table and key. */
export type Image = { readonly [T in ImageTable]: RowsByKey<T> };

const changeIn = <T extends ImageTable, Row extends z.ZodType>(table: T, row: Row) =>
  z.object({
    table: z.literal(table),
    key: z.string(),
    before: row.nullable(),
    after: row.nullable(),
  });

/** One row before and after; null where there was, or is, none. */
export const CHANGE = z.discriminatedUnion('table', [
  changeIn('class', ROWS.class),
  changeIn('account', ROWS.account),
  changeIn('membership', ROWS.membership),
  changeIn('post', ROWS.post),
  changeIn('guardianship', ROWS.guardianship),
  changeIn('accompaniment', ROWS.accompaniment),
  changeIn('leaver', ROWS.leaver),
]);
export type Change = Readonly<z.output<typeof CHANGE>>;
type ChangeOf<Row> = Pick<Change, 'table' | 'key'> &
  Readonly<Record<'before' | 'after', Row | null>>;

/** All of a school's rows that imports change, by one statement. */
export async function readImage(tx: SchoolTx): Promise<Image> {
  const parts = IMAGE_TABLES.map(
    (table) => sql`
      (
        select coalesce(jsonb_agg(to_jsonb(r)), '[]')
        from (
          select ${sql.raw(columnsOf(table).join(', '))}
          from ${sql.table(table)}
          where school_id = ${tx.school}
        ) r
      ) as ${sql.ref(table)}
    `,
  );
  const {
    rows: [all],
  } = await sql<Record<ImageTable, unknown>>`select ${sql.join(parts)}`.execute(tx.db);
  if (all === undefined) throw new Fault('row-missing', 'roster image', { transient: false });
  return {
    class: byKey('class', ROWS.class.array().parse(all.class)),
    account: byKey('account', ROWS.account.array().parse(all.account)),
    membership: byKey('membership', ROWS.membership.array().parse(all.membership)),
    post: byKey('post', ROWS.post.array().parse(all.post)),
    guardianship: byKey('guardianship', ROWS.guardianship.array().parse(all.guardianship)),
    accompaniment: byKey('accompaniment', ROWS.accompaniment.array().parse(all.accompaniment)),
    leaver: byKey('leaver', ROWS.leaver.array().parse(all.leaver)),
  };
}

const byKey = <T extends ImageTable>(table: T, rows: readonly ImageRow<T>[]): RowsByKey<T> =>
  new Map(rows.map((row) => [KEYS[table].map((column) => String(row[column])).join(' '), row]));

/**
 * What differs between two images; accounts that moved between schools are told apart by their
 * address and left out.
 */
export function changesBetween(before: Image, after: Image, moved: ReadonlySet<number>): Change[] {
  const changed = <T extends ImageTable>(table: T) => {
    const [old, fresh]: readonly [RowsByKey<T>, RowsByKey<T>] = [before[table], after[table]];
    return [...new Set([...old.keys(), ...fresh.keys()])]
      .map((key) => ({ table, key, before: old.get(key) ?? null, after: fresh.get(key) ?? null }))
      .filter((change) => !sameRow(change.before, change.after));
  };
  return [
    ...changed('class'),
    ...changed('account').filter((change) => !moved.has(rowOf(change).address_id)),
    ...changed('membership'),
    ...changed('post'),
    ...changed('guardianship'),
    ...changed('accompaniment'),
    ...changed('leaver'),
  ];
}

/** The row as it was, or as it came. */
export function rowOf<Row>({ table, key, before, after }: ChangeOf<Row>): Row {
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
  const key: readonly string[] = KEYS[table];
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
  const key: readonly string[] = KEYS[table];
  const columns = columnsOf(table);
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
