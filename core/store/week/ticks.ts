import type { AddressId, ClassId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import type { TickedThing } from '../../roster/week/plan.ts';
import { anyOf } from '../any-of.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** A pupil's own tick, for a day. */
export interface Tick {
  readonly pupil: AddressId;
  readonly day: Day;
  readonly thing: TickedThing;
}

const columnsOf = ({ of, id }: TickedThing) => ({
  week_need_id: of === 'need' ? id : null,
  week_lesson_id: of === 'lesson' ? id : null,
});

/** What these pupils have ticked for some days. */
export async function ticksOf(
  tx: SchoolTx,
  pupils: readonly AddressId[],
  { from, until }: { readonly from: Day; readonly until: Day },
): Promise<readonly Tick[]> {
  if (pupils.length === 0) return [];
  const rows = await ownKept(tx)
    .selectFrom('week_tick', { pupil_address_id: anyOf(pupils) })
    .where('day', '>=', from)
    .where('day', '<=', until)
    .select([
      'pupil_address_id as pupil',
      'day',
      'week_need_id as need',
      'week_lesson_id as lesson',
    ])
    .execute();
  return rows.flatMap(({ pupil, day, need, lesson }): Tick[] => {
    if (need !== null) return [{ pupil, day, thing: { of: 'need', id: need } }];
    return lesson === null ? [] : [{ pupil, day, thing: { of: 'lesson', id: lesson } }];
  });
}

/** Once, however often it is pressed. */
export async function insertTick(
  tx: SchoolTx,
  classId: ClassId,
  { pupil, day, thing }: Tick,
): Promise<void> {
  await own(tx)
    .insertInto('week_tick', {
      class_id: classId,
      pupil_address_id: pupil,
      day,
      ...columnsOf(thing),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deleteTick(tx: SchoolTx, { pupil, day, thing }: Tick): Promise<void> {
  await own(tx)
    .deleteFrom('week_tick', { pupil_address_id: pupil, day, ...columnsOf(thing) })
    .execute();
}

/** Ticks of days before this one, which nobody looks at any more. */
export async function eraseTicksBefore(tx: SchoolTx, day: Day): Promise<void> {
  await own(tx).deleteFrom('week_tick').where('day', '<', day).execute();
}

/** Somebody's account is erased: what they ticked, and that they give a lesson. */
export async function eraseFromWeeks(tx: SchoolTx, who: AddressId): Promise<void> {
  await own(tx).deleteFrom('week_tick', { pupil_address_id: who }).execute();
  await own(tx)
    .updateTable('week_lesson', { teacher_address_id: who })
    .set({ teacher_address_id: null })
    .execute();
}
