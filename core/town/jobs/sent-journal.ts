import { closeSync, existsSync, linkSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { idIn, type SchoolId, schoolIdIn } from '../../ground/ids.ts';

/** An outbox row, named by its school and its number. */
export interface RowName {
  readonly school: SchoolId;
  readonly row: number;
}

/**
 * What a peer has taken and the database doesn't know yet: one empty file a row, made in the very
 * moment the 250 was seen and removed after the commit. A process killed between the two, or a
 * database that is away just then, sends nothing twice.
 */
export interface SentJournal {
  /**
   * Synchronous on purpose: nothing else runs between the 250 and this. Throws what the file system
   * throws.
   */
  note(name: RowName): void;
  forget(name: RowName): void;
  has(name: RowName): boolean;
  /** At most `limit`, in no order. */
  all(limit: number): readonly RowName[];
}

const FILE = /^(\d+)-(\d+)$/;
/**
 * The empty file that notes are further names of: a name costs a fiftieth of a file (ext4,
 * measured).
 */
const EMPTY = 'empty';

/**
 * Opens the journal in a folder, which is made where it doesn't exist. Several processes may share
 * it.
 */
export function openSentJournal(folder: string): SentJournal {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = ({ school, row }: RowName) => join(folder, `${school}-${row}`);
  const empty = join(folder, EMPTY);
  makeFile(empty);
  return {
    note: (name) => makeName(empty, path(name)),
    forget: (name) => rmSync(path(name), { force: true }),
    has: (name) => existsSync(path(name)),
    all: (limit) =>
      readdirSync(folder)
        .flatMap((file) => rowNamed(file) ?? [])
        .slice(0, limit),
  };
}

/** The row that a file's name names; null: it is none of ours. */
function rowNamed(file: string): RowName | null {
  const [, ofSchool, number] = FILE.exec(file) ?? [];
  const [school, row] = [schoolIdIn(ofSchool), idIn(number)];
  return school === null || row === null ? null : { school, row };
}

/** A name that is there already is as good; where there can be no other, a file is. */
function makeName(empty: string, path: string): void {
  try {
    linkSync(empty, path);
  } catch {
    makeFile(path);
  }
}

const makeFile = (path: string): void => closeSync(openSync(path, 'w', 0o600));
