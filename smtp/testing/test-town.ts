/**
 * The small town of every example on a database of its own, with the run's clamd, and our three
 * doors open: everything real but DNS.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD } from '../../cli/demo/seed.ts';
import type { Core } from '../../core/core.ts';
import { loadConfig } from '../../core/ground/config.ts';
import { openLog } from '../../core/ground/log.ts';
import type { MessageRow } from '../../core/mail/reading/contract.ts';
import { openCore } from '../../core/open.ts';
import { testClamd } from '../../tests/shared/fresh-database.ts';
import { townDatabase } from '../../tests/shared/town-database.ts';
import { startSmtp, type Smtp, type SmtpOptions } from '../server.ts';

export interface SmtpTestTown {
  readonly core: Core;
  readonly smtp: Smtp;
  readonly password: string;
  /** For what a test must change in the rows themselves. */
  readonly adminUrl: string;
  address(local: string): string;
  /** How many messages a person's inbox holds, and how many lie in their Indésirables. */
  inboxOf(local: string): Promise<number>;
  junkOf(local: string): Promise<number>;
  /** The newest of them, as its owner's page lists them. */
  rowsOf(local: string): Promise<readonly MessageRow[]>;
  close(): Promise<void>;
}

interface Differently {
  /** Another scanner than the run's: one that isn't there. */
  readonly clamd?: string;
  readonly smtp?: SmtpOptions;
}

export async function openTestTown({
  clamd = testClamd(),
  smtp: options = {},
}: Differently = {}): Promise<SmtpTestTown> {
  const database = await townDatabase('today');
  const config = loadConfig({
    PREAU_DATA: mkdtempSync(join(tmpdir(), 'preau-smtp-')),
    PREAU_MX_PORT: '0',
    PREAU_SUBMISSION_PORT: '0',
    PREAU_SUBMISSIONS_PORT: '0',
    PREAU_DATABASE_URL: database.databaseUrl,
    PREAU_CLAMD: clamd,
  });
  const core = await openCore(config, { log: openLog({ level: 'error' }) });
  const smtp = await startSmtp(core, options);
  const address = (local: string): string => `${local}@${config.domain}`;
  return {
    core,
    smtp,
    address,
    password: DEMO_PASSWORD,
    adminUrl: database.adminUrl,
    inboxOf: (local) => mailboxOf(local, 'inbox').then(({ mailbox }) => mailbox.total),
    junkOf: (local) => mailboxOf(local, 'junk').then(({ mailbox }) => mailbox.total),
    rowsOf: (local) =>
      mailboxOf(local, 'inbox').then(({ viewer, mailbox }) =>
        core.mail.list(viewer, mailbox.id, { before: null, limit: 200 }),
      ),
    async close() {
      await smtp.close();
      await core.close();
      await database.drop();
    },
  };
  async function mailboxOf(local: string, wanted: 'inbox' | 'junk') {
    const answer = await core.accounts.signIn(address(local), DEMO_PASSWORD, {
      ip: '127.0.0.1',
      way: 'web',
    });
    if (answer.kind !== 'welcome') throw new Error(`no account ${local}`);
    const mailbox = (await core.mail.mailboxes(answer.viewer)).find(({ use }) => use === wanted);
    if (!mailbox) throw new Error(`no ${wanted} of ${local}`);
    return { viewer: answer.viewer, mailbox };
  }
}
