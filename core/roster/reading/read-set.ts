import { createHash, hash } from 'node:crypto';
import type { Day } from '../days.ts';
import type { ColumnMapping, RosterFile, RosterSet } from './contract.ts';
import { PEOPLE_OF_SCHOOL, ROWS } from './limits.ts';
import { openExport, readHeaders, readRosterFile } from './read.ts';
import type { FilePosition, ReadRosterFile, UnreadableRoster } from './rows.ts';
import { isUnreadable, unreadable } from './trouble.ts';

/** Which column is what, for files of no known header. */
interface KnownColumns {
  /** Said now, for every such file. */
  readonly mapping: ColumnMapping | null;
  /** What was said before, by the hash of the header in hexadecimal. */
  readonly remembered: Readonly<Record<string, ColumnMapping>>;
}

interface SetOptions extends KnownColumns {
  /** The day on which they are read. */
  readonly day: Day;
  /** Which school of files of several. */
  readonly school: string | null;
  readonly uai: string | null;
}

const ROSTER_NAME = /\.(csv|txt|tsv|xlsx|zip)$/i;

/** Reads all files of a school, or says why one of them can't be read: then none is used. */
export function readRosterSet(
  files: readonly RosterFile[],
  options: SetOptions,
): RosterSet | UnreadableRoster {
  const named = namedFiles(files);
  if (named.length === 0) return unreadable('no-file', nowhere(files));
  const exported = named.length > 1 ? openExport(named) : null;
  if (exported !== null)
    return isUnreadable(exported) ? exported : setOfExport(named, exported.read(options.school));
  const groups: Group[] = [];
  for (const file of named) {
    const read = readByColumns(file, options);
    if (isUnreadable(read)) return read;
    groups.push(read);
  }
  return setOf(named, groups);
}

/** Reads schools of one export, each by its sourcedId. */
export function readExport(
  files: readonly RosterFile[],
  schools: readonly string[],
): readonly (RosterSet | UnreadableRoster)[] | UnreadableRoster {
  const named = namedFiles(files);
  const exported = openExport(named);
  if (exported === null) return unreadable('no-file', nowhere(files));
  if (isUnreadable(exported)) return exported;
  return schools.map((school) => setOfExport(named, exported.read(school)));
}

function namedFiles(files: readonly RosterFile[]): readonly RosterFile[] {
  const named = files.length === 1 ? files : files.filter(({ name }) => ROSTER_NAME.test(name));
  return named.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

const nowhere = (files: readonly RosterFile[]): FilePosition => ({
  file: files[0]?.name ?? '',
  line: 1,
  column: null,
});

/** What one file, or the files of one export, say. */
interface Group {
  readonly name: string;
  readonly read: ReadRosterFile;
  /** The hash of the header, where that is known by a mapping alone. */
  readonly mapped: Buffer | null;
}

function setOfExport(
  named: readonly RosterFile[],
  read: ReadRosterFile | UnreadableRoster,
): RosterSet | UnreadableRoster {
  if (isUnreadable(read)) return read;
  const [file, ...others] = named;
  const name = others.length === 0 ? (file?.name ?? '') : `${named.length} CSV`;
  return setOf(named, [{ name, read, mapped: null }]);
}

function setOf(
  named: readonly RosterFile[],
  groups: readonly Group[],
): RosterSet | UnreadableRoster {
  const read = groups.map((group) => group.read);
  const people = read.reduce((sum, { rows, unsettled }) => sum + rows.length + unsettled.length, 0);
  const refused = read.flatMap((one) => one.refused);
  if (people > PEOPLE_OF_SCHOOL || refused.length > ROWS)
    return unreadable('too-many-people', nowhere(named));
  return {
    kind: 'set',
    formats: [...new Set(read.map(({ format }) => format))],
    rows: read.flatMap(({ rows }) => rows),
    unsettled: read.flatMap(({ unsettled }) => unsettled),
    refused,
    classes: read.flatMap(({ classes }) => classes),
    hints: [...new Set(read.flatMap(({ schoolHint }) => schoolHint ?? []))],
    hash: hashOf(named),
    found: groups.map(({ name, read: one }) => ({
      name,
      format: one.format,
      encoding: one.encoding,
      delimiter: one.delimiter,
      lines: one.rows.length + one.refused.length,
      leftAside: one.leftAside,
    })),
    mapped: groups.flatMap(({ mapped }) => mapped ?? []),
  };
}

function readByColumns(file: RosterFile, options: SetOptions): Group | UnreadableRoster {
  const { mapping: given, remembered, ...meant } = options;
  const read = readRosterFile([file], { ...meant, mapping: null });
  if (!isUnreadable(read)) return { name: file.name, read, mapped: null };
  const head = read.reason === 'header-unknown' ? readHeaders([file]) : read;
  if (isUnreadable(head)) return read;
  const header = headerHash(head.headers);
  const mapping = given ?? remembered[header.toString('hex')] ?? null;
  if (mapping === null) return read;
  const mapped = readRosterFile([file], { ...meant, mapping });
  return isUnreadable(mapped) ? mapped : { name: file.name, read: mapped, mapped: header };
}

/** By which a header is known again. */
export function headerHash(headers: readonly string[]): Buffer {
  return hash('sha256', headers.join('\0'), 'buffer');
}

/** The same files, whatever the order they were given in, have the same hash. */
function hashOf(files: readonly RosterFile[]): Buffer {
  const hash = createHash('sha256');
  for (const { name, bytes } of files)
    hash.update(`${name.slice(name.lastIndexOf('/') + 1)}\0${bytes.length}\0`).update(bytes);
  return hash.digest();
}
