/**
 * Compound files (MS-CFB): old Office files, installers, and what is embedded in documents as «
 * object ».
 */
import { dangerOfNames } from './file-names.ts';
import type { FileDanger } from './message.ts';

const utf16 = (name: string): Buffer => Buffer.from(name, 'utf16le');

/** Names of streams and storages where macros lie; they stand in the directory. */
const VBA = ['_VBA_PROJECT', 'Macros', '_VBA_PROJECT_CUR'].map(utf16);
/** The class of the root of a Windows installer package. */
const INSTALLER = Buffer.from('84100c0000000000c000000000000046', 'hex');
/** The stream of a file that somebody put into a document (MS-OLEDS §2.3.6). */
const PACKAGE = utf16('\x01Ole10Native');
/**
 * What packages have after their size and two bytes: the name of the file, ended by a zero, as far
 * as it has an ending.
 */
const PACKAGED = /\x02\0([\x20-\xFF]{1,260}\.[A-Za-z0-9]{1,20}[. ]{0,9})\0/g;
/** Packages in one file; no document has so many. */
const MAX_PACKAGES = 1_000;
const MZ = Buffer.from('MZ');
const PE = 'PE\0\0';
/** Where a Windows program says where its second mark is (MS-PE §2.1), and how far that may be. */
const PE_POINTER_AT = 60,
  MAX_STUB_BYTES = 4_096;

/**
 * The worst of what is in a compound file: `dangerous` where something runs, `other` where a file
 * was put into it that isn't everyday. Its sectors are searched, not followed.
 */
export function dangerInCompound(bytes: Buffer): FileDanger {
  const runs =
    bytes.includes(INSTALLER) || VBA.some((name) => bytes.includes(name)) || holdsPe(bytes);
  return runs ? 'dangerous' : dangerOfPackages(bytes);
}

function dangerOfPackages(bytes: Buffer): FileDanger {
  if (!bytes.includes(PACKAGE)) return 'everyday';
  const names: string[] = [];
  for (const [, name = ''] of bytes.toString('latin1').matchAll(PACKAGED)) {
    if (names.length === MAX_PACKAGES) return 'dangerous';
    names.push(name);
  }
  return dangerOfNames(names);
}

/** A whole Windows program, by its two marks: the first says where the second stands. */
function holdsPe(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(MZ); at >= 0; at = bytes.indexOf(MZ, at + 2)) {
    if (at + PE_POINTER_AT + 4 > bytes.length) return false;
    const pe = bytes.readUInt32LE(at + PE_POINTER_AT);
    if (pe <= MAX_STUB_BYTES && bytes.toString('latin1', at + pe, at + pe + 4) === PE) return true;
  }
  return false;
}
