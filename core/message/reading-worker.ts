/** A worker thread that reads big messages, one after the other. */
import { parentPort } from 'node:worker_threads';
import { readMessage } from './parse.ts';

parentPort?.on('message', ({ bytes }: { readonly bytes: Uint8Array }) => {
  parentPort?.postMessage({ result: readMessage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) });
});
