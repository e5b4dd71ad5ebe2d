import { Worker } from 'node:worker_threads';
import { Fault } from '../../core/ground/fault.ts';
import { Passage } from '../../core/ground/passage.ts';
import type { FamilyPapersJob } from './family-pdf.ts';
import type { LinesJob } from './lines-pdf.ts';
import type { PaperJob } from './paper-pdf.ts';
import type { SheetJob } from './pdf.ts';
import type { ReportJob } from './report-pdf.ts';

/** A class takes a second at the most; what takes this long never ends. */
const TIMEOUT_MS = 30_000;
/** Sheets that may wait for their turn; more is no school's day. */
const MAX_WAITING = 50;

/** What the thread is asked to draw. */
export type DrawJob =
  | { readonly kind: 'sheet'; readonly sheet: SheetJob }
  | { readonly kind: 'report'; readonly report: ReportJob }
  | { readonly kind: 'lines'; readonly lines: LinesJob }
  | { readonly kind: 'families'; readonly families: FamilyPapersJob }
  | { readonly kind: 'paper'; readonly paper: PaperJob };

type Answer = { readonly bytes: Uint8Array } | { readonly failed: string };

const line = new Passage(1);
let worker: Worker | null = null;
let waiting = 0;

/**
 * Draws a sheet beside the event loop, where the fonts and drawings of a class would stop all pages
 * for a moment; one after the other, in a thread that is kept, since starting it costs more than a
 * sheet. Throws a transient `Fault` where it can't be drawn now.
 */
export function drawSheet(sheet: SheetJob): Promise<Buffer> {
  return draw({ kind: 'sheet', sheet });
}

/** Draws the report of an import, beside the loop. */
export function drawReport(report: ReportJob): Promise<Buffer> {
  return draw({ kind: 'report', report });
}

/** Draws lines that are to be typed elsewhere, beside the loop. */
export function drawLines(lines: LinesJob): Promise<Buffer> {
  return draw({ kind: 'lines', lines });
}

/** Draws the papers on which families say yes or no, beside the loop. */
export function drawFamilyPapers(families: FamilyPapersJob): Promise<Buffer> {
  return draw({ kind: 'families', families });
}

/** Draws what goes with a paper that families sign, beside the loop. */
export function drawPaper(paper: PaperJob): Promise<Buffer> {
  return draw({ kind: 'paper', paper });
}

async function draw(job: DrawJob): Promise<Buffer> {
  if (waiting >= MAX_WAITING) throw notDrawn('too many sheets wait');
  waiting += 1;
  try {
    return await line.pass(() => inWorker(job));
  } finally {
    waiting -= 1;
  }
}

function inWorker(job: DrawJob): Promise<Buffer> {
  const own = worker ?? startWorker();
  worker = own;
  return new Promise<Buffer>((resolve, reject) => {
    const late = setTimeout(() => end(() => reject(notDrawn('too slow')), 'broken'), TIMEOUT_MS);
    const said = (answer: Answer): void =>
      end(
        () =>
          'bytes' in answer ? resolve(Buffer.from(answer.bytes)) : reject(notDrawn(answer.failed)),
        'well',
      );
    const broke = (): void => end(() => reject(notDrawn('its thread ended')), 'broken');
    function end(tell: () => void, how: 'well' | 'broken'): void {
      clearTimeout(late);
      own.off('message', said).off('error', broke).off('exit', broke);
      own.unref();
      if (how === 'broken') {
        worker = null;
        void own.terminate();
      }
      tell();
    }
    own.on('message', said).on('error', broke).on('exit', broke);
    own.ref();
    own.postMessage(job);
  });
}

/** Idle, it keeps no process from ending. */
function startWorker(): Worker {
  const started = new Worker(new URL('./pdf-worker.ts', import.meta.url));
  started.on('error', () => {}); // whoever waits is told in `inWorker`
  started.on('exit', () => {
    if (worker === started) worker = null;
  });
  started.unref();
  return started;
}

function notDrawn(why: string): Fault {
  return new Fault('sheet-not-drawn', why, { transient: true });
}
