import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { TOWN } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { IsolationProof } from '../isolation/contract.ts';
import { noteProof } from '../isolation/isolation.ts';
import { night } from '../isolation/testing/night.ts';
import type { ReadinessParts } from './surroundings.ts';
import { HOST, partsOf, told, type FrenchLine } from './testing/asking.ts';
import { tellAgentsOfTrouble } from './trouble-notices.ts';

let town: TestTown;
let parts: ReadinessParts;
beforeAll(async () => {
  town = await openTestTown();
  const config = { ...town.core.config, publicUrl: `https://${HOST}` };
  parts = { ...partsOf(config), store: town.store, clock: () => town.clock.now };
});
beforeEach(async () => {
  await town.admin.query('truncate isolation_proof, trouble_notice');
  await town.admin.query("delete from heartbeat where role = 'told data officer'");
  await town.admin.query("update school set closed_ways = '[]'");
  await town.admin.query(`delete from due; delete from outbox; delete from entry;
    update mailbox set total = 0, unseen = 0, bytes = 0; delete from message`);
});
afterAll(() => town.close());

const ask = (id: string, other: Partial<ReadinessParts> = {}): Promise<FrenchLine> =>
  told({ ...parts, ...other }, id);
const saying = (words: string): string => expect.stringContaining(words) as string;

it('says what the last proof of isolation found, and how old it is', async () => {
  const id = 'database.isolation';
  expect(await ask(id)).toMatchObject({ found: saying('pas encore été prouvé') });
  const { now } = town.clock;
  const keep = (proof: IsolationProof) => noteProof(town.store, proof);
  await keep(night(now));
  expect(await ask(id)).toMatchObject({ state: 'green', found: saying('16000 essais') });
  const later = () => new Date(now.getTime() + 4 * DAY_MS);
  expect(await ask(id, { clock: later })).toMatchObject({ state: 'amber', found: saying('4') });
  await keep(night(now, { doors: { 'guardian-to-pupil': { lacks: 2 } } }));
  expect(await ask(id)).toMatchObject({ state: 'amber', found: saying('2 personnes') });
  await keep(night(now, { doors: { 'stranger-to-pupil': { passes: 3 } } }));
  expect(await ask(id)).toMatchObject({
    state: 'red',
    found: saying('3 chemins ouverts'),
    todo: saying('preau prove-isolation'),
  });
  await keep(night(now, { faults: ['table message lacks ROW LEVEL SECURITY'] }));
  expect(await ask(id)).toMatchObject({ state: 'red', found: saying('1 chemin ouvert') });
  await keep(night(now));
  expect(await ask(id)).toMatchObject({
    state: 'amber',
    found: saying('1 chemin vers des élèves reste fermé'),
    todo: saying('Dites pourquoi'),
  });
  await askToOpen();
  expect(await ask(id)).toMatchObject({ state: 'amber', todo: saying('prochaine preuve') });
  await keep(night(new Date(now.getTime() + DAY_MS)));
  expect(await ask(id)).toMatchObject({ state: 'green' });
});

/** An agent says that the way of strangers may be opened again, in all schools. */
async function askToOpen(): Promise<void> {
  const wish = { school: TOWN, door: 'stranger-to-pupil', reason: 'Réparé.' } as const;
  const agent = await town.viewer('hugues.armand');
  expect(await town.core.isolation.askToOpen(agent, wish)).toBe('asked');
}

it('agents are told once of a way to a child, and once when there is none any more', async () => {
  const { signing } = town.core;
  const told = { ...parts, ...town.parts, signing, freshRows: { hurry: () => {} } };
  const tell = () => tellAgentsOfTrouble(told);
  const inbox = async (): Promise<readonly string[]> =>
    (await town.rows('hugues.armand'))
      .map(({ subject }) => subject)
      .filter((one) => one.includes('joi'));
  await noteProof(town.store, night(town.clock.now));
  await tell();
  expect(await inbox()).toEqual([]);
  await noteProof(
    town.store,
    night(town.clock.now, { doors: { 'stranger-to-pupil': { passes: 1 } } }),
  );
  await Promise.all([tell(), tell()]);
  await tell();
  expect(await inbox()).toEqual(['Quelqu’un peut joindre un enfant sans en avoir le droit']);
  await noteProof(town.store, night(town.clock.now));
  await tell();
  await tell();
  expect(await inbox()).toEqual([
    'Plus personne ne joint un enfant sans en avoir le droit',
    'Quelqu’un peut joindre un enfant sans en avoir le droit',
  ]);
});

