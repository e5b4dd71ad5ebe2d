import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { AddressId } from '../../ground/ids.ts';
import { decide } from '../../rules/decide.ts';
import type { Facts } from '../../rules/facts.ts';
import { proveIsolation, readRosters } from './prove.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

it('a leak that only chance has shown is looked at again, and isn’t lost by another chance', async () => {
  const parts = {
    store: town.store,
    databaseUrl: town.databaseUrl,
    adminUrl: town.adminUrl,
    clock: () => town.clock.now,
    rest: () => Promise.resolve(),
  };
  const pupils = [...(await readRosters(town.store)).values()].flatMap(({ people }) =>
    [...people.values()].filter(({ role }) => role === 'pupil').slice(0, 12),
  );
  const asked = new Set<AddressId>(pupils.map(({ addressId }) => addressId));
  const isOfAnotherSchool = ({ from, to, sameSchool }: Facts) =>
    from === 'pupil' && to === 'pupil' && !sameSchool;
  const proof = await proveIsolation(parts, {
    isAsked: (pupil) => asked.has(pupil),
    decide: (facts) => (isOfAnotherSchool(facts) ? { kind: 'allow' } : decide(facts)),
  });
  // Each of them meets three pupils by chance, most of another school; two looks meet few twice.
  expect(proof.doors['pupil-to-pupil-elsewhere'].passes).toBeGreaterThan(asked.size);
});
