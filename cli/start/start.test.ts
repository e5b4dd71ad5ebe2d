import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { frontDoor, notedPids, servicesOf, type FrontDoor } from '../../tests/shared/front-door.ts';
import { preauHere } from '../../tests/shared/preau-here.ts';
import { SOAKED, sliced } from '../../tests/shared/slice.ts';
import { startedAt } from '../launcher/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'preau-start-'));
chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PREAU = ['sh', 'cli/run.sh', 'preau.ts'] as const;
const ALONE = ['--no-demo', '--json', '--processes', '1'] as const;
const NPM_START = ['npm', 'start', '--', ...ALONE] as const;
/** What npm starts, without npm, which takes a third of a second of the processor's. */
const START = [...PREAU, 'start', ...ALONE] as const;
const alive = (pids: readonly number[]) => pids.filter((pid) => startedAt(pid) !== null);
const isRoot = process.getuid?.() === 0;

async function until(isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 30_000; !isSo();) {
    if (Date.now() > deadline) throw new Error('not in time');
    await sleep(5);
  }
}

/**
 * A story, in its order: one data folder through three starts, each of which takes three seconds of
 * the processor's. A cluster is made once. In `npm test` the town of the e2e story starts, has its
 * services killed and ends.
 */
describe('npm start', { shuffle: false }, () => {
  const PREAU_DATA = join(folder, 'life');
  let running: FrontDoor | null = null;
  const started = async (
    command: typeof START | typeof NPM_START,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<FrontDoor> => {
    const door = frontDoor(command, { PREAU_DATA, ...variables });
    await door.ready();
    return door;
  };
  /** What a test goes on with, whichever ran before it. */
  const runs = async (): Promise<void> => {
    running ??= await started(START);
  };
  const stops = async (): Promise<void> => {
    const pids = notedPids(PREAU_DATA);
    running?.process.kill('SIGTERM');
    await running?.ended();
    running = null;
    await vanish(pids, PREAU_DATA);
  };

  it('starts, and says the way in of the first agent', SOAKED, async () => {
    running = frontDoor(START, { PREAU_DATA });
    const ready = await running.ready();
    expect(ready).toMatchObject({
      web: expect.stringMatching(/^http:\/\/127\.0\.0\.1:[1-9]/),
      // Nobody could sign in: the way in of the first agent.
      setup: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/mettre-en-service\/[\w-]{32}$/),
    });
    expect((await fetch(String(ready['setup']))).status).toBe(200);
    const pids = notedPids(PREAU_DATA);
    expect(alive(pids)).toEqual(pids);
  });

  it(
    'picks up after kill -9, which leaves PostgreSQL and clamd behind, on the port that PostgreSQL still has',
    SOAKED,
    async () => {
      await runs();
      const [preau, ...services] = notedPids(PREAU_DATA);
      const { databaseUrl } = JSON.parse(
        readFileSync(join(PREAU_DATA, 'services.json'), 'utf8'),
      ) as {
        databaseUrl: string;
      };
      process.kill(preau, 'SIGKILL');
      await running?.ended();
      expect(alive(services)).toEqual(services);
      running = await started(START, { PREAU_PG_PORT: new URL(databaseUrl).port });
      expect(alive(services)).toEqual([]);
      expect(processorSeconds(notedPids(PREAU_DATA)[0])).toBeLessThan(10);
    },
  );

  it(
    'starts a clamd and a PostgreSQL that were killed again, and stops at SIGTERM meanwhile, leaving nothing running',
    SOAKED,
    async () => {
      await runs();
      const [, ...services] = notedPids(PREAU_DATA);
      for (const pid of services) process.kill(pid, 'SIGKILL');
      await until(() =>
        notedPids(PREAU_DATA)
          .slice(1)
          .every((pid) => !services.includes(pid) && startedAt(pid) !== null),
      );
      expect(await preauHere(['start'], { PREAU_DATA })).toMatchObject({
        code: 1,
        output: expect.stringContaining('is already running on'),
      });
      const asked = Date.now();
      await stops();
      expect(Date.now() - asked).toBeLessThan(10_000);
    },
  );

  it('finds its data whole after all that, and stops at Ctrl-C', SOAKED, async () => {
    if (running !== null) await stops();
    const again = await started(NPM_START);
    const pids = notedPids(PREAU_DATA);
    process.kill(-(again.process.pid ?? 0), 'SIGINT'); // a terminal signals the whole group
    await again.ended();
    await vanish(pids, PREAU_DATA);
  });

  it('makes no demo without a scanner', SOAKED, async () => {
    const { code, output } = await preauHere(['demo'], {
      PREAU_DATA,
      PREAU_CLAMD: 'tcp://127.0.0.1:9',
    });
    expect(code).toBe(1);
    expect(output).toContain('The virus scanner doesn’t answer, and the demo town needs it');
    expect(output).not.toMatch(/^\s+at /m);
    await vanish([], PREAU_DATA);
  });
});

