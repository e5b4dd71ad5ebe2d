/**
 * The machine is lost and comes back: what stands in the README of backups, typed as it stands
 * there, on the running whole. Skipped where pgBackRest isn't and can't be installed.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { Client } from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseDue } from '../../core/school/leavers/erase-due.ts';
import { openErasures } from '../../core/school/leavers/erasures.ts';
import { openStore } from '../../core/store/store.ts';
import { visit, type HttpVisitor } from '../e2e/http-visitor.ts';
import { until, type DemoTown } from '../e2e/whole.ts';
import { deliver, letter, ready } from '../e2e/wire.ts';
import { freePorts, type Ports } from '../shared/free-port.ts';
import { frontDoor, notedPids, type FrontDoor } from '../shared/front-door.ts';

const canRun = existsSync('/usr/bin/pgbackrest') || process.getuid?.() === 0;
const OUTSIDE = 'conservatoire@musee.example';

let folder: string;
let ports: Ports;
let running: FrontDoor | null = null;
const data = () => join(folder, 'data');
const repository = () => join(folder, 'repository');
const key = () => join(folder, 'key');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'preau-backup-'));
  chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
  mkdirSync(join(folder, 'other'));
  ports = await freePorts();
});
afterAll(async () => {
  running?.process.kill('SIGTERM');
  await running?.ended();
  rmSync(folder, { recursive: true, force: true });
});

const variables = (): Record<string, string> => ({
  PREAU_DATA: data(),
  PREAU_BACKUP: repository(),
  PREAU_WEB_PORT: String(ports.web),
  PREAU_SUBMISSIONS_PORT: String(ports.submissions),
  PREAU_IMAPS_PORT: String(ports.imaps),
});
/** `preau …` as a person runs it. */
const preau = (...args: readonly string[]) =>
  frontDoor(['sh', 'cli/run.sh', 'preau.ts', ...args], variables()).ended();

async function start(more: Readonly<Record<string, string>> = {}): Promise<void> {
  running = frontDoor(['npm', 'start', '--', '--json', '--processes', '1'], {
    ...variables(),
    ...more,
  });
  await running.ready();
}

async function asOwner<T>(use: (database: Client) => Promise<T>, dataDir = data()): Promise<T> {
  const { databaseAdminUrl } = JSON.parse(readFileSync(join(dataDir, 'services.json'), 'utf8')) as {
    databaseAdminUrl: string;
  };
  const database = new Client(databaseAdminUrl);
  database.on('error', () => {});
  await database.connect();
  try {
    return await use(database);
  } finally {
    await database.end();
  }
}

/** Waits until all that is committed by now is in the repository. */
async function archived(): Promise<void> {
  await asOwner(async (database) => {
    const { rows } = await database.query<{ name: string }>(
      'select pg_walfile_name(pg_switch_wal()) as name',
    );
    await until(
      'the segment is in the repository',
      async () =>
        (
          await database.query('select last_archived_wal >= $1 as done from pg_stat_archiver', [
            rows[0]?.name,
          ])
        ).rows[0]?.done === true,
      20_000,
    );
  });
}

/** How often each of these subjects stands in a mailbox of the town. */
const timesOf = (subjects: readonly string[], dataDir = data()): Promise<readonly number[]> =>
  asOwner(async (database) => {
    const { rows } = await database.query<{ times: number }>(
      `select (select count(*)::integer from entry e join message m
         on m.school_id = e.school_id and m.id = e.message_id
         join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
         where m.subject = s.subject and b.use = 'inbox') as times
       from unnest($1::text[]) with ordinality as s (subject, place) order by place`,
      [subjects],
    );
    return rows.map(({ times }) => times);
  }, dataDir);

