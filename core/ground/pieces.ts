/** Of a file so much is in memory at once. */
export const PIECE_BYTES = 1_048_576;

/**
 * Bytes that are read piece by piece, from their beginning each time that somebody asks: no more
 * than one piece of them is in memory, which is of `PIECE_BYTES` at most and stands until the next
 * one is asked for: its memory may be used again.
 */
export interface Pieces {
  readonly sizeBytes: number;
  read(): AsyncIterable<Buffer>;
}

/** Bytes that are in hand, by pieces. */
export const piecesOf = (bytes: Buffer): Pieces => ({
  sizeBytes: bytes.length,
  async *read() {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES)
      yield bytes.subarray(at, at + PIECE_BYTES);
  },
});

/** All of them, for who needs them whole. */
export async function gathered({ read }: Pieces): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of read()) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}

/** The same in full ones of `PIECE_BYTES`, all but the last, however they are read. */
export async function* fullPieces({ sizeBytes, read }: Pieces): AsyncGenerator<Buffer> {
  let full = Buffer.alloc(0);
  let [filled, left] = [0, Math.max(0, sizeBytes)];
  for await (const piece of read()) {
    for (let done = 0; done < piece.length;) {
      if (filled === 0) full = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, left || PIECE_BYTES));
      const copied = piece.copy(full, filled, done);
      [done, filled] = [done + copied, filled + copied];
      if (filled < full.length) continue;
      yield full;
      [filled, left] = [0, Math.max(0, left - full.length)];
    }
  }
  if (filled > 0) yield full.subarray(0, filled);
}

/** The first bytes, as many as a piece may have. */
export async function firstPiece(pieces: Pieces): Promise<Buffer> {
  for await (const piece of fullPieces(pieces)) return piece;
  return Buffer.alloc(0);
}

/** The first bytes, so many or all. */
export async function firstBytes({ read }: Pieces, bytes: number): Promise<Buffer> {
  let first = Buffer.alloc(0);
  for await (const piece of read()) {
    first = Buffer.concat([first, piece.subarray(0, bytes - first.length)]);
    if (first.length === bytes) break;
  }
  return first;
}

/** Cuts bytes in chunks to those from `begin` on and before `end`, counted from their first. */
export function* cutOut(
  chunks: readonly Buffer[],
  { begin, end }: { readonly begin: number; readonly end: number },
): Generator<Buffer> {
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(Math.max(0, begin - at), Math.max(0, end - at));
    if (part.length > 0) yield part;
    at += chunk.length;
  }
}

/** Other bytes for some of a file's, where they begin. */
export interface Patch {
  readonly at: number;
  readonly bytes: Buffer;
}

/** Patches lie no closer than this: what stands between two of them is repeated. */
export const BLOCK_BYTES = 4_096;

/** What makes `after` of `before`, which is as long. */
export function patchesOf(before: Buffer, after: Buffer): readonly Patch[] {
  const found: Patch[] = [];
  for (let at = 0; at < before.length; at += BLOCK_BYTES) {
    const bytes = after.subarray(at, at + BLOCK_BYTES);
    if (before.compare(bytes, 0, bytes.length, at, at + bytes.length) !== 0)
      found.push({ at, bytes: Buffer.from(bytes) });
  }
  return found;
}

/** The same bytes with what is patched of them. */
export const patched = (pieces: Pieces, patches: readonly Patch[]): Pieces =>
  patches.length === 0
    ? pieces
    : {
        sizeBytes: pieces.sizeBytes,
        async *read() {
          let begin = 0;
          for await (const piece of pieces.read()) {
            yield withPatches(piece, begin, patches);
            begin += piece.length;
          }
        },
      };

function withPatches(piece: Buffer, begin: number, patches: readonly Patch[]): Buffer {
  const end = begin + piece.length;
  const within = patches.filter(({ at, bytes }) => at < end && at + bytes.length > begin);
  if (within.length === 0) return piece;
  const copy = Buffer.from(piece);
  for (const { at, bytes } of within) {
    const from = Math.max(0, begin - at);
    bytes.copy(copy, Math.max(0, at - begin), from);
  }
  return copy;
}
