import type { Dots } from './png.ts';

/**
 * A picture no side of which is longer than this, on white: each dot is the mean of those that it
 * stands for.
 */
export function shrunk({ width, height, rgba }: Dots, side: number): Dots {
  const scale = Math.max(1, width / side, height / side);
  const [across, down] = [width, height].map((one) => Math.max(1, Math.round(one / scale)));
  const small = { width: across ?? 1, height: down ?? 1 };
  const dots = new Uint8Array(4 * small.width * small.height);
  const edge = (at: number, of: number, all: number): number => Math.floor((at * all) / of);
  for (let row = 0; row < small.height; row += 1) {
    const rows = [edge(row, small.height, height), edge(row + 1, small.height, height)] as const;
    for (let column = 0; column < small.width; column += 1) {
      const [from, until] = [column, column + 1].map((one) => edge(one, small.width, width));
      const mean = meanOf({ width, rgba }, rows, [from ?? 0, until ?? width]);
      dots.set(mean, 4 * (row * small.width + column));
    }
  }
  return { ...small, rgba: dots };
}

type Span = readonly [from: number, until: number];

function meanOf(
  { width, rgba }: Pick<Dots, 'width' | 'rgba'>,
  [top, bottom]: Span,
  [left, right]: Span,
): readonly number[] {
  let [red, green, blue, count] = [0, 0, 0, 0];
  for (let row = top; row < Math.max(bottom, top + 1); row += 1)
    for (let column = left; column < Math.max(right, left + 1); column += 1) {
      const at = 4 * (row * width + column);
      const seen = (rgba[at + 3] ?? 255) / 255;
      const through = 255 * (1 - seen);
      red += (rgba[at] ?? 0) * seen + through;
      green += (rgba[at + 1] ?? 0) * seen + through;
      blue += (rgba[at + 2] ?? 0) * seen + through;
      count += 1;
    }
  return [red / count, green / count, blue / count, 255];
}
