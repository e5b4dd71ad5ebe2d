import type { Reads } from '../ground/ids.ts';

interface ClassLevels {
  readonly levels: readonly string[];
}

/** Levels whose children don't read yet, or hardly. */
const BEFORE_READING: ReadonlySet<string> = new Set(['TPS', 'PS', 'MS', 'GS', 'CP']);

interface Pupil {
  /** As their teacher says; null: nothing. */
  readonly reads: Reads | null;
  /** Their own grade level, where their roster file has it. */
  readonly level: string | null;
}

/**
 * How a pupil reads: as their teacher says, else as their level says. Where nobody knows whose
 * level is which in a class of several, by pictures if at least half of them come before reading:
 * in CP-CE1 a list of text shuts a child out who can't read it, and pictures shut nobody out.
 */
export function readsOf(pupil: Pupil, classes: readonly ClassLevels[]): Reads {
  return pupil.reads ?? readsByLevel(pupil, classes);
}

/** The same where no teacher has said anything. */
export function readsByLevel(
  { level }: Pick<Pupil, 'level'>,
  classes: readonly ClassLevels[],
): Reads {
  const levels = levelsOf(level, classes);
  const early = levels.filter((one) => BEFORE_READING.has(one));
  return early.length > 0 && early.length * 2 >= levels.length ? 'pictures' : 'words';
}

/** Levels of which a grown-up writes down what children say, before they write by themselves. */
const DICTATING: ReadonlySet<string> = new Set(['GS', 'CP']);

/** Whether a pupil dictates to a grown-up: who reads words by now writes them too. */
export function dictates(pupil: Pupil, classes: readonly ClassLevels[]): boolean {
  return (
    readsOf(pupil, classes) === 'pictures' &&
    levelsOf(pupil.level, classes).some((one) => DICTATING.has(one))
  );
}

/** A level that none of their classes has is that of another year. */
function levelsOf(level: string | null, classes: readonly ClassLevels[]): readonly string[] {
  const ofClasses = classes.flatMap((one) => one.levels);
  return level !== null && ofClasses.includes(level) ? [level] : ofClasses;
}
