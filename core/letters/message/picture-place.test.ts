import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withoutPlace } from './picture-place.ts';

/** TIFF with an orientation and a GPS IFD whose latitude is three rationals. */
function tiff(order: 'II' | 'MM'): Buffer {
  const bytes = Buffer.alloc(96);
  const u16 = (value: number, at: number) =>
    order === 'II' ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    order === 'II' ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  const entry = (
    at: number,
    tag: number,
    [type, count, value]: readonly [number, number, number],
  ) => {
    u16(tag, at);
    u16(type, at + 2);
    u32(count, at + 4);
    u32(value, at + 8);
  };
  bytes.write(order, 0, 'latin1');
  u16(42, 2);
  u32(8, 4);
  u16(2, 8);
  entry(10, 0x0112, [4, 1, 6]);
  entry(22, 0x8825, [4, 1, 38]);
  u16(1, 38);
  entry(40, 0x0002, [5, 3, 56]);
  for (const [n, value] of [48, 51, 24].entries()) u32(value, 56 + n * 8);
  return bytes;
}

const XMP = '<x:xmpmeta><rdf:Description exif:GPSLatitude="48,51.4N"/></x:xmpmeta>';
const jpeg = (exif: Buffer, xmp = '') =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 8]),
    Buffer.from('Exif\0\0', 'latin1'),
    exif,
    Buffer.from(xmp),
    Buffer.from([0xff, 0xd9]),
  ]);
function png(exif: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.from('eXIf'), exif]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(exif.length);
  sum.writeUInt32BE(crc32(chunk));
  const begins = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([begins, length, chunk, sum]);
}
function webp(exif: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(exif.length);
  return Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPEXIF', 'latin1'), size, exif]);
}

describe.each(['II', 'MM'] as const)('a picture of a telephone (%s)', (order) => {
  it.each([
    { kind: 'JPEG', bytes: jpeg(tiff(order)), at: 12 },
    { kind: 'PNG', bytes: png(tiff(order)), at: 16 },
    { kind: 'WebP', bytes: webp(tiff(order)), at: 20 },
    { kind: 'HEIF', bytes: Buffer.concat([Buffer.from('ftypheic'), jpeg(tiff(order))]), at: 20 },
  ])(
    '$kind: its place is gone, which way up it is stays, and it is as long as before',
    ({ bytes, at }) => {
      const before = Buffer.from(bytes);
      const after = withoutPlace(bytes);
      expect(bytes).toEqual(before);
      expect(after).toHaveLength(bytes.length);
      expect(after.subarray(at, at + 34)).toEqual(bytes.subarray(at, at + 34));
      expect(after.subarray(at + 38, at + 80).every((byte) => byte === 0)).toBe(true);
      expect(withoutPlace(after)).toBe(after);
    },
  );
});

it('gives a PNG its sum anew', () => {
  const after = withoutPlace(png(tiff('II')));
  expect(after.readUInt32BE(after.length - 4)).toBe(crc32(after.subarray(12, after.length - 4)));
});

it('takes XMP away that names a place, and no other', () => {
  const after = withoutPlace(jpeg(Buffer.from('II*\0'), XMP));
  expect(after.includes('GPS')).toBe(false);
  const harmless = jpeg(Buffer.from('II*\0'), XMP.replace('GPSLatitude', 'FNumber'));
  expect(withoutPlace(harmless)).toBe(harmless);
});

it.each([
  { what: 'no picture', bytes: Buffer.from('Bonjour') },
  { what: 'Exif that ends at once', bytes: jpeg(Buffer.from('II')) },
  {
    what: 'an IFD beyond the end',
    bytes: jpeg(Buffer.from([0x49, 0x49, 42, 0, 255, 255, 255, 127])),
  },
  { what: 'nothing', bytes: Buffer.alloc(0) },
])('leaves $what as it is', ({ bytes }) => {
  expect(withoutPlace(bytes)).toBe(bytes);
});
