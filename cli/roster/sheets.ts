import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeSheet } from '../../core/entry/codes/contract.ts';
import { errorCode } from '../../core/ground/fault.ts';
import { sheetCsv } from '../../webmail/sheets/csv.ts';
import { drawSheet } from '../../webmail/sheets/draw-sheet.ts';
import { sheetFileName } from '../../webmail/sheets/file-name.ts';
import { groupName } from '../../webmail/sheets/group-name.ts';
import { fr } from '../../webmail/texts/fr.ts';
import { refused } from '../refused.ts';
import { WRONG } from '../texts/roster.ts';

/**
 * Codes are for their owner's eyes: nobody else of the machine reads the files or lists the folder.
 */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Makes the folder, before anything is imported: codes that can't be written down are lost. Throws
 * a `Fault` 'configuration' with a sentence.
 */
export function readySheetsFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw refused(WRONG.sheetsFolder(folder));
  }
}

interface SheetsPlace {
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
  mkdirSync(own, { recursive: true, mode: FOLDER_MODE });
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
      writeFileSync(join(folder, `${name}${number === 1 ? '' : ` (${number})`}.${kind}`), bytes, {
        mode: FILE_MODE,
        flag: 'wx',
      });
      return;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST' || number > 1_000) throw error;
    }
  }
}
