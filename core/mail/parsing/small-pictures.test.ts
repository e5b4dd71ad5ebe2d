import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../ground/pieces.ts';
import { pictureSize } from '../../letters/message/picture-size.ts';
import { bombPng, grainyPng } from '../../letters/message/testing/documents.ts';
import { smallPicture } from './small-pictures.ts';
import { RED_GIF } from './testing/red-gif.ts';

/** Lossy, and lossless with dots that are seen through; 30 × 20 both. */
const GRADIENT_WEBP = Buffer.from(
  'UklGRnAAAABXRUJQVlA4IGQAAACQBACdASoeABQAPrVEnko/o6KhsBgMA/AWiWgAuy/W+QbwEX/7aoCEtBK+WwAA/u98z8um60TlyCzS8TZYf/z2gPg11c4cqRAHfey3mtHY0Hte4h+DqXDBiD5EGfYAjcAFkAAA',
  'base64',
);
const CLEAR_WEBP = Buffer.from(
  'UklGRiQAAABXRUJQVlA4TBgAAAAvHcAEEA8w/xHzHwyBAOFcugEBEf2PhBc=',
  'base64',
);

/** Of two frames: lossless and lossy, both 60 × 40, and one that is seen through, 30 × 20. */
const MOVING_WEBPS = [
  'UklGRogAAABXRUJQVlA4WAoAAAACAAAAOwAAJwAAQU5JTQYAAAAAAAAAAABBTk1GKgAAAAAAAAAAADsAACcAAGQAAAJWUDhMEQAAAC87wAkAB1CPItej/4GI6H8AAEFOTUYqAAAAAAAAAAAAOwAAJwAAZAAAAFZQOEwRAAAALzvACQAHUI96FLn/gYjofwAA',
  'UklGRvgAAABXRUJQVlA4WAoAAAACAAAAOwAAJwAAQU5JTQYAAAAAAAAAAABBTk1GZgAAAAAAAAAAADsAACcAAGQAAAJWUDggTgAAABAEAJ0BKjwAKAA+0WivUigmJCKiqAEAGglnBigH7/kKxAorgo0+EEAAAP7qZf9VU9frW//jeP8l39u+3nn3BPXj6WK5G3cwOseeJtYAAEFOTUZeAAAAAAAAAAAAOwAAJwAAZAAAAFZQOCBGAAAANAMAnQEqPAAoAD7RXqRSAioAAaCWcGKAEFKAopYXwby/gAD+71Ev/8bx/ku/t3286D4uXubDAUPjfSwdveNrhwqHX3oAAA==',
  'UklGRi4BAABXRUJQVlA4WAoAAAASAAAAHQAAEwAAQU5JTQYAAAAAAAAAAABBTk1GfgAAAAAAAAAAAB0AABMAAGQAAAJBTFBIDwAAAAUQEhCi/69VKSImANtzAABWUDggTgAAAPADAJ0BKh4AFAA/jbTMXb+6qSS39VgD8DGJagC1GzQ00BvrjLBFjsAA/uEhmj27oPLyyBe1kI43fGyINFHz913Czuq4NqvrAsyyyAEYAEFOTUZ8AAAABAAAAAAAFQAAEwAAZAAAAkFMUEgRAAAABSDSthmsrPt3dxYRMQAA0EEAVlA4IEoAAAAwAwCdASoWABQAP32kxV2/rCgkt+gD8C+JaACdLzwDjdGEAP7Nzu+P/4FtWqRaoUiYd0whfuCTrCrhFTldlou7qZaaW64n/aAAAA==',
].map((one) => Buffer.from(one, 'base64'));

describe('a small picture', () => {
  it('is one of the same shape, no side longer than a list has room for', async () => {
    const small = await smallPicture(piecesOf(grainyPng(900, 450)), 'image/png');
    if (typeof small === 'string') throw new Error(small);
    expect(pictureSize(small)).toEqual({ width: 160, height: 80 });
    expect(small.length).toBeLessThan(40_000);
  });

  it('is one of a WebP and of a GIF, too', async () => {
    const of = async (bytes: Buffer, mediaType: string) => {
      const small = await smallPicture(piecesOf(bytes), mediaType);
      return typeof small === 'string' ? small : pictureSize(small);
    };
    expect(await of(GRADIENT_WEBP, 'image/webp')).toEqual({ width: 30, height: 20 });
    expect(await of(CLEAR_WEBP, 'image/webp')).toEqual({ width: 30, height: 20 });
    expect(await of(RED_GIF, 'image/gif')).toEqual({ width: 40, height: 30 });
  });

  it('is the first frame of a WebP that moves, and none of one that is larger than it says', async () => {
    const sizes = [];
    for (const bytes of MOVING_WEBPS) {
      const small = await smallPicture(piecesOf(bytes), 'image/webp');
      sizes.push(typeof small === 'string' ? small : pictureSize(small));
    }
    const large = { width: 60, height: 40 };
    expect(sizes).toEqual([large, large, { width: 30, height: 20 }]);
    for (const whole of MOVING_WEBPS) {
      const lying = Buffer.from(whole);
      lying.writeUIntLE(9, 24, 3);
      expect(await smallPicture(piecesOf(lying), 'image/webp')).toBe('none');
      const cut = whole.subarray(0, whole.indexOf('ANMF') + 20);
      expect(await smallPicture(piecesOf(cut), 'image/webp')).toBe('none');
    }
  });

  it('is none of what is no picture, a bomb, or a broken one', async () => {
    expect(await smallPicture(piecesOf(Buffer.from('Le chat')), 'image/png')).toBe('none');
    expect(await smallPicture(piecesOf(bombPng(50_000)), 'image/png')).toBe('none');
    expect(await smallPicture(piecesOf(grainyPng(300, 300).subarray(0, 2_000)), 'image/png')).toBe(
      'none',
    );
    expect(await smallPicture(piecesOf(Buffer.from('ffd8ffe000104a46', 'hex')), 'image/jpeg')).toBe(
      'none',
    );
    expect(await smallPicture(piecesOf(grainyPng(8, 8)), 'image/svg+xml')).toBe('none');
    for (const cut of [40, 60, 90])
      expect(await smallPicture(piecesOf(GRADIENT_WEBP.subarray(0, cut)), 'image/webp')).toBe(
        'none',
      );
  });
});
