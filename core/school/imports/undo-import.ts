import type { SchoolId } from '../../ground/ids.ts';
import { undoEnds } from '../../roster/given-file.ts';
import { lockImports } from '../../store/schools/import-lock.ts';
import { dropWishesOfImport } from '../../store/schools/move-wishes.ts';
import { importById, lastApplied, markUndone } from '../../store/schools/roster-imports.ts';
import { undoRows } from '../../store/schools/roster-undo.ts';
import type { RosterActor, Undone } from './contract.ts';
import type { RosterParts } from './parts.ts';
import { undoQuestions } from './questions/end.ts';
import { recordAct } from './record-act.ts';
import { touchedBy, type ChangedClasses } from './settle.ts';

interface UndoWish {
  readonly by: RosterActor;
  /** The id of one, or the last. */
  readonly which: number | 'last';
}

export async function undoImport(
  { store, clock, log, settle, secret }: RosterParts,
  school: SchoolId,
  { by, which }: UndoWish,
): Promise<Undone> {
  let touched: readonly ChangedClasses[] = [];
  const undone = await store.town(async (tx): Promise<Undone> => {
    await lockImports(tx);
    const last = await lastApplied(await tx.in(school));
    const meant = which === 'last' ? last : await importById(await tx.in(school), which);
    if (last === null || last.appliedAt === null || meant?.state !== 'applied')
      return { kind: 'nothing-to-undo' };
    if (meant.id !== last.id) return { kind: 'another-since' };
    if (clock() > undoEnds(last.appliedAt)) return { kind: 'too-late', appliedAt: last.appliedAt };
    const outcome = await undoRows(tx, { school, id: last.id });
    if (outcome.kind !== 'undone') return outcome;
    touched = touchedBy(outcome.changes);
    await dropWishesOfImport(tx, school, last.id);
    const inSchool = await tx.in(school);
    await undoQuestions({ secret, clock }, inSchool, last);
    await markUndone(inSchool, last.id, clock());
    await recordAct(tx, { school, by, act: 'roster-undo', subject: { import: last.id } });
    return { kind: 'undone', id: last.id, appliedAt: last.appliedAt };
  });
  await settle(touched);
  log.info({ school, act: 'roster-undo', outcome: undone.kind }, 'roster');
  return undone;
}
