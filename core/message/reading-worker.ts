/**
 * A worker thread that reads big messages and makes big formatted texts fit to be shown, one after
 * the other.
 */
import { parentPort } from 'node:worker_threads';
import { readMessage } from './parse.ts';
import type { Work } from './reading-pool.ts';
import { shownHtml, shownText } from './shown.ts';

parentPort?.on('message', (work: Work) => {
  parentPort?.postMessage({ result: done(work) });
});

function done(work: Work): unknown {
  switch (work.kind) {
    case 'read':
      return readMessage(
        Buffer.from(work.bytes.buffer, work.bytes.byteOffset, work.bytes.byteLength),
      );
    case 'show':
      return shownHtml(work.showing);
    case 'text':
      return shownText(work.showing);
  }
}
