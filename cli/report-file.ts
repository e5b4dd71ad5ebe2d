import { Fault } from '../core/ground/fault.ts';
import { writePrivateFile } from './private-file.ts';
import { WRONG } from './texts/command-line.ts';

/**
 * Tries the file of `--report` before anything is done: what is in it stays until then. Throws a
 * `Fault` 'configuration' with a sentence, as `keepReport` does.
 */
export function readyReport(path: string): void {
  write(path, '', 'a');
}

/** Writes what was done into the file of `--report`, in the place of what is there. */
export function keepReport(path: string, content: string | Buffer): void {
  write(path, content, 'w');
}

function write(path: string, content: string | Buffer, flag: 'a' | 'w'): void {
  try {
    writePrivateFile(path, content, flag);
  } catch (cause) {
    throw new Fault('configuration', WRONG.report(path), { transient: false, cause });
  }
}
