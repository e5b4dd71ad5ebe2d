import { expect, it } from 'vitest';
import { pictureSize } from './picture-size.ts';

const bytes = (hex: string, length = 40): Buffer =>
  Buffer.concat([Buffer.from(hex.replace(/ /g, ''), 'hex'), Buffer.alloc(length)]);

it.each([
  { kind: 'PNG', head: bytes('89504e470d0a1a0a 0000000d 49484452 00000140 000000f0') },
  { kind: 'GIF', head: bytes('474946383961 4001 f000') },
  {
    kind: 'JPEG',
    head: bytes('ffd8 ffe0 0010 4a46494600010100000100010000 ffc2 0011 08 00f0 0140'),
  },
  {
    kind: 'WebP',
    head: bytes('52494646 00000000 57454250 56503858 0a000000 00000000 3f0100 ef0000'),
  },
  {
    kind: 'lossless WebP',
    head: bytes(`52494646 00000000 57454250 5650384c 00000000 2f ${'3fc13b00'}`),
  },
])('the first bytes of a $kind say how big it is', ({ head }) => {
  expect(pictureSize(head)).toEqual({ width: 320, height: 240 });
});

it.each([
  { what: 'nothing', head: Buffer.alloc(0) },
  { what: 'a text', head: Buffer.from('Bonjour tout le monde, il fait beau aujourd’hui.') },
  { what: 'a JPEG that is cut before its frame', head: Buffer.from('ffd8ffe00010', 'hex') },
  { what: 'a JPEG whose segment has no length', head: bytes('ffd8 ffe0 0000') },
  { what: 'a PNG of no width', head: bytes('89504e470d0a1a0a 0000000d 49484452') },
])('$what says nothing', ({ head }) => {
  expect(pictureSize(head)).toBeNull();
});
