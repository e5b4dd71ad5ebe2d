import { NOTHING_SAID } from '../pages/roster/question-parts.ts';
import { decideDraft, rosterDraft } from '../pages/roster/roster-draft.ts';
import {
  importCodes,
  NOTHING_DONE,
  rosterImport,
  rosterReport,
  undoImport,
} from '../pages/roster/roster-import.ts';
import { decideMoves, rosterMoves } from '../pages/roster/roster-moves.ts';
import { moveNext, rosterNext } from '../pages/roster/roster-next.ts';
import { answerRosterQuestions, rosterQuestions } from '../pages/roster/roster-questions.ts';
import { answerTownQuestions, townQuestions } from '../pages/roster/roster-town-questions.ts';
import {
  placeStray,
  applyTown,
  giveTown,
  townBatch,
  townCodes,
} from '../pages/roster/roster-town.ts';
import { giveFiles, roster, rosterSchool } from '../pages/roster/roster.ts';
import { loads, posts, type CorePages } from './table.ts';

const LOADS = loads({
  '/roster': (visit) => roster(visit),
  '/roster/moves': (visit) => rosterMoves(visit, { decided: null, missing: null }),
  '/roster/questions': (visit) => townQuestions(visit, NOTHING_SAID),
  '/roster/:school/questions': (visit, { school }) => rosterQuestions(visit, school, NOTHING_SAID),
  '/roster/town/:batch': (visit, { batch }, query) =>
    townBatch(visit, batch, { said: query['said'], lacking: null }),
  '/roster/:school': (visit, { school }, query) =>
    rosterSchool(visit, school, { said: query['said'], complaint: null }),
  '/roster/:school/draft/:draft': (visit, { school, draft }, query) =>
    rosterDraft(visit, { school, id: draft }, { said: query['said'], missing: null }),
  '/roster/:school/import/:import': (visit, { school, import: id }, query) =>
    rosterImport(visit, { school, id }, { ...NOTHING_DONE, said: query['said'] }),
  '/roster/:school/import/:import/report.csv': (visit, { school, import: id }) =>
    rosterReport(visit, { school, id }, 'csv'),
  '/roster/:school/import/:import/report.pdf': (visit, { school, import: id }) =>
    rosterReport(visit, { school, id }, 'pdf'),
  '/roster/:school/next': (visit, { school }, query) =>
    rosterNext(visit, school, { said: query['said'] }),
});

const POSTS = posts({
  '/roster/moves': (visit, _params, form) => decideMoves(visit, form),
  '/roster/questions': (visit, _params, form) => answerTownQuestions(visit, form),
  '/roster/:school/questions': (visit, { school }, form) =>
    answerRosterQuestions(visit, school, form),
  '/roster/town': (visit, _params, form) => giveTown(visit, form),
  '/roster/town/:batch/codes': (visit, { batch }, form) => townCodes(visit, batch, form),
  '/roster/town/:batch/place': (visit, { batch }, form) => placeStray(visit, batch, form),
  '/roster/town/:batch/apply': (visit, { batch }, form) => applyTown(visit, batch, form),
  '/roster/:school': (visit, { school }, form) => giveFiles(visit, school, form),
  '/roster/:school/draft/:draft': (visit, { school, draft }, form) =>
    decideDraft(visit, { school, id: draft }, form),
  '/roster/:school/import/:import/codes': (visit, { school, import: id }, form) =>
    importCodes(visit, { school, id }, form),
  '/roster/:school/undo': (visit, { school }, form) => undoImport(visit, school, form),
  '/roster/:school/next': (visit, { school }, form) => moveNext(visit, school, form),
});

/** The pages of rosters from files. */
export const ROSTER_PAGES: CorePages = { loads: LOADS, posts: POSTS };
