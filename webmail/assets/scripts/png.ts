/**
 * A drawing as a PNG of 256 colours, one byte a pixel: crayons on paper have few colours more, and
 * an old computer packs a quarter of the bytes. Made by hand, since a browser makes such a picture
 * with four bytes a pixel alone (PNG: ISO/IEC 15948).
 */

const COLOURS = 256;
/** Colours are counted by the highest five bits of red, green and blue. */
const BINS = 1 << 15;
/** Rows that are packed without a pause: a finger that comes down meanwhile is followed. */
const BAND_ROWS = 96;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const EIGHT_BITS = 8;
const BY_PALETTE = 3;

/** Whether this browser packs by itself: Chrome from 80, Firefox from 113 on. */
export const canPack = (): boolean => 'CompressionStream' in window;

/** Opaque pixels as a PNG. */
export async function asPng({ data, width, height }: ImageData): Promise<Blob> {
  const pixels = new Uint32Array(data.buffer);
  const { palette, colourOf } = chooseColours(pixels);
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint8(8, EIGHT_BITS);
  head.setUint8(9, BY_PALETTE);
  const packed = await pack(pixels, { width, height, colourOf });
  const chunks = [
    chunk('IHDR', new Uint8Array(head.buffer)),
    chunk('PLTE', palette),
    chunk('IDAT', packed),
    chunk('IEND', new Uint8Array(0)),
  ];
  return new Blob([new Uint8Array(SIGNATURE), ...chunks], { type: 'image/png' });
}

interface Colours {
  readonly palette: Uint8Array<ArrayBuffer>;
  /** The place in the palette of every bin. */
  readonly colourOf: Uint8Array;
}

/** A canvas lays red, green, blue and alpha; a number made of them reads them backwards. */
const red = (pixel: number): number => pixel & 0xff;
const green = (pixel: number): number => (pixel >> 8) & 0xff;
const blue = (pixel: number): number => (pixel >> 16) & 0xff;
const binOf = (pixel: number): number =>
  ((pixel & 0xf8) << 7) | ((pixel & 0xf800) >> 6) | ((pixel & 0xf80000) >> 19);

/** The colours that are there most often; any other becomes the nearest of them. */
function chooseColours(pixels: Uint32Array): Colours {
  const counts = new Uint32Array(BINS);
  const shown = new Uint32Array(BINS);
  for (const pixel of pixels) {
    const bin = binOf(pixel);
    counts[bin] = (counts[bin] ?? 0) + 1;
    shown[bin] = pixel;
  }
  const bins = Array.from(counts.keys()).filter((bin) => counts[bin] !== 0);
  bins.sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0));
  const chosen = bins.slice(0, COLOURS).map((bin) => shown[bin] ?? 0);
  const colourOf = new Uint8Array(BINS);
  bins.forEach((bin, at) => {
    colourOf[bin] = at < COLOURS ? at : nearest(chosen, shown[bin] ?? 0);
  });
  return {
    palette: Uint8Array.from(chosen.flatMap((one) => [red(one), green(one), blue(one)])),
    colourOf,
  };
}

function nearest(chosen: readonly number[], pixel: number): number {
  let [best, least] = [0, Infinity];
  chosen.forEach((one, at) => {
    const far =
      (red(one) - red(pixel)) ** 2 +
      (green(one) - green(pixel)) ** 2 +
      (blue(one) - blue(pixel)) ** 2;
    if (far >= least) return;
    [best, least] = [at, far];
  });
  return best;
}

/** All rows, each with a zero before it (no filter, §9), deflated (§10). */
async function pack(
  pixels: Uint32Array,
  { width, height, colourOf }: Pick<ImageData, 'width' | 'height'> & Pick<Colours, 'colourOf'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new CompressionStream('deflate');
  const writer = stream.writable.getWriter();
  const packed = new Response(stream.readable).arrayBuffer();
  for (let top = 0; top < height; top += BAND_ROWS) {
    const end = Math.min(top + BAND_ROWS, height);
    const band = new Uint8Array((end - top) * (width + 1));
    for (let row = top; row < end; row += 1) {
      const to = (row - top) * (width + 1) + 1;
      for (let x = 0; x < width; x += 1)
        band[to + x] = colourOf[binOf(pixels[row * width + x] ?? 0)] ?? 0;
    }
    await writer.write(band);
    await pause();
  }
  await writer.close();
  return new Uint8Array(await packed);
}

const pause = (): Promise<void> => new Promise((resolve) => window.setTimeout(resolve, 0));

/** Its length, its name, what it holds, and a sum of the last two (§5.3). */
function chunk(name: string, holds: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(holds.length + 12);
  const view = new DataView(all.buffer);
  view.setUint32(0, holds.length);
  for (let at = 0; at < 4; at += 1) all[4 + at] = name.charCodeAt(at);
  all.set(holds, 8);
  view.setUint32(holds.length + 8, crc32(all.subarray(4, holds.length + 8)));
  return all;
}

/** CRC-32 (§5.5), a table of a byte's sums first. */
function crc32(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) sum = (SUMS[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return ~sum >>> 0;
}

const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});
