import { parentPort } from 'node:worker_threads';
import { sheetPdf, type SheetJob } from './pdf.ts';

// Asked by `drawSheet`, one sheet after the other, and by nobody else.
parentPort?.on('message', (job: SheetJob) => {
  sheetPdf(job).then(
    (bytes) => parentPort?.postMessage({ bytes }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? error.message : 'unknown' }),
  );
});
