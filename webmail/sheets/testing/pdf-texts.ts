import { PDFiumLibrary } from '@hyzyla/pdfium';

/** What somebody reads in a PDF, page by page. */
export async function pdfTexts(bytes: Buffer): Promise<readonly string[]> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(bytes);
  try {
    return Array.from(document.pages(), (page) => page.getText());
  } finally {
    document.destroy();
    library.destroy();
  }
}
