/** The small town of every example on a database of its own, with the run's clamd, and the IMAP doors open: everything real. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase, testClamd } from '../../docker/testing/fresh-database.ts';
import { loadConfig } from '../../core/config.ts';
import type { Core, Viewer } from '../../core/core.ts';
import { openLog } from '../../core/log.ts';
import { openCore } from '../../core/open.ts';
import { DEMO_PASSWORD, seedSmallTown } from '../../core/roster/demo/seed.ts';
import { openStore } from '../../core/store/store.ts';
import type { ImapLimits } from '../limits.ts';
import { startImap, type Imap } from '../server.ts';
import { dialImap, type ImapClient } from './imap-client.ts';

export interface ImapTown {
  readonly core: Core;
  readonly imap: Imap;
  readonly password: string;
  address(local: string): string;
  /** Signs in on the web, for what a test does on the other side. */
  viewer(local: string): Promise<Viewer>;
  /** A client that has signed in, in clear from loopback; cut at the end. */
  client(local: string): Promise<ImapClient>;
  /** A client that has only been greeted. */
  stranger(door?: 'imap' | 'imaps'): Promise<ImapClient>;
  close(): Promise<void>;
}

/** `clamd` names another scanner than the run's: one that isn't there. */
export async function openImapTown({ clamd = testClamd(), limits = {} }: { readonly clamd?: string; readonly limits?: Partial<ImapLimits> } = {}): Promise<ImapTown> {
  const database = await freshDatabase();
  const config = loadConfig({
    PREAU_DATA: mkdtempSync(join(tmpdir(), 'preau-imap-')), PREAU_IMAP_PORT: '0', PREAU_IMAPS_PORT: '0', PREAU_INSECURE_LOOPBACK: '1',
    PREAU_DATABASE_URL: database.databaseUrl, PREAU_CLAMD: clamd,
  });
  const store = openStore(database.databaseUrl, { onError: () => {} });
  await seedSmallTown(store);
  await store.close();
  const core = await openCore(config, { log: openLog({ level: 'error' }) });
  const imap = await startImap(core, { limits });
  const clients: ImapClient[] = [];
  const address = (local: string): string => `${local}@${config.domain}`;
  const stranger = async (door: 'imap' | 'imaps' = 'imap'): Promise<ImapClient> => {
    const client = await dialImap(imap.ports[door], door === 'imaps' ? 'implicit' : 'plain');
    clients.push(client);
    await client.response();
    return client;
  };
  return {
    core, imap, address, stranger, password: DEMO_PASSWORD,
    async viewer(local) {
      const answer = await core.accounts.signIn(address(local), DEMO_PASSWORD, { ip: '127.0.0.1', way: 'web' });
      if (answer.kind !== 'welcome') throw new Error(`no account ${local}`);
      return answer.viewer;
    },
    async client(local) {
      const client = await stranger();
      const answer = (await client.run(`LOGIN ${address(local)} ${DEMO_PASSWORD}`)).at(-1) ?? '';
      if (!answer.startsWith('OK')) throw new Error(`no sign-in of ${local}: ${answer}`);
      return client;
    },
    async close() {
      for (const client of clients) client.cut();
      await imap.close();
      await core.close();
      await database.drop();
    },
  };
}
