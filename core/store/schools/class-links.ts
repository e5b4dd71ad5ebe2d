import { sql } from 'kysely';
import { type AddressId, type ClassId, type SchoolId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';

/** One side of a link between two classes; the other school holds the other side. */
interface LinkSideRow {
  readonly classId: ClassId;
  readonly other: AddressId;
  readonly agreed: boolean;
  readonly moderated: boolean;
  readonly from: Day;
  readonly until: Day;
}

/**
 * Whoever changes links of these schools takes turns. Each change makes a school's roster version
 * grow: a link's row first and the school's after it, while somebody else holds the school and
 * waits for that row, would be a ring.
 */
export async function lockSchools(tx: TownTx, schools: readonly SchoolId[]): Promise<void> {
  await sql`
    select
    from school
    where id = any(${[...schools]}::integer[])
    order by id
    for no key update
  `.execute(tx.db);
}

type Named = Pick<LinkSideRow, 'classId' | 'other'>;

/**
 * Writes a side in place of one that was over before `today`. False where one waits or runs: that
 * one stays.
 */
export async function writeNewSide(tx: SchoolTx, side: LinkSideRow, today: Day): Promise<boolean> {
  const { rows } = await sql`
    insert into
      class_link (school_id, class_id, other_class_address_id, agreed, moderated, travels,
        from_date, until_date)
    values (${tx.school}, ${side.classId}, ${side.other}, ${side.agreed}, ${side.moderated},
        false, ${side.from}::date, ${side.until}::date)
    on conflict (school_id, class_id, other_class_address_id) do update
    set agreed = excluded.agreed, moderated = excluded.moderated, travels = excluded.travels,
      from_date = excluded.from_date, until_date = excluded.until_date
    where class_link.until_date < ${today}::date
    returning 1
  `.execute(tx.db);
  return rows.length > 0;
}

/**
 * What the teachers of a class decide of its own side of a link: whether they read first, whether
 * what their pupils receive is brought on the next day of school.
 */
export type LinkSwitch = { readonly moderated: boolean } | { readonly travels: boolean };

/** The class agrees to what it was asked; false where nothing waits for it. */
export function agreeToSide(
  tx: SchoolTx,
  { moderated, ...side }: Named & Pick<LinkSideRow, 'moderated'>,
  today: Day,
): Promise<boolean> {
  return changeSide(tx, { ...side, agreed: false }, { set: { agreed: true, moderated }, today });
}

/** False where there is no such side that the class has agreed to. */
export function settleSide(
  tx: SchoolTx,
  side: Named,
  { set, today }: { readonly set: LinkSwitch; readonly today: Day },
): Promise<boolean> {
  return changeSide(tx, { ...side, agreed: true }, { set, today });
}

/** Changes a side that is not over and is, or is not, agreed to; false where there is none. */
async function changeSide(
  tx: SchoolTx,
  { classId, other, agreed }: Named & { readonly agreed: boolean },
  { set, today }: { readonly set: LinkSwitch & { readonly agreed?: true }; readonly today: Day },
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('class_link', { class_id: classId, other_class_address_id: other, agreed })
    .set(set)
    .where('until_date', '>=', today)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Ends a side before `today`; one that began no earlier is as good as never there and goes. False
 * where there is none.
 */
export async function endSide(
  tx: SchoolTx,
  { classId, other }: Named,
  today: Day,
): Promise<boolean> {
  const { rows } = await sql`
    with
      gone as (
        delete from class_link
        where school_id = ${tx.school}
          and class_id = ${classId}
          and other_class_address_id = ${other}
          and from_date >= ${today}::date
          and until_date >= ${today}::date
        returning 1
      ),
      cut as (
        update class_link
        set until_date = ${today}::date - 1
        where school_id = ${tx.school}
          and class_id = ${classId}
          and other_class_address_id = ${other}
          and from_date < ${today}::date
          and until_date >= ${today}::date
        returning 1
      )
    select 1
    from gone
    union all
    select 1
    from cut
  `.execute(tx.db);
  return rows.length > 0;
}
