import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { TOWN } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { writeAgentAct } from '../../store/audit.ts';
import { keepHeads } from '../journals/heads.ts';
import { HOST, partsOf, told, type FrenchLine } from './testing/asking.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

const saying = (words: string): string => expect.stringContaining(words) as string;

it('says whether the journals were as they had been written, and when that was looked at', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'journals-'));
  const config = { ...town.core.config, dataDir, publicUrl: `https://${HOST}` };
  const { now } = town.clock;
  const ask = (days = 0): Promise<FrenchLine> => {
    const clock = () => new Date(now.getTime() + days * DAY_MS);
    return told({ ...partsOf(config), store: town.store, clock }, 'database.journals');
  };
  expect(await ask()).toMatchObject({ found: saying('pas encore été comparés') });
  await town.store.town((tx) =>
    writeAgentAct(tx, { by: null, act: 'restore', school: TOWN, reason: '' }),
  );
  await keepHeads(town.store, dataDir, now);
  expect(await ask()).toMatchObject({ state: 'green' });
  expect(await ask(4)).toMatchObject({ state: 'amber', found: saying('il y a 4 jours') });
  await town.admin.query(`update agent_act set reason = 'par personne'`);
  await keepHeads(town.store, dataDir, now);
  expect(await ask()).toMatchObject({
    state: 'red',
    found: saying('1 ligne des journaux n’est plus comme on l’a écrite'),
    todo: saying('preau verify'),
  });
});
