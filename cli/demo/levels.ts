/** The grade levels of a primary school, in order. */
const LEVELS = ['PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2'] as const;
const NURSERY_LEVELS = 3;
const ELEMENTARY_LEVELS = LEVELS.length - NURSERY_LEVELS;

export interface ClassLevels {
  readonly name: string;
  readonly levels: readonly string[];
}

const LEVELS_OF = {
  nursery: LEVELS.slice(0, NURSERY_LEVELS),
  elementary: LEVELS.slice(-ELEMENTARY_LEVELS),
  all: LEVELS,
} as const;

/**
 * Levels of the classes of a school: of a nursery school, an elementary school, or of one with all
 * ages.
 */
export function levelsOfSchool(
  kind: 'nursery' | 'elementary' | 'all',
  classes: number,
): ClassLevels[] {
  const levels = LEVELS_OF[kind];
  return named(
    classes < levels.length
      ? severalLevelsAClass(levels, classes)
      : severalClassesALevel(levels, classes),
  );
}

/** Few classes: neighbouring levels share one (« CP-CE1 »). */
function severalLevelsAClass(levels: readonly string[], classes: number): string[][] {
  return Array.from({ length: classes }, (_, index) =>
    levels.slice(
      Math.floor((index * levels.length) / classes),
      Math.floor(((index + 1) * levels.length) / classes),
    ),
  );
}

/** Many classes: the first levels have one more. */
function severalClassesALevel(levels: readonly string[], classes: number): string[][] {
  const each = Math.floor(classes / levels.length);
  return levels.flatMap((level, index) =>
    Array.from({ length: each + (index < classes % levels.length ? 1 : 0) }, () => [level]),
  );
}

/** « CP », or « CP A », « CP B » where there are several. */
function named(groups: readonly string[][]): ClassLevels[] {
  const seen = new Map<string, number>();
  const total = (name: string) => groups.filter((levels) => levels.join('-') === name).length;
  return groups.map((levels) => {
    const name = levels.join('-');
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return { name: total(name) > 1 ? `${name} ${String.fromCharCode(65 + before)}` : name, levels };
  });
}
