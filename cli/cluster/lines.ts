import { cellLines } from '../texts/cell-lines.ts';
import type { Cell } from './cell.ts';
import { filesOf } from './files.ts';
import type { CellPasswords } from './passwords.ts';

/** What is typed, machine by machine, and what to do once two of three are gone. */
export function linesOf(cell: Cell, passwords: CellPasswords): string {
  const [first] = cell.machines;
  return cellLines({
    ...cell,
    names: cell.machines.map(({ name }) => name).join(', '),
    name: first?.name ?? '',
    address: first?.address ?? '',
    hasShared: cell.shared !== null,
    owners: ownersOf(cell, passwords),
  });
}

/** Who reads a file with a password in it: one user each. */
function ownersOf(cell: Cell, passwords: CellPasswords): string {
  const [first] = cell.machines;
  if (first === undefined) return '';
  return filesOf(cell, first, passwords)
    .map(({ path, owner, isProgram }) => {
      if (owner === null) return `chmod 644 ${path}`;
      const mode = isProgram === true ? 700 : 600;
      return owner === 'preau'
        ? `chown root:preau ${path} && chmod 640 ${path}`
        : `chown ${owner}: ${path} && chmod ${mode} ${path}`;
    })
    .join('\n');
}
