/** One JSON line a figure, as scripts and people read them. */
type Figure = Readonly<Record<string, string | number | boolean | null | readonly number[]>>;

export function print(figure: Figure): void {
  console.log(JSON.stringify(figure));
}

/** A number as it is printed: four digits that say something. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** The value below which this share (0 to 1) of the values lies; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
