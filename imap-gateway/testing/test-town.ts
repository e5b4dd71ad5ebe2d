/**
 * The small town of every example on a database of its own, with the run's clamd, and the IMAP
 * doors open: everything real.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DEMO_PASSWORD } from '../../cli/demo/seed.ts';
import type { Core } from '../../core/core.ts';
import { loadConfig } from '../../core/ground/config.ts';
import type { MailboxId } from '../../core/ground/ids.ts';
import { openLog } from '../../core/ground/log.ts';
import { openCore } from '../../core/open.ts';
import type { Outcome } from '../../core/rules/outcome.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import { testClamd } from '../../tests/shared/fresh-database.ts';
import { townDatabase } from '../../tests/shared/town-database.ts';
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
  /** Hands a message over as that person's mail program would. `text` has LF line ends. */
  send(from: string, to: string, text: string): Promise<Outcome>;
  /** Brings messages (LF line ends) into a mailbox of a person. */
  put(local: string, path: string, ...texts: string[]): Promise<void>;
  /** Cuts every client that is still there. */
  hangUp(): void;
  /** What another process would have: a core and doors of its own, on the same database. */
  another(): Promise<{ readonly core: Core; readonly imap: Imap; close(): Promise<void> }>;
  close(): Promise<void>;
}

interface TownWish {
  /** Another scanner than the run's: one that isn't there. */
  readonly clamd?: string;
  readonly limits?: Partial<ImapLimits>;
  /** Added to the environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

export async function openImapTown({
  clamd = testClamd(),
  limits = {},
  variables = {},
}: TownWish = {}): Promise<ImapTown> {
  const database = await townDatabase('today');
  const config = loadConfig({
    PREAU_DATA: mkdtempSync(join(tmpdir(), 'preau-imap-')),
    PREAU_IMAP_PORT: '0',
    PREAU_IMAPS_PORT: '0',
    PREAU_INSECURE_LOOPBACK: '1',
    PREAU_MX_PORT: '0',
    PREAU_SUBMISSION_PORT: '0',
    PREAU_SUBMISSIONS_PORT: '0',
    PREAU_DATABASE_URL: database.databaseUrl,
    PREAU_CLAMD: clamd,
    ...variables,
  });
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
  const hangUp = (): void => {
    for (const client of clients.splice(0)) client.cut();
  };
  const viewer = async (local: string): Promise<Viewer> => {
    const answer = await core.accounts.signIn(address(local), DEMO_PASSWORD, {
      ip: '127.0.0.1',
      way: 'web',
    });
    if (answer.kind !== 'welcome') throw new Error(`no account ${local}`);
    return answer.viewer;
  };
  return {
    core,
    imap,
    address,
    stranger,
    viewer,
    password: DEMO_PASSWORD,
    async send(from, to, text) {
      const sender = { kind: 'account', viewer: await viewer(from) } as const;
      const raw = Readable.from([crlf(`From: ${address(from)}\nTo: ${address(to)}\n${text}`)]);
      return core.delivery.accept(
        {
          sender,
          recipients: [address(to)],
          via: 'submission',
          peer: null,
          session: 'test',
          trace: '',
        },
        raw,
      );
    },
    async put(local, path, ...texts) {
      const me = await viewer(local);
      const mailbox = await core.mailboxes.find(me, path);
      if (!mailbox) throw new Error(`no mailbox ${path} of ${local}`);
      for (const text of texts) await putOne(core, me, mailbox.id, text);
    },
    async client(local) {
      const client = await stranger();
      const answer = (await client.run(`LOGIN ${address(local)} ${DEMO_PASSWORD}`)).at(-1) ?? '';
      if (!answer.startsWith('OK')) throw new Error(`no sign-in of ${local}: ${answer}`);
      return client;
    },
    hangUp,
    async another() {
      const otherCore = await openCore(config, { log: openLog({ level: 'error' }) });
      const otherImap = await startImap(otherCore, { limits });
      return {
        core: otherCore,
        imap: otherImap,
        async close() {
          await otherImap.close();
          await otherCore.close();
        },
      };
    },
    async close() {
      hangUp();
      await imap.close();
      await core.close();
      await database.drop();
    },
  };
}

async function putOne(core: Core, me: Viewer, mailbox: MailboxId, text: string): Promise<void> {
  const letter = await core.mailboxes.receive(me, Readable.from([crlf(text)]));
  if (letter.kind !== 'done') throw new Error(`not taken: ${letter.kind}`);
  const put = await core.mailboxes.append(me, mailbox, [
    { letter: letter.value, flags: [], internalDate: new Date('2026-11-24T08:00:00Z') },
  ]);
  if (put.kind !== 'done') throw new Error(`not kept: ${put.kind}`);
}

function crlf(text: string): Buffer {
  return Buffer.from(text.replaceAll('\n', '\r\n'));
}
