import { decodedParts } from '../../../letters/message/body.ts';
import type { ArchiveLimit, ReadMessage } from '../../../letters/message/message.ts';
import type { Scan, ScanResult } from '../../../letters/scan/clamd.ts';
import { MAX_DOUBTFUL_PARTS } from '../limits.ts';

/** What we say of our own limits, in the words that clamd has for its. */
const EXCEEDED: Readonly<Record<ArchiveLimit, string>> = {
  entries: 'ArchiveEntries',
  depth: 'ArchiveDepth',
  ratio: 'ArchiveRatio',
  size: 'ArchiveSize',
  name: 'ArchiveName',
};

/**
 * The one way to the scanner: a message goes there read, its archives listed. Those that are too
 * much for our limits it never sees: a small zip can keep it busy for a minute. Then come, decoded,
 * the parts that two readers could read differently.
 *
 * @param bytes what `read` was read from
 */
export async function scanWhole(scan: Scan, bytes: Buffer, read: ReadMessage): Promise<ScanResult> {
  const result = await unlessExceeded(read, () => scan(bytes));
  if (result.kind !== 'clean' || read.doubtful.length === 0) return result;
  if (read.doubtful.length > MAX_DOUBTFUL_PARTS) return exceeded('DoubtfulParts');
  for (const part of decodedParts(bytes, read)) {
    const again = await scan(part);
    if (again.kind !== 'clean') return again;
  }
  return result;
}

/** Scans unless archives are too much for our own limits. */
export async function unlessExceeded(
  { archiveLimit }: Pick<ReadMessage, 'archiveLimit'>,
  scan: () => Promise<ScanResult>,
): Promise<ScanResult> {
  return archiveLimit === null ? scan() : exceeded(EXCEEDED[archiveLimit]);
}

/** The same bytes will be answered the same. */
function exceeded(what: string): ScanResult {
  return { kind: 'unscannable', signature: `Heuristics.Limits.Exceeded.${what}` };
}
