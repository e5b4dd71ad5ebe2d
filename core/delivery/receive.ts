import type { Readable } from 'node:stream';

type Received =
  | { readonly kind: 'received'; readonly bytes: Buffer }
  | { readonly kind: 'too-big' };

/**
 * Reads a message to its end, once. Past the limit nothing more is kept; the rest is read and
 * forgotten, so that the peer hears the answer (RFC 5321 §4.5.3.1.7). Rejects when the stream
 * breaks: then nothing was received.
 */
export async function receive(raw: Readable, limitBytes: number): Promise<Received> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of raw as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
  }
  if (size > limitBytes) return { kind: 'too-big' };
  const [only] = chunks;
  return {
    kind: 'received',
    bytes: chunks.length === 1 && only ? only : Buffer.concat(chunks, size),
  };
}
