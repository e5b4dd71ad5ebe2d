/**
 * The small town on a database of its own, with the run's clamd and a clock that tests move: all of
 * core, and its parts by themselves.
 */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import type { Core } from '../../core/core.ts';
import { openDirectory } from '../../core/directory/directory.ts';
import { viewerOf } from '../../core/directory/viewer-of.ts';
import type { Browser } from '../../core/entry/accounts/contract.ts';
import { enterAs } from '../../core/entry/accounts/testing/enter.ts';
import { domainOf } from '../../core/ground/address.ts';
import { type WithConfig, loadConfig } from '../../core/ground/config.ts';
import type { HoldId, MailboxId, SchoolId, Uid } from '../../core/ground/ids.ts';
import { type WithLog, openLog } from '../../core/ground/log.ts';
import { openMetrics } from '../../core/ground/metrics.ts';
import { loadSecret } from '../../core/ground/secret.ts';
import { openRspamd } from '../../core/letters/junk/rspamd.ts';
import { openScanner } from '../../core/letters/scan/clamd.ts';
import type { Handover, SenderProof, Sender } from '../../core/mail/delivery/contract.ts';
import type { LetGo } from '../../core/mail/delivery/holding/contract.ts';
import type { DeliveryParts, ReleaseParts } from '../../core/mail/delivery/parts.ts';
import { openNotices } from '../../core/mail/delivery/telling/notice.ts';
import type { MessageRow } from '../../core/mail/reading/contract.ts';
import { openSites } from '../../core/mail/sites/sites.ts';
import { openCore } from '../../core/open.ts';
import type { Outcome } from '../../core/rules/outcome.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import { bodyStoreOf } from '../../core/store/bodies/body-store.ts';
import { NO_STORE } from '../../core/store/bodies/brought.ts';
import { invariantFaults } from '../../core/store/invariants.ts';
import { openMailEvents, type MailEvents } from '../../core/store/mail-events.ts';
import type { SpecialUse } from '../../core/store/mail/contract.ts';
import { repairAll } from '../../core/store/repairs.ts';
import { openStore, type Store } from '../../core/store/store.ts';
import { testClamd } from './fresh-database.ts';
import { MORNING, townDatabase } from './town-database.ts';

/** A resolver that isn’t there answers at once that it isn’t: no test asks the world’s. */
export const NO_RESOLVER = '127.0.0.1:9';

export interface TestTown {
  readonly core: Core;
  /**
   * The same parts that core is made of, on the same database: for what a test wraps or calls by
   * itself.
   */
  readonly parts: ReleaseParts;
  readonly store: Store;
  /** The owner's connection: sees and changes everything. */
  readonly admin: pg.Client;
  readonly adminUrl: string;
  readonly databaseUrl: string;
  readonly clock: { now: Date };
  address(local: string): string;
  viewer(local: string): Promise<Viewer>;
  /**
   * Opens a session of the pages, as by the password or the pictures that somebody has now; its
   * token.
   */
  enter(viewer: Viewer, browser?: Browser): Promise<string>;
  mailbox(viewer: Viewer, use: SpecialUse): Promise<MailboxId>;
  /** The newest first. */
  rows(local: string, use?: SpecialUse): Promise<readonly MessageRow[]>;
  /** Sends as somebody signed in, from a mail program unless `via` says otherwise. */
  send(local: string, to: readonly string[], letter?: Partial<TownLetter>): Promise<Outcome>;
  /** Sends from outside. */
  receive(
    from: string | null,
    to: readonly string[],
    letter?: Partial<TownLetter>,
  ): Promise<Outcome>;
  /** Every class sends photos, as its teacher may have it. */
  openPhotos(): Promise<void>;
  /** Lets a held letter go, at once; null where it isn't theirs or waits no more. */
  letGo(by: Viewer, school: SchoolId, hold: HoldId): Promise<LetGo | null>;
  /** Gives one back with a word; false where it isn't theirs or waits no more. */
  giveBack(by: Viewer, school: SchoolId, hold: HoldId, note: string): Promise<boolean>;
  /** What no store of mail may show, in all schools; empty is good. */
  faults(): Promise<readonly string[]>;
  /** Mends of that what rows can say; how many it changed. */
  repair(): Promise<number>;
  close(): Promise<void>;
}

