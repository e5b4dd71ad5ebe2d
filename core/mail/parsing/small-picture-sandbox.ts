import { PDFiumLibrary } from '@hyzyla/pdfium';
import PDFDocument from 'pdfkit';
import { serve } from '../../ground/sandbox/serve.ts';
/**
 * What the sandbox of small pictures does: the script of its processes. A picture is laid on a page
 * of its own, the right way up by its Exif, and the page is drawn small by PDFium, which runs there
 * as WebAssembly.
 */
import { pngOf } from './png.ts';

/** What is left of a colour: a small picture of a photo takes half the bytes. */
const KEPT_BITS = 0xf8;

const pdfium = await PDFiumLibrary.init();

const JOBS = {
  /** A PNG that is no larger than so many dots; null where the picture can't be read. */
  small: async (bytes: Buffer, side: number): Promise<Buffer | null> => {
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
      return pngOf({ width, height, rgba: data.map((part) => part & KEPT_BITS) });
    } finally {
      document.destroy();
    }
  },
};

/** Its jobs, as `openSandbox` is told of them. */
export type SmallPictureJobs = typeof JOBS;

/** What of PDFKit its types leave out: a picture that is read before it is laid anywhere. */
interface PictureOpener {
  openImage(bytes: Buffer): {
    readonly width: number;
    readonly height: number;
    /** Of a JPEG (Exif 2.32 §4.6.4): above 4 it lies on its side. */
    readonly orientation?: number;
  };
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
    const picture = (document as unknown as PictureOpener).openImage(bytes);
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
