import { expect, it } from 'vitest';
import { openReadyTexts } from './ready-texts.ts';

const ten = (letter: string): string => letter.repeat(10);

it('gives what was read, by column and message', () => {
  const texts = openReadyTexts({ keep: 1_000 });
  texts.remember('envelope', [1, 2], [ten('a'), ten('b')]);
  texts.remember('preview', [1], ['']);
  expect([
    texts.of('envelope').get(1),
    texts.of('envelope').get(2),
    texts.of('envelope').get(3),
  ]).toEqual([ten('a'), ten('b'), undefined]);
  expect([texts.of('preview').get(1), texts.of('preview').get(2), texts.of('body').get(1)]).toEqual(
    ['', undefined, undefined],
  );
});

it('keeps no more than it may, the latest', () => {
  const texts = openReadyTexts({ keep: 100 });
  for (let id = 1; id <= 50; id++) {
    texts.remember(id % 2 === 0 ? 'envelope' : 'body', [id], [ten('x')]);
    const kept = Array.from({ length: id }, (_, index) => index + 1).filter(
      (one) => texts.of(one % 2 === 0 ? 'envelope' : 'body').get(one) !== undefined,
    );
    expect(kept.length * 10).toBeLessThanOrEqual(100);
    expect(kept).toContain(id);
  }
  texts.remember('envelope', [99], ['x'.repeat(51)]);
  expect(texts.of('envelope').get(99)).toBeUndefined();
});
