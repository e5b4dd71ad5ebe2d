import { describe, expect, it } from 'vitest';
import { chunksOf, heardPart, PIECE_CHARACTERS, piecesOf, wordsOf } from './spoken.ts';

describe('what is said in one breath', () => {
  it.each([
    ['Demain, nous allons voir la mer. Mets tes bottes !', 2],
    ['Bonjour Tom,\n\nc’est papa\u00a0!\n\n— — —\n', 2],
    ['Il a dit : « Viens ! » Puis il est parti…', 2],
    ['', 0],
    ['!!! ???', 0],
  ])('%j is %d pieces', (text, pieces) => {
    expect(piecesOf(text)).toHaveLength(pieces);
  });

  it('loses no word of a long sentence, and cuts after a comma', () => {
    const text = `${'nous avons vu des canards, '.repeat(30)}et c’est tout.`;
    const pieces = piecesOf(text);
    expect(pieces.flatMap(wordsOf)).toEqual(wordsOf(text));
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(PIECE_CHARACTERS);
    expect(pieces.slice(0, -1).every((piece) => piece.endsWith(','))).toBe(true);
  });

  it('cuts what has neither comma nor space', () => {
    expect(piecesOf('a'.repeat(1_000)).join('')).toBe('a'.repeat(1_000));
  });

  it('looks at no more of a megabyte than is said of it', () => {
    const text = 'Il était une fois un canard. '.repeat(36_000);
    const begun = process.threadCpuUsage();
    for (let child = 0; child < 8; child += 1) expect(piecesOf(text)).toHaveLength(60);
    expect(process.threadCpuUsage(begun).user).toBeLessThan(100_000);
    expect(piecesOf(heardPart(text))).toEqual(piecesOf(text));
  });

  it('shows what it doesn’t say', () => {
    expect(chunksOf('Bravo ! ❤ ❤\n— —\nÀ demain.', 2)).toEqual([
      { text: 'Bravo !', piece: 2 },
      { text: '❤ ❤', piece: null },
      { text: '— —', piece: null },
      { text: 'À demain.', piece: 3 },
    ]);
  });
});
