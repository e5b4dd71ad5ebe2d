import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { say, type CommandInput } from '../command.ts';
import { readyFolder } from '../private-file.ts';
import { refused } from '../refused.ts';
import { CELL_SAYS, CELL_WRONG } from '../texts/cluster.ts';
import { readCell, type Cell } from './cell.ts';
import { filesOf } from './files.ts';
import { linesOf } from './lines.ts';
import { passwordsIn } from './passwords.ts';

/** `preau cluster config CELL.json --into FOLDER`: files of three machines, and what to type. */
export async function cellConfigCommand({ flags, path }: CommandInput): Promise<number> {
  const { into } = flags;
  const cell = cellIn(path);
  if (typeof into !== 'string') throw refused(CELL_WRONG.noFolder);
  const written = writeCell(cell, resolve(into));
  say(flags, { files: written }, CELL_SAYS.written(written.length, into));
  return 0;
}

/**
 * Writes a folder for each machine, as it lies there from its root on, and `LISEZMOI.md`. All of it
 * is for whoever runs this alone to read: passwords stand in it. Gives the paths. Throws a `Fault`
 * 'configuration' where the folder can't take files.
 */
export function writeCell(cell: Cell, folder: string): readonly string[] {
  readyFolder('into', folder);
  const passwords = passwordsIn(join(folder, 'passwords.json'));
  const written: string[] = [];
  const write = (path: string, text: string, mode = 0o600): void => {
    mkdirSync(dirname(path), { recursive: true }); // as they are to be there
    writeFileSync(path, text, { mode });
    written.push(path);
  };
  for (const machine of cell.machines)
    for (const { path, text, isProgram } of filesOf(cell, machine, passwords))
      write(join(folder, machine.name, path), text, isProgram === true ? 0o700 : 0o600);
  write(join(folder, 'LISEZMOI.md'), linesOf(cell, passwords));
  return written;
}

/** Throws a `Fault` 'configuration' with a sentence for each thing that is wrong. */
function cellIn(path: string): Cell {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw refused(
      error instanceof SyntaxError
        ? CELL_WRONG.noJson(path, error.message)
        : CELL_WRONG.noSuchFile(path),
    );
  }
  const read = readCell(json);
  if ('cell' in read) return read.cell;
  throw refused([CELL_WRONG.faults(path), ...read.faults].join('\n'));
}
