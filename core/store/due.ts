import { sql } from 'kysely';
import type { AccountId, ClassId, HoldId, NoticeId, PaperId, SchoolId } from '../ground/ids.ts';
import type { DueKind } from './columns.ts';
import { ownKept } from './own.ts';
import type { SchoolTx, TownTx } from './store.ts';

/** What the rows of a kind are the ids of, where that is more than a number. */
interface RowIds {
  readonly hold: HoldId;
  readonly moderation: HoldId;
  readonly leaver: AccountId;
  readonly pictures: ClassId;
  readonly paper: PaperId;
  readonly notice: NoticeId;
  readonly 'daily-word': AccountId;
  readonly erasure: AccountId;
}
export type DueRowId<Kind extends DueKind> = Kind extends keyof RowIds ? RowIds[Kind] : number;

/** Something that is due: a row of a school's, and what kind of row. */
export interface DueRow<Kind extends DueKind = DueKind> {
  readonly kind: Kind;
  readonly school: SchoolId;
  readonly row: DueRowId<Kind>;
}

interface PostponedDue {
  readonly kind: DueRow['kind'];
  readonly row: number;
  readonly now: Date;
  readonly at: Date;
}

/**
 * Puts off what is still due at `now`, whatever was tried: what fails each time must not come back
 * at each sweep.
 */
export async function postponeDue(tx: SchoolTx, due: PostponedDue): Promise<void> {
  await ownKept(tx)
    .updateTable('due', { kind: due.kind, row_id: due.row })
    .set({ at: due.at })
    .where('at', '<=', due.now)
    .execute();
}

/** Makes rows of a school due, each at its moment and no longer at another. */
export async function makeDue(
  tx: SchoolTx,
  kind: DueKind,
  rows: readonly { readonly id: number; readonly at: Date }[],
): Promise<void> {
  if (rows.length === 0) return;
  await ownKept(tx)
    .insertInto(
      'due',
      rows.map(({ id, at }) => ({ kind, row_id: id, at })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'school_id', 'row_id'])
        .doUpdateSet((eb) => ({ at: eb.ref('excluded.at') })),
    )
    .execute();
}

interface DueRowKey {
  readonly kind: DueRow['kind'];
  readonly row: number;
  readonly upTo: Date;
}

/**
 * Takes a row of any kind off the list of what is due, unless it has become due anew after `upTo`.
 */
export async function dropDueRow(tx: SchoolTx, { kind, row, upTo }: DueRowKey): Promise<void> {
  await ownKept(tx).deleteFrom('due', { kind, row_id: row }).where('at', '<=', upTo).execute();
}

/** Takes a row off the list of what is due. */
export async function dropDue(tx: SchoolTx, kind: DueKind, row: number): Promise<void> {
  await ownKept(tx).deleteFrom('due', { kind, row_id: row }).execute();
}

interface DuePage<Kind extends DueKind> {
  readonly now: Date;
  readonly kinds: readonly Kind[];
  readonly limit: number;
}

/** What is due at `now`, the oldest first, `limit` rows of each kind at most. */
export async function dueRows<Kind extends DueKind>(
  tx: TownTx,
  due: DuePage<Kind>,
): Promise<readonly DueRow<Kind>[]> {
  const found: DueRow<Kind>[] = [];
  for (const kind of due.kinds) {
    const { rows } = await sql<Omit<DueRow<Kind>, 'kind'>>`
      select school_id as school, row_id as "row"
      from due
      where kind = ${kind} and at <= ${due.now}
      order by at
      limit ${due.limit}
    `.execute(tx.kept);
    for (const { school, row } of rows) found.push({ kind, school, row });
  }
  return found;
}
