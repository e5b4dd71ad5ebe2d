import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedBench } from '../../../cli/demo/seed.ts';
import { breakingStore } from '../../../tests/shared/breaking-store.ts';
import { openTestTown, rawLetter, type TestTown } from '../../../tests/shared/town.ts';
import { openDirectory } from '../../directory/directory.ts';
import type { Outcome } from '../../rules/outcome.ts';
import { openDelivery } from './accept.ts';
import type { Sender } from './contract.ts';

const READERS = 1_000;
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

const stranger: Sender = { kind: 'outside', address: 'a@dehors.example' };
const clean = { kind: 'clean' } as const;

/** Delivery as it is but for the scanner, which costs what clamd costs and says nothing of ours. */
function delivery(store = town.store) {
  const scanner = { ...town.parts.scanner, scan: () => Promise.resolve(clean) };
  return openDelivery({ ...town.parts, store, scanner, directory: openDirectory(store) });
}

function hand(to: ReturnType<typeof delivery>, sender: Sender, local: string): Promise<Outcome> {
  const from = sender.kind === 'account' ? sender.viewer.address : (sender.address ?? '');
  return to.accept(
    { sender, recipients: [town.address(local)], via: 'mx', peer: null, session: 't', trace: '' },
    Readable.from([
      rawLetter(from, [town.address(local)], { text: 'x'.repeat(70).concat('\r\n').repeat(70) }),
    ]),
  );
}

it.each([
  { what: 'from outside to one teacher', from: null, to: 'claire.lefevre', most: 2 },
  { what: 'from a teacher to one teacher', from: 'claire.lefevre', to: 'karim.haddad', most: 5 },
  { what: 'from a teacher to a class', from: 'claire.lefevre', to: 'ce1-a.tilleuls', most: 5 },
  { what: 'from a pupil to a pupil', from: 'lina.moreau', to: 'adele.vidal', most: 5 },
])('a message $what costs few round trips to the database', async ({ what, from, to, most }) => {
  const counting = breakingStore(town.store, town.admin, 0);
  const counted = delivery(counting.store);
  const sender: Sender =
    from === null ? stranger : { kind: 'account', viewer: await town.viewer(from) };
  await hand(counted, sender, to); // warms the roster
  const before = counting.roundTrips();
  expect((await hand(counted, sender, to)).kind).toBe('accepted');
  const trips = counting.roundTrips() - before;
  process.stdout.write(`delivery: ${trips} round trips ${what}\n`);
  expect(trips).toBeLessThanOrEqual(most);
});

describe('among a thousand', { tags: 'soak' }, () => {
  beforeAll(async () => {
    await seedBench(town.store, {
      accounts: READERS + 1,
      password: 'x',
      domain: 'ecoles.preau.test',
      now: town.clock.now,
    });
    await town.admin.query('analyze');
  });

  it.each([
    { to: 'u2', readers: 1, rounds: 40 },
    { to: 'ce1-a.tilleuls', readers: 24, rounds: 20 },
    { to: 'classe.bench', readers: READERS, rounds: 5 },
  ])('a message for $readers is stored once, fast', async ({ to, readers, rounds }) => {
    const viewer = await town.viewer(readers === 24 ? 'claire.lefevre' : 'u1');
    const warm = delivery();
    await hand(warm, { kind: 'account', viewer }, to);
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const started = performance.now();
      expect((await hand(warm, { kind: 'account', viewer }, to)).kind).toBe('accepted');
      times.push(performance.now() - started);
    }
    const median = times.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? NaN;
    process.stdout.write(
      `delivery: ${readers} readers, 5 kB, median ${median.toFixed(1)} ms without the scan\n`,
    );
    expect(median).toBeLessThan(2_000);
  });
});
