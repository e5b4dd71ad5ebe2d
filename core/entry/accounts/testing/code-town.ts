/**
 * The small town on a database of its own, with a clock that a test moves: everything real but the
 * time.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD } from '../../../../cli/demo/seed.ts';
import { testClamd } from '../../../../tests/shared/fresh-database.ts';
import { townDatabase } from '../../../../tests/shared/town-database.ts';
import type { Core } from '../../../core.ts';
import { loadConfig } from '../../../ground/config.ts';
import type { ClassId } from '../../../ground/ids.ts';
import { openLog } from '../../../ground/log.ts';
import { openCore } from '../../../open.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { openStore, type Store } from '../../../store/store.ts';
import { enterAs } from './enter.ts';

export interface CodeTown {
  readonly core: Core;
  /** For what a test must look at or change in the rows themselves. */
  readonly store: Store;
  readonly adminUrl: string;
  /** Moves the clock on. */
  pass(seconds: number): void;
  viewer(local: string): Promise<Viewer>;
  /** Opens a session of the pages, as by what somebody has to come in by now; its token. */
  enter(viewer: Viewer): Promise<string>;
  classId(viewer: Viewer, name: string): Promise<ClassId>;
  /** Subjects in somebody's inbox, newest first. */
  inbox(local: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

export const DOMAIN = 'ecoles.preau.test';

export async function openCodeTown(): Promise<CodeTown> {
  const database = await townDatabase('today');
  const config = loadConfig({
    PREAU_DATA: mkdtempSync(join(tmpdir(), 'preau-codes-')),
    PREAU_DATABASE_URL: database.databaseUrl,
    PREAU_CLAMD: testClamd(),
    PREAU_WEB_PORT: '0',
  });
  let now = Date.now();
  const store = openStore(database.databaseUrl, { poolSize: 16, onError: () => {} });
  const core = await openCore(config, {
    log: openLog({ level: 'error' }),
    clock: () => new Date(now),
    store,
  });
  async function viewer(local: string): Promise<Viewer> {
    const answer = await core.accounts.signIn(`${local}@${DOMAIN}`, DEMO_PASSWORD, {
      ip: '127.0.0.1',
      way: 'web',
    });
    if (answer.kind !== 'welcome') throw new Error(`no account ${local}`);
    return answer.viewer;
  }
  return {
    core,
    store,
    adminUrl: database.adminUrl,
    viewer,
    enter: (who) => enterAs({ core, store }, who),
    pass(seconds) {
      now += seconds * 1_000;
    },
    async classId(who, name) {
      const found = (await core.codes.classes(who)).find((one) => one.name === name);
      if (!found) throw new Error(`no class ${name}`);
      return found.id;
    },
    async inbox(local) {
      const who = await viewer(local);
      const mailbox = (await core.mail.mailboxes(who)).find(({ use }) => use === 'inbox');
      return mailbox
        ? (await core.mail.list(who, mailbox.id, { before: null, limit: 50 })).map(
            ({ subject }) => subject,
          )
        : [];
    },
    async close() {
      await core.close(); // and the store with it
      await database.drop();
    },
  };
}
