import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync } from 'node:zlib';
import type { RosterFile } from '../../../roster/reading/contract.ts';
import { readRosterFile, type ReadingOptions } from '../../../roster/reading/read.ts';
import type { ReadRosterFile, RosterRow, UnreadableRoster } from '../../../roster/reading/rows.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));

/** On this day the children of the fixtures are at school. */
export const READ_ON = '2026-11-24';
const PLAIN: ReadingOptions = { mapping: null, day: READ_ON };

/** A fixture's file, or all of a fixture's folder. */
export function fixture(name: string): RosterFile[] {
  const path = join(FIXTURES, name);
  const paths = statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .map((one) => join(path, one))
    : [path];
  return paths.map((one) => ({ name: one.slice(FIXTURES.length + 1), bytes: readFileSync(one) }));
}

/** What one file says, shortened for comparing: a line of text for each row and each refusal. */
export async function told(
  files: readonly RosterFile[],
  options: Partial<ReadingOptions> = {},
): Promise<{ format: string; rows: string[]; refused: string[] }> {
  const read = readRosterFile(files, { ...PLAIN, ...options });
  return 'kind' in read
    ? { format: 'unreadable', rows: [], refused: [refusalText(read)] }
    : { format: read.format, rows: read.rows.map(rowText), refused: read.refused.map(refusalText) };
}

/** What was read; fails where nothing was. */
export async function mustRead(
  files: readonly RosterFile[],
  options: Partial<ReadingOptions> = {},
): Promise<ReadRosterFile> {
  const read = readRosterFile(files, { ...PLAIN, ...options });
  if ('kind' in read)
    throw new Error(`unreadable: ${read.reason} at ${read.at.file}:${read.at.line}`);
  return read;
}

function rowText(row: RosterRow): string {
  const name = `${row.at.line} ${row.givenName} ${row.familyName}`;
  if (row.kind === 'pupil')
    return [
      name,
      row.usedName && `(${row.usedName})`,
      row.birthDate,
      row.ine,
      row.level,
      row.className,
    ]
      .filter((part) => part !== null)
      .join(' ');
  if (row.kind === 'adult')
    return [name, row.role, row.email, ...row.classNames].filter((part) => part !== null).join(' ');
  return [
    name,
    row.email,
    ...row.children.map(
      (child) => `> ${child.givenName} ${child.familyName} ${child.className ?? ''}`,
    ),
  ]
    .filter((part) => part !== null)
    .join(' ');
}

const refusalText = ({
  at,
  reason,
  ...rest
}: {
  at: UnreadableRoster['at'];
  reason: string;
  cell?: string;
}): string => `${at.line} ${reason}${rest.cell === undefined ? '' : ` ${rest.cell}`}`;

/**
 * A zip as archivers make them: deflated, with checksums (APPNOTE 4.3). `lie` changes what its
 * directory says of each entry's length.
 */
export function zipped(files: readonly RosterFile[], lie = 0): Buffer {
  const parts: Buffer[] = [];
  const listing: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(Math.max(0, bytes.length + lie), 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    listing.push(Buffer.from('PK\x01\x02\x14\x00'), common, entry, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(listing);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}