describe('a first start', () => {
  it(
    'makes the demo town anew where the first start was killed in the middle of it',
    { tags: 'soak', timeout: 90_000 },
    async () => {
      const PREAU_DATA = join(folder, 'half');
      const command = ['npm', 'start', '--', '--json'] as const;
      const killed = frontDoor(command, { PREAU_DATA });
      await until(() => existsSync(join(PREAU_DATA, 'demo.json')));
      process.kill(notedPids(PREAU_DATA)[0], 'SIGKILL');
      await killed.ended();
      expect(existsSync(join(PREAU_DATA, 'demo-unfinished'))).toBe(true);
      const next = frontDoor(command, { PREAU_DATA });
      await next.ready();
      expect(existsSync(join(PREAU_DATA, 'demo-unfinished'))).toBe(false);
      const { databaseAdminUrl } = JSON.parse(
        readFileSync(join(PREAU_DATA, 'services.json'), 'utf8'),
      ) as { databaseAdminUrl: string };
      const database = new Client(databaseAdminUrl);
      await database.connect();
      // The conversation with the child who has changed class comes last of all.
      expect(
        (await database.query(`select 1 from message where subject = 'Je change de classe'`))
          .rowCount,
      ).toBe(1);
      await database.query(
        'update mailbox set total = total + 1 where total > 0 and school_id = 1',
      );
      const verify = (...flags: readonly string[]) =>
        frontDoor([...PREAU, 'verify', ...flags], { PREAU_DATA }).ended();
      expect(await verify()).toMatchObject({
        code: 1,
        output: expect.stringMatching(/^school 1: mailbox [^]*--repair mends/m),
      });
      expect(await verify('--repair', '--bytes')).toMatchObject({
        code: 0,
        output: expect.stringMatching(/rows repaired\.\n.*All is well\./),
      });
      await database.end();
      const pids = notedPids(PREAU_DATA);
      next.process.kill('SIGTERM');
      await next.ended();
      await vanish(pids, PREAU_DATA);
    },
  );

  it(
    'says in a sentence that its PostgreSQL was killed while it started',
    { tags: 'soak', timeout: 60_000 },
    async () => {
      const PREAU_DATA = join(folder, 'killed-early');
      const starting = frontDoor([...PREAU, 'start', '--no-demo'], { PREAU_DATA });
      const postmaster = () =>
        /^\d+/.exec(
          existsSync(pidFile) && readFileSync(pidFile, 'utf8').includes('ready')
            ? readFileSync(pidFile, 'utf8')
            : '',
        )?.[0];
      const pidFile = join(PREAU_DATA, 'postgres', 'postmaster.pid');
      await until(() => postmaster() !== undefined);
      process.kill(Number(postmaster()), 'SIGKILL');
      expect(await starting.ended()).toMatchObject({
        code: 1,
        output: expect.stringMatching(
          /The database (has stopped or no longer answers|\S+ doesn’t answer)/,
        ),
      });
      expect(servicesOf(PREAU_DATA)).toEqual([]);
    },
  );

  it.runIf(isRoot)(
    'works in a folder that others may not enter: the cluster lies elsewhere, and the folder says where',
    { tags: 'soak', timeout: 60_000 },
    async () => {
      const closed = mkdtempSync(join(tmpdir(), 'preau-closed-'));
      const PREAU_DATA = join(closed, 'data');
      for (let times = 0; times < 2; times += 1) {
        const running = frontDoor(NPM_START, { PREAU_DATA });
        await running.ready();
        running.process.kill('SIGTERM');
        await running.ended();
      }
      const elsewhere = readFileSync(join(PREAU_DATA, 'services-in'), 'utf8').trim();
      expect(elsewhere).toMatch(/^\/var\/lib\/preau\/[0-9a-f]{12}$/);
      expect(existsSync(join(elsewhere, 'postgres/PG_VERSION'))).toBe(true);
      for (const folder of [elsewhere, closed]) rmSync(folder, { recursive: true });
    },
  );
});

/**
 * What a process has had of the processors so far: unlike the time on the wall it says the same on
 * a busy machine (proc(5)).
 */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user = '', system = ''] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}

