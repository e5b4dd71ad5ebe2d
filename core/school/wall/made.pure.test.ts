import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { markedPicture, markIn } from '../../letters/message/picture-mark.ts';
import { markedSound, soundMarkIn } from '../../letters/message/sound-mark.ts';
import { grainyPng } from '../../letters/message/testing/documents.ts';
import { mp4Of, webmOf } from '../../letters/message/testing/recordings.ts';
import { indexedPng } from '../../mail/parsing/png.ts';
import { drawnPicture } from '../../mail/phrases/drawings.ts';
import { isWholePng, madeOf } from './made.ts';

const KEY = Buffer.alloc(32, 7);
const OTHER = Buffer.alloc(32, 8);
const PNG = drawnPicture('maison');

/** What a file of a letter is taken for. */
function kindOf(bytes: Buffer, mediaType: string, key = KEY): string | null {
  const mark = markIn(bytes) ?? soundMarkIn(bytes);
  return madeOf({ mediaType, ...(mark === null ? {} : { mark }) }, key)?.kind ?? null;
}

describe('what our pages made', () => {
  it('is a drawing of the pad, a voice of the recorder, of this town', () => {
    const drawing = markedPicture(PNG, KEY, 'drawing');
    expect(kindOf(drawing, 'image/png')).toBe('drawing');
    expect(kindOf(markedSound(mp4Of('soun'), KEY), 'audio/mp4')).toBe('voice');
    expect(kindOf(markedSound(webmOf(2), KEY), 'audio/webm')).toBe('voice');
    expect(kindOf(drawing, 'image/png', OTHER)).toBeNull();
  });

  it.each([
    { what: 'a picture without a mark', bytes: PNG, type: 'image/png' },
    {
      what: 'the picture of a phrase',
      bytes: markedPicture(PNG, KEY, 'picture'),
      type: 'image/png',
    },
    {
      what: 'a film that bears the mark of a sound',
      bytes: markedSound(mp4Of('vide', 'soun'), KEY),
      type: 'video/mp4',
    },
    {
      what: 'a drawing with a byte changed',
      bytes: Buffer.concat([markedPicture(PNG, KEY, 'drawing'), Buffer.alloc(1)]),
      type: 'image/png',
    },
    {
      what: 'a sound behind whose mark something stands',
      bytes: Buffer.concat([markedSound(webmOf(2), KEY), Buffer.alloc(1)]),
      type: 'audio/webm',
    },
  ])('isn’t $what', ({ bytes, type }) => {
    expect(kindOf(bytes, type)).toBeNull();
  });

  it('bears one mark, however often it is marked', () => {
    const once = markedSound(webmOf(2), KEY);
    expect(markedSound(once, KEY)).toBe(once);
  });
});

describe('a PNG', () => {
  /** The same with other pixels packed into it. */
  function packed(pixels: Buffer): Buffer {
    const ihdr = grainyPng(4, 4).subarray(0, BEHIND_HEAD);
    const end = piece('IEND', Buffer.alloc(0));
    return Buffer.concat([ihdr, piece('IDAT', deflateSync(pixels)), end]);
  }

  /** The first piece of a PNG lies there. */
  const BEHIND_HEAD = 33;

  /** A piece of a PNG, without its sum. */
  function piece(name: string, holds: Buffer): Buffer {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(holds.length);
    head.write(name, 4, 'latin1');
    return Buffer.concat([head, holds, Buffer.alloc(4)]);
  }

  const withPiece = (name: string, holds = Buffer.alloc(4)): Buffer =>
    Buffer.concat([PNG.subarray(0, BEHIND_HEAD), piece(name, holds), PNG.subarray(BEHIND_HEAD)]);

  it('is read by who prints it: each row by a filter that there is, one picture alone', async () => {
    const head = PNG.subarray(0, BEHIND_HEAD);
    const [width, height] = [PNG.readUInt32BE(16), PNG.readUInt32BE(20)];
    const rows = (filter: number): Buffer =>
      Buffer.concat([
        head,
        piece('IDAT', deflateSync(Buffer.alloc(height * (width * 3 + 1), filter))),
        piece('IEND', Buffer.alloc(0)),
      ]);
    expect(await isWholePng(rows(4))).toBe(true);
    expect(await isWholePng(rows(5))).toBe(false);
    expect(await isWholePng(withPiece('pHYs'))).toBe(true);
    // as our pad writes it
    const palette = Buffer.from([0, 0, 0, 255, 255, 255]);
    const drawn = { width: 2, height: 1, palette, dots: Buffer.from([0, 1]) };
    expect(await isWholePng(indexedPng(drawn))).toBe(true);
    const cut = { ...drawn, palette: palette.subarray(1) };
    expect(await isWholePng(indexedPng(cut))).toBe(false);
    for (const name of ['fdAT', 'acTL', 'tRNS', 'PLTE', 'IEND', 'IHDR', 'XXXX'])
      expect(await isWholePng(withPiece(name)), name).toBe(false);
  });

  it('holds the pixels that it says, and no more', async () => {
    expect(await isWholePng(PNG)).toBe(true);
    expect(await isWholePng(markedPicture(PNG, KEY, 'drawing'))).toBe(true);
    for (const wrong of [
      packed(Buffer.alloc(10_000_000)),
      packed(Buffer.alloc(3)),
      PNG.subarray(0, 200),
      Buffer.concat([PNG, Buffer.from('more than it says')]),
      Buffer.from('no picture at all'),
    ])
      expect(await isWholePng(wrong)).toBe(false);
  });
});