it('agents of a commune alone are told nothing of the whole town', async () => {
  const { signing, agents } = town.core;
  const told = { ...parts, ...town.parts, signing, freshRows: { hurry: () => {} } };
  const { rows } = await town.admin.query<{ id: number }>('select id from commune limit 1');
  const leila = await town.viewer('leila.brahimi');
  const communes = rows.map(({ id }) => id);
  expect(await agents.limit('machine', leila.account, communes)).toEqual({ kind: 'done' });
  await noteProof(
    town.store,
    night(town.clock.now, { doors: { 'stranger-to-pupil': { passes: 1 } } }),
  );
  await tellAgentsOfTrouble(told);
  await agents.limit('machine', leila.account, []);
  expect(await town.rows('leila.brahimi')).toEqual([]);
  expect(await town.rows('hugues.armand')).toHaveLength(1);
});

it('the data protection officer is written to, once each way, at the address that the town gave', async () => {
  const { signing } = town.core;
  const told = { ...parts, ...town.parts, signing, freshRows: { hurry: () => {} } };
  const officer = async (contacts: string) =>
    town.admin.query('update town set contacts = $1', [JSON.stringify({ dataOfficer: contacts })]);
  const letters = async () => {
    const { rows } = await town.admin.query<{ recipient: string; subject: string }>(
      `select o.recipient, m.envelope ->> 'subject' as subject
       from outbox o join message m on m.school_id = o.school_id and m.id = o.message_id
       where o.school_id = 0 and o.recipient like 'dpo@%' order by o.id`,
    );
    return rows.map(({ recipient, subject }) => `${recipient}: ${subject}`);
  };
  const open = night(town.clock.now, { doors: { 'stranger-to-pupil': { passes: 1 } } });
  await noteProof(town.store, night(town.clock.now));
  await officer('Mme Roux, sans adresse');
  await tellAgentsOfTrouble(told);
  await noteProof(town.store, open);
  await tellAgentsOfTrouble(told);
  expect(await letters()).toEqual([]);
  await officer('Mme Roux, <dpo@mairie.example>');
  await Promise.all([tellAgentsOfTrouble(told), tellAgentsOfTrouble(told)]);
  await tellAgentsOfTrouble(told);
  const found = 'dpo@mairie.example: Une preuve a trouvé un chemin ouvert vers des enfants';
  expect(await letters()).toEqual([found]);
  await noteProof(town.store, night(town.clock.now));
  await tellAgentsOfTrouble(told);
  await tellAgentsOfTrouble(told);
  expect(await letters()).toEqual([
    found,
    'dpo@mairie.example: Plus aucun chemin ouvert vers des enfants',
  ]);
});

it('a proof that can’t be read is a way to a child to nobody, neither open nor shut again', async () => {
  const { signing } = town.core;
  const told = { ...parts, ...town.parts, signing, freshRows: { hurry: () => {} } };
  const sent = async () => {
    const outside = await town.admin.query('select from outbox where school_id = 0');
    return [outside.rows.length, (await town.rows('hugues.armand')).length];
  };
  await town.admin.query('update town set contacts = $1', [
    JSON.stringify({ dataOfficer: 'dpo@mairie.example' }),
  ]);
  await noteProof(town.store, night(town.clock.now));
  const before = await sent();
  await town.admin.query('alter table isolation_proof rename to elsewhere');
  try {
    await tellAgentsOfTrouble(told);
  } finally {
    await town.admin.query('alter table elsewhere rename to isolation_proof');
  }
  expect(await sent()).toEqual(before);
});

it('a data protection officer with a mailbox of the town has the letter there', async () => {
  const { signing } = town.core;
  const told = { ...parts, ...town.parts, signing, freshRows: { hurry: () => {} } };
  const address = town.address('hugues.armand');
  await town.admin.query('update town set contacts = $1', [
    JSON.stringify({ dataOfficer: `M. Armand, ${address}` }),
  ]);
  const open = night(town.clock.now, { doors: { 'stranger-to-pupil': { passes: 1 } } });
  await noteProof(town.store, open);
  await Promise.all([tellAgentsOfTrouble(told), tellAgentsOfTrouble(told)]);
  const subjects = (await town.rows('hugues.armand')).map(({ subject }) => subject);
  const found = 'Une preuve a trouvé un chemin ouvert vers des enfants';
  expect(subjects.filter((subject) => subject === found)).toHaveLength(1);
});
