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

/** So often a figure is reckoned anew to say how far chance may move it. */
const RESAMPLES = 1_000;

/**
 * Between which two values a figure lies nine times in ten where its samples are drawn anew by
 * chance, as many, from those that there are (the bootstrap of statistics).
 */
export function ninetyPercent<Sample>(
  samples: readonly Sample[],
  figure: (drawn: readonly Sample[]) => number,
): readonly [number, number] {
  const values = Array.from({ length: RESAMPLES }, () =>
    figure(samples.flatMap(() => samples.at(Math.floor(Math.random() * samples.length)) ?? [])),
  );
  return [rounded(percentile(values, 0.05)), rounded(percentile(values, 0.95))];
}
