/** How what an act costs grows with what it is done among. */
type Growth = 'flat' | 'logarithm' | 'faster';

/** What is smaller is a machine's noise. */
const TENTH = 1.1;

/**
 * How costs grow over sizes, the smallest first. Flat is within a tenth of the smallest's cost. By
 * the logarithm is as a tree's depth at most, and no steeper a doubling from one step to the next:
 * where a cost begins to grow in a straight line, its first step alone could be either.
 */
export function growthOf(sizes: readonly number[], costs: readonly number[]): Growth {
  const [first = NaN] = costs;
  if (costs.every((cost) => cost <= TENTH * first)) return 'flat';
  const doublings = sizes.map(Math.log2);
  const isWithin = costs.every((cost, at) => {
    const depth = (doublings[at] ?? NaN) / (doublings[0] ?? NaN);
    return cost <= TENTH * Math.min(depth * first, continued(doublings, costs, at));
  });
  return isWithin ? 'logarithm' : 'faster';
}

/** What the cost at this size would be if it went on growing as it did over the step before. */
function continued(doublings: readonly number[], costs: readonly number[], at: number): number {
  const [x0, x1, x2] = [doublings[at - 2], doublings[at - 1], doublings[at]];
  const [y0, y1] = [costs[at - 2], costs[at - 1]];
  if (x0 === undefined || x1 === undefined || x2 === undefined) return Infinity;
  if (y0 === undefined || y1 === undefined) return Infinity;
  return y1 + (Math.max(0, y1 - y0) / (x1 - x0)) * (x2 - x1);
}
