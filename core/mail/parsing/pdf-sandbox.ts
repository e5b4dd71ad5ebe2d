/** What the sandbox of PDFs does: the script of its processes. PDFium runs there as WebAssembly. */

import { PDFiumLibrary, type PDFiumDocument, type PDFiumPage } from '@hyzyla/pdfium';
import { serve } from '../../ground/sandbox/serve.ts';
import {
  MOST_CHARACTERS,
  MOST_HIGH,
  MOST_PAGES,
  MOST_WIDE,
  type PdfPage,
} from '../../letters/message/pdf-page.ts';
import { pngOf } from './png.ts';

const pdfium = await PDFiumLibrary.init();

const JOBS = {
  /** What a page says; null where there is none such, or the file is locked or broken. */
  pageOf: (bytes: Buffer, page: number): Promise<PdfPage | null> =>
    within(bytes, page, async (one, pages) => ({
      page,
      pages,
      ...sizeOf(one),
      text: one.getText().slice(0, MOST_CHARACTERS),
    })),
  /** Its picture, a PNG. */
  drawn: (bytes: Buffer, page: number): Promise<Buffer | null> =>
    within(bytes, page, async (one) => {
      const { width, height, data } = await one.render(sizeOf(one));
      return pngOf({ width, height, rgba: data });
    }),
};

/** Its jobs, as `openSandbox` is told of them. */
export type PdfJobs = typeof JOBS;

async function within<T>(
  bytes: Buffer,
  page: number,
  look: (one: PDFiumPage, pages: number) => Promise<T>,
): Promise<T | null> {
  const document = await opened(bytes);
  if (document === null) return null;
  try {
    const pages = Math.min(document.getPageCount(), MOST_PAGES);
    if (page < 1 || page > pages) return null;
    const one = document.getPage(page - 1);
    const { originalWidth, originalHeight } = one.getOriginalSize();
    // what can't be read of it has no size
    return originalWidth > 0 && originalHeight > 0 ? await look(one, pages) : null;
  } finally {
    document.destroy();
  }
}

async function opened(bytes: Buffer): Promise<PDFiumDocument | null> {
  try {
    return await pdfium.loadDocument(bytes);
  } catch {
    return null;
  }
}

function sizeOf(one: PDFiumPage): Pick<PdfPage, 'width' | 'height'> {
  const { originalWidth, originalHeight } = one.getOriginalSize();
  const scale = Math.min(MOST_WIDE / originalWidth, MOST_HIGH / originalHeight);
  const side = (original: number): number => Math.max(1, Math.floor(original * scale));
  return { width: side(originalWidth), height: side(originalHeight) };
}

serve(JOBS);
