import type { Readable } from 'node:stream';
import { receivedFrom, type ReceivedLetter } from '../parsing/received.ts';

/**
 * Reads a message to its end, once. Past the limit nothing more is kept; the rest is read and
 * forgotten, so that the peer hears the answer (RFC 5321 §4.5.3.1.7): null. Rejects when the stream
 * breaks: then nothing was received.
 */
export async function receive(raw: Readable, limitBytes: number): Promise<ReceivedLetter | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  const coming: AsyncIterable<Buffer> = raw;
  for await (const chunk of coming) {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
  }
  return size > limitBytes ? null : receivedFrom(chunks, size);
}
