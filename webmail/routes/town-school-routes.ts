import {
  decideSchoolImport,
  schoolImport,
  undoSchoolImport,
} from '../pages/roster/school-file-acts.ts';
import { giveSchoolFile, schoolFile } from '../pages/roster/school-file.ts';
import { addNewSchool, newSchool } from '../pages/school/school-new.ts';
import { changeSchoolSheet, schoolSheet } from '../pages/school/school-sheet.ts';
import { decideStanding, readGivenLog, undoStanding } from '../pages/town/restored-acts.ts';
import { restored } from '../pages/town/restored.ts';
import { loads, posts, type CorePages } from './table.ts';

const LOADS = loads({
  '/restored': (visit, _params, query) => restored(visit, query),
  '/schools/new': (visit) => newSchool(visit),
  '/schools/file': (visit, _params, query) =>
    schoolFile(visit, { said: query['said'], complaint: null }),
  '/schools/file/:import': (visit, { import: id }, query) => schoolImport(visit, id, query['said']),
  '/schools/:school': (visit, { school }, query) =>
    schoolSheet(visit, school, { said: query['said'] }),
});

const POSTS = posts({
  '/restored/release': (visit, _params, form) => decideStanding(visit, 'release', form),
  '/restored/drop': (visit, _params, form) => decideStanding(visit, 'drop', form),
  '/restored/undo': (visit, _params, form) => undoStanding(visit, form),
  '/restored/log': (visit, _params, form) => readGivenLog(visit, form),
  '/schools/new': (visit, _params, form) => addNewSchool(visit, form),
  '/schools/file': (visit, _params, form) => giveSchoolFile(visit, form),
  '/schools/file/:import': (visit, { import: id }, form) => decideSchoolImport(visit, id, form),
  '/schools/file/:import/undo': (visit, { import: id }) => undoSchoolImport(visit, id),
  '/schools/:school': (visit, { school }, form) => changeSchoolSheet(visit, school, form),
});

/**
 * The town's communes and schools, for its agents: from a file and one by one; and what of its mail
 * a restore has stopped.
 */
export const TOWN_SCHOOL_PAGES: CorePages = { loads: LOADS, posts: POSTS };
