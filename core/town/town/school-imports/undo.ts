import { TOWN } from '../../../ground/ids.ts';
import type { KnownTown, SchoolsDone } from '../../../roster/school-directory/plan.ts';
import type { TownTx } from '../../../store/store.ts';
import { removeEmptyCommune, removeEmptySchool } from '../../../store/town/remove-schools.ts';
import {
  listSchoolImports,
  markUndone,
  schoolImportRow,
  type SchoolImportRow,
} from '../../../store/town/school-imports.ts';
import { updateCommune, updateSchool } from '../../../store/town/schools.ts';
import { setClosing } from '../closing.ts';
import type { TownActor } from '../contract.ts';
import { changing, noteAct, type TownParts } from '../parts.ts';
import type { SchoolsUndone } from './contract.ts';
import { knownTown, mayStillUndo } from './show.ts';

/** An import is among so many of the newest, or it isn't the last. */
const MOST_LOOKED_AT = 1_000;

/** Takes the last import back, but for schools that somebody has come to. */
export function undoImport(parts: TownParts, by: TownActor, id: number): Promise<SchoolsUndone> {
  return changing(parts, by, async (tx, acting): Promise<SchoolsUndone> => {
    const row = await schoolImportRow(await tx.in(TOWN), id, { lock: true });
    if (row === null) return { kind: 'missing' };
    if (row.done === null || !mayStillUndo(row, parts.clock()) || !(await isLast(tx, row)))
      return { kind: 'nothing-to-undo' };
    const before = row.done;
    await restore(parts, tx, { done: before, town: await knownTown(tx) });
    const kept: SchoolsDone['kept'][number][] = [];
    for (const { id: school, name } of before.schools)
      if (!(await removeEmptySchool(tx, school))) kept.push({ id: school, name });
    for (const commune of before.communes) await removeEmptyCommune(tx, commune.id);
    const done = { ...before, kept };
    await markUndone(await tx.in(TOWN), id, { at: parts.clock(), done });
    await noteAct(tx, acting, { act: 'undo-schools', what: row.fileName });
    return { kind: 'undone', done };
  });
}

async function isLast(tx: TownTx, { id }: SchoolImportRow): Promise<boolean> {
  const all = await listSchoolImports(await tx.in(TOWN), MOST_LOOKED_AT);
  return all.find(({ appliedAt }) => appliedAt !== null)?.id === id;
}

/** What is still as the import left it goes back to what was before. */
async function restore(
  parts: TownParts,
  tx: TownTx,
  { done, town }: { readonly done: SchoolsDone; readonly town: KnownTown },
): Promise<void> {
  const schools = new Map(town.schools.map((one) => [one.id, one]));
  for (const { id, before, after } of done.changed) {
    const now = schools.get(id);
    if (now === undefined) continue;
    await updateSchool(tx, id, {
      name: now.name === after.name ? before.name : now.name,
      uai: now.uai === after.uai ? before.uai : now.uai,
      commune: now.commune === after.commune ? before.commune : now.commune,
    });
  }
  for (const { id, day } of done.closed)
    if (schools.get(id)?.closesOn === day) await setClosing(parts, tx, { school: id, day: null });
  for (const { id, code } of done.numberedCommunes)
    if (town.communes.some((one) => one.id === id && one.code === code))
      await updateCommune(tx, id, { code: null });
}
