import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { MINUTE_MS } from '../../ground/spans.ts';
import { beat } from '../../store/service-state.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import type { Relay } from '../jobs/contract.ts';
import { beginMailTest } from './mail-test.ts';
import type { ReadinessParts } from './surroundings.ts';
import { partsOf, told, type FrenchLine } from './testing/asking.ts';

const AGENT = 'hugues.armand';
const OUTSIDE = 'lucie@exemple.fr';

let town: TestTown;
let parts: ReadinessParts;
let putBack: () => Promise<void>;
beforeAll(async () => {
  town = await openTestTown();
  putBack = await keepAsItIs(town.admin);
});
beforeEach(() => {
  town.clock.now = new Date(Date.now() + MINUTE_MS); // what is due now is due by it
  const { config } = town.core;
  parts = { ...partsOf(config), store: town.store, clock: () => town.clock.now };
});
afterEach(() => putBack());
afterAll(() => town.close());

const ask = (): Promise<FrenchLine> => told(parts, 'mail.test-letter');
const saying = (words: string): string => expect.stringContaining(words) as string;

/** Runs a worker of the town with a relay that a test answers for. */
async function withWorker(
  answer: Awaited<ReturnType<Relay['deliver']>>,
  run: () => Promise<void>,
): Promise<void> {
  const worker = await town.core.jobs.start({
    notBefore: () => null,
    deliver: async () => answer,
    close: async () => undefined,
  });
  try {
    await run();
  } finally {
    await worker.close();
  }
}

/** Waits until the line is in a state. */
async function until(state: FrenchLine['state']): Promise<FrenchLine> {
  for (const deadline = Date.now() + 20_000; ;) {
    const line = await ask();
    if (line.state === state) return line;
    if (Date.now() > deadline) throw new Error(`it stays ${line.state}: ${line.found}`);
    await pause(50);
  }
}

it('goes outside and comes back as what the peer said', async () => {
  const { readiness } = town.core;
  const agent = await town.viewer(AGENT);
  expect(await ask()).toMatchObject({
    state: 'amber',
    found: saying('Aucune lettre d’essai'),
  });
  expect(await readiness.sendTestLetter(agent, ` ${OUTSIDE} `)).toBe('sent');
  expect(await ask()).toMatchObject({
    state: 'amber',
    found: saying('va partir'),
  });
  await withWorker({ kind: 'taken', reply: '250 2.0.0 queued as 4F2' }, async () => {
    expect(await until('green')).toMatchObject({
      found: saying(`« 250 2.0.0 queued as 4F2 ». Elle doit être dans la boîte de ${OUTSIDE}.`),
    });
  });
  const [sent] = await town.rows(AGENT, 'sent');
  expect(sent?.subject).toBe('Lettre d’essai de Préau');
});

it('that a peer refuses is red with its words, and comes back to the agent', async () => {
  const agent = await town.viewer(AGENT);
  await town.core.readiness.sendTestLetter(agent, OUTSIDE);
  await withWorker({ kind: 'never', reply: '550 5.7.1 SPF fail' }, async () => {
    expect(await until('red')).toMatchObject({
      found: saying('« 550 5.7.1 SPF fail »'),
    });
    for (let tries = 0; tries < 200 && (await town.rows(AGENT)).length === 0; tries += 1)
      await pause(50);
    expect(await town.rows(AGENT)).toHaveLength(1);
  });
});

it('goes to nobody of the town, to no wrong address, not too often, and is an agent’s', async () => {
  const { sendTestLetter } = town.core.readiness;
  const agent = await town.viewer(AGENT);
  const lina = town.address('lina.moreau');
  expect(await sendTestLetter(agent, lina)).toBe('of-the-town');
  expect(await sendTestLetter(agent, 'lucie@@exemple')).toBe('not-an-address');
  expect(await sendTestLetter(await town.viewer('mamadou.diallo'), OUTSIDE)).toBeNull();
  for (let sent = 0; sent < 20; sent += 1)
    expect(await sendTestLetter(agent, OUTSIDE)).toBe('sent');
  expect(await sendTestLetter(agent, OUTSIDE)).toBe('too-many');
  const { rows } = await town.admin.query(
    `select from agent_act where act = 'send-test-letter' and school_id = 0`,
  );
  expect(rows).toHaveLength(20);
  expect(await town.faults()).toEqual([]);
});

it('from the command line, says what it lacks, and leaves in the name of the first agent', async () => {
  const { config } = town.core;
  const { directory } = town.parts;
  const signing = { keys: () => Promise.resolve([]) };
  const begin = (domain: string) =>
    beginMailTest(
      {
        ...parts,
        config: { ...config, domain },
        store: town.store,
        directory,
        signing,
        freshRows: { hurry: () => {} },
      },
      OUTSIDE,
    );
  expect(await begin(config.domain)).toBe('no-domain');
  writeFileSync(join(config.dataDir, 'demo.json'), '{}');
  expect(await begin('ecoles.ville.fr')).toBe('demo');
  rmSync(join(config.dataDir, 'demo.json'));
  expect(await begin('ecoles.ville.fr')).toBe('no-worker');
  expect(await town.core.readiness.lastMailTest()).toBeNull();
  await town.store.town((tx) => beat(tx, { role: 'worker', at: town.clock.now, version: '1' }));
  expect(await begin('ecoles.ville.fr')).toBe('sent');
  expect(await town.core.readiness.lastMailTest()).toMatchObject({
    recipient: OUTSIDE,
    state: 'due',
    isAnswered: false,
  });
  expect(await town.rows(AGENT, 'sent')).toHaveLength(1);
});

it('says what a receiver found of it, once somebody sends it back to the postmaster', async () => {
  const { readiness, config } = town.core;
  await readiness.sendTestLetter(await town.viewer(AGENT), OUTSIDE);
  const { rows } = await town.admin.query<{ id: string }>(
    `select header_id as id from message where origin = 'system' and header_id like '<test-%'`,
  );
  const found = `Authentication-Results: mx.exemple.fr; spf=pass smtp.mailfrom=postmaster@${config.domain};\r\n dkim=none; dmarc=fail header.from=${config.domain}`;
  const postmaster = [town.address('postmaster')];
  // Somebody else's word, on another letter, says nothing of this one.
  await town.receive('paul@autre.fr', postmaster, { text: found });
  expect(await readiness.lastMailTest()).toMatchObject({ isAnswered: false, words: [] });
  await town.receive(OUTSIDE, postmaster, { text: `${found}\r\nMessage-ID: ${rows[0]?.id}` });
  expect(await readiness.lastMailTest()).toMatchObject({
    isAnswered: true,
    words: [{ receiver: 'mx.exemple.fr', spf: 'pass', dkim: 'none', dmarc: 'fail' }],
  });
});
