import type { Charge } from '../../directory/charge.ts';
import { pupilClasses, runsOn } from '../../directory/people-of.ts';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { beginMemberships, endMemberships } from '../../store/schools/class-acts.ts';
import type { SchoolTx } from '../../store/store.ts';
import { NOT_THERE, trouble, type DeedOutcome } from './act.ts';
import type { Spread } from './contract.ts';
import { MOVE } from './undo.ts';

/** More pupils at once than any school has. */
const MOST_PUPILS = 1_000;

/** Puts pupils into another class, into a second one, or out of one. */
export function decideSpread(charge: Charge, { pupils, way, to }: Spread): DeedOutcome {
  const { roster, day } = charge;
  if (pupils.length === 0 || pupils.length > MOST_PUPILS || (way === 'take-out') !== (to === null))
    return NOT_THERE;
  if (to !== null && !isRunning(charge, to)) return NOT_THERE;
  if (
    pupils.some(
      ({ pupil, from }) =>
        !mayBePlaced(roster, pupil) || (from !== null && !roster.classes.has(from)),
    )
  )
    return NOT_THERE;
  const stale = pupils.some(({ pupil, from }) => {
    const now = pupilClasses(roster, pupil, day);
    return from === null ? now.length > 0 : !now.includes(from);
  });
  if (stale) return trouble('moved-meanwhile');
  // Who is in that class already stays there; leaving the other one is what is left to do.
  const going = pupils.filter(({ from }) => (way === 'take-out' ? from !== null : from !== to));
  if (going.length === 0) return NOT_THERE;
  return {
    kind: 'deed',
    act: MOVE,
    turn: 'school',
    shows: to,
    pupils: going.map(({ pupil }) => pupil),
    classes: classesOf(going, to),
    subject: {
      way,
      people: going.map(({ pupil }) => pupil),
      to,
      from: [...new Set(going.flatMap(({ from }) => from ?? []))],
      pairs: going.map(({ pupil, from }) => [pupil, from]),
    },
    write: (tx) => writeSpread(tx, charge, { pupils: going, way, to }),
  };
}

function isRunning({ roster, day }: Charge, id: ClassId): boolean {
  const schoolClass = roster.classes.get(id);
  return schoolClass !== undefined && runsOn(schoolClass, day);
}

/** A pupil of the school, or of another one who is in a class here already. */
function mayBePlaced(roster: Roster, pupil: AddressId): boolean {
  const person = roster.people.get(pupil);
  if (person) return person.role === 'pupil' && person.state === 'active';
  return (roster.membershipsOf.get(pupil) ?? []).some(({ role }) => role === 'pupil');
}

function classesOf(pupils: Spread['pupils'], to: ClassId | null): ClassId[] {
  return [...new Set([...pupils.flatMap(({ from }) => from ?? []), ...(to === null ? [] : [to])])];
}

async function writeSpread(
  tx: SchoolTx,
  { roster, day }: Charge,
  { pupils, way, to }: Spread,
): Promise<void> {
  if (way !== 'add') {
    for (const [from, group] of Map.groupBy(pupils, (one) => one.from))
      if (from !== null)
        await endMemberships(
          tx,
          { classId: from, people: group.map(({ pupil }) => pupil), role: 'pupil' },
          day,
        );
  }
  if (to === null) return;
  const arriving = pupils
    .map(({ pupil }) => pupil)
    .filter((pupil) => !pupilClasses(roster, pupil, day).includes(to));
  await beginMemberships(
    tx,
    { classId: to, people: [...new Set(arriving)], role: 'pupil' },
    { from: day, until: null },
  );
}
