/** Lists of numbers as ranges, and as they are written: sequence-set (RFC 9051 §9). Pure. */

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Numbers in the fewest ranges; an order other than ascending is kept, for COPYUID and what SORT
 * found.
 */
export function rangesOf(numbers: ArrayLike<number>): Range[] {
  const ranges: Range[] = [];
  for (let at = 0; at < numbers.length;) {
    const from = numbers[at] ?? 0;
    let to = from;
    for (at += 1; numbers[at] === to + 1; at += 1) to += 1;
    ranges.push({ from, to });
  }
  return ranges;
}

/** `1:3,5`. */
export function setOfRanges(ranges: readonly Range[]): string {
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}:${to}`)).join(',');
}

export function setOf(numbers: ArrayLike<number>): string {
  return setOfRanges(rangesOf(numbers));
}
