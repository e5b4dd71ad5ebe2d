import { randomUUID } from 'node:crypto';
import { mkdir, open, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../core/ground/fault.ts';
import { FIRST_IN_LINE, inLine, takePlaceInLine } from '../../core/ground/giving-way.ts';

/** A file of a form, on disk until its form is dealt with. */
export interface KeptFile {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** All of it, in memory. */
  read(): Promise<Buffer>;
  /** The same piece by piece, as often as it is asked. */
  pieces(): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** Of a file that is read: several of them stand in lines to scanner and database. */
const STEP_BYTES = 131_072;

/** So much of each file goes before what is left of larger ones that came first. */
const SMALL_BYTES = 131_072;

/** The body was too big. */
export const TOO_BIG = 'too-big';
/** More files at once, of everybody or of this peer, than this process wants to keep. */
export const BUSY = 'busy';

/** More files than one form may bring. */
export const TOO_MANY = 'too-many';
/** There was nothing in it. */
export const EMPTY = 'empty';

/** Why a file isn't kept. */
export type NotKept = typeof TOO_BIG | typeof BUSY | typeof TOO_MANY;

/** Counts bytes of a file before they are kept; why no more are, or null. */
type TakeBytes = (bytes: number) => NotKept | null;

/**
 * Where the files of forms lie while they come. They have no name there: whatever ends the process,
 * nothing of them is left.
 */
export interface UploadFolder {
  /**
   * Keeps what comes. Where `take` says no the rest is heard and forgotten, so that what follows
   * can be read. Null for no bytes.
   */
  keep(
    from: AsyncIterable<Buffer>,
    file: { readonly name: string; readonly mediaType: string; readonly take: TakeBytes },
  ): Promise<KeptFile | NotKept | null>;
}

export function uploadFolder(
  folder: string,
  openFile: (folder: string) => Promise<FileHandle> = openNameless,
): UploadFolder {
  return {
    async keep(from, { name, mediaType, take }) {
      let handle: FileHandle | null = null;
      let sizeBytes = 0;
      let refused: ReturnType<TakeBytes> = null;
      const place = takePlaceInLine();
      try {
        for await (const piece of from) {
          refused ??= take(piece.length);
          if (refused !== null) continue;
          const open = (handle ??= await openFile(folder));
          // Of a hundred files that come at once, each by its own connection, no letter meets more
          // than one such step.
          const goes = sizeBytes < SMALL_BYTES ? FIRST_IN_LINE : place;
          refused = await inLine(() => written(open, piece), goes);
          sizeBytes += piece.length;
        }
      } catch (error) {
        await handle?.close();
        throw error;
      }
      if (refused !== null) {
        await handle?.close();
        return refused;
      }
      return handle === null ? null : keptFile(handle, { name, mediaType, sizeBytes });
    },
  };
}

async function openNameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const handle = await open(path, 'wx+', 0o600);
  await unlink(path);
  return handle;
}

/** A disk without room takes no file, and says so as where too many come at once. */
const written = (handle: FileHandle, piece: Buffer): Promise<typeof BUSY | null> =>
  writeAll(handle, piece).then(
    () => null,
    (error: unknown) => {
      if (errorCode(error) !== 'ENOSPC') throw error;
      return BUSY;
    },
  );

async function writeAll(handle: FileHandle, piece: Buffer): Promise<void> {
  for (let done = 0; done < piece.length;) done += (await handle.write(piece, done)).bytesWritten;
}

function keptFile(
  handle: FileHandle,
  about: Pick<KeptFile, 'name' | 'mediaType' | 'sizeBytes'>,
): KeptFile {
  return {
    ...about,
    read: () => readAt(handle, 0, about.sizeBytes),
    async *pieces() {
      for (let at = 0; at < about.sizeBytes; at += STEP_BYTES)
        yield await readAt(handle, at, Math.min(STEP_BYTES, about.sizeBytes - at));
    },
    close: () => handle.close(),
  };
}

async function readAt(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, from + done);
    if (bytesRead === 0) throw new Error('a kept file is shorter than what was written');
    done += bytesRead;
  }
  return bytes;
}
