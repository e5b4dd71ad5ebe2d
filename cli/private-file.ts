import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  openSync,
  writeFileSync,
} from 'node:fs';
import { errorCode } from '../core/ground/fault.ts';
import { makeFolder } from './launcher/paths.ts';
import { refused } from './refused.ts';
import { WRONG } from './texts/command-line.ts';

/**
 * Codes, passwords, names and addresses of children: nobody else of the machine reads the files or
 * lists the folder.
 */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Makes the folder that a flag names, before anything is done that is to be told in it. Throws a
 * `Fault` 'configuration' with a sentence.
 */
export function readyFolder(flag: string, folder: string): void {
  try {
    makePrivateFolder(folder);
    accessSync(`${folder}/.`, constants.W_OK | constants.X_OK); // a file has no such entry
  } catch {
    throw refused(WRONG.folder(flag, folder));
  }
}

/** Makes a folder for such files, and those above it. One that is there stays as it is. */
export function makePrivateFolder(folder: string): void {
  makeFolder(folder, FOLDER_MODE);
}

/** As `open(2)` has them: written over, only where there is none, at the end of what is there. */
type OpenFlag = 'w' | 'wx' | 'a';

/** Writes a file that its owner alone reads, also where it was there and others could. */
export function writePrivateFile(path: string, content: string | Buffer, flag: OpenFlag): void {
  const file = openSync(path, flag, FILE_MODE);
  try {
    shutOthersOut(file);
    writeFileSync(file, content);
  } finally {
    closeSync(file);
  }
}

/** Not what is no file, as /dev/stdout, nor on a stick, whose file system knows no rights. */
function shutOthersOut(file: number): void {
  if (!fstatSync(file).isFile()) return;
  try {
    fchmodSync(file, FILE_MODE);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') throw error;
  }
}
