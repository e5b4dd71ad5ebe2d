import { MISSING, type Answer } from './answer.ts';
import { numberOf } from './ids.ts';
import { giveFiles, roster, rosterSchool } from './pages/roster.ts';
import { decideDraft, rosterDraft } from './pages/roster-draft.ts';
import { importCodes, rosterImport, rosterReport, undoImport } from './pages/roster-import.ts';
import { moveNext, rosterNext } from './pages/roster-next.ts';
import { applyTown, giveTown, townBatch } from './pages/roster-town.ts';
import { withSchool } from './roster-parts.ts';
import type { Load, Post } from './routes.ts';
import type { SchoolId } from '../core/core.ts';

type Params = Readonly<Record<string, unknown>>;

async function withNumber(value: unknown, page: (id: number) => Promise<Answer>): Promise<Answer> {
  const id = numberOf(value);
  return id === null ? MISSING : page(id);
}

const ofSchool = (params: Params, name: 'draft' | 'import', page: (which: { readonly school: SchoolId; readonly id: number }) => Promise<Answer>): Promise<Answer> =>
  withSchool(params, (school) => withNumber(params[name], (id) => page({ school, id })));

/** The pages of rosters from files that show something. */
export const ROSTER_LOADS: Readonly<Record<string, Load>> = {
  '/roster': (visit) => roster(visit),
  '/roster/town/:batch': (visit, params) => withNumber(params['batch'], (id) => townBatch(visit, id)),
  '/roster/:school': (visit, params, query) => withSchool(params, (school) => rosterSchool(visit, school, { said: query['said'], complaint: null })),
  '/roster/:school/draft/:draft': (visit, params, query) => ofSchool(params, 'draft', (which) => rosterDraft(visit, which, query['said'])),
  '/roster/:school/import/:import': (visit, params, query) => ofSchool(params, 'import', (which) => rosterImport(visit, which, { said: query['said'], undone: null })),
  '/roster/:school/import/:import/report.csv': (visit, params) => ofSchool(params, 'import', (which) => rosterReport(visit, which, 'csv')),
  '/roster/:school/import/:import/report.pdf': (visit, params) => ofSchool(params, 'import', (which) => rosterReport(visit, which, 'pdf')),
  '/roster/:school/next': (visit, params, query) => withSchool(params, (school) => rosterNext(visit, school, query['said'])),
};

/** Those that change something. */
export const ROSTER_POSTS: Readonly<Record<string, Post>> = {
  '/roster/town': (visit, _params, form) => giveTown(visit, form),
  '/roster/town/:batch/apply': (visit, params, form) => withNumber(params['batch'], (id) => applyTown(visit, id, form)),
  '/roster/:school': (visit, params, form) => withSchool(params, (school) => giveFiles(visit, school, form)),
  '/roster/:school/draft/:draft': (visit, params, form) => ofSchool(params, 'draft', (which) => decideDraft(visit, which, form)),
  '/roster/:school/import/:import/codes': (visit, params, form) => ofSchool(params, 'import', (which) => importCodes(visit, which, form)),
  '/roster/:school/undo': (visit, params, form) => withSchool(params, (school) => undoImport(visit, school, form)),
  '/roster/:school/next': (visit, params, form) => withSchool(params, (school) => moveNext(visit, school, form)),
};
