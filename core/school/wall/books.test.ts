import { expect, it } from 'vitest';
import { NIGHT } from '../../ground/testing/night.ts';
import type { BookToPrint } from './contract.ts';
import { giveTo } from './testing/makings.ts';
import { openWallTown } from './testing/wall-town.ts';

const { town, walls, claire, ce1, hung } = await openWallTown();

it('a book that can’t be printed keeps no other class’s from it', async () => {
  const karim = await town.viewer('karim.haddad');
  const other = (await walls.list(karim)).find(({ name }) => name === 'CE1-CE2')?.ref;
  if (other === undefined) throw new Error('no CE1-CE2');
  await hung('lina.moreau');
  const child = await town.viewer('jade.morel');
  const item = await giveTo(town.core, karim, { child, made: 'house' });
  await walls.hang(karim, { school: other.school, item });
  expect([await walls.askBook(claire, ce1), await walls.askBook(karim, other)]).toEqual([
    true,
    true,
  ]);
  const printed: string[] = [];
  async function* print({ className }: BookToPrint) {
    printed.push(className);
    if (printed.length === 1) throw new Error('no page');
    yield Buffer.from(`%PDF ${className}`);
  }
  await expect(walls.printBooks(NIGHT, print)).rejects.toThrow('no page');
  expect(printed).toHaveLength(2);
  expect(await walls.printBooks(NIGHT, print)).toMatchObject({ books: 1 });
  expect(printed[2]).toBe(printed[0]);
});
