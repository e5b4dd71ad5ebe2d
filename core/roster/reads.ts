import type { Reads } from '../ids.ts';

interface ClassLevels {
  readonly levels: readonly string[];
}

/** Levels whose children don't read yet, or hardly. */
const BEFORE_READING: ReadonlySet<string> = new Set(['TPS', 'PS', 'MS', 'GS', 'CP']);

/**
 * How a pupil reads: as their teacher says, else as the levels of their classes say. Where a class
 * has several, by pictures if at least half of them come before reading: in CP-CE1 a list of text
 * shuts a child out who can't read it, and pictures shut nobody out.
 */
export function readsOf(
  { reads }: { readonly reads: Reads | null },
  classes: readonly ClassLevels[],
): Reads {
  return reads ?? readsByLevel(classes);
}

/** The same where no teacher has said anything. */
export function readsByLevel(classes: readonly ClassLevels[]): Reads {
  const levels = classes.flatMap((one) => one.levels);
  const early = levels.filter((level) => BEFORE_READING.has(level));
  return early.length > 0 && early.length * 2 >= levels.length ? 'pictures' : 'words';
}
