import { sql } from 'kysely';
import { TOWN, type AddressId, type SchoolId } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import type { PupilLine } from '../../roster/matching/identity.ts';
import { anyOf } from '../any-of.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';

/** Wishes concern two schools: they lie in the town's own. */

/** A child of another school whom a head's file named. */
export interface MoveWishRow {
  readonly id: number;
  /** The school that asks. */
  readonly asking: SchoolId;
  readonly address: AddressId;
  readonly askedBy: AddressId | null;
  readonly askedAt: Date;
  /** The lines of the file that name the child. */
  readonly lines: readonly PupilLine[];
  /** Null while it waits. */
  readonly refusedAt: Date | null;
  readonly reason: string | null;
}

interface NewMoveWish {
  readonly address: AddressId;
  readonly lines: readonly PupilLine[];
}

interface NewMoveWishes {
  asking: SchoolId;
  importId: number;
  by: AddressId | null;
  at: Date;
}

/** Puts a school's wishes down; one that is there is asked for anew by this import. */
export async function insertMoveWishes(
  tx: TownTx,
  { asking, importId, by, at }: NewMoveWishes,
  wishes: readonly NewMoveWish[],
): Promise<void> {
  if (wishes.length === 0) return;
  const inTown = await tx.in(TOWN);
  await own(inTown)
    .insertInto(
      'move_wish',
      wishes.map(({ address, lines }) => ({
        asking_school_id: asking,
        address_id: address,
        import_id: importId,
        asked_by: by,
        asked_at: at,
        lines: jsonOf(lines),
        refused_at: null,
        reason: null,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'asking_school_id', 'address_id']).doUpdateSet((eb) => ({
        import_id: eb.ref('excluded.import_id'),
        asked_by: eb.ref('excluded.asked_by'),
        asked_at: eb.ref('excluded.asked_at'),
        lines: eb.ref('excluded.lines'),
        refused_at: null,
        reason: null,
      })),
    )
    .execute();
}

/** What a school has asked for, by the child. */
export async function wishesOf(
  tx: TownTx,
  asking: SchoolId,
): Promise<Map<AddressId, 'waiting' | 'refused'>> {
  const inTown = await tx.in(TOWN);
  const rows = await own(inTown)
    .selectFrom('move_wish', { asking_school_id: asking })
    .select(['address_id', 'refused_at'])
    .execute();
  return new Map(
    rows.map((row) => [row.address_id, row.refused_at === null ? 'waiting' : 'refused']),
  );
}

/**
 * All wishes of the town, or of one school, oldest first; children who have come meanwhile are left
 * out.
 */
export function moveWishes(
  tx: SchoolTx,
  asking: SchoolId | null,
  limit: number,
): Promise<MoveWishRow[]> {
  return tx.db
    .selectFrom('move_wish as w')
    .innerJoin('address as a', 'a.id', 'w.address_id')
    .select([
      'w.id',
      'w.asking_school_id as asking',
      'w.address_id as address',
      'w.asked_by as askedBy',
      'w.asked_at as askedAt',
      'w.lines',
      'w.refused_at as refusedAt',
      'w.reason',
    ])
    .where('w.school_id', '=', TOWN)
    .whereRef('a.school_id', '<>', 'w.asking_school_id')
    .where((eb) => (asking === null ? eb.lit(true) : eb('w.asking_school_id', '=', asking)))
    .orderBy('w.id')
    .limit(limit)
    .execute();
}

/** Says no, with the reason; gives those that waited until now. */
export async function refuseMoves(
  tx: SchoolTx,
  ids: readonly number[],
  { at, reason }: { at: Date; reason: string },
): Promise<readonly Pick<MoveWishRow, 'asking' | 'address'>[]> {
  if (ids.length === 0) return [];
  return own(tx)
    .updateTable('move_wish', { id: anyOf(ids), refused_at: null })
    .set({ refused_at: at, reason })
    .returning(['asking_school_id as asking', 'address_id as address'])
    .execute();
}

/** These children are here, or aren't asked for any more. */
export async function dropMoveWishes(
  tx: TownTx,
  asking: SchoolId,
  children: readonly AddressId[],
): Promise<void> {
  if (children.length === 0) return;
  const inTown = await tx.in(TOWN);
  await sql`
    delete from move_wish
    where school_id = ${TOWN}
      and asking_school_id = ${asking}
      and address_id = any(${[...children]}::bigint[])
  `.execute(inTown.db);
}

/** An import that was undone asks for nobody. */
export async function dropWishesOfImport(
  tx: TownTx,
  asking: SchoolId,
  importId: number,
): Promise<void> {
  const inTown = await tx.in(TOWN);
  await own(inTown)
    .deleteFrom('move_wish', { asking_school_id: asking, import_id: importId })
    .execute();
}
