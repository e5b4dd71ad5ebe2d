import { inflateSync } from 'node:zlib';
import { indexedPng, type Indexed } from '../../mail/parsing/png.ts';
import { chunksOf } from './made.ts';

/**
 * A child's drawing as small as a wall shows it, in few colours: what a pad draws has a dozen, and
 * their shades where two meet. Runs in a process apart alone (`small-drawings.ts`).
 */

/** As wide as a drawing hangs on the widest wall, on a screen of fine dots. */
const WIDE = 480;
/** What a byte a dot can name. */
const COLOURS = 256;
/** Colours are told apart by so many bits of each of their three parts. */
const BITS = 5;
const SHADES = 1 << (3 * BITS);
const WHITE = 255;
/** Samples a dot by colour type (PNG §11.2.2): what our pad writes, and what a canvas does. */
const SAMPLES: Readonly<Record<number, number>> = { 2: 3, 3: 1, 6: 4 };

interface Dots {
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  readonly bytes: Uint8Array;
}

/** Null where it is small already, or no PNG as a browser writes one. */
export function smallOf(png: Buffer): Buffer | null {
  const dots = dotsOf(png);
  return dots === null || dots.width <= WIDE ? null : indexedPng(inFewColours(scaled(dots)));
}

function dotsOf(png: Buffer): Dots | null {
  const chunks = chunksOf(png);
  const head = chunks?.find(({ name }) => name === 'IHDR')?.holds;
  if (chunks === null || head?.length !== 13) return null;
  const samples = SAMPLES[head.readUInt8(9)];
  const isPlain = head.readUInt8(8) === 8 && head.readUInt8(12) === 0;
  if (samples === undefined || !isPlain) return null;
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const packed = chunks.filter(({ name }) => name === 'IDAT').map(({ holds }) => holds);
  const lines = inflateSync(Buffer.concat(packed), {
    maxOutputLength: height * (width * samples + 1),
  });
  const bytes = unfiltered(lines, { width, height, samples });
  if (samples > 1) return { width, height, samples, bytes };
  const palette = chunks.find(({ name }) => name === 'PLTE')?.holds ?? Buffer.alloc(0);
  return { width, height, samples: 3, bytes: coloured(bytes, palette) };
}

/** Dots that name a colour of a palette, as these; one that isn't there is black. */
function coloured(places: Uint8Array, palette: Buffer): Uint8Array {
  const rgb = new Uint8Array(places.length * 3);
  for (let at = 0; at < rgb.length; at += 1)
    rgb[at] = palette[(places[Math.floor(at / 3)] ?? 0) * 3 + (at % 3)] ?? 0;
  return rgb;
}

/** Each byte was written as what it differs by from those around it (PNG §9.2). */
function unfiltered(lines: Buffer, { width, height, samples }: Omit<Dots, 'bytes'>): Uint8Array {
  const stride = width * samples;
  const bytes = new Uint8Array(height * stride);
  for (let row = 0; row < height; row += 1) {
    const filter = lines[row * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const to = row * stride + x;
      const left = x < samples ? 0 : (bytes[to - samples] ?? 0);
      const up = row === 0 ? 0 : (bytes[to - stride] ?? 0);
      const corner = x < samples || row === 0 ? 0 : (bytes[to - stride - samples] ?? 0);
      bytes[to] = (lines[row * (stride + 1) + 1 + x] ?? 0) + guessed(filter, left, up, corner);
    }
  }
  return bytes;
}

function guessed(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return nearest(left, up, corner);
    default:
      return 0;
  }
}

/** The one of three neighbours that is nearest to their slope (PNG §9.4). */
function nearest(left: number, up: number, corner: number): number {
  const [toLeft, toUp] = [Math.abs(up - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

interface Small {
  readonly width: number;
  readonly height: number;
  /** Three bytes a dot. */
  readonly rgb: Uint8Array;
}

/** Each dot is the mean of those that it stands for, on white paper. */
function scaled(dots: Dots): Small {
  const width = WIDE;
  const height = Math.max(1, Math.round((dots.height * WIDE) / dots.width));
  const rgb = new Uint8Array(width * height * 3);
  const edge = (at: number, of: number, whole: number): number => Math.floor((at * whole) / of);
  for (let y = 0; y < height; y += 1) {
    const top = edge(y, height, dots.height);
    const bottom = Math.max(top + 1, edge(y + 1, height, dots.height));
    for (let x = 0; x < width; x += 1) {
      const start = edge(x, width, dots.width);
      const end = Math.max(start + 1, edge(x + 1, width, dots.width));
      const box = { top, bottom, start, end };
      for (let part = 0; part < 3; part += 1)
        rgb[(y * width + x) * 3 + part] = meanOf(dots, box, part);
    }
  }
  return { width, height, rgb };
}

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly start: number;
  readonly end: number;
}

function meanOf({ width, samples, bytes }: Dots, box: Box, part: number): number {
  let sum = 0;
  for (let y = box.top; y < box.bottom; y += 1)
    for (let x = box.start; x < box.end; x += 1) {
      const at = (y * width + x) * samples;
      const seen = samples === 4 ? (bytes[at + 3] ?? 0) / WHITE : 1;
      sum += WHITE + ((bytes[at + part] ?? 0) - WHITE) * seen;
    }
  return Math.round(sum / ((box.bottom - box.top) * (box.end - box.start)));
}

/** The colours that most dots have; any other is the one of them that it is most like. */
function inFewColours({ width, height, rgb }: Small): Indexed {
  const counts = new Uint32Array(SHADES);
  for (let at = 0; at < rgb.length; at += 3) {
    const shade = shadeAt(rgb, at);
    counts[shade] = (counts[shade] ?? 0) + 1;
  }
  const kept = [...counts.keys()]
    .filter((shade) => (counts[shade] ?? 0) > 0)
    .toSorted((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0))
    .slice(0, COLOURS);
  const places = new Int16Array(SHADES).fill(-1);
  for (const [place, shade] of kept.entries()) places[shade] = place;
  const sums = new Float64Array(kept.length * 3);
  for (let at = 0; at < rgb.length; at += 3) {
    const place = places[shadeAt(rgb, at)] ?? -1;
    for (let part = 0; place >= 0 && part < 3; part += 1)
      sums[place * 3 + part] = (sums[place * 3 + part] ?? 0) + (rgb[at + part] ?? 0);
  }
  const palette = Buffer.from(
    sums.map((sum, at) => Math.round(sum / (counts[kept[Math.floor(at / 3)] ?? 0] ?? 1))),
  );
  const dots = new Uint8Array(width * height);
  for (let at = 0; at < dots.length; at += 1) {
    const shade = shadeAt(rgb, at * 3);
    if (places[shade] === -1) places[shade] = likest(palette, rgb, at * 3);
    dots[at] = places[shade] ?? 0;
  }
  return { width, height, palette, dots };
}

/** A colour by the first bits of its three parts. */
function shadeAt(rgb: Uint8Array, at: number): number {
  let shade = 0;
  for (let part = 0; part < 3; part += 1)
    shade = (shade << BITS) | ((rgb[at + part] ?? 0) >> (8 - BITS));
  return shade;
}

function likest(palette: Buffer, rgb: Uint8Array, at: number): number {
  let [found, least] = [0, Infinity];
  for (let place = 0; place < palette.length / 3; place += 1) {
    let apart = 0;
    for (let part = 0; part < 3; part += 1)
      apart += ((palette[place * 3 + part] ?? 0) - (rgb[at + part] ?? 0)) ** 2;
    if (apart < least) [found, least] = [place, apart];
  }
  return found;
}
