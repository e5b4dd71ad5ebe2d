/**
 * Pages of a PDF as pictures, for browsers that have no viewer: made in a locked process, one page
 * at a time, and kept nowhere.
 */
import { Fault } from '../../ground/fault.ts';
import { openSandbox, type JobLimits } from '../../ground/sandbox/sandbox.ts';
import { openTurns } from '../../ground/turns.ts';
import type { PdfPage } from '../../letters/message/pdf-page.ts';
import { valueOf } from './letters.ts';
import type { PdfJobs } from './pdf-sandbox.ts';

/** Larger files are fetched and opened, not looked at in the page. */
const PDF_BYTES = 10 * 1024 * 1024;
/** PDFium with a page of photos needs some 150 MiB. */
const MEMORY_BYTES = 512 * 2 ** 20;
/** A page of text takes a tenth of a second, a scan half of one. */
const DRAWING: JobLimits = { cpuMs: 3_000, ifEnded: 'give-up' };
/** One reader has one page drawn, and asks for the next while it is. */
const TURNS = { atOnce: 1, each: 1, waiting: 100, waitingEach: 4, waitMs: 20_000 } as const;

const sandbox = openSandbox<PdfJobs>({
  script: new URL('./pdf-sandbox.ts', import.meta.url),
  memoryBytes: MEMORY_BYTES,
  processes: TURNS.atOnce,
  waiting: TURNS.waiting,
});
const turns = openTurns(TURNS);

/** What a page says, by its number from 1 on; null where there is none that can be shown. */
export const pdfPage = (whose: string, bytes: Buffer, page: number): Promise<PdfPage | null> =>
  inTurn(whose, bytes, async () => valueOf(await sandbox.run('pageOf', [bytes, page], DRAWING)));

/** Its picture, a PNG; null in the same way. */
export const drawnPdfPage = (whose: string, bytes: Buffer, page: number): Promise<Buffer | null> =>
  inTurn(whose, bytes, async () => {
    const drawn = valueOf(await sandbox.run('drawn', [bytes, page], DRAWING));
    return drawn && Buffer.from(drawn);
  });

async function inTurn<T>(
  whose: string,
  bytes: Buffer,
  look: () => Promise<T | null>,
): Promise<T | null> {
  if (bytes.length > PDF_BYTES) return null;
  const giveBack = await turns.take(whose, 'one');
  if (giveBack === null)
    throw new Fault('sandbox-away', 'the turn for a page of a PDF did not come', {
      transient: true,
    });
  try {
    return await look();
  } finally {
    giveBack();
  }
}
