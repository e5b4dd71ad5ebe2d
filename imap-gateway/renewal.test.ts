import { rmSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  certificateFiles,
  fingerprintOf,
  pairFor,
  shownBy,
  shownOn,
} from '../core/town/certificate/testing/certificate-files.ts';
import { SOAKED } from '../tests/shared/slice.ts';
import type { ImapClient } from './testing/imap-client.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

/** Sessions that stand while the certificate is renewed. */
const SESSIONS = 200;
const AT_ONCE = 20;
const [FIRST, SECOND] = [pairFor({ days: 30 }), pairFor({ days: 90 })];
const files = certificateFiles(FIRST);

let town: ImapTown;
beforeAll(async () => {
  town = await openImapTown({
    variables: files.variables,
    limits: { connectionsPerAccount: SESSIONS },
  });
});
afterAll(async () => {
  await town.close();
  rmSync(files.folder, { recursive: true });
});

/** In IDLE on INBOX, under TLS. */
async function idling(password: string): Promise<ImapClient> {
  const client = await town.stranger('imaps');
  await client.run(`LOGIN ${town.address('claire.lefevre')} ${password}`);
  expect((await client.run('SELECT INBOX')).at(-1)).toMatch(/^OK/);
  client.send('i IDLE\r\n');
  expect(await client.response()).toMatch(/^\+/);
  return client;
}

async function shownAfterStartTls(): Promise<string> {
  const client = await town.stranger();
  expect((await client.run('STARTTLS')).at(-1)).toMatch(/^OK/);
  await client.startTls();
  const shown = shownBy(client.takeSocket() as TLSSocket);
  client.cut();
  return shown;
}

it(
  'renews its certificate under 200 open sessions: none falls, new ones see it',
  SOAKED,
  async () => {
    const claire = await town.viewer('claire.lefevre');
    const made = await town.core.appPasswords.make(claire, 'Thunderbird');
    if (made.kind !== 'made') throw new Error(made.kind);
    const clients: ImapClient[] = [];
    while (clients.length < SESSIONS)
      clients.push(
        ...(await Promise.all(Array.from({ length: AT_ONCE }, () => idling(made.text)))),
      );
    expect(await shownOn(town.imap.ports.imaps)).toBe(fingerprintOf(FIRST));
    files.put(SECOND);
    const renewed = fingerprintOf(SECOND);
    await expect.poll(() => shownOn(town.imap.ports.imaps), { timeout: 20_000 }).toBe(renewed);
    expect(await shownAfterStartTls()).toBe(renewed);
    await town.put('claire.lefevre', 'INBOX', 'Subject: Sortie\n\nDemain.\n');
    const heard = await Promise.all(clients.map((client) => client.response()));
    expect(heard.filter((response) => !/ EXISTS$/.test(response))).toEqual([]);
  },
);
