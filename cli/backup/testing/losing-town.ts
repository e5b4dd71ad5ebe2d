/** A small town on an embedded database of its own, which a test backs up, loses and restores. */
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, vi } from 'vitest';
import type { Core } from '../../../core/core.ts';
import { loadConfig, type Config } from '../../../core/ground/config.ts';
import { Fault } from '../../../core/ground/fault.ts';
import { openLog } from '../../../core/ground/log.ts';
import type { Viewer } from '../../../core/rules/viewer.ts';
import { openStore } from '../../../core/store/store.ts';
import { testClamd } from '../../../tests/shared/fresh-database.ts';
import { rawLetter } from '../../../tests/shared/town.ts';
import { COMMANDS } from '../../commands.ts';
import { DEMO_PASSWORD, seedSmallTown } from '../../demo/seed.ts';
import type { Flags } from '../../flags.ts';
import { startServices } from '../../services/services.ts';
import { openOn } from '../../start/start.ts';

/** Whether pgBackRest is here, or may be installed. */
export const CAN_BACK_UP = existsSync('/usr/bin/pgbackrest') || process.getuid?.() === 0;
const CLAIRE = 'claire.lefevre';
const OUTSIDE = 'conservatoire@musee.example';
const { signal } = new AbortController();

type Said = Record<string, unknown>;

export interface LosingTown {
  readonly folder: string;
  readonly config: Config;
  /** Runs a command of `preau` that must succeed; gives what it says to a script. */
  preau(name: string, flags?: Flags): Promise<Said>;
  /** Runs one that is refused; gives the sentence. */
  refused(name: string, flags?: Flags): Promise<string>;
  /** The town on its own database, as long as `use` takes; by the test’s clock where it has one. */
  onTown<T>(use: (core: Core) => Promise<T>, clock?: () => Date): Promise<T>;
  /** Loses PREAU_DATA and all in it; gives the file of the key, which was elsewhere. */
  lose(): string;
  remove(): void;
}

