import { parentPort } from 'node:worker_threads';
import type { DrawJob } from './draw-sheet.ts';
import { familyPapersPdf } from './family-pdf.ts';
import { linesPdf } from './lines-pdf.ts';
import { paperPdf } from './paper-pdf.ts';
import { sheetPdf } from './pdf.ts';
import { reportPdf } from './report-pdf.ts';

// Asked by `drawSheet`, one sheet after the other, and by nobody else.
parentPort?.on('message', (job: DrawJob) => {
  drawn(job).then(
    (bytes) => parentPort?.postMessage({ bytes }),
    (error: unknown) =>
      parentPort?.postMessage({ failed: error instanceof Error ? error.message : 'unknown' }),
  );
});

function drawn(job: DrawJob): Promise<Buffer> {
  switch (job.kind) {
    case 'sheet':
      return sheetPdf(job.sheet);
    case 'report':
      return reportPdf(job.report);
    case 'lines':
      return linesPdf(job.lines);
    case 'families':
      return familyPapersPdf(job.families);
    case 'paper':
      return paperPdf(job.paper);
  }
}
