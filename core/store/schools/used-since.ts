import { sql } from 'kysely';
import type { SchoolTx } from '../store.ts';
import type { Change, Image, ImageRow, ImageTable } from './roster-image.ts';
import { tablesNaming } from './school-move.ts';

/** What an import made, in all the schools that it changed. */
interface Made {
  readonly classes: ReadonlySet<number>;
  readonly addresses: ReadonlySet<number>;
}

/**
 * How many class places, posts and ties in a school lean on what an import made there or elsewhere
 * and aren't among the rows that it wrote. Pure.
 */
export function laterTies(image: Image, written: readonly Change[], made: Made): number {
  const own = new Set(written.map(({ table, key }) => `${table} ${key}`));
  const later = <T extends ImageTable>(table: T, leans: (row: ImageRow<T>) => boolean): number => {
    const rows: ReadonlyMap<string, ImageRow<T>> = image[table];
    return [...rows].filter(([key, row]) => !own.has(`${table} ${key}`) && leans(row)).length;
  };
  const { classes, addresses } = made;
  return (
    later('membership', (row) => classes.has(row.class_id) || addresses.has(row.address_id)) +
    later('post', (row) => addresses.has(row.address_id)) +
    later(
      'guardianship',
      (row) => addresses.has(row.child_address_id) || addresses.has(row.guardian_address_id),
    ) +
    later(
      'accompaniment',
      (row) => addresses.has(row.pupil_address_id) || addresses.has(row.aide_address_id),
    )
  );
}

/**
 * These name a class and hold nothing that somebody made in it: places are counted as ties, an
 * empty cupboard is made by looking into it, and undoing forgets browsers and printed sheets.
 */
const HOLDS_NOTHING = new Set(['membership', 'cupboard', 'class_browser_class', 'code_sheet']);

/**
 * The names of those of these classes in which somebody made something: whatever table comes to
 * hold something of a class is found by its foreign key.
 */
export async function usedClasses(tx: SchoolTx, classes: readonly number[]): Promise<string[]> {
  if (classes.length === 0) return [];
  const tables = await tablesNaming(tx, 'class');
  const uses = tables
    .filter(({ table }) => !HOLDS_NOTHING.has(table))
    .map(
      ({ table, column }) => sql`
        exists (
          select
          from ${sql.table(table)} t
          where t.school_id = c.school_id and t.${sql.ref(column)} = c.id
        )
      `,
    );
  const { rows } = await sql<{ name: string }>`
    select c.name
    from class c
    where c.school_id = ${tx.school}
      and c.id = any(${[...classes]}::bigint[])
      and (
        exists (
          select
          from cupboard p join cupboard_item i on i.school_id = p.school_id and i.cupboard_id = p.id
          where p.school_id = c.school_id and p.class_id = c.id
        )
        or ${sql.join(uses, sql.raw(' or '))}
      )
    order by c.name
  `.execute(tx.db);
  return rows.map(({ name }) => name);
}
