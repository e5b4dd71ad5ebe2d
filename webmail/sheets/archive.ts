import { PassThrough, Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ZipFile } from 'yazl';
import type { CodeSheet } from '../../core/entry/codes/contract.ts';
import { zipMoment } from '../../core/ground/zip-moment.ts';
import type { Texts } from '../texts/fr.ts';
import { sheetCsv } from './csv.ts';
import { sheetFileName } from './file-name.ts';
import { groupName } from './group-name.ts';

/** The sheets of one school; of several, in a folder of its own. */
export interface SheetFolder {
  /** Its name with a slash behind it, or nothing. */
  readonly folder: string;
  readonly sheets: readonly CodeSheet[];
}

interface Drawing {
  readonly texts: Texts;
  /** The last day of a sheet's codes, in words. */
  readonly until: (sheet: CodeSheet) => string;
  readonly draw: (sheet: CodeSheet) => Promise<Buffer>;
}

/** Drawn and not yet sent; the next school's codes aren't made before. */
const MOST_UNSENT_BYTES = 2_000_000;
const LOOK_MS = 50;

/**
 * Sheets as a ZIP, a PDF and a CSV for each group, drawn while it is sent: what the codes say is in
 * memory and nowhere else. An error ends the stream; so does a reader who goes away, and no codes
 * are made after that.
 */
export function sheetArchive(
  folders: Iterable<SheetFolder> | AsyncIterable<SheetFolder>,
  of: Drawing,
): Readable {
  return archived((zip, sent) => fill(zip, sent, { folders, of }));
}

/** Waits until little is left to be sent; false where nobody reads any more. */
type Sent = () => Promise<boolean>;

/** A ZIP that is made while it is sent. */
function archived(fillIt: (zip: ZipFile, sent: Sent) => Promise<void>): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream;
  if (!(out instanceof PassThrough)) throw new TypeError('an archive is read from a PassThrough');
  zip.on('error', (error: unknown) => out.destroy(asError(error)));
  const sent: Sent = async () => {
    while (!out.destroyed && out.readableLength + out.writableLength > MOST_UNSENT_BYTES)
      await sleep(LOOK_MS);
    return !out.destroyed;
  };
  fillIt(zip, sent).then(
    () => zip.end(),
    (error: unknown) => out.destroy(asError(error)),
  );
  return out;
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error('archive'));

async function fill(
  zip: ZipFile,
  sent: Sent,
  { folders, of }: { folders: Iterable<SheetFolder> | AsyncIterable<SheetFolder>; of: Drawing },
): Promise<void> {
  const taken = new Set<string>();
  for await (const { folder, sheets } of folders) {
    for (const sheet of sheets) {
      const name = freeName(`${folder}${sheetFileName(groupName(sheet, of.texts))}`, taken);
      zip.addBuffer(await of.draw(sheet), `${name}.pdf`, { mtime: sheet.madeAt, compress: false });
      zip.addBuffer(sheetCsv(sheet, of.texts, of.until(sheet)), `${name}.csv`, {
        mtime: sheet.madeAt,
      });
    }
    if (!(await sent())) return;
  }
}

/** A file that comes into a ZIP. */
export interface ZippedFile {
  readonly path: string;
  readonly at: Date;
  readonly file: {
    /** Null where nobody knows it before it is read. */
    readonly sizeBytes: number | null;
    read(): AsyncIterable<Buffer>;
  };
}

/**
 * Files as they come, in a ZIP: each is read when its turn to be sent has come. One that can't be
 * read ends the stream.
 */
export function fileArchive(files: AsyncIterable<ZippedFile>): Readable {
  return archived(async (zip) => {
    for await (const { path, at, file } of files) {
      const size = file.sizeBytes === null ? {} : { size: file.sizeBytes };
      // Most of them are packed already: pictures, sound, documents.
      zip.addReadStreamLazy(path, { mtime: zipMoment(at), compress: false, ...size }, (give) => {
        const bytes = Readable.from(file.read());
        // The library listens to no stream that it is given.
        bytes.once('error', (error) => zip.emit('error', error));
        give(null, bytes);
      });
    }
  });
}

/** Two classes may come to one name of a file. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name} (${number})`;
  taken.add(free.toLowerCase());
  return free;
}
