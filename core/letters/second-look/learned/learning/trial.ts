import { judged } from '../judged.ts';
import { isDoubtful } from '../learned.ts';
import { KINDS } from '../weights.ts';
import type { Example } from './examples.ts';
import { weightsFrom } from './regression.ts';

/** A sentence, and what weights that have never seen its theme say of it. */
interface Tried {
  readonly example: Example;
  readonly odds: number;
}

/** Into how many parts the themes are dealt; each is kept out once. */
const PARTS = 3;

/** Learns from two thirds of the themes and judges the others, three times over. */
export function triedOnKeptOut(all: readonly Example[]): readonly Tried[] {
  return Array.from({ length: PARTS }, (_, part) => triedOn(all, part)).flat();
}

/** Learns from all themes but those of one part, and judges these. */
export function triedOn(all: readonly Example[], part: number): readonly Tried[] {
  const themes = [...new Set(all.map(({ theme }) => theme))];
  const partOf = new Map(themes.map((theme, at) => [theme, at % PARTS]));
  const isOut = ({ theme }: Example): boolean => partOf.get(theme) === part;
  const weights = weightsFrom(all.filter((example) => !isOut(example)));
  return all.filter(isOut).map((example) => ({ example, odds: judged(example, weights).odds }));
}

/** How many of each kind are found doubtful, the harmless ones first. */
export function byKind(
  tried: readonly Tried[],
): readonly { readonly kind: string; readonly count: number; readonly found: number }[] {
  return ['harmless', ...KINDS].map((kind, at) => {
    const own = tried.filter(({ example }) => example.kind === at - 1);
    const found = own.filter(({ example, odds }) => isDoubtful(example, odds)).length;
    return { kind, count: own.length, found };
  });
}
