/** A cell of three machines, each fault made and mended; Patroni's answers are as it gives them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { MINUTE_MS } from '../../ground/spans.ts';
import { linesOf, askAll } from './ask-all.ts';
import { openMachines } from './machines.ts';
import type { ReadinessParts } from './surroundings.ts';
import { partsOf, told, townConfig } from './testing/asking.ts';

const ROLES = ['imap', 'smtp', 'web', 'worker'];
const member = (name: string, role: string, state: string, lag: number | string = 0) => ({
  name,
  role,
  state,
  lag,
  host: '10.0.0.1',
  port: 5432,
  timeline: 2,
});
/** What a machine says that heard of nothing since another took over. */
const OLD = [
  { ...member('m1', 'leader', 'running'), timeline: 1 },
  { ...member('m2', 'quorum_standby', 'streaming'), timeline: 1 },
  { ...member('m3', 'quorum_standby', 'streaming'), timeline: 1 },
];
const WHOLE = [
  member('m2', 'leader', 'running'),
  member('m1', 'quorum_standby', 'streaming', 1_500),
  member('m3', 'quorum_standby', 'streaming'),
];

let town: TestTown;
let patroni: Server;
let cutOff: Server;
let members: readonly object[];
let parts: ReadinessParts;
beforeAll(async () => {
  town = await openTestTown({});
  patroni = createServer((request, response) => {
    const history = [
      [1, 83_886_240, 'no recovery target specified', '2026-11-20T07:30:12+00:00', 'm2'],
    ];
    response.end(JSON.stringify(request.url === '/history' ? history : { members, scope: 'cell' }));
  });
  cutOff = createServer((request, response) => {
    response.end(JSON.stringify(request.url === '/history' ? [] : { members: OLD }));
  });
  for (const server of [patroni, cutOff])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  patroni.close();
  cutOff.close();
  await town.close();
});
beforeEach(() => {
  members = WHOLE;
  const config = townConfig({
    PREAU_MACHINE: 'm1',
    PREAU_MACHINES: '3',
    PREAU_PATRONI: `http://127.0.0.1:1, ${addressOf(patroni)}, ${addressOf(patroni)}`,
  });
  parts = { ...partsOf(config), store: town.store, clock: () => town.clock.now };
});
afterEach(async () => {
  await town.admin.query('delete from heartbeat');
});

const addressOf = (server: Server): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function serves(machine: string, roles: readonly string[], minutesAgo = 0): Promise<void> {
  const at = new Date(town.clock.now.getTime() - minutesAgo * MINUTE_MS);
  const { store, log } = { ...parts, store: town.store };
  await openMachines({ config: { machine }, store, log, clock: () => at })
    .keep(roles)
    .close();
}

it('a machine alone writes nothing down, and is asked nothing of others', async () => {
  const alone = openMachines({
    config: { machine: null },
    store: town.store,
    log: parts.log,
    clock: parts.clock,
  });
  await alone.keep(ROLES).close();
  expect((await town.admin.query('select from heartbeat')).rowCount).toBe(0);
  const asked = linesOf(await askAll(partsOf(townConfig()), (id) => id.startsWith('machine.')));
  expect(asked.map(({ id }) => id)).not.toContain('machine.others');
  expect(asked.map(({ id }) => id)).not.toContain('machine.copies');
});

it('names the machines that serve, the one that is silent, and the role that is', async () => {
  for (const machine of ['m1', 'm2', 'm3']) await serves(machine, ROLES);
  expect(await told(parts, 'machine.others')).toEqual({
    state: 'green',
    found:
      'Machines qui servent : m1 (imap, smtp, web, worker), m2 (imap, smtp, web, worker), m3 (imap, smtp, web, worker).',
    todo: null,
  });
  await serves('m2', ['smtp'], 3);
  expect(await told(parts, 'machine.others')).toMatchObject({
    state: 'amber',
    found: expect.stringContaining('m2 (imap, web, worker ; -smtp)'),
    todo: expect.stringContaining('systemctl status preau@RÔLE'),
  });
  await serves('m2', ROLES, 3);
  expect(await told(parts, 'machine.others')).toMatchObject({
    state: 'amber',
    found: expect.stringMatching(
      /^2 machines servent, sur 3 : m1 .*, m3 .*\. Silencieuses : m2\.$/,
    ),
  });
});

it('looks for no role on a machine whose place one of another name has taken', async () => {
  for (const machine of ['m1', 'm2', 'm3']) await serves(machine, ROLES);
  await serves('m0', ROLES, 60);
  expect(await told(parts, 'machine.others')).toMatchObject({ state: 'green' });
});

it('says who has the database since when, who follows and how far behind', async () => {
  expect(await told(parts, 'machine.copies')).toEqual({
    state: 'green',
    found: 'm2 a la base depuis le 2026-11-20 07:30 (UTC) ; m1 suit, à 2 ko, m3 suit, à 0 ko.',
    todo: null,
  });
  members = [WHOLE[0] ?? {}, member('m1', 'replica', 'running', 'unknown'), WHOLE[2] ?? {}];
  expect(await told(parts, 'machine.copies')).toMatchObject({
    state: 'amber',
    found: expect.stringContaining('m1 ne suit pas, m3 suit'),
  });
});

it.each([
  { when: 'two of three are gone', left: WHOLE.slice(0, 1), says: 'aucune copie ne la suit' },
  { when: 'nobody leads', left: WHOLE.slice(1), says: 'aucune machine n’a la base' },
])('says that writes wait, and what the other choice is, where $when', async ({ left, says }) => {
  members = left;
  expect(await told(parts, 'machine.copies')).toMatchObject({
    state: 'red',
    found: expect.stringContaining(says),
    todo: expect.stringContaining('LISEZMOI.md'),
  });
});

it('believes the machine that saw the last change, and none that hears no other', async () => {
  const asked = (...servers: readonly Server[]): ReadinessParts => ({
    ...parts,
    config: { ...parts.config, patroni: servers.map(addressOf).join(',') },
  });
  expect(await told(asked(cutOff, patroni), 'machine.copies')).toMatchObject({
    state: 'green',
    found: expect.stringContaining('m2 a la base depuis le 2026-11-20'),
  });
  const alone = asked(cutOff);
  const patroniOf = `${alone.config.patroni},http://127.0.0.1:1,http://127.0.0.1:1`;
  const cut = { ...alone, config: { ...alone.config, patroni: patroniOf } };
  expect(await told(cut, 'machine.copies')).toMatchObject({
    state: 'red',
    found: expect.stringContaining('ne répond que sur 1 machine de 3'),
    todo: expect.stringContaining('le réseau de cette machine est coupé'),
  });
});

it('says that no Patroni answers', async () => {
  parts = { ...parts, config: { ...parts.config, patroni: 'http://127.0.0.1:1' } };
  expect(await told(parts, 'machine.copies')).toMatchObject({
    state: 'red',
    found: expect.stringContaining('Patroni ne répond'),
  });
});
