import { crc32 } from 'node:zlib';

/**
 * Takes the place where a picture was taken out of it: telephones write it there (Exif 2.32 §4.6.6,
 * the GPS IFD), and who sends a picture of a class doesn't think of it. All else stays, such as
 * which way up it is. Pure.
 */

/** A picture goes without the place where it was taken; any other file as it is. */
export function placeless<File extends { readonly mediaType: string; readonly bytes: Buffer }>(
  file: File,
): File {
  return file.mediaType.startsWith('image/') || JPEG.equals(file.bytes.subarray(0, JPEG.length))
    ? { ...file, bytes: withoutPlace(file.bytes) }
    : file;
}
/** What a JPEG begins with, whatever its sender calls it. */
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** GPS Info IFD Pointer (Exif 2.32 §4.6.3). */
const GPS_POINTER = 0x8825;
/** Bytes of one entry of an IFD (TIFF 6.0 §2), and of one value of each type. */
const ENTRY_BYTES = 12;
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8] as const;
/** An IFD with more entries is none that a camera writes. */
const MAX_ENTRIES = 200;
/** Blocks of Exif or XMP that are looked at in one picture. */
const MAX_BLOCKS = 16;

const EXIF = Buffer.from('Exif\0\0', 'latin1');
const XMP = [Buffer.from('<x:xmpmeta'), Buffer.from('<rdf:RDF')] as const;
const XMP_ENDS = [Buffer.from('</x:xmpmeta>'), Buffer.from('</rdf:RDF>')] as const;
/** What XMP calls the same fields (Exif namespace of XMP part 2 §2.5): attributes or elements. */
const XMP_PLACE = /GPS|Location|City|State|Country/;

/**
 * The same picture without its place, byte for byte as long: whatever shows it reads it as before.
 * The very buffer that was given where there is no place in it.
 */
export function withoutPlace(bytes: Buffer): Buffer {
  const blocks = [...exifBlocks(bytes), ...webpAndPngBlocks(bytes)];
  const packets = xmpPackets(bytes);
  if (blocks.length === 0 && packets.length === 0) return bytes;
  const copy = Buffer.from(bytes);
  let found = false;
  for (const at of blocks) found = blankGps(copy.subarray(at)) || found;
  for (const { from, to } of packets) {
    copy.fill(0x20, from, to);
    found = true;
  }
  return found ? mended(copy) : bytes;
}

/** Where TIFF begins behind « Exif\0\0 »: in JPEG's APP1, and in an item of HEIF or AVIF. */
function exifBlocks(bytes: Buffer): number[] {
  const found: number[] = [];
  let at = bytes.indexOf(EXIF);
  while (at >= 0 && found.length < MAX_BLOCKS) {
    found.push(at + EXIF.length);
    at = bytes.indexOf(EXIF, at + EXIF.length);
  }
  return found;
}

/** WebP's chunk EXIF and PNG's eXIf hold TIFF by itself. */
function webpAndPngBlocks(bytes: Buffer): number[] {
  return [...chunksOf(bytes)]
    .filter(({ name }) => name === 'EXIF' || name === 'eXIf')
    .map(({ from }) => from);
}

interface Chunk {
  readonly name: string;
  readonly from: number;
  readonly length: number;
}

/** Chunks of a picture that may hold Exif; a PNG's or a WebP's, none of any other. */
const MAX_CHUNKS = 10_000;
const PNG_BEGINS = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function* chunksOf(bytes: Buffer): Generator<Chunk> {
  const isPng = bytes.subarray(0, 8).equals(PNG_BEGINS);
  const isWebp =
    bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  if (!isPng && !isWebp) return;
  let at = isPng ? 8 : 12;
  for (let n = 0; n < MAX_CHUNKS && at + 8 <= bytes.length; n += 1) {
    const [length, name] = isPng
      ? [bytes.readUInt32BE(at), bytes.toString('latin1', at + 4, at + 8)]
      : [bytes.readUInt32LE(at + 4), bytes.toString('latin1', at, at + 4)];
    yield { name, from: at + 8, length };
    at += 8 + length + (isPng ? 4 : length % 2);
  }
}

/** XMP is text, in whatever picture: a packet that names a place goes as a whole. */
function xmpPackets(bytes: Buffer): { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const [kind, begin] of XMP.entries()) {
    const end = XMP_ENDS[kind] ?? begin;
    let from = bytes.indexOf(begin);
    while (from >= 0 && found.length < MAX_BLOCKS) {
      const last = bytes.indexOf(end, from);
      if (last < 0) break;
      const to = last + end.length;
      if (XMP_PLACE.test(bytes.toString('latin1', from, to))) found.push({ from, to });
      from = bytes.indexOf(begin, to);
    }
  }
  return found;
}

const LITTLE_ENDIAN = {
  u16: (bytes: Buffer, at: number) => bytes.readUInt16LE(at),
  u32: (bytes: Buffer, at: number) => bytes.readUInt32LE(at),
};
const BIG_ENDIAN = {
  u16: (bytes: Buffer, at: number) => bytes.readUInt16BE(at),
  u32: (bytes: Buffer, at: number) => bytes.readUInt32BE(at),
};

/** Empties the GPS IFD of a TIFF structure, and all values that it points at. */
function blankGps(tiff: Buffer): boolean {
  const order = tiff.toString('latin1', 0, 4);
  if (order !== 'II*\0' && order !== 'MM\0*') return false;
  const numbers = order === 'II*\0' ? LITTLE_ENDIAN : BIG_ENDIAN;
  const u16 = (at: number): number => (at + 2 > tiff.length ? 0 : numbers.u16(tiff, at));
  const u32 = (at: number): number => (at + 4 > tiff.length ? 0 : numbers.u32(tiff, at));
  const first = u32(4);
  const entries = u16(first);
  if (entries > MAX_ENTRIES) return false;
  for (let n = 0; n < entries; n += 1) {
    const entry = first + 2 + n * ENTRY_BYTES;
    if (u16(entry) === GPS_POINTER) return blankIfd(tiff, u32(entry + 8), { u16, u32 });
  }
  return false;
}

/** 0 where the picture ends before: a broken one has no place that anybody could read. */
interface Reader {
  u16(at: number): number;
  u32(at: number): number;
}

function blankIfd(tiff: Buffer, at: number, { u16, u32 }: Reader): boolean {
  const entries = u16(at);
  if (entries === 0 || entries > MAX_ENTRIES) return false;
  for (let n = 0; n < entries; n += 1) {
    const entry = at + 2 + n * ENTRY_BYTES;
    const length = (TYPE_BYTES[u16(entry + 2)] ?? 0) * u32(entry + 4);
    if (length > 4) fill(tiff, u32(entry + 8), length);
    fill(tiff, entry, ENTRY_BYTES);
  }
  fill(tiff, at, 2);
  return true;
}

function fill(bytes: Buffer, from: number, length: number): void {
  if (from < bytes.length) bytes.fill(0, from, Math.min(bytes.length, from + length));
}

/** A PNG's chunks bear a sum of their bytes (PNG 3 §5.3): those that changed get theirs anew. */
function mended(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, 8).equals(PNG_BEGINS)) return bytes;
  for (const { from, length } of chunksOf(bytes))
    if (from + length + 4 <= bytes.length)
      bytes.writeUInt32BE(crc32(bytes.subarray(from - 4, from + length)), from + length);
  return bytes;
}
