import { expect, it } from 'vitest';
import { together } from './together.ts';

/** A question that is answered when the test says so. */
function slow() {
  const asked: number[][] = [];
  const answers: { resolve(): void; reject(why: Error): void }[] = [];
  const ask = together<number>((keys) => {
    asked.push([...keys]);
    return new Promise((resolve, reject) => answers.push({ resolve: () => resolve(), reject }));
  });
  return { asked, answers, ask };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('asks at once for who is alone, and once for all who come meanwhile', async () => {
  const { asked, answers, ask } = slow();
  const first = ask([1]);
  await turn();
  const others = [ask([2, 3]), ask([3, 4])];
  await turn();
  expect(asked).toEqual([[1]]);
  answers[0]?.resolve();
  await first;
  await turn();
  expect(asked).toEqual([[1], [2, 3, 4]]);
  answers[1]?.resolve();
  await Promise.all(others);
});

it('tells of a failure those alone who asked that question', async () => {
  const { answers, ask } = slow();
  const first = ask([1]).catch((error: unknown) => String(error));
  await turn();
  const second = ask([2]).then(() => 'answered');
  answers[0]?.reject(new Error('away'));
  expect(await first).toBe('Error: away');
  await turn();
  answers[1]?.resolve();
  expect(await second).toBe('answered');
});