describe.skipIf(!canRun)('a machine is lost', { shuffle: false }, () => {
  let town: DemoTown;
  let claire: HttpVisitor;
  let uidValidity: bigint;
  let secret: string;
  /** After one letter and before another. */
  let between: Date;
  let base: string;
  const person = (local: string) => {
    const found = town.accounts.find(({ address }) => address.startsWith(`${local}@`));
    if (found === undefined) throw new Error(local);
    return found;
  };

  async function write(subject: string, to: readonly string[]): Promise<void> {
    const teacher = person('claire.lefevre');
    const wire = await ready(ports.submissions, teacher);
    const raw = letter({ from: teacher.address, to: to.join(', '), subject, text: subject });
    expect(await deliver(wire, { from: teacher.address, to }, raw)).toMatch(/^250/);
    wire.cut();
  }

  /** What the next night would do. */
  async function eraseNow(): Promise<void> {
    const { databaseUrl } = JSON.parse(readFileSync(join(data(), 'services.json'), 'utf8')) as {
      databaseUrl: string;
    };
    const store = openStore(databaseUrl, { poolSize: 1, onError: () => {} });
    const erasures = openErasures({ dataDir: data(), backup: repository(), bodies: null });
    const parts = { store, erasures, log: pino({ enabled: false }), announce: () => {} };
    const night = { breathe: () => Promise.resolve() };
    expect(await eraseDue({ ...parts, clock: () => new Date() }, night)).toEqual({ people: 1 });
    await store.close();
  }

  /** As a leaver whose three months are over; and the note of it is beside the backups. */
  async function erase(local: string): Promise<void> {
    await asOwner(async (database) => {
      await database.query(
        `insert into leaver (school_id, account_id, left_on)
         select school_id, target_id, current_date - 100 from address where local = $1`,
        [local],
      );
      await until(
        'they are to be erased',
        async () => (await database.query("select from due where kind = 'erasure'")).rowCount !== 0,
        30_000,
      );
    });
    await eraseNow();
    expect(await isThere(local)).toBe(false);
    const ledger = join(repository(), 'ledger');
    const isNoted = () =>
      existsSync(ledger) && readdirSync(ledger).some((name) => name.startsWith('erasures-'));
    await until('that is noted', () => Promise.resolve(isNoted()), 10_000);
  }

  /** Until the worker has said that it worked on after a moment, and that is beside the backups. */
  async function workedOn(after: Date): Promise<void> {
    const name = `deliveries-${after.toISOString().slice(0, 10)}.jsonl`;
    const [here, there] = [join(data(), 'ledger', name), join(repository(), 'ledger')];
    const isCopied = (): boolean => {
      const last = /"at":"([^"]+)"}\s*$/.exec(readFileSync(here, 'utf8'))?.[1] ?? '';
      const copy = join(there, `${name}.sealed`);
      return (
        last > after.toISOString() && existsSync(copy) && statSync(copy).mtime > new Date(last)
      );
    };
    await until('the worker’s word is copied', () => Promise.resolve(isCopied()), 40_000);
  }

  const isThere = (local: string, dataDir = data()): Promise<boolean> =>
    asOwner(async (database) => {
      const { rows } = await database.query<{ there: boolean }>(
        'select target_id is not null as there from address where local = $1',
        [local],
      );
      return rows[0]?.there === true;
    }, dataDir);

  async function inboxValidity(): Promise<bigint> {
    const { address, password } = person('lina.moreau');
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: ports.imaps,
      secure: true,
      tls: { rejectUnauthorized: false },
      auth: { user: address, pass: password },
      logger: false,
    });
    await client.connect();
    const found = await client.status('INBOX', { uidValidity: true });
    await client.logout();
    return (found && found.uidValidity) || 0n;
  }

  it('the key is made first, with its sheet; without it nothing starts, nor on half a restore', async () => {
    expect(await preau('start')).toMatchObject({
      code: 1,
      output: expect.stringContaining('make one first by preau backup key') as unknown,
    });
    mkdirSync(data(), { recursive: true });
    writeFileSync(join(data(), 'restoring'), '');
    expect(await preau('start')).toMatchObject({
      code: 1,
      output: expect.stringContaining('was cut short') as unknown,
    });
    rmSync(join(data(), 'restoring'));
    const sheet = join(folder, 'key.pdf');
    expect(await preau('backup', 'key', '--sheet', sheet)).toMatchObject({ code: 0 });
    expect(readFileSync(sheet).subarray(0, 5).toString()).toBe('%PDF-');
    cpSync(join(data(), 'backup.key'), key());
  });

  it('mail is written, backed up, and written on', async () => {
    await start({ PREAU_SMARTHOST: 'smtp://127.0.0.1:9' });
    town = JSON.parse(readFileSync(join(data(), 'demo.json'), 'utf8')) as DemoTown;
    base = `http://127.0.0.1:${ports.web}`;
    claire = await visit(base, person('claire.lefevre'));
    uidValidity = await inboxValidity();
    secret = readFileSync(join(data(), 'secret.key'), 'utf8');
    await write('Avant', [person('lina.moreau').address, OUTSIDE]);
    const { code, output } = await preau('backup', '--json');
    expect(code, output).toBe(0);
    expect(output).toContain('"type":"full"');
    await write('Après', [person('lina.moreau').address]);
    await archived();
    between = new Date(Math.ceil(Date.now() / 1_000) * 1_000);
    await sleep(between.getTime() - Date.now() + 100);
    await write('Plus tard', [person('lina.moreau').address]);
    await erase('noe.garnier');
    await workedOn(between);
    await archived();
    const info = await preau('backup', 'info', '--json');
    expect(JSON.parse(info.output)).toMatchObject({ backups: 1 });
  });

  it('all of it is lost, and the repository holds neither the key nor a word of the mail', async () => {
    for (const pid of notedPids(data())) process.kill(pid, 'SIGKILL');
    await running?.ended();
    running = null;
    rmSync(data(), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    const [first = ''] = readFileSync(key(), 'utf8').trim().split('-');
    const files = readdirSync(repository(), { recursive: true, withFileTypes: true });
    const bytes = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name)));
    expect(bytes.length).toBeGreaterThan(5);
    for (const word of [readFileSync(key(), 'utf8').trim(), `${first}-`, 'lina.moreau', OUTSIDE])
      expect(bytes.filter((one) => one.includes(word))).toHaveLength(0);
  });

  it('a wrong key, a mistyped one, a cut repository and a minute out of range say so, and leave nothing', async () => {
    const cut = join(folder, 'cut');
    cpSync(repository(), cut, { recursive: true });
    const segments = readdirSync(cut, { recursive: true, withFileTypes: true })
      .filter(({ name }) => /^[0-9A-F]{24}-/.test(name))
      .sort((one, other) => one.name.localeCompare(other.name));
    const middle = segments.at(-2);
    if (middle === undefined) throw new Error('too few segments');
    rmSync(join(middle.parentPath, middle.name));
    const damaged = join(folder, 'damaged');
    cpSync(repository(), damaged, { recursive: true });
    const last = segments.at(-1)?.name ?? '';
    truncateSync(join(middle.parentPath, last).replace(cut, damaged), 300);
    const other = frontDoor(
      ['sh', 'cli/run.sh', 'preau.ts', 'backup', 'key', '--sheet', join(folder, 'other.pdf')],
      { PREAU_DATA: join(folder, 'other') },
    );
    await other.ended();
    let places = 0;
    const restoring = (from: string, by: string, ...more: readonly string[]) => {
      const into = join(folder, `refused-${(places += 1)}`);
      return preau('restore', '--repository', from, '--key', by, '--into', into, ...more);
    };
    for (const [said, ended] of [
      [
        'This isn’t the key of these backups',
        restoring(repository(), join(folder, 'other/backup.key')),
      ],
      ['This key is mistyped', restoring(repository(), join(folder, 'key.pdf'))],
      ['There is no backup of Préau', restoring(folder, key())],
      [`is missing (${middle.name.slice(0, 24)})`, restoring(cut, key())],
      ['The repository is damaged', restoring(damaged, key())],
      ['the backups go back to', restoring(repository(), key(), '--to', '2020-01-01T10:00')],
      ['nothing is kept after', restoring(repository(), key(), '--to', '2100-01-01T10:00')],
      ['isn’t empty', restoring(repository(), key(), '--into', repository())],
    ] as const) {
      const { code, output } = await ended;
      expect(output).toContain(said);
      expect(code).toBe(1);
      expect(output.trim().split('\n')).toHaveLength(1);
    }
    for (let place = 1; place <= places; place += 1) {
      const into = join(folder, `refused-${place}`);
      expect(existsSync(into) ? readdirSync(into) : []).toEqual([]);
    }
  });

  it('comes back on an empty machine from the repository and the key: every letter once', async () => {
    const { code, output } = await preau(
      'restore',
      '--repository',
      repository(),
      '--key',
      key(),
      '--json',
    );
    expect(code, output).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ standing: 1 });
    expect(readFileSync(join(data(), 'secret.key'), 'utf8')).toBe(secret);
    await start();
    expect(await timesOf(['Avant', 'Après', 'Plus tard'])).toEqual([1, 1, 1]);
    expect(await isThere('noe.garnier')).toBe(false);
    expect(await preau('restore', '--repository', repository(), '--key', key())).toMatchObject({
      code: 1,
      output: expect.stringContaining('Préau is running on') as unknown,
    });
  });

  it('comes back to a moment as well, into a folder beside the town that runs; who was erased after it is erased again', async () => {
    const beside = join(folder, 'beside');
    const to = between.toISOString().slice(0, 19);
    const { code, output } = await preau(
      ...['restore', '--repository', repository(), '--key', key(), '--into', beside],
      ...['--to', `${to}Z`, '--json'],
    );
    expect(code, output).toBe(0);
    const { dataUntil, erased } = JSON.parse(output) as { dataUntil: string; erased: number };
    expect(erased).toBe(1);
    expect(new Date(dataUntil).getTime()).toBeLessThanOrEqual(between.getTime());
    const start = ['start', '--no-demo', '--json', '--processes', '1', '--roles', 'imap'];
    const there = frontDoor(['sh', 'cli/run.sh', 'preau.ts', ...start], {
      PREAU_DATA: beside,
      PREAU_CLAMD: 'unix:/dev/null', // nothing is sent there
    });
    await there.ready();
    expect(await timesOf(['Avant', 'Après', 'Plus tard'], beside)).toEqual([1, 1, 0]);
    expect(await isThere('noe.garnier', beside)).toBe(false);
    const known = frontDoor(['sh', 'cli/run.sh', 'preau.ts', 'outbox', 'list', '--json'], {
      PREAU_DATA: beside,
    });
    // The worker tried and tried after that moment, and nobody took it.
    expect(JSON.parse((await known.ended()).output)).toMatchObject({
      letters: [{ recipient: OUTSIDE, log: { kind: 'unseen' } }],
    });
    expect(await isThere('lina.moreau', beside)).toBe(true);
    there.process.kill('SIGTERM');
    await there.ended();
  });

  it('nobody is signed in any more, and mail programs begin anew', async () => {
    expect((await claire.get('/mail/inbox')).status).toBe(303);
    expect(await inboxValidity()).toBeGreaterThan(uidValidity);
  });

  it('nothing leaves by itself, until an agent lets it', async () => {
    const agent = await visit(base, person('hugues.armand'));
    const outside = async () => (await agent.text('/demo/outside')).includes('Avant');
    const { output } = await preau('outbox', 'list');
    expect(output).toContain(OUTSIDE);
    expect(await outside()).toBe(false);
    expect(await preau('outbox', 'release', '--older-than', '1d')).toMatchObject({
      output: expect.stringMatching(/^0 /) as unknown,
    });
    expect((await preau('outbox', 'release', '--all')).output).toMatch(/^1 /);
    await until('it has left', outside, 20_000);
    expect(await preau('verify')).toMatchObject({ code: 0 });
  });
});
