import type { ReadRosterFile, RefusedLine, RosterFormat, RosterRow } from './rows.ts';

/** A file as it came: alone, or one of a folder. A name may have folders before it. */
export interface RosterFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Which column of an unknown file is which, by its header; null for what the file doesn't have. The
 * caller remembers it per school.
 */
export type ColumnMapping = PupilMapping | TeacherMapping | GuardianMapping;

interface PupilMapping {
  readonly of: 'pupils';
  readonly familyName: string;
  readonly givenName: string;
  readonly usedName: string | null;
  readonly birthDate: string | null;
  readonly ine: string | null;
  readonly level: string | null;
  readonly className: string | null;
}

interface TeacherMapping {
  readonly of: 'teachers';
  readonly familyName: string;
  readonly givenName: string;
  readonly email: string | null;
  /** Every column that names a class. */
  readonly classNames: readonly string[];
}

/** One child a line; a guardian of several has several lines. */
interface GuardianMapping {
  readonly of: 'guardians';
  readonly familyName: string;
  readonly givenName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly childFamilyName: string;
  readonly childGivenName: string;
  readonly childClassName: string | null;
}

/** A school of an export, as it is named there. */
export interface ExportedSchool {
  readonly sourcedId: string;
  readonly name: string;
  /** The national code, where the export has it. */
  readonly identifier: string | null;
}

/** A file and what it was taken for, to be shown to whoever gave it. */
export interface FoundFile {
  readonly name: string;
  readonly format: RosterFormat;
  readonly encoding: string;
  readonly delimiter: string | null;
  /** Lines that were read, refused ones included. */
  readonly lines: number;
  /** Headers of the columns that are not read. */
  readonly leftAside: readonly string[];
}

/**
 * One file or several that say together what a school is: ONDE's pupils, guardians and teachers, or
 * one export.
 */
export interface RosterSet {
  readonly kind: 'set';
  readonly formats: readonly string[];
  readonly rows: readonly RosterRow[];
  readonly unsettled: readonly RosterRow[];
  readonly refused: readonly RefusedLine[];
  readonly classes: ReadRosterFile['classes'];
  readonly hints: readonly string[];
  readonly hash: Buffer;
  /** What each file, or export, was taken for. */
  readonly found: readonly FoundFile[];
  /** Hashes of the headers that were read by a mapping. */
  readonly mapped: readonly Buffer[];
}

/** A file with the folders that it stands in. */
export interface FileAtPath {
  readonly path: string;
  readonly bytes: Buffer;
}
