/**
 * Pages of a PDF as pictures, for browsers that have no viewer: made in a locked process, one page
 * at a time, and kept nowhere.
 */
import { Fault } from '../../ground/fault.ts';
import { count, orNull, shape, text } from '../../ground/sandbox/answers.ts';
import { openSandbox, type JobLimits } from '../../ground/sandbox/sandbox.ts';
import { NO_TURN, openTurns } from '../../ground/turns.ts';
import {
  MOST_CHARACTERS,
  MOST_HIGH,
  MOST_PAGES,
  MOST_WIDE,
  type PdfPage,
} from '../../letters/message/pdf-page.ts';
import { valueOf } from './letters.ts';
import type { PdfJobs } from './pdf-sandbox.ts';
import { pngUpTo } from './png.ts';

/** Larger files are fetched and opened, not looked at in the page. */
const PDF_BYTES = 10 * 1024 * 1024;
/** PDFium with a page of photos needs some 150 MiB. */
const MEMORY_BYTES = 512 * 2 ** 20;
/** A page of text takes a tenth of a second, a scan half of one. */
const DRAWING: JobLimits = { cpuMs: 3_000, ifEnded: 'give-up' };
/** One reader has one page drawn, and asks for the next while it is. */
const TURNS = { atOnce: 1, each: 1, waiting: 100, waitingEach: 4, waitMs: 20_000 } as const;

const isPdfPage = shape<PdfPage>({
  page: count(MOST_PAGES),
  pages: count(MOST_PAGES),
  width: count(MOST_WIDE),
  height: count(MOST_HIGH),
  text: text(MOST_CHARACTERS),
});

const sandbox = openSandbox<PdfJobs>({
  script: new URL('./pdf-sandbox.ts', import.meta.url),
  memoryBytes: MEMORY_BYTES,
  processes: TURNS.atOnce,
  waiting: TURNS.waiting,
  answers: {
    pageOf: orNull(isPdfPage),
    drawn: orNull(pngUpTo({ width: MOST_WIDE, height: MOST_HIGH })),
  },
});
const turns = openTurns(TURNS);

/** What a page says, by its number from 1 on; null where there is none that can be shown. */
export const pdfPage = (whose: string, pdf: Buffer, page: number): Promise<PdfPage | null> =>
  inTurn(whose, pdf, async () => valueOf(await sandbox.run('pageOf', [pdf, page], DRAWING)));

/** Its picture, a PNG; null in the same way. */
export const drawnPdfPage = (whose: string, pdf: Buffer, page: number): Promise<Buffer | null> =>
  inTurn(whose, pdf, async () => valueOf(await sandbox.run('drawn', [pdf, page], DRAWING)));

async function inTurn<T>(
  whose: string,
  pdf: Buffer,
  look: () => Promise<T | null>,
): Promise<T | null> {
  if (pdf.length > PDF_BYTES) return null;
  const seen = await turns.pass(whose, look);
  if (seen === NO_TURN)
    throw new Fault('sandbox-away', 'the turn for a page of a PDF did not come', {
      transient: true,
    });
  return seen;
}
