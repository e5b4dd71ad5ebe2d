import { decodedParts } from '../message/body.ts';
import type { ReadMessage } from '../message/message.ts';
import type { Scan, ScanResult } from '../scan/clamd.ts';
import { MAX_DOUBTFUL_PARTS } from './limits.ts';

/** What the scanner said of the raw message, and says of the parts that two readers could read differently: those are scanned again, decoded. */
export async function scanWhole(scan: Scan, first: Promise<ScanResult>, bytes: Buffer, read: ReadMessage): Promise<ScanResult> {
  const result = await first;
  if (result.kind !== 'clean' || read.doubtful.length === 0) return result;
  if (read.doubtful.length > MAX_DOUBTFUL_PARTS) return { kind: 'unscannable', signature: 'Heuristics.Limits.Exceeded.DoubtfulParts' };
  for (const part of decodedParts(bytes, read)) {
    const again = await scan(part);
    if (again.kind !== 'clean') return again;
  }
  return result;
}
