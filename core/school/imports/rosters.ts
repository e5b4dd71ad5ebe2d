import type { SchoolId } from '../../ground/ids.ts';
import { schoolNamed } from '../../roster/reading/find-school.ts';
import { listImports, townSchools } from '../../store/schools/roster-imports.ts';
import type { Store } from '../../store/store.ts';
import { applyWish } from './apply-wish.ts';
import type { Rosters } from './contract.ts';
import type { RosterParts } from './parts.ts';
import { pastImport } from './past-import.ts';
import { previewWish, HISTORY } from './preview-wish.ts';
import { schoolQuestions } from './questions/open-questions.ts';
import { readRehearsal, moveRollOver } from './rehearsal.ts';
import { sharesOf } from './town-shares.ts';
import { undoImport } from './undo-import.ts';

export function openRosters(parts: RosterParts): Rosters {
  const { store } = parts;
  return {
    preview: (wish) => previewWish(parts, wish),
    apply: (wish, codes = 'without-codes') => applyWish(parts, wish, codes),
    undo: (school, by, which = 'last') => undoImport(parts, school, { by, which }),
    questions: (school) => schoolQuestions(parts, school),
    rehearsal: (school) => readRehearsal(parts, school),
    moveRollOver: (school, day, by) => moveRollOver(parts, school, { day, by }),
    history: async (school) =>
      (await store.read(school, (tx) => listImports(tx, HISTORY))).map(pastImport),
    shares: (files) => sharesOf(parts, files),
    schoolOf: (called) => schoolCalled(store, called),
  };
}

/** By the national code, the short name or the whole name; null where it is nobody's, or two's. */
async function schoolCalled(store: Store, called: string): Promise<SchoolId | null> {
  const found = schoolNamed(called, await store.readTown(townSchools), 'whole');
  return found.kind === 'one' ? found.school.id : null;
}
