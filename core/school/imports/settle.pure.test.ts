import { expect, it } from 'vitest';
import type { AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import { openSettle, type ChangedClasses } from './settle.ts';

const changed = (school: number): ChangedClasses => ({
  school: school as SchoolId,
  classes: [(school * 10) as ClassId],
  people: [(school * 100) as AddressId],
});

it('tells everybody and asks every school, though one of them can’t be asked', async () => {
  const done: string[] = [];
  const settle = openSettle({
    async announce(people) {
      done.push(`tell ${people.join()}`);
    },
    async reassign(school) {
      if (school === 1) throw new Error('no answer');
      done.push(`ask ${school}`);
    },
  });
  await expect(settle([changed(1), changed(2), changed(3)])).rejects.toThrow('no answer');
  expect(done).toEqual(['tell 100,200,300', 'ask 2', 'ask 3']);
});

it('asks about what is held though nobody can be told', async () => {
  const asked: number[] = [];
  const settle = openSettle({
    announce: () => Promise.reject(new Error('no line')),
    async reassign(school) {
      asked.push(school);
    },
  });
  await expect(settle([changed(1), { ...changed(2), classes: [] }])).rejects.toThrow('no line');
  expect(asked).toEqual([1]);
});
