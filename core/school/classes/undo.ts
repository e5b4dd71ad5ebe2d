import { z } from 'zod';
import type { Charge } from '../../directory/charge.ts';
import { pupilClasses, runsOn } from '../../directory/people-of.ts';
import { anId } from '../../ground/id-shapes.ts';
import type { AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { beginMemberships, endMemberships } from '../../store/schools/class-acts.ts';
import { type AuditRow, lastUndoable } from '../../store/trail.ts';
import { act, trouble, type ClassParts, type DeedOutcome } from './act.ts';
import type { ClassActed, Spread } from './contract.ts';

export const MOVE = 'move-pupils';
export const UNDO = 'undo-move';

/** A move as the audit keeps it. */
const MOVE_KEPT = z
  .object({
    pairs: z.array(z.tuple([anId<AddressId>(), anId<ClassId>().nullable()])),
    way: z.enum(['move', 'add', 'take-out']),
    to: anId<ClassId>().nullable(),
  })
  .transform(({ pairs, way, to }): Spread => {
    const pupils = pairs.map(([pupil, from]) => ({ pupil, from }));
    return { pupils, way, to };
  });

export const moveOf = (subject: AuditRow['subject']): Spread => MOVE_KEPT.parse(subject);

/**
 * Takes the viewer's last move back: it is the audit that remembers it, so that it outlives a page,
 * a browser and a process.
 */
export function undoLast(parts: ClassParts, viewer: Viewer, school: SchoolId): Promise<ClassActed> {
  return act(parts, { viewer, school }, async (charge) => {
    const last = await parts.store.read(school, (tx) =>
      lastUndoable(tx, charge.by, { act: MOVE, undo: UNDO }),
    );
    return last ? decideUndo(charge, moveOf(last.subject), last.id) : trouble('nothing-to-undo');
  });
}

/**
 * Everybody must still be where the move put them, and the class that they came from must still
 * run.
 */
function decideUndo(charge: Charge, move: Spread, id: number): DeedOutcome {
  const { roster, day } = charge;
  const { to, way } = move;
  const moved = move.pupils.some(({ pupil, from }) => {
    const now = pupilClasses(roster, pupil, day);
    const origin = from === null ? undefined : roster.classes.get(from);
    const gone = from !== null && (origin === undefined || !runsOn(origin, day));
    return (
      roster.people.get(pupil)?.state === 'suspended' ||
      gone ||
      (to !== null && !now.includes(to)) ||
      (to === null && from !== null && now.includes(from))
    );
  });
  if (moved) return trouble('moved-meanwhile');
  const pupils = move.pupils.map(({ pupil }) => pupil);
  const origins = [...new Set(move.pupils.flatMap(({ from }) => from ?? []))];
  return {
    kind: 'deed',
    act: UNDO,
    turn: 'school',
    shows: null,
    pupils,
    classes: [...new Set([...origins, ...(to === null ? [] : [to])])],
    subject: { undoes: id, people: pupils, to: origins },
    write: async (tx) => {
      if (to !== null)
        await endMemberships(tx, { classId: to, people: pupils, role: 'pupil' }, day);
      if (way === 'add') return;
      for (const [from, group] of Map.groupBy(move.pupils, (one) => one.from))
        if (from !== null)
          await beginMemberships(
            tx,
            { classId: from, people: group.map(({ pupil }) => pupil), role: 'pupil' },
            { from: day, until: null },
          );
    },
  };
}
