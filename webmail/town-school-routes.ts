import type { FramePart } from './frame.ts';
import { decideSchoolImport, schoolImport, undoSchoolImport } from './pages/school-file-acts.ts';
import { giveSchoolFile, schoolFile } from './pages/school-file.ts';
import { addNewSchool, newSchool } from './pages/school-new.ts';
import { changeSchoolSheet, schoolSheet } from './pages/school-sheet.ts';
import { pagesWith, type Pages } from './route.ts';

/** What these pages ask of core. */
export type TownSchoolPart = FramePart | 'config' | 'schoolImports' | 'town';

const { loads, posts } = pagesWith<TownSchoolPart>();

const LOADS = loads({
  '/schools/new': (visit) => newSchool(visit),
  '/schools/file': (visit, _params, query) =>
    schoolFile(visit, { said: query['said'], complaint: null }),
  '/schools/file/:import': (visit, { import: id }, query) => schoolImport(visit, id, query['said']),
  '/schools/:school': (visit, { school }, query) =>
    schoolSheet(visit, school, { said: query['said'] }),
});

const POSTS = posts({
  '/schools/new': (visit, _params, form) => addNewSchool(visit, form),
  '/schools/file': (visit, _params, form) => giveSchoolFile(visit, form),
  '/schools/file/:import': (visit, { import: id }, form) => decideSchoolImport(visit, id, form),
  '/schools/file/:import/undo': (visit, { import: id }) => undoSchoolImport(visit, id),
  '/schools/:school': (visit, { school }, form) => changeSchoolSheet(visit, school, form),
});

/** The town's communes and schools, for its agents: from a file and one by one. */
export const TOWN_SCHOOL_PAGES: Pages<TownSchoolPart> = { loads: LOADS, posts: POSTS };
