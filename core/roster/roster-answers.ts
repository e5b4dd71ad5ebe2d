/** What the sandbox of given files may answer: a file that takes it over says anything. */
import {
  bytes,
  count,
  either,
  isFlag,
  list,
  only,
  orNull,
  shape,
  text,
  type AnswerCheck,
} from '../ground/sandbox/answers.ts';
import { isDay, type Day } from './days.ts';
import {
  MOST_PERIODS,
  type HolidayFile,
  type OpenEndedPeriod,
  type ZonePeriod,
} from './holiday-file.ts';
import { HOLIDAY_ZONES } from './holiday-zones.ts';
import type { ArchivedFile } from './reading/archive.ts';
import type { ExportedSchool, FileAtPath, FoundFile, RosterSet } from './reading/contract.ts';
import {
  COLUMNS,
  FILES,
  HEADER_CHARACTERS,
  LINE_CHARACTERS,
  PATH_BYTES,
  ROWS,
  SCHOOLS,
  TOTAL_BYTES,
} from './reading/limits.ts';
import type { TableHead } from './reading/read.ts';
import type {
  AdultRow,
  FilePosition,
  GuardianRow,
  PupilRow,
  RefusedLine,
  UnreadableRoster,
} from './reading/rows.ts';
import { TOWN_BYTES, TOWN_FILES } from './reading/town-archive.ts';
import type { SchoolLine, SchoolList } from './school-directory/read-schools.ts';

/** Of a cell, of what is made of it; of a reason, a format. */
const cell = text(LINE_CHARACTERS);
const header = text(HEADER_CHARACTERS);
/** Folders above it, and an archive around it. */
const path = text(4 * PATH_BYTES);
/** Files of one answer, the lines of all of them. */
const MOST_LINES = FILES * ROWS;
const lines = count(MOST_LINES);
const HASH_BYTES = 32;
const hash = bytes(HASH_BYTES);

const at = shape<FilePosition>({ file: path, line: lines, column: orNull(header) });

const unreadable = shape<UnreadableRoster>({ kind: only('unreadable'), reason: cell, at });

const orUnreadable = <T>(of: AnswerCheck<T>): AnswerCheck<T | UnreadableRoster> =>
  either(of, unreadable);

const person = { at, familyName: cell, givenName: cell, sourcedId: orNull(cell) };

const pupil = shape<PupilRow>({
  ...person,
  kind: only('pupil'),
  usedName: orNull(cell),
  birthDate: orNull(cell),
  ine: orNull(cell),
  level: orNull(cell),
  photo: orNull(isFlag),
  className: orNull(cell),
  home: orNull(cell),
});

const guardian = shape<GuardianRow>({
  ...person,
  kind: only('guardian'),
  email: orNull(cell),
  phones: list(cell, ROWS),
  home: orNull(cell),
  children: list(
    shape({
      familyName: cell,
      usedName: orNull(cell),
      givenName: cell,
      className: orNull(cell),
      sourcedId: orNull(cell),
    }),
    ROWS,
  ),
});

const adult = shape<AdultRow>({
  ...person,
  kind: only('adult'),
  role: only('teacher', 'head', 'staff', 'aide'),
  email: orNull(cell),
  civility: only('M', 'Mme', null),
  classNames: list(cell, ROWS),
});

const rows = list(either(either(pupil, guardian), adult), MOST_LINES);

const found = shape<FoundFile>({
  name: path,
  format: only(
    'onde-pupils',
    'onde-guardians',
    'teachers',
    'oneroster-1.1',
    'oneroster-1.2',
    'mapped',
  ),
  encoding: cell,
  delimiter: orNull(cell),
  lines,
  leftAside: list(header, COLUMNS),
});

const set = shape<RosterSet>({
  kind: only('set'),
  formats: list(cell, FILES),
  rows,
  unsettled: rows,
  refused: list(shape<RefusedLine>({ at, reason: cell, cell }), MOST_LINES),
  classes: list(shape({ name: cell, levels: list(cell, ROWS) }), ROWS),
  hints: list(cell, FILES),
  hash,
  found: list(found, FILES),
  mapped: list(hash, FILES),
});

const exported = shape<ExportedSchool>({
  sourcedId: cell,
  name: cell,
  identifier: orNull(cell),
});

const day: AnswerCheck<Day> = (value): value is Day => typeof value === 'string' && isDay(value);
const begun = { zone: only(...HOLIDAY_ZONES), name: cell, from: day };
const holidays = shape<HolidayFile>({
  kind: only('holidays'),
  periods: list(shape<ZonePeriod>({ ...begun, until: day }), MOST_PERIODS),
  unended: list(shape<OpenEndedPeriod>(begun), ROWS),
});

const school = shape<SchoolLine>({
  line: lines,
  uai: cell,
  name: cell,
  commune: cell,
  communeCode: orNull(cell),
  isClosed: isFlag,
  doubt: only(
    'uai-missing',
    'uai-malformed',
    'uai-letter',
    'uai-twice',
    'name-missing',
    'commune-missing',
    'cell-unreadable',
    null,
  ),
});

const schools = shape<SchoolList>({
  kind: only('schools'),
  file: path,
  encoding: cell,
  delimiter: orNull(cell),
  lines,
  schools: list(school, ROWS),
  aside: shape({
    types: list(shape({ type: cell, count: lines }), ROWS),
    privateSchools: lines,
  }),
});

/** Of each job, by its name. */
export const ROSTER_ANSWERS = {
  unpackedFiles: orUnreadable(
    list(shape<ArchivedFile>({ name: path, bytes: bytes(TOTAL_BYTES) }), FILES),
  ),
  townFilesIn: orUnreadable(
    list(shape<FileAtPath>({ path, bytes: bytes(TOWN_BYTES) }), TOWN_FILES),
  ),
  readRosterSet: orUnreadable(set),
  readHeaders: orUnreadable(
    shape<TableHead>({ headers: list(header, COLUMNS), sample: list(list(cell, COLUMNS), ROWS) }),
  ),
  exportSchools: orNull(orUnreadable(list(exported, SCHOOLS))),
  exportedIn: list(exported, MOST_LINES),
  readExport: orUnreadable(list(orUnreadable(set), SCHOOLS)),
  schoolCodesIn: list(cell, ROWS),
  readCalendar: orUnreadable(holidays),
  readSchoolList: orUnreadable(schools),
};
