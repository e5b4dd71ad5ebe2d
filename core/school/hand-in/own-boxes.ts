import { hash } from 'node:crypto';
import { openFaces } from '../../directory/faces.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import { boxAt, type BoxRow, type HandedRow, type HandInRow } from '../../store/cupboard/boxes.ts';
import type { SchoolTx } from '../../store/store.ts';
import { classCupboardsOf, type ClassCupboard } from '../cupboard/own-cupboards.ts';
import type { CupboardParts } from '../cupboard/parts.ts';
import type { HandInBox, BoxRef, BoxWish, PupilsPart } from './contract.ts';
import { mayInBox, type HandInState, type PartFacts } from './rights.ts';

/** A box as it stands before a pupil or a teacher of its class today. */
export interface OwnBox {
  readonly own: ClassCupboard;
  readonly row: BoxRow;
}

/** Who stands before boxes: the pupils and the teachers of a class, and nobody else. */
const standsBefore = ({ stand }: ClassCupboard): boolean =>
  stand === 'child' || stand === 'teacher';

/** The cupboards with whose boxes somebody has to do, of one school. */
export async function withBoxes(
  parts: CupboardParts,
  viewer: Viewer,
  { school }: Pick<BoxRef, 'school'>,
): Promise<readonly ClassCupboard[]> {
  const all = await classCupboardsOf(parts, viewer);
  return all.filter((one) => one.ref.school === school && standsBefore(one));
}

/** A box as it is in a transaction; null: not there, or not theirs. */
export async function ownBox(
  tx: SchoolTx,
  all: readonly ClassCupboard[],
  { box }: BoxRef,
): Promise<OwnBox | null> {
  const row = await boxAt(tx, box);
  const own = all.find(({ ref }) => ref.classId === row?.classId);
  return row === null || own === undefined ? null : { own, row };
}

/** Which words a box has, as a form remembers them. */
export const editionOf = ({ name, asks, untilDay }: BoxWish): string =>
  hash('sha256', JSON.stringify([name, asks, untilDay]), 'base64url');

/** Which day it is where a class is. */
export const todayOf = ({ roster }: ClassCupboard, now: Date): Day =>
  dayAt(now, roster.school.timeZone);

/** Where a pupil's part of a box is. */
function stateOf(row: HandInRow | undefined): HandInState {
  if (row === undefined) return 'none';
  if (row.givenBack === null) return 'handed';
  return row.givenBack.stamp === 'again' ? 'again' : 'back';
}

/** A pupil's part of a box before somebody. */
export const factsOf = (
  { own, row }: OwnBox,
  viewer: Viewer,
  { pupil, handed }: { readonly pupil: AddressId; readonly handed: HandInRow | undefined },
): PartFacts => ({
  stand: own.stand,
  isOwn: pupil === viewer.addressId && own.pupils.includes(pupil),
  isClosed: row.closedAt !== null,
  state: stateOf(handed),
});

/** How people are called, each by their id. */
type Called = (id: AddressId) => Face;

export async function calledBy(
  { directory, clock }: CupboardParts,
  viewer: Viewer,
  ids: readonly AddressId[],
): Promise<Called> {
  const faces = await openFaces(directory, viewer, { addresses: [], ids, now: clock() });
  return (addressId) => faces.sender({ addressId, role: 'pupil', from: [] });
}

interface PupilShare {
  readonly pupil: AddressId;
  readonly handed: HandInRow | undefined;
  readonly files: readonly HandedRow[];
  readonly called: Called;
}

/** A pupil's part as it is shown. */
export function partOf(box: OwnBox, viewer: Viewer, part: PupilShare): PupilsPart {
  const { pupil, handed, files, called } = part;
  const facts = factsOf(box, viewer, part);
  const back = handed?.givenBack ?? null;
  return {
    pupil,
    face: called(pupil),
    state: facts.state,
    isLate: handed !== undefined && todayOf(box.own, handed.handedAt) > box.row.untilDay,
    handedAt: handed?.handedAt ?? null,
    files: files.map(({ id, name, mediaType, sizeBytes }) => ({ id, name, mediaType, sizeBytes })),
    givenBack: back && {
      stamp: back.stamp,
      word: back.word,
      at: back.at,
      by: back.by === null ? null : called(back.by),
    },
    mayHand: mayInBox('hand', facts),
    mayTakeBack: mayInBox('take-back', facts),
  };
}

/** A box without who handed in what. */
export function boxOf(
  { own, row }: OwnBox,
  now: Date,
  { handed, part }: { readonly handed: number; readonly part: PupilsPart | null },
): HandInBox {
  const { roster, ref, className, pupils } = own;
  return {
    ref: { school: ref.school, box: row.id },
    cupboard: ref,
    className,
    schoolName: roster.school.name,
    timeZone: roster.school.timeZone,
    name: row.name,
    asks: row.asks,
    untilDay: row.untilDay,
    edition: editionOf(row),
    isClosed: row.closedAt !== null,
    isOver: todayOf(own, now) > row.untilDay,
    handed,
    of: pupils.length,
    own: part,
  };
}
