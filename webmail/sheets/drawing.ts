import { symbolsIn } from '../symbols.ts';

/**
 * One symbol of our sprites as shapes to paint: circles, ellipses and paths, flat colours. Not for
 * SVG of anybody else.
 */
export type VectorShape =
  | {
      readonly kind: 'ellipse';
      readonly cx: number;
      readonly cy: number;
      readonly rx: number;
      readonly ry: number;
      readonly turn: Turn | null;
      readonly paint: Paint;
    }
  | { readonly kind: 'path'; readonly d: string; readonly paint: Paint };

interface Turn {
  readonly degrees: number;
  readonly x: number;
  readonly y: number;
}

interface Paint {
  readonly fill: string | null;
  readonly stroke: string | null;
  readonly width: number;
}

const NO_PAINT: Readonly<Record<string, string>> = {
  fill: '#000000',
  stroke: 'none',
  'stroke-width': '1',
};
const ATTRIBUTE = /(?<![a-z-])([a-z][a-z-]*)="([^"]*)"/g;

/** The drawings of a sprite by name. */
export function drawingsIn(sprite: string): ReadonlyMap<string, readonly VectorShape[]> {
  return new Map(symbolsIn(sprite).map(({ id, inside }) => [id, shapesIn(inside)]));
}

function shapesIn(inside: string): VectorShape[] {
  const shapes: VectorShape[] = [];
  const groups = [NO_PAINT];
  for (const [, closing, name = '', attributes = ''] of inside.matchAll(
    /<(\/?)([a-z]+)((?:\s+[a-z-]+="[^"]*")*)\s*\/?>/g,
  )) {
    const own = {
      ...groups.at(-1),
      ...Object.fromEntries(
        [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, value]),
      ),
    };
    if (name === 'g' && closing === '/') groups.pop();
    else if (name === 'g') groups.push(own);
    else shapes.push(shapeOf(name, own));
  }
  return shapes;
}

function shapeOf(name: string, own: Readonly<Record<string, string>>): VectorShape {
  const paint = {
    fill: colour(own['fill']),
    stroke: colour(own['stroke']),
    width: Number(own['stroke-width'] ?? 1),
  };
  if (name === 'path') return { kind: 'path', d: own['d'] ?? '', paint };
  const number = (key: string) => Number(own[key] ?? own['r'] ?? 0);
  const [, degrees, x, y] =
    /^rotate\(([-\d.]+) ([-\d.]+) ([-\d.]+)\)$/.exec(own['transform'] ?? '') ?? [];
  const turn =
    degrees === undefined ? null : { degrees: Number(degrees), x: Number(x), y: Number(y) };
  return {
    kind: 'ellipse',
    cx: Number(own['cx']),
    cy: Number(own['cy']),
    rx: number('rx'),
    ry: number('ry'),
    turn,
    paint,
  };
}

function colour(text: string | undefined): string | null {
  if (text === undefined || text === 'none') return null;
  return text.length === 4 ? `#${[...text.slice(1)].map((digit) => digit + digit).join('')}` : text;
}
