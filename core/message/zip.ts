/** The directory of a zip, read without unpacking anything (APPNOTE 4.3). What unpacks is clamd's to look at, inside its limits. */
import { dangerOfName } from './file-names.ts';
import { ZIP_ENTRIES } from './limits.ts';

export interface ZipListing {
  readonly names: readonly string[];
  /** An entry is locked, the directory lies, or there is more of it than we read. */
  readonly odd: boolean;
  /** What the stored entry `mimetype` says, which ODF and EPUB put first; or empty. */
  readonly mimetype: string;
}

const END = Buffer.from('PK\x05\x06');
const LOCAL = Buffer.from('PK\x03\x04');
const ENTRY = 0x02014b50;
/** The end record and the longest comment after it. */
const TAIL_BYTES = 65_557;

/** The listing, or null where these bytes end in no zip directory. */
export function listZip(bytes: Buffer): ZipListing | null {
  const tail = Math.max(0, bytes.length - TAIL_BYTES);
  const end = bytes.subarray(tail).lastIndexOf(END) + tail;
  if (end < tail || end + 22 > bytes.length) return null;
  const count = bytes.readUInt16LE(end + 10);
  const size = bytes.readUInt32LE(end + 12);
  const names: string[] = [];
  let odd = end - size < 0;
  let at = Math.max(0, end - size); // not the offset that it states: something may stand before the zip
  while (at + 46 <= end && bytes.readUInt32LE(at) === ENTRY && names.length <= ZIP_ENTRIES) {
    const nameLength = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString('utf8', at + 46, Math.min(end, at + 46 + nameLength)));
    if ((bytes.readUInt16LE(at + 8) & 1) === 1) odd = true;
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (names.length !== count || names.length > ZIP_ENTRIES || at !== end || bytes.indexOf(LOCAL) !== 0) odd = true;
  return { names: [...names, ...localNames(bytes)], odd, mimetype: storedMimetype(bytes) };
}

/** Whether something in it runs: by name, by the place where macros lie, or because the whole is a program (jar, apk). */
export function holdsProgram(names: readonly string[]): boolean {
  return names.some((name) => dangerOfListed(name)
    || /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|activeX\/|macrosheets\/|Basic\/(?!script-l[bc]\.xml$)[^/]*\/|Scripts\/)|^META-INF\/MANIFEST\.MF$|^AndroidManifest\.xml$/i.test(name));
}

/** `printerSettings1.bin`, `oleObject1.bin` are everyday parts of OOXML; elsewhere a `.bin` is dangerous like any. */
const dangerOfListed = (name: string): boolean => !/^(?:word|xl|ppt)\/(?:printerSettings|embeddings|media|theme)\//.test(name) && dangerOfName(name) === 'dangerous';

/** Names in local headers: a reader that doesn't trust the directory sees these. */
function localNames(bytes: Buffer): string[] {
  const names: string[] = [];
  for (let at = bytes.indexOf(LOCAL); at >= 0 && at + 30 <= bytes.length && names.length < ZIP_ENTRIES; at = bytes.indexOf(LOCAL, at + 30)) {
    const length = bytes.readUInt16LE(at + 26);
    if (length > 0 && length <= 1_024) names.push(bytes.toString('utf8', at + 30, at + 30 + length));
  }
  return names;
}

function storedMimetype(bytes: Buffer): string {
  if (bytes.length < 38 || bytes.readUInt16LE(8) !== 0 || bytes.toString('latin1', 30, 38) !== 'mimetype') return '';
  const start = 38 + bytes.readUInt16LE(28);
  return bytes.toString('latin1', start, Math.min(start + 100, start + bytes.readUInt32LE(22))).trim();
}