/** Opens one in a folder of its own; `backup` gives PREAU_BACKUP, a folder in it unless told. */
export function openLosingTown(
  backup: (folder: string) => string = (folder) => join(folder, 'repository'),
): LosingTown {
  const folder = mkdtempSync(join(tmpdir(), 'preau-round-'));
  chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
  const config = loadConfig({
    PREAU_DATA: join(folder, 'data'),
    PREAU_BACKUP: backup(folder),
    PREAU_CLAMD: testClamd(),
  });
  const run = (name: string, flags: Flags) =>
    COMMANDS[name]?.run({ config, flags: { ...flags, json: true }, signal, path: '' });
  return {
    folder,
    config,
    async preau(name, flags = {}) {
      const said = vi.spyOn(console, 'log').mockImplementation(() => {});
      try {
        expect(await run(name, flags)).toBe(0);
        return JSON.parse(String(said.mock.lastCall?.[0])) as Said;
      } finally {
        said.mockRestore();
      }
    },
    async refused(name, flags = {}) {
      const thrown: unknown = await run(name, flags)?.catch((error: unknown) => error);
      if (!(thrown instanceof Fault)) throw new Error(`${name} was not refused: ${String(thrown)}`);
      return thrown.detail;
    },
    async onTown(use, clock = () => new Date()) {
      const services = await startServices(config, { log: openLog({ level: 'silent' }), signal });
      try {
        const log = openLog({ level: 'silent' });
        const core = await openOn(services.config, { log, signal, clock });
        try {
          return await use(core);
        } finally {
          await core.close();
        }
      } finally {
        await services.stop();
      }
    },
    lose() {
      const key = join(folder, 'key');
      renameSync(join(config.dataDir, 'backup.key'), key);
      rmSync(config.dataDir, { recursive: true });
      return key;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The small town, with nobody's letters. */
export async function makeTown({ config: { databaseUrl } }: Core): Promise<void> {
  const store = openStore(databaseUrl ?? '', { poolSize: 2, onError: () => {} });
  await seedSmallTown(store);
  await store.close();
}

async function signedIn(core: Core, local: string): Promise<Viewer> {
  const address = `${local}@${core.config.domain}`;
  const entry = await core.accounts.signIn(address, DEMO_PASSWORD, { ip: '127.0.0.1', way: 'web' });
  if (entry.kind !== 'welcome') throw new Error(entry.kind);
  return entry.viewer;
}

async function writeTo(
  core: Core,
  recipients: readonly string[],
  subject: string,
): Promise<Viewer> {
  const viewer = await signedIn(core, CLAIRE);
  const raw = rawLetter(`${CLAIRE}@${core.config.domain}`, recipients, { subject });
  const sent = await core.delivery.accept(
    {
      sender: { kind: 'account', viewer },
      recipients,
      via: 'submission',
      peer: null,
      session: 'test',
      trace: '',
    },
    Readable.from([raw]),
  );
  expect(sent.kind).toBe('accepted');
  return viewer;
}

/** Claire writes to Lina and to somebody outside, and keeps a copy in the team's cupboard. */
export async function write(core: Core, subject: string): Promise<void> {
  const viewer = await writeTo(core, [`lina.moreau@${core.config.domain}`, OUTSIDE], subject);
  const file = { name: `${subject}.txt`, mediaType: 'text/plain', bytes: Buffer.from(subject) };
  const put = await core.cupboards.put(viewer, teamOf(viewer), file);
  expect(put?.kind).toBe('put');
}

const teamOf = ({ school }: Viewer) => ({ school, place: 'team' }) as const;

/** What every file of the team's cupboard holds. */
export async function keptFiles(core: Core): Promise<readonly string[]> {
  const viewer = await signedIn(core, CLAIRE);
  const archive = await core.cupboards.archive(viewer, teamOf(viewer));
  const found: string[] = [];
  for await (const { file } of archive?.files ?? []) {
    const pieces: Buffer[] = [];
    for await (const piece of file.read()) pieces.push(piece);
    found.push(Buffer.concat(pieces).toString());
  }
  return found.toSorted();
}

/** What stands in somebody's inbox, or in « Plus tard », the newest first. */
export async function subjectsOf(
  core: Core,
  local: string,
  use: 'inbox' | 'later' = 'inbox',
): Promise<readonly string[]> {
  return (await rowsIn(core, local, use)).map(({ subject }) => subject);
}

async function rowsIn(core: Core, local: string, use: 'inbox' | 'later') {
  const viewer = await signedIn(core, local);
  const place = (await core.mail.mailboxes(viewer)).find((one) => one.use === use);
  return place === undefined ? [] : core.mail.list(viewer, place.id, { before: null, limit: 10 });
}

/** Claire writes to herself, once for each of these, and puts them off until their hour. */
export async function putOff(core: Core, letters: Readonly<Record<string, Date>>): Promise<void> {
  const viewer = await signedIn(core, CLAIRE);
  for (const [subject, until] of Object.entries(letters)) {
    await writeTo(core, [`${CLAIRE}@${core.config.domain}`], subject);
    const messages = (await rowsIn(core, CLAIRE, 'inbox')).filter((row) => row.subject === subject);
    const which = { kind: 'these', messages } as const;
    const done = await core.mail.putOff(viewer, { which, by: 'message' }, until);
    expect(done.kind).toBe('done');
  }
}

/** Gives the letters of hers that wait, each with its hour. */
export async function waitsUntil(core: Core): Promise<Readonly<Record<string, Date>>> {
  const viewer = await signedIn(core, CLAIRE);
  const rows = await rowsIn(core, CLAIRE, 'later');
  const [{ mailbox } = { mailbox: undefined }] = rows;
  if (mailbox === undefined) return {};
  const hours = await core.mail.returns(
    viewer,
    mailbox,
    rows.map(({ uid }) => uid),
  );
  return Object.fromEntries(
    rows.flatMap(({ subject, uid }) => {
      const at = hours.get(uid);
      return at === undefined ? [] : [[subject, at]];
    }),
  );
}

/** Lets a worker run until a letter has left, and `then`; gives those that have left. */
export async function leftUntil(
  core: Core,
  subject: string,
  then: () => Promise<void> = async () => {},
): Promise<readonly string[]> {
  const left: string[] = [];
  const worker = await core.jobs.start({
    notBefore: () => null,
    async deliver(_envelope, raw) {
      left.push(/^Subject: (.*)\r$/m.exec(raw.toString())?.[1] ?? '');
      return { kind: 'taken', reply: '250 2.0.0 Ok' };
    },
    close: async () => {},
  });
  await vi.waitFor(() => expect(left).toContain(subject), { timeout: 10_000, interval: 50 });
  await then();
  await worker.close();
  return left;
}