export interface TownLetter {
  readonly subject: string;
  readonly text: string;
  /** What kind of text it is. */
  readonly subtype: 'plain' | 'html';
  readonly via: 'web' | 'submission';
  readonly file: {
    readonly name: string;
    readonly bytes: Buffer;
    /** What it calls itself: nothing in particular, where it says nothing. */
    readonly mediaType?: string;
  } | null;
  /**
   * From, where it isn't the reverse-path; To and Cc, where they aren't the recipients. As they
   * stand in the header.
   */
  readonly header: Partial<Readonly<Record<'from' | 'to' | 'cc', string>>>;
  /** What DNS says of a letter from outside; DMARC passes for its From where nothing is said. */
  readonly proof: SenderProof;
}

/**
 * Opens the town, configured as `env` says besides, its core on the store that `watch` makes; the
 * clock stands still at nine on a Tuesday in November 2026 until a test moves it.
 */
export async function openTestTown({
  clamd = testClamd(),
  poolSize = 16,
  env = {},
  watch = (store: Store): Store => store,
} = {}): Promise<TestTown> {
  const database = await townDatabase('morning');
  const clock = { now: MORNING };
  const config = loadConfig({
    PREAU_DATA: mkdtempSync(join(tmpdir(), 'preau-core-')),
    PREAU_DATABASE_URL: database.databaseUrl,
    PREAU_CLAMD: clamd,
    PREAU_RESOLVER: NO_RESOLVER,
    // Pages are served on any free port.
    PREAU_WEB_PORT: '0',
    // A letter leaves when its button is pressed, but where a test says otherwise.
    PREAU_UNDO_SECONDS: '0',
    ...env,
  });
  const bodies = bodyStoreOf(config) ?? NO_STORE;
  const store = openStore(database.databaseUrl, { poolSize, bodies, onError: () => {} });
  const core = await openCore(config, {
    log: openLog({ level: 'silent' }),
    clock: () => clock.now,
    store: watch(store),
  });
  const parts = await openParts(core, {
    store,
    databaseUrl: database.databaseUrl,
    clamd,
    clock: () => clock.now,
  });
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const address = (local: string): string =>
    local.includes('@') ? local : `${local}@${config.domain}`;

  async function viewer(local: string): Promise<Viewer> {
    const entry = (await parts.directory.resolve([address(local)], { maxAgeMs: 0 })).get(
      address(local),
    );
    const found =
      entry &&
      (await viewerOf(parts.directory, { home: entry.school, addressId: entry.id }, clock.now));
    if (!found) throw new Error(`nobody is ${local}`);
    return found;
  }

  async function mailbox(who: Viewer, use: SpecialUse): Promise<MailboxId> {
    const found = (await core.mail.mailboxes(who)).find((one) => one.use === use);
    if (!found) throw new Error(`no ${use}`);
    return found.id;
  }

  function hand(
    sender: Sender,
    to: readonly string[],
    { via, raw, proof, trace = '' }: Handing,
  ): Promise<Outcome> {
    const prove = proof && (() => Promise.resolve(proof));
    return core.delivery.accept(
      { sender, recipients: to.map(address), via, peer: null, session: 'test', trace },
      Readable.from([raw]),
      prove,
    );
  }

  return {
    core,
    parts,
    store,
    admin,
    clock,
    adminUrl: database.adminUrl,
    databaseUrl: database.databaseUrl,
    address,
    viewer,
    mailbox,
    enter: (who, browser) => enterAs({ core, store }, who, browser),
    async rows(local, use = 'inbox') {
      const who = await viewer(local);
      return core.mail.list(who, await mailbox(who, use), { before: null, limit: 200 });
    },
    async openPhotos() {
      await admin.query('update class set photos_open = true');
      await admin.query('update school set roster_version = roster_version + 1');
    },
    async send(local, to, letter = {}) {
      const who = await viewer(local);
      return hand({ kind: 'account', viewer: who }, to, {
        via: letter.via ?? 'submission',
        raw: rawLetter(address(local), to.map(address), letter),
      });
    },
    receive: (from, to, letter = {}) =>
      hand({ kind: 'outside', address: from }, to, {
        via: 'mx',
        raw: rawLetter(from ?? 'MAILER-DAEMON@mx.example', to.map(address), letter),
        proof: letter.proof ?? proofFor(from),
        trace: `Return-Path: <${from ?? ''}>\r\n`,
      }),
    async letGo(by, school, hold) {
      const { decided } = await core.moderation.decide(by, [{ school, hold }], { kind: 'release' });
      return decided?.letters[0]?.came ?? null;
    },
    async giveBack(by, school, hold, note) {
      const choice = { kind: 'give-back', note } as const;
      return (await core.moderation.decide(by, [{ school, hold }], choice)).decided !== null;
    },
    faults: () => invariantFaults(store),
    repair: () => repairAll(store),
    async close() {
      await admin.end();
      parts.scanner.close();
      await parts.mailEvents.close();
      await core.close(); // and the store with it
      await database.drop();
    },
  };
}

