import { parentPort } from 'node:worker_threads';
import type { DrawJob } from './draw-sheet.ts';
import { sheetPdf } from './pdf.ts';
import { reportPdf } from './report-pdf.ts';

// Asked by `drawSheet`, one sheet after the other, and by nobody else.
parentPort?.on('message', (job: DrawJob) => {
  (job.kind === 'sheet' ? sheetPdf(job.sheet) : reportPdf(job.report)).then(
    (bytes) => parentPort?.postMessage({ bytes }),
    (error: unknown) =>
      parentPort?.postMessage({ failed: error instanceof Error ? error.message : 'unknown' }),
  );
});
