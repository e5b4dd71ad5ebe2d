import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { HEAD_BYTES, type Scan, type ScanResult } from '../scan/clamd.ts';

export type Received =
  | { readonly kind: 'received'; readonly bytes: Buffer; readonly scan: Promise<ScanResult> }
  | { readonly kind: 'too-big' };

/**
 * Reads a message to its end, once, and lets the scanner read along with a big one. Past the limit nothing more is kept; the rest is read
 * and forgotten, so that the peer hears the answer (RFC 5321 §4.5.3.1.7). Rejects when the stream breaks: then nothing was received.
 */
export async function receive(raw: Readable, limitBytes: number, scan: Scan): Promise<Received> {
  const chunks: Buffer[] = [];
  let size = 0;
  let along: Along | null = null;
  try {
    for await (const chunk of raw as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limitBytes) continue;
      chunks.push(chunk);
      if (along) await feed(along.copy, chunk);
      else if (size > HEAD_BYTES) {
        along = readingAlong(scan);
        await feed(along.copy, Buffer.concat(chunks, size));
      }
    }
  } catch (error) {
    along?.copy.destroy();
    throw error;
  }
  if (size > limitBytes) {
    along?.copy.destroy();
    return { kind: 'too-big' };
  }
  const [only] = chunks;
  const bytes = chunks.length === 1 && only ? only : Buffer.concat(chunks, size);
  along?.copy.end();
  return { kind: 'received', bytes, scan: along?.scan ?? scan(bytes) };
}

interface Along { readonly copy: PassThrough; readonly scan: Promise<ScanResult> }

function readingAlong(scan: Scan): Along {
  const copy = new PassThrough();
  return { copy, scan: scan(copy) };
}

async function feed(copy: PassThrough, chunk: Buffer): Promise<void> {
  if (!copy.write(chunk)) await once(copy, 'drain');
}
