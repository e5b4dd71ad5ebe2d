import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { TOWN } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { writeAgentAct } from '../../store/audit.ts';
import { keepHeads } from '../journals/heads.ts';
import { HOST, partsOf, told, type FrenchLine } from './testing/asking.ts';

let town: TestTown;
beforeEach(async () => {
  town = await openTestTown();
});
afterEach(() => town.close());

const saying = (words: string): string => expect.stringContaining(words) as string;

/** What a machine with this data folder says, so many days later. */
function ask(dataDir: string, days = 0): Promise<FrenchLine> {
  const config = { ...town.core.config, dataDir, publicUrl: `https://${HOST}` };
  const clock = () => ago(-days);
  return told({ ...partsOf(config), store: town.store, clock }, 'database.journals');
}
const folder = (): string => mkdtempSync(join(tmpdir(), 'journals-'));
const ago = (days: number): Date => new Date(town.clock.now.getTime() - days * DAY_MS);
const act = (): Promise<void> =>
  town.store.town((tx) =>
    writeAgentAct(tx, { by: null, act: 'restore', school: TOWN, reason: '' }),
  );
const CHANGED = '1 ligne des journaux n’est plus comme on l’a écrite';

it('says whether the journals were as they had been written, and when that was looked at', async () => {
  const dataDir = folder();
  expect(await ask(dataDir)).toMatchObject({ found: saying('pas encore été comparés') });
  await act();
  await keepHeads(town.store, dataDir, town.clock.now);
  expect(await ask(dataDir)).toMatchObject({ state: 'green' });
  expect(await ask(dataDir, 4)).toMatchObject({
    state: 'amber',
    found: saying('il y a 4 jours'),
  });
  await town.admin.query(`update agent_act set reason = 'par personne'`);
  await keepHeads(town.store, dataDir, town.clock.now);
  expect(await ask(dataDir)).toMatchObject({
    state: 'red',
    found: saying(CHANGED),
    todo: saying('preau verify'),
  });
});

it('goes by the last night of any machine of the cell, and takes back nothing found here', async () => {
  const [here, there, other] = [folder(), folder(), folder()];
  await act();
  await keepHeads(town.store, here, ago(5));
  expect(await ask(other)).toMatchObject({ found: saying('il y a 5 jours') });
  await keepHeads(town.store, there, ago(1));
  for (const one of [here, other]) expect(await ask(one)).toMatchObject({ state: 'green' });
  // from the end of a chain, which only those see who wrote down that it had come there
  await town.admin.query(`
    with gone as (delete from agent_act returning id)
    delete from chain_link using gone where kind = 'agent_act' and row_id = gone.id
  `);
  await keepHeads(town.store, here, ago(0));
  for (const one of [there, other])
    expect(await ask(one)).toMatchObject({ state: 'red', found: saying(CHANGED) });
  await keepHeads(town.store, other, ago(-1));
  expect(await ask(other, 1)).toMatchObject({ state: 'green' });
  expect(await ask(here, 1)).toMatchObject({ state: 'red' });
});