/** How a test hands a message over. */
interface Handing {
  readonly via: Handover['via'];
  readonly raw: Buffer;
  readonly proof?: SenderProof;
  readonly trace?: string;
}

interface Making {
  readonly store: Store;
  readonly databaseUrl: string;
  readonly clamd: string;
  readonly clock: () => Date;
}

async function openParts(
  { config, log }: WithConfig & WithLog,
  { store, databaseUrl, clamd, clock }: Making,
): Promise<ReleaseParts> {
  const { domain, maxMessageBytes } = config;
  const parts: DeliveryParts = {
    store,
    directory: openDirectory(store),
    scanner: await openScanner({ address: clamd, timeoutMs: 10_000, maxBytes: maxMessageBytes }),
    sites: openSites({ store, clock, log, source: null }),
    rspamd: openRspamd(null, log),
    mailEvents: onceAsked(() => openMailEvents(databaseUrl, { onError: () => {} })),
    metrics: openMetrics(),
    log,
    freshRows: { begunUntil: () => null, send: () => {}, hurry: () => {} },
    domain,
    secret: loadSecret(config.secretFile),
    maxMessageBytes,
    clock,
  };
  return { ...parts, notices: openNotices(parts) };
}

/** A connection of its own, which most towns never need beside core's. */
function onceAsked(open: () => MailEvents): MailEvents {
  let opened: MailEvents | null = null;
  const events = (): MailEvents => (opened ??= open());
  return {
    announce: (...news) => events().announce(...news),
    listen: (...wish) => events().listen(...wish),
    hears: () => events().hears(),
    close: async () => opened?.close(),
  };
}

/** DMARC passes for whom it is from. */
export function proofFor(from: string | null): SenderProof {
  return from === null
    ? { authentication: 'none', headers: '', server: [] }
    : { authentication: 'pass', by: 'dmarc', domain: domainOf(from), headers: '', server: [] };
}

/** The bytes of a letter, written by hand. */
export function rawLetter(
  from: string,
  to: readonly string[],
  letter: Partial<TownLetter> = {},
): Buffer {
  const {
    subject = 'Bonjour',
    text = 'Un mot.',
    subtype = 'plain',
    file = null,
    header = {},
  } = letter;
  const cc = header.cc === undefined ? '' : `Cc: ${header.cc}\r\n`;
  const head = `From: ${header.from ?? from}\r\nTo: ${header.to ?? to.join(',\r\n ')}\r\n${cc}Subject: ${subject}\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n`;
  if (!file)
    return Buffer.from(`${head}Content-Type: text/${subtype}; charset=utf-8\r\n\r\n${text}\r\n`);
  const encoded = file.bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n${text}\r\n--b\r\nContent-Type: ${file.mediaType ?? 'application/octet-stream'}\r\n` +
      `Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="${file.name}"\r\n\r\n${encoded}\r\n--b--\r\n`,
  );
}

/** UIDs of rows. */
export function uidsOf(rows: readonly MessageRow[]): Uid[] {
  return rows.map(({ uid }) => uid);
}
