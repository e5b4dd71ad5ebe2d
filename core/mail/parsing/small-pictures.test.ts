import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../ground/pieces.ts';
import { pictureSize } from '../../letters/message/picture-size.ts';
import { grainyPng } from '../../letters/message/testing/documents.ts';
import { smallPicture } from './small-pictures.ts';

/** A header that says so many dots, and nothing behind it. */
function bomb(side: number): Buffer {
  const head = Buffer.from(grainyPng(8, 8));
  head.writeUInt32BE(side, 16);
  head.writeUInt32BE(side, 20);
  return head;
}

describe('a small picture', () => {
  it('is one of the same shape, no side longer than a list has room for', async () => {
    const small = await smallPicture(piecesOf(grainyPng(900, 450)), 'image/png');
    expect(small && pictureSize(small)).toEqual({ width: 160, height: 80 });
    expect(small?.length).toBeLessThan(40_000);
  });

  it('is none of what is no picture, a bomb, or a broken one', async () => {
    expect(await smallPicture(piecesOf(Buffer.from('Le chat')), 'image/png')).toBeNull();
    expect(await smallPicture(piecesOf(bomb(50_000)), 'image/png')).toBeNull();
    expect(
      await smallPicture(piecesOf(grainyPng(300, 300).subarray(0, 2_000)), 'image/png'),
    ).toBeNull();
    expect(
      await smallPicture(piecesOf(Buffer.from('ffd8ffe000104a46', 'hex')), 'image/jpeg'),
    ).toBeNull();
    expect(await smallPicture(piecesOf(grainyPng(8, 8)), 'image/gif')).toBeNull();
  });
});
