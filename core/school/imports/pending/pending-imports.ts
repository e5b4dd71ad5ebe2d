import type { SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { rehearsalOf } from '../../../store/schools/roster-imports.ts';
import type { Rosters } from '../contract.ts';
import { applyOpened } from './apply-draft.ts';
import { askColumns, choose } from './choose.ts';
import { codesForNew, takeCodesBack, waylessOf } from './codes.ts';
import type { PendingImports } from './contract.ts';
import { importReport } from './import-report.ts';
import { decideMoves, townMoves } from './moves.ts';
import { discardDraft } from './open-draft.ts';
import { countQuestions, giveAnswers, questionsFor, townQuestions } from './questions.ts';
import { actorOf, ownSchool, ownSchools, postsOf, type PendingParts } from './rights.ts';
import { importsOfSchool } from './school-imports.ts';
import { shownDraft } from './shown-draft.ts';
import { openTownBatches } from './town-batches.ts';
import { uploadFiles } from './upload-files.ts';

/** Rosters for heads and agents. Each function asks first whose right it is. */
export function openPendingImports(parts: PendingParts, rosters: Rosters): PendingImports {
  return {
    ...openTownBatches(parts),
    schools: (viewer) => ownSchools(parts, viewer),
    moves: (viewer) => townMoves(parts, viewer),
    decideMoves: (viewer, decision) => decideMoves(parts, viewer, decision),
    ofSchool: (viewer, school) => importsOfSchool(parts, viewer, school),
    upload: (viewer, school, given) => uploadFiles({ parts, viewer }, school, given),
    draft: (viewer, school, id) => shownDraft(parts, viewer, { school, id }),
    choose: (viewer, school, draft) => choose(parts, viewer, { school, ...draft }),
    askColumns: (viewer, school, id) => askColumns(parts, viewer, { school, id }),
    apply: (viewer, school, draft) => applyOpened(parts, viewer, { school, ...draft }),
    discard: (viewer, school, id) => discardDraft(parts, viewer, { school, id }),
    async undo(viewer, school, { id, reason }) {
      if (viewer.role === 'agent' && reason.trim() === '') return null;
      const own = await ownSchool(parts, viewer, school);
      return own && rosters.undo(school, actorOf(viewer, reason), id);
    },
    report: (viewer, school, id) => importReport(parts, viewer, { school, id }),
    wayless: (viewer, school) => waylessOf(parts, viewer, school),
    questions: (viewer, school) => questionsFor(parts, viewer, school),
    townQuestions: (viewer) => townQuestions(parts, viewer),
    answer: (viewer, given) => giveAnswers(parts, viewer, given),
    countQuestions: (viewer) => countQuestions(parts, viewer),
    codes: (viewer, school, reason) => codesForNew(parts, viewer, { school, reason }),
    takeCodesBack: (viewer, school, lost) => takeCodesBack(parts, viewer, { school, ...lost }),
    rehearsal: (viewer, school) => rehearsalFor(parts, rosters, { viewer, school }),
    async rollOverDay(viewer, school) {
      const works = (await postsOf(parts, viewer)).has(school);
      if (!works && (await ownSchool(parts, viewer, school)) === null) return null;
      return (await parts.store.read(school, rehearsalOf))?.holdsFrom ?? null;
    },
    async moveRollOver(viewer, school, { day, reason }) {
      if ((await ownSchool(parts, viewer, school)) === null) return false;
      return rosters.moveRollOver(school, day, actorOf(viewer, reason));
    },
  };
}

/** Next year as it lies ready, for everybody who works at the school. */
async function rehearsalFor(
  parts: PendingParts,
  rosters: Rosters,
  { viewer, school }: { viewer: Viewer; school: SchoolId },
): ReturnType<PendingImports['rehearsal']> {
  const own = await ownSchool(parts, viewer, school);
  const works = own !== null || (await postsOf(parts, viewer)).has(school);
  const found = works ? await rosters.rehearsal(school) : null;
  if (found === null) return null;
  const { preview, ...rehearsal } = found;
  const name = viewer.school === school ? viewer.schoolName : '';
  return {
    school: own ?? { id: school, slug: '', name },
    rehearsal,
    stops: own === null ? [] : preview.stops.map(({ kind }) => kind),
    mayMove: own !== null,
  };
}
