/**
 * A list as the store keeps it. An entry is the first 16 bytes of its SHA-256, and the number of
 * its category: two names with one hash don't turn up in the life of a list, nor can anybody make
 * one, so that a look-up is exact without the names. The first two bytes say in which of 65,536
 * blocks the rest lies: of 4.5 million entries one has 69, in a kilobyte, and is searched from end
 * to end.
 */
import { hash } from 'node:crypto';

const HASH_BYTES = 16;
const BUCKET_BYTES = 2;
const REST_BYTES = HASH_BYTES - BUCKET_BYTES;
const RECORD_BYTES = REST_BYTES + 1;
const PACKED_BYTES = HASH_BYTES + 1;
/** The blocks are made in portions, so that others are served between. */
const PORTIONS = 64;
const RECORDS_OF_CHUNK = 4_096;

interface Block {
  readonly bucket: number;
  /** Each `RECORD_BYTES`: the rest of the hash, then the category. */
  readonly records: Buffer;
}

/** What is looked for in a block. */
export interface BlockQuery {
  readonly bucket: number;
  readonly rest: Buffer;
}

export function wantedOf(key: string): BlockQuery {
  const hashed = hashOf(key);
  return { bucket: hashed.readUInt16BE(0), rest: hashed.subarray(BUCKET_BYTES) };
}

/** The numbers of the categories that have it. */
export function categoriesIn(records: Buffer, rest: Buffer): number[] {
  const found: number[] = [];
  for (let at = 0; at + RECORD_BYTES <= records.length; at += RECORD_BYTES)
    if (records.compare(rest, 0, REST_BYTES, at, at + REST_BYTES) === 0)
      found.push(records[at + REST_BYTES] ?? 0);
  return found;
}

const hashOf = (key: string): Buffer => hash('sha256', key, 'buffer').subarray(0, HASH_BYTES);

/** Takes entries in any order: 17 bytes each are in memory until the blocks are made. */
export function openPacker(): {
  add(key: string, category: number): void;
  readonly count: number;
  /** Each portion of blocks once; what was given twice is there once. */
  portions(): Generator<Block[]>;
} {
  const portions = Array.from({ length: PORTIONS }, () => openPortion());
  let count = 0;
  return {
    add(key, category) {
      const hashed = hashOf(key);
      portions[Math.floor((hashed[0] ?? 0) / (256 / PORTIONS))]?.add(hashed, category);
      count += 1;
    },
    get count() {
      return count;
    },
    *portions() {
      for (const portion of portions) yield portion.blocks();
    },
  };
}

/** Entries whose hashes begin alike, in pieces that grow with them. */
function openPortion() {
  let chunks: Buffer[] = [];
  let used = RECORDS_OF_CHUNK;

  function* packed(): Generator<Buffer> {
    for (const [index, chunk] of chunks.entries()) {
      const records = index === chunks.length - 1 ? used : RECORDS_OF_CHUNK;
      for (let at = 0; at < records; at++)
        yield chunk.subarray(at * PACKED_BYTES, (at + 1) * PACKED_BYTES);
    }
  }

  return {
    add(hashed: Buffer, category: number): void {
      if (used === RECORDS_OF_CHUNK) {
        chunks.push(Buffer.allocUnsafe(RECORDS_OF_CHUNK * PACKED_BYTES));
        used = 0;
      }
      const chunk = chunks[chunks.length - 1];
      if (!chunk) return;
      const at = used * PACKED_BYTES;
      hashed.copy(chunk, at);
      chunk[at + HASH_BYTES] = category;
      used += 1;
    },
    /** Empties it. */
    blocks(): Block[] {
      const byBucket = new Map<number, Map<string, Buffer>>();
      for (const record of packed()) {
        const bucket = record.readUInt16BE(0);
        const rest = record.subarray(BUCKET_BYTES);
        const known = byBucket.get(bucket) ?? new Map<string, Buffer>();
        known.set(rest.toString('latin1'), rest);
        byBucket.set(bucket, known);
      }
      chunks = [];
      used = RECORDS_OF_CHUNK;
      return [...byBucket].map(([bucket, known]) => ({
        bucket,
        records: Buffer.concat([...known.values()]),
      }));
    },
  };
}
