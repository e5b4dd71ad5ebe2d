import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Box } from '../paper.ts';

/** Whether anything is drawn within a box of the first page, in points from its top left. */
export async function isInked(bytes: Buffer, box: Box): Promise<boolean> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(bytes);
  try {
    const { width, height, data } = await document.getPage(0).render({ scale: 1 });
    const inside = (x: number, y: number): boolean =>
      x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
    return Array.from({ length: width * height }, (_, at) => at).some(
      (at) =>
        inside(at % width, Math.floor(at / width)) &&
        data.subarray(at * 4, at * 4 + 3).some((colour) => colour < 250),
    );
  } finally {
    document.destroy();
    library.destroy();
  }
}