describe('one sentence and exit code 1', () => {
  const { some, rest } = sliced<{
    when: string;
    args: readonly string[];
    variables: Readonly<Record<string, string>>;
    sentence: string;
  }>(2, [
    {
      when: 'a wrong variable',
      args: ['start'],
      variables: { PREAU_WEB_PORT: 'http' },
      sentence: 'a port from 0 to 65535 is expected',
    },
    {
      when: 'an unknown variable',
      args: ['start'],
      variables: { PREAU_PORT: '80' },
      sentence: 'there is no such variable',
    },
    {
      when: 'a wrong flag',
      args: ['start', '--prot'],
      variables: {},
      sentence: '“--prot” isn’t understood here',
    },
    {
      when: 'a flag without its value',
      args: ['start', '--roles'],
      variables: {},
      sentence: '“--roles” needs a value',
    },
    {
      when: 'a value that looks like a flag',
      args: ['demo', '--schools', '-1'],
      variables: {},
      sentence: '“--schools” needs a value',
    },
    {
      when: 'an address that is not here',
      args: ['start'],
      variables: { PREAU_HOST: '192.0.2.1', PREAU_PUBLIC_URL: 'https://courriel.example' },
      sentence: '192.0.2.1 is no address of this machine: look at PREAU_HOST',
    },
    {
      when: 'a wrong role',
      args: ['start', '--roles', 'smtp,pop'],
      variables: {},
      sentence: '“pop” is no role',
    },
    { when: 'a wrong command', args: ['strat'], variables: {}, sentence: '“strat” is no command' },
    {
      when: 'a database that does not answer',
      args: ['start'],
      variables: {
        PREAU_DATABASE_URL: 'postgres://preau_app:hunter2@127.0.0.1:9/preau',
        PREAU_CLAMD: 'tcp://127.0.0.1:9',
      },
      sentence: 'The database 127.0.0.1:9 doesn’t answer (ECONNREFUSED)',
    },
    {
      when: 'a data folder that cannot be',
      args: ['migrate'],
      variables: { PREAU_DATA: '/proc/preau/data' },
      sentence: 'the folder /proc/preau/data can’t be written',
    },
    {
      when: 'a public demo',
      args: ['demo'],
      variables: { PREAU_HOST: '0.0.0.0' },
      sentence: 'add --i-know',
    },
  ]);
  it.each(some)('$when', isSaid);
  it.each(rest)('$when', SOAKED, isSaid);

  async function isSaid({ args, variables, sentence }: (typeof some)[number]): Promise<void> {
    const where = { PREAU_DATA: join(folder, 'sentences'), ...variables };
    const { code, output } = await preauHere(args, where);
    expect(code).toBe(1);
    expect(output).toContain(sentence);
    expect(output).not.toMatch(/hunter2|^\s+at /m);
  }

  it.each(['agent list', 'verify'])(
    '%s where there is no town, and none is made',
    async (command) => {
      const PREAU_DATA = join(folder, 'mistyped');
      const { code, output } = await preauHere(command.split(' '), { PREAU_DATA });
      expect(code).toBe(1);
      expect(output).toContain(`There is no Préau in ${PREAU_DATA}`);
      expect(existsSync(PREAU_DATA)).toBe(false);
    },
  );

  it('a port in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const { code, output } = await preauHere(['start'], {
      PREAU_DATA: join(folder, 'port'),
      PREAU_WEB_PORT: String(port),
    });
    server.close();
    expect(code).toBe(1);
    expect(output).toContain(
      `Port ${port} is in use on 127.0.0.1: choose another one by PREAU_WEB_PORT.`,
    );
    expect(output).not.toMatch(/^\s+at /m);
  });

  it.each([
    { file: 'version', text: '7\n', says: 'is of another version (7, expected 1)' },
    {
      file: 'postgres/PG_VERSION',
      text: '16\n',
      says: 'is of another version (PostgreSQL 16, expected PostgreSQL 17)',
    },
  ])('a data folder of another version: $file', async ({ file, text, says }) => {
    const PREAU_DATA = join(folder, file.replace('/', '-'));
    mkdirSync(join(PREAU_DATA, 'postgres'), { recursive: true });
    writeFileSync(join(PREAU_DATA, file), text);
    const { code, output } = await preauHere(['migrate'], { PREAU_DATA });
    expect(code).toBe(1);
    expect(output).toContain(says);
    expect(output).not.toMatch(/^\s+at /m);
  });
});

/** npm may end a moment before what it started. */
async function vanish(pids: readonly number[], dataDir: string): Promise<void> {
  const left = () => [...alive(pids), ...servicesOf(dataDir)];
  for (let tries = 0; left().length > 0 && tries < 100; tries += 1) await sleep(50);
  expect(left()).toEqual([]);
}
