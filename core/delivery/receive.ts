import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type { ScanResult, Scanner } from '../scan/clamd.ts';

export type Received =
  | { readonly kind: 'received'; readonly bytes: Buffer; readonly scan: Promise<ScanResult> }
  | { readonly kind: 'too-big' };

/**
 * Reads a message to its end, once, and lets the scanner read along. Past the limit nothing more is kept; the rest is read and
 * forgotten, so that the peer hears the answer (RFC 5321 §4.5.3.1.7). Rejects when the stream breaks: then nothing was received.
 */
export async function receive(raw: Readable, limitBytes: number, scanner: Pick<Scanner, 'scan'>): Promise<Received> {
  const chunks: Buffer[] = [];
  let size = 0;
  const copy = new PassThrough();
  const scan = scanner.scan(copy);
  try {
    for await (const chunk of raw as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limitBytes) continue;
      chunks.push(chunk);
      if (!copy.write(chunk)) await once(copy, 'drain');
    }
  } catch (error) {
    copy.destroy();
    throw error;
  }
  if (size > limitBytes) {
    copy.destroy();
    return { kind: 'too-big' };
  }
  copy.end();
  return { kind: 'received', bytes: Buffer.concat(chunks, size), scan };
}
