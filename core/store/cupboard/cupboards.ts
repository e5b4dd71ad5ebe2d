import { sql } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import type { AccountId, ClassId, CupboardId } from '../../ground/ids.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** Whose a cupboard is: a class's, somebody's own, that of a school's adults, a school's. */
export interface CupboardName {
  readonly place: 'class' | 'own' | 'team' | 'school';
  readonly classId: ClassId | null;
  readonly account: AccountId | null;
}

/** A cupboard by its name; null: nobody has put anything into it. */
export async function cupboardAt(
  tx: SchoolTx,
  { place, classId, account }: CupboardName,
): Promise<CupboardId | null> {
  const row = await ownKept(tx)
    .selectFrom('cupboard', { place })
    .where('class_id', 'is not distinct from', classId)
    .where('account_id', 'is not distinct from', account)
    .select('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Whether something lies in a cupboard. */
export async function isFilled(
  tx: SchoolTx,
  { place, classId, account }: CupboardName,
): Promise<boolean> {
  const row = await ownKept(tx)
    .selectFrom('cupboard', { place })
    .where('class_id', 'is not distinct from', classId)
    .where('account_id', 'is not distinct from', account)
    .where(
      sql<boolean>`exists (
        select
        from cupboard_item i
        where i.school_id = cupboard.school_id
          and i.cupboard_id = cupboard.id
          and i.thrown_at is null
      )`,
    )
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The name of a cupboard. */
export async function cupboardName(tx: SchoolTx, id: CupboardId): Promise<CupboardName | null> {
  const row = await ownKept(tx)
    .selectFrom('cupboard', { id })
    .select(['place', 'class_id as classId', 'account_id as account'])
    .executeTakeFirst();
  return row ?? null;
}

/**
 * A cupboard to be changed, made where there is none yet. Whoever changes it takes their turn, so
 * that two names never meet and nothing is put into what is being thrown away.
 */
export async function cupboardForChange(tx: SchoolTx, name: CupboardName): Promise<CupboardId> {
  const { place, classId, account } = name;
  await own(tx)
    .insertInto('cupboard', { place, class_id: classId, account_id: account })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await own(tx)
    .selectFrom('cupboard', { place })
    .where('class_id', 'is not distinct from', classId)
    .where('account_id', 'is not distinct from', account)
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new Fault('row-missing', 'a cupboard', { transient: false });
  return row.id;
}

/** How many files lie in a cupboard, folders among them, and how many bytes. */
export async function lyingIn(
  tx: SchoolTx,
  cupboard: CupboardId,
): Promise<Pick<CupboardFill, 'files' | 'bytes'>> {
  const {
    rows: [row],
  } = await sql<Pick<CupboardFill, 'files' | 'bytes'>>`
    select count(*)::integer as files, coalesce(sum(size_bytes), 0)::bigint as bytes
    from cupboard_item
    where school_id = ${tx.school} and cupboard_id = ${cupboard} and thrown_at is null
  `.execute(tx.kept);
  return row ?? { files: 0, bytes: 0 };
}

/** What lies in a cupboard, and what is kept besides: thrown away, or of earlier versions. */
interface CupboardFill {
  readonly files: number;
  readonly bytes: number;
  readonly keptBytes: number;
}

export async function fillOf(tx: SchoolTx, cupboard: CupboardId): Promise<CupboardFill> {
  const {
    rows: [row],
  } = await sql<CupboardFill>`
    select count(*) filter (where thrown_at is null)::integer as files,
      coalesce(sum(size_bytes) filter (where thrown_at is null), 0)::bigint as bytes,
      coalesce(sum(size_bytes) filter (where thrown_at is not null), 0)::bigint + (
        select coalesce(sum(v.size_bytes), 0)
        from cupboard_version v
          join cupboard_item i on i.school_id = v.school_id and i.id = v.item_id
        where v.school_id = ${tx.school} and i.cupboard_id = ${cupboard}
      )::bigint as "keptBytes"
    from cupboard_item
    where school_id = ${tx.school} and cupboard_id = ${cupboard}
  `.execute(tx.kept);
  return row ?? { files: 0, bytes: 0, keptBytes: 0 };
}
