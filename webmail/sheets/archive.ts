import type { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Sheet } from '../../core/core.ts';
import type { Texts } from '../texts/fr.ts';
import { sheetCsv } from './csv.ts';
import { sheetFileName } from './file-name.ts';
import { groupName } from './group-name.ts';

/** Sheets as a ZIP, a PDF and a CSV for each group, drawn while it is sent: what the codes say is in memory and nowhere else. An error ends the stream. */
export function sheetArchive(sheets: readonly Sheet[], of: { readonly texts: Texts; readonly day: (at: Date) => string; readonly draw: (sheet: Sheet) => Promise<Buffer> }): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as PassThrough;
  void fill(zip, sheets, of).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error('archive')));
  return out;
}

async function fill(zip: ZipFile, sheets: readonly Sheet[], { texts, day, draw }: Parameters<typeof sheetArchive>[1]): Promise<void> {
  const taken = new Set<string>();
  for (const sheet of sheets) {
    const name = freeName(sheetFileName(groupName(sheet, texts)), taken);
    zip.addBuffer(await draw(sheet), `${name}.pdf`, { mtime: sheet.madeAt, compress: false });
    zip.addBuffer(sheetCsv(sheet, texts, day), `${name}.csv`, { mtime: sheet.madeAt });
  }
  zip.end();
}

/** Two classes may come to one name of a file. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name} (${number})`;
  taken.add(free.toLowerCase());
  return free;
}
