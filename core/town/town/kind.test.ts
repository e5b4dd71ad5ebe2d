import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { seedSmallTown } from '../../../cli/demo/seed.ts';
import { firstLink } from '../../../cli/town/setup-link.ts';
import { openStore } from '../../store/store.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import { openEmptyTown, SAINT_AUBIN, type EmptyTown } from './testing/empty-town.ts';

let town: EmptyTown;
let putBack: () => Promise<void>;
beforeAll(async () => {
  town = await openEmptyTown();
  putBack = await keepAsItIs(town.admin);
});
afterEach(() => putBack());
afterAll(() => town.close());
const kind = () => town.core.setup.kind();

it('a database is nobody’s until somebody is there, and asking for a link makes it nobody’s still', async () => {
  expect(await kind()).toBe('empty');
  await town.core.setup.newLink();
  expect(await kind()).toBe('empty');
  await town.agent('nadia');
  expect(await kind()).toBe('real');
});

it('a town made from a file without agents has a link still, and one with agents has none', async () => {
  const { domain } = town.core.config;
  const file = { town: { name: 'Saint-Aubin', domain, holidayZone: 'A' } };
  await town.core.setup.follow(file, 'apply');
  expect(await firstLink(town.core, 'http://127.0.0.1:8080')).toMatchObject({
    address: expect.stringMatching(
      /^http:\/\/127\.0\.0\.1:8080\/mettre-en-service\/[\w-]{32}$/,
    ) as unknown,
  });
  expect(await firstLink(town.core, null)).toBeNull();
  const agents = [{ givenName: 'Nadia', familyName: 'Roux' }];
  await town.core.setup.follow({ ...file, agents }, 'apply');
  expect(await firstLink(town.core, 'http://127.0.0.1:8080')).toBeNull();
});

it('a town with settings is a real one before it has anybody', async () => {
  await town.core.town.saveSettings('machine', SAINT_AUBIN);
  expect(await kind()).toBe('real');
});

it('the demo stays one, whose agents sign in by their password alone, until a file describes the town', async () => {
  const store = openStore(town.databaseUrl, { poolSize: 2, onError: () => {} });
  await seedSmallTown(store, { domain: town.core.config.domain });
  await store.close();
  expect(await kind()).toBe('demo');
  const { domain } = town.core.config;
  const file = { town: { name: 'Saint-Aubin', domain, holidayZone: 'A' } };
  const followed = await town.core.setup.follow(file, 'apply');
  expect(followed).toMatchObject({ changes: [{ kind: 'second-factor' }] });
  expect(await kind()).toBe('real');
});
