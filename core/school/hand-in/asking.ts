import { dayTrouble } from '../../roster/days.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import {
  boxesOf,
  changeBox,
  closeBox,
  insertBox,
  type BoxRow,
} from '../../store/cupboard/boxes.ts';
import { takeTurnInClass } from '../../store/schools/class-turn.ts';
import type { ClassCupboardRef } from '../cupboard/contract.ts';
import type { ClassCupboard } from '../cupboard/own-cupboards.ts';
import type { CupboardParts } from '../cupboard/parts.ts';
import type { BoxChange, BoxChanged, BoxFault, BoxMade, BoxRef, BoxWish } from './contract.ts';
import { editionOf, ownBox, todayOf, withBoxes } from './own-boxes.ts';
import { LONGEST_NAME, LONGEST_WORDS, MOST_BOXES, MOST_DAYS_AHEAD } from './parts.ts';

/**
 * A box in the cupboard of a class, made by a teacher of it. A form that is sent twice makes one:
 * the second finds it open, with the same words and the same day.
 */
export async function make(
  { parts, viewer }: RoomVisit<CupboardParts>,
  ref: ClassCupboardRef,
  typed: BoxWish,
): Promise<BoxMade> {
  const own = (await taught(parts, viewer, ref)).find((one) => one.ref.classId === ref.classId);
  if (own === undefined) return { kind: 'missing' };
  const wish = tidied(typed);
  const at = parts.clock();
  const faults = faultsOf(own, wish, at);
  if (faults.length > 0) return { kind: 'faulty', faults };
  return parts.store.write(ref.school, async (tx) => {
    await takeTurnInClass(tx, ref.classId);
    const boxes = await boxesOf(tx, ref.classId, MOST_BOXES);
    const made = boxes.find((one) => asksTheSame(one, wish));
    if (made !== undefined) return { kind: 'made', ref: { school: ref.school, box: made.id } };
    if (boxes.length >= MOST_BOXES) return { kind: 'too-many' };
    const box = await insertBox(tx, { ...wish, classId: ref.classId, by: viewer.addressId, at });
    await writeAudit(tx, viewer.addressId, 'box-make', { class: ref.classId });
    return { kind: 'made', ref: { school: ref.school, box } };
  });
}

/**
 * Other words for a box, or another day: one that is gone by may stay. A form that is sent twice
 * changes it once, and none takes away what another has changed since it was opened.
 */
export async function change(
  { parts, viewer }: RoomVisit<CupboardParts>,
  ref: BoxRef,
  { edition, ...typed }: BoxChange,
): Promise<BoxChanged> {
  const all = await taught(parts, viewer, ref);
  const wish = tidied(typed);
  return parts.store.write(ref.school, async (tx) => {
    const mine = await ownBox(tx, all, ref);
    if (mine === null) return { kind: 'missing' };
    const faults = faultsOf(mine.own, wish, parts.clock()).filter(
      (fault) => fault !== 'past-day' || wish.untilDay !== mine.row.untilDay,
    );
    if (faults.length > 0) return { kind: 'faulty', faults };
    const isDone =
      editionOf(mine.row) === edition
        ? await changeBox(tx, mine.row, wish)
        : editionOf(mine.row) === editionOf(wish);
    return isDone ? { kind: 'made', ref } : { kind: 'changed' };
  });
}

/** It takes nothing any more, or again. */
export async function close(
  { parts, viewer }: RoomVisit<CupboardParts>,
  ref: BoxRef,
  { isClosed }: { readonly isClosed: boolean },
): Promise<boolean> {
  const all = await taught(parts, viewer, ref);
  return parts.store.write(ref.school, async (tx) => {
    const mine = await ownBox(tx, all, ref);
    if (mine === null) return false;
    await closeBox(tx, ref.box, isClosed ? parts.clock() : null);
    return true;
  });
}

/** The cupboards of a school in which somebody makes boxes: those of the classes they teach. */
export async function taught(
  parts: CupboardParts,
  viewer: Viewer,
  ref: Pick<BoxRef, 'school'>,
): Promise<readonly ClassCupboard[]> {
  return (await withBoxes(parts, viewer, ref)).filter(({ stand }) => stand === 'teacher');
}

const asksTheSame = (box: BoxRow, { name, asks, untilDay }: BoxWish): boolean =>
  box.closedAt === null && box.name === name && box.asks === asks && box.untilDay === untilDay;

const tidied = ({ name, asks, untilDay }: BoxWish): BoxWish => ({
  name: name.replace(/\s+/g, ' ').trim(),
  asks: asks.replaceAll('\r\n', '\n').trim(),
  untilDay: untilDay.trim(),
});

function faultsOf(own: ClassCupboard, { name, asks, untilDay }: BoxWish, now: Date): BoxFault[] {
  const day = dayTrouble(untilDay, { today: todayOf(own, now), ahead: MOST_DAYS_AHEAD });
  return [
    ...(name === '' ? (['no-name'] as const) : []),
    ...(name.length > LONGEST_NAME ? (['long-name'] as const) : []),
    ...(asks.length > LONGEST_WORDS ? (['long-words'] as const) : []),
    ...(day === null ? [] : [day]),
  ];
}
