/**
 * What the sandbox of small pictures does: the script of its processes. A picture is laid on a page
 * of its own, the right way up by its Exif, and the page is drawn small by PDFium, which runs there
 * as WebAssembly.
 */

import { readFileSync } from 'node:fs';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import decodeWebp, { init as initWebp } from '@jsquash/webp/decode.js';
import PDFDocument from 'pdfkit';
import { serve } from '../../ground/sandbox/serve.ts';
import { firstOfGif } from './gif.ts';
import { stillWebp } from './moving-webp.ts';
import { pngOf, type Dots } from './png.ts';
import { shrunk } from './shrunk.ts';

/** What is left of a colour: a small picture of a photo takes half the bytes. */
const KEPT_BITS = 0xf8;

const pdfium = await PDFiumLibrary.init();
await openWebp();

const few = ({ rgba, ...size }: Dots): Dots => ({
  ...size,
  rgba: rgba.map((part) => part & KEPT_BITS),
});

const JOBS = {
  /** A PNG that is no larger than so many dots; null where the picture can't be read. */
  small: async (bytes: Buffer, side: number): Promise<Buffer | null> => {
    const dots = await unpacked(bytes);
    if (dots !== undefined) return dots && pngOf(few(shrunk(dots, side)));
    const page = await laidOut(bytes).catch(() => null);
    if (page === null) return null;
    const document = await pdfium.loadDocument(page);
    try {
      const one = document.getPage(0);
      const { originalWidth, originalHeight } = one.getOriginalSize();
      const scale = Math.min(1, side / originalWidth, side / originalHeight);
      const size = (length: number): number => Math.max(1, Math.round(length * scale));
      const { width, height, data } = await one.render({
        width: size(originalWidth),
        height: size(originalHeight),
      });
      return pngOf(few({ width, height, rgba: data }));
    } finally {
      document.destroy();
    }
  },
};

/** Its jobs, as `openSandbox` is told of them. */
export type SmallPictureJobs = typeof JOBS;

/** The dots of a GIF or a WebP; null: it can't be read; undefined: it is neither. */
async function unpacked(bytes: Buffer): Promise<Dots | null | undefined> {
  if (bytes.toString('latin1', 0, 4) === 'GIF8') return firstOfGif(bytes);
  if (bytes.toString('latin1', 8, 12) !== 'WEBP') return undefined;
  const still = stillWebp(bytes);
  if (still === null) return null;
  const decoded = await decodeWebp(new Uint8Array(still).buffer).catch(() => null);
  if (decoded === null) return null;
  const { width, height, data } = decoded;
  return { width, height, rgba: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

/** libwebp as WebAssembly; it gives what a browser calls an `ImageData`. */
async function openWebp(): Promise<void> {
  const name = import.meta.resolve('@jsquash/webp/codec/dec/webp_dec.wasm');
  Object.assign(globalThis, {
    ImageData: class {
      readonly data: Uint8ClampedArray;
      readonly width: number;
      readonly height: number;
      constructor(data: Uint8ClampedArray, width: number, height: number) {
        this.data = data;
        this.width = width;
        this.height = height;
      }
    },
  });
  await initWebp(await WebAssembly.compile(readFileSync(new URL(name))));
}

/** PDFKit reads a picture before it is laid anywhere, which its types leave out. */
interface PictureOpener {
  openImage(bytes: Buffer): {
    readonly width: number;
    readonly height: number;
    /** Of a JPEG (Exif 2.32 §4.6.4): above 4 it lies on its side. */
    readonly orientation?: number;
  };
}

const isOpener = (document: object): document is PictureOpener => 'openImage' in document;

function openerOf(document: object): PictureOpener {
  if (!isOpener(document)) throw new TypeError('PDFKit does not open pictures any more');
  return document;
}

/** A PDF of one page that is the picture. */
function laidOut(bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Without a name for a font none is read from disk.
    const document = new PDFDocument({ autoFirstPage: false, font: '', compress: false });
    const pieces: Buffer[] = [];
    document.on('data', (piece: Buffer) => pieces.push(piece));
    document.on('end', () => resolve(Buffer.concat(pieces)));
    document.on('error', reject);
    const picture = openerOf(document).openImage(bytes);
    const isTurned = picture.orientation !== undefined && picture.orientation > 4;
    const [width, height] = isTurned
      ? [picture.height, picture.width]
      : [picture.width, picture.height];
    document.addPage({ size: [width, height], margin: 0 });
    document.image(bytes, 0, 0, { width, height });
    document.end();
  });
}

serve(JOBS);
