/** Behind a proxy that names who it brings (PROXY protocol), each peer is who they are. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dialImap, type ImapClient } from './testing/imap-client.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

let town: ImapTown;
const clients: ImapClient[] = [];
beforeAll(async () => {
  town = await openImapTown({
    limits: { connectionsPerPeer: 1 },
    variables: { PREAU_PROXY_PROTOCOL: '127.0.0.1' },
  });
});
afterAll(async () => {
  for (const client of clients) client.cut();
  await town.close();
});

/** Comes as the proxy does, with a head of version 2. */
async function bring(port: number, peer: readonly number[]): Promise<ImapClient> {
  const client = await dialImap(port);
  clients.push(client);
  const fixed = Buffer.from('0d0a0d0a000d0a515549540a2111000c', 'hex');
  client.send(Buffer.concat([fixed, Buffer.from([...peer, 198, 51, 100, 1, 220, 4, 3, 225])]));
  return client;
}

it('who isn’t of this machine signs in under TLS alone, whatever the proxy’s own address', async () => {
  const client = await bring(town.imap.ports.imap, [192, 0, 2, 7]);
  expect(await client.response()).toMatch(/^\* OK .*LOGINDISABLED/);
  await client.run('STARTTLS');
  await client.startTls();
  const login = `LOGIN ${town.address('claire.lefevre')} ${town.password}`;
  expect((await client.run(login)).at(-1)).toMatch(/^OK/);
});

it('under TLS from the first byte each has what is theirs of the connections', async () => {
  const greetings: string[] = [];
  for (const last of [8, 8, 9]) {
    const client = await bring(town.imap.ports.imaps, [192, 0, 2, last]);
    await once(client.takeSocket(), 'connect');
    await client.startTls().catch(() => undefined);
    greetings.push((await client.response()).slice(0, 6));
  }
  expect(greetings).toEqual(['* OK [', 'closed', '* OK [']);
});

it('without a head nobody is greeted', async () => {
  const client = await dialImap(town.imap.ports.imap);
  clients.push(client);
  client.send('a NOOP\r\n');
  expect(await client.response()).toBe('closed');
});
