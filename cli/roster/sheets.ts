import { join } from 'node:path';
import type { CodeSheet } from '../../core/entry/codes/contract.ts';
import { errorCode } from '../../core/ground/fault.ts';
import { sheetCsv } from '../../webmail/sheets/csv.ts';
import { drawSheet } from '../../webmail/sheets/draw-sheet.ts';
import { sheetFileName } from '../../webmail/sheets/file-name.ts';
import { groupName } from '../../webmail/sheets/group-name.ts';
import { fr } from '../../webmail/texts/fr.ts';
import { makePrivateFolder, writePrivateFile } from '../private-file.ts';

interface SheetsPlace {
  /** Made before anything is imported (`readyFolder`): codes that can't be written are lost. */
  readonly folder: string;
  readonly school: string;
  readonly webAddress: string;
}

/**
 * Writes the sheets of a school's new codes, `FOLDER/<school>/<class>.pdf` to cut out and fold,
 * `.csv` for a mail merge, readable by their owner alone. Gives the number of codes. A file that is
 * there already is never written over: its codes may be good still.
 */
export async function writeSheets(
  sheets: readonly CodeSheet[],
  { folder, school, webAddress }: SheetsPlace,
): Promise<number> {
  if (sheets.length === 0) return 0;
  const own = join(folder, school);
  makePrivateFolder(own);
  for (const sheet of sheets) {
    const { timeZone } = sheet;
    const days = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone });
    const until = days.format(sheet.expiresAt);
    const name = sheetFileName(groupName(sheet, fr));
    write(own, { name, kind: 'csv' }, sheetCsv(sheet, fr, until));
    write(
      own,
      { name, kind: 'pdf' },
      await drawSheet({
        sheet,
        language: 'fr',
        webAddress,
        madeOn: days.format(sheet.madeAt),
        until,
      }),
    );
  }
  return countCodes(sheets);
}

/**
 * How many codes stand on these sheets; a parent of several children has one, on the slip of each.
 */
export function countCodes(sheets: readonly CodeSheet[]): number {
  const families = sheets.flatMap(({ slips }) =>
    slips.flatMap(({ guardians }) => guardians.flatMap(({ code }) => code ?? [])),
  );
  return sheets.reduce((sum, { cards }) => sum + cards.length, new Set(families).size);
}

function write(
  folder: string,
  { name, kind }: { readonly name: string; readonly kind: 'pdf' | 'csv' },
  bytes: Buffer,
): void {
  for (let number = 1; ; number += 1) {
    try {
      const numbered = `${name}${number === 1 ? '' : ` (${number})`}.${kind}`;
      return writePrivateFile(join(folder, numbered), bytes, 'wx');
    } catch (error) {
      if (errorCode(error) !== 'EEXIST' || number > 1_000) throw error;
    }
  }
}
