/** What the sandbox of roster files does: the script of its processes. */
import { serve } from '../ground/sandbox/serve.ts';
import { readHolidayFile } from './holiday-file.ts';
import { unpackedFiles } from './reading/archive.ts';
import type { RosterFile } from './reading/contract.ts';
import { readExport, readRosterSet } from './reading/read-set.ts';
import {
  exportedIn,
  exportSchools,
  readHeaders,
  readOneTable,
  schoolCodesIn,
} from './reading/read.ts';
import { townFilesIn } from './reading/town-archive.ts';
import { isUnreadable } from './reading/trouble.ts';
import type { SchoolColumns } from './school-directory/columns.ts';
import { readSchools } from './school-directory/read-schools.ts';

function readCalendar(files: readonly RosterFile[]): ReturnType<typeof readHolidayFile> {
  const table = readOneTable(files);
  return isUnreadable(table) ? table : readHolidayFile(table);
}

function readSchoolList(
  files: readonly RosterFile[],
  columns: SchoolColumns | null,
): ReturnType<typeof readSchools> {
  const table = readOneTable(files);
  return isUnreadable(table) ? table : readSchools(table, columns);
}

const JOBS = {
  unpackedFiles,
  townFilesIn,
  readRosterSet,
  readHeaders,
  exportSchools,
  exportedIn,
  readExport,
  schoolCodesIn,
  readCalendar,
  readSchoolList,
};

/** Its jobs, as `openSandbox` is told of them. Each has the files first. */
export type RosterJobs = typeof JOBS;

serve(JOBS);
