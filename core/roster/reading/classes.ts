import { inOrder, levelsInName } from './levels.ts';
import type { ReadRosterFile, RosterRow } from './rows.ts';

/** Gathers the classes that a file names, each under the spelling it had first. */
interface ClassNames {
  /** The class's name in that spelling; null stays null. */
  named(className: string | null, level?: string | null): string | null;
  all(): ReadRosterFile['classes'];
}

/** For one file. Spellings that differ in capitals and spaces only are one class. */
export function gatheredClasses(): ClassNames {
  const found = new Map<string, { readonly name: string; readonly levels: Set<string> }>();
  return {
    named(className, level = null) {
      if (className === null) return null;
      const key = className
        .toLowerCase()
        .replace(/\s+/g, ' ')
        .replace(/ ?([-/+]) ?/g, '$1');
      const known = found.get(key) ?? { name: className, levels: new Set<string>() };
      if (level !== null) known.levels.add(level);
      found.set(key, known);
      return known.name;
    },
    all: () =>
      [...found.values()].map(({ name, levels }) => ({
        name,
        levels: inOrder(levels.size > 0 ? levels : levelsInName(name)),
      })),
  };
}

/** What reading gives besides its rows, before anybody has said what the file as a whole is. */
export interface ReadLines {
  readonly rows: readonly RosterRow[];
  readonly refused: ReadRosterFile['refused'];
  readonly unsettled: ReadRosterFile['unsettled'];
  readonly classes: ReadRosterFile['classes'];
  readonly schoolHint: string | null;
  /** Which columns were read, and null for those that the file doesn't have. */
  readonly columnsRead: readonly (number | null)[];
}
