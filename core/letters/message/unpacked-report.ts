import { isGzip, listGzip } from './archive/gzip.ts';
import { startUnpacking, startWork } from './archive/work.ts';
import { listZip, startsAsZip } from './archive/zip.ts';

/** A day's report of one receiver about one town has some kilobytes. */
const MAX_BYTES = 2_097_152;
/** Files in a zip that are looked at: there is one. */
const MAX_FILES = 4;

/** The file of a report itself, or the first of the zip or gzip that it is; null past a limit. */
export function unpackedReport(bytes: Buffer): Buffer | null {
  if (!isGzip(bytes) && !startsAsZip(bytes)) return bytes.length > MAX_BYTES ? null : bytes;
  const work = startWork({ entries: MAX_FILES, unpackedBytes: MAX_BYTES, linkBytes: 0 });
  const unpacking = startUnpacking(work, bytes.length, 0);
  if (unpacking === null) return null;
  if (isGzip(bytes)) return listGzip(bytes, unpacking)?.open() ?? null;
  return listZip(bytes, unpacking).entries[0]?.open() ?? null;
}
