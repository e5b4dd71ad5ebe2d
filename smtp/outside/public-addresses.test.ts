/** Addresses that a stranger's DNS gives: whether we knock there, for a policy or with a letter. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../core/ground/config.ts';
import { openNameServer, type NameServer } from '../../core/town/readiness/testing/name-server.ts';
import { deliverAlone } from '../testing/loopback-world.ts';
import { publicOnly } from './public-addresses.ts';
import { worldOf } from './world.ts';

const INSIDE: readonly (readonly ['A' | 'AAAA', string])[] = [
  ['A', '127.0.0.1'],
  ['A', '0.0.0.0'],
  ['A', '0.1.2.3'],
  ['A', '10.1.2.3'],
  ['A', '100.64.0.1'],
  ['A', '169.254.169.254'],
  ['A', '172.16.0.1'],
  ['A', '192.168.1.1'],
  ['A', '224.0.0.1'],
  ['A', '255.255.255.255'],
  ['AAAA', '::'],
  ['AAAA', '::1'],
  ['AAAA', 'fd12::1'],
  ['AAAA', 'fe80::1'],
  ['AAAA', 'ff02::1'],
  ['AAAA', '::ffff:127.0.0.1'],
  ['AAAA', '::ffff:10.1.2.3'],
  ['AAAA', '::7f00:1'],
  ['AAAA', '64:ff9b::7f00:1'],
  ['AAAA', '64:ff9b:1::7f00:1'],
  ['AAAA', '2002:7f00:1::'],
];
const OUTSIDE: typeof INSIDE = [
  ['A', '172.32.0.1'],
  ['A', '193.0.6.139'],
  ['AAAA', '2001:67c:2e8:22::c100:68b'],
  ['AAAA', '64:ff9b::c100:68b'],
];

it.each([
  ...INSIDE.map(([type, address]) => ({ type, address, then: [] })),
  ...OUTSIDE.map(([type, address]) => ({ type, address, then: [address] })),
])('of $type $address comes $then', async ({ type, address, then }) => {
  const dns = publicOnly(() => Promise.resolve([[address]]));
  expect(await dns('mta-sts.musee.test', type)).toEqual(then);
});

/** RFC 8461 §3.3: the policy host is asked at no other port; not everybody may listen there. */
const HTTPS = 443;
const SMTP = 25;

const knocked: number[] = [];
const doors = await Promise.all([HTTPS, SMTP].map((port) => door(port))).catch(() => null);

describe.skipIf(doors === null)('this machine, named as a stranger’s own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-inside-'));
  let dns: NameServer;
  beforeAll(async () => {
    dns = await openNameServer({});
  });
  beforeEach(() => {
    knocked.length = 0;
  });
  afterAll(() => {
    dns.close();
    for (const one of doors ?? []) one.close();
    rmSync(folder, { recursive: true });
  });

  /** What the town's world does with a domain whose policy host and MX are at this address. */
  async function bring(record: string, variables: Readonly<Record<string, string>>) {
    const PREAU_DATA = mkdtempSync(join(folder, 'data-'));
    dns.zone = {
      'musee.test': ['MX 10 mx1.musee.test.'],
      'mx1.musee.test': [record],
      'mta-sts.musee.test': [record],
      '_mta-sts.musee.test': ['TXT v=STSv1; id=1;'],
    };
    const world = worldOf(loadConfig({ PREAU_DATA, PREAU_RESOLVER: dns.address, ...variables }));
    const letter = { sender: 'claire@ecoles.test', recipient: 'lucie@musee.test' };
    return deliverAlone(world, letter, Buffer.from('Subject: visite\r\n\r\nBonjour\r\n'));
  }

  it.each(['A 0.0.0.0', 'A 127.0.0.1', 'AAAA ::', 'AAAA ::1', 'AAAA ::ffff:127.0.0.1'])(
    'nobody knocks at %s, for its policy or with a letter',
    async (record) => {
      expect(await bring(record, {})).toMatchObject({ kind: 'never' });
      expect(knocked).toEqual([]);
    },
  );

  it('which can be heard where a town lets its own network be written to', async () => {
    await bring('A 127.0.0.1', { PREAU_PRIVATE_MX: '1' });
    expect(new Set(knocked)).toEqual(new Set([HTTPS, SMTP]));
  });
});

/** Notes who comes, on every address of this machine, and sends them away. */
async function door(port: number): Promise<Server> {
  const server = createServer((socket) => {
    knocked.push(port);
    socket.on('error', () => {}).destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '::', resolve);
  });
  return server;
}
