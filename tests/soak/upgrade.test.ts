/**
 * An upgrade, as a town makes it: what the new version would do is asked first, a point to come
 * back to is set, and where it went wrong the version before is there again with the data of then.
 * The new version is a copy of this one with steps of the schema that this one hasn't.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver, letter, ready } from '../e2e/wire.ts';
import { openMachine, type SoakMachine } from './machine.ts';

const canRun = existsSync('/usr/bin/pgbackrest') || process.getuid?.() === 0;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FRONTS = ['core', 'smtp', 'imap-gateway', 'webmail', 'cli', 'migrations'];

/** Steps of the new version: one that every write waits for, one that loses what people wrote. */
const STEPS = {
  '2099-01-01T0000-index': `create index message_subject_again on message (subject)`,
  '2099-01-02T0000-wrong': `
    alter table outbox add column again text;
    update message set subject = 'perdu';
    create table made_anew (id integer primary key)
  `,
};

let folder: string;
let machine: SoakMachine;
/** Where the new version lies. */
let next: string;

function makeNextVersion(): void {
  for (const part of [...FRONTS, 'preau.ts', 'package.json', 'tsconfig.json'])
    cpSync(join(ROOT, part), join(next, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(next, 'node_modules'));
  for (const [name, text] of Object.entries(STEPS))
    writeFileSync(
      join(next, 'migrations', `${name}.ts`),
      `import { sql, type Kysely } from 'kysely';\nexport async function up(db: Kysely<unknown>): Promise<void> {\n  await sql\`${text}\`.execute(db);\n}\n`,
    );
}

async function write(subject: string): Promise<void> {
  const teacher = machine.account('claire.lefevre');
  const wire = await ready(machine.ports.submissions, teacher);
  const to = machine.account('lina.moreau').address;
  const raw = letter({ from: teacher.address, to, subject, text: subject });
  expect(await deliver(wire, { from: teacher.address, to: [to] }, raw)).toMatch(/^250/);
  wire.cut();
}

const counted = async (subject: string): Promise<number> =>
  (await machine.rows('select id from message where subject = $1', [subject])).length;

describe.skipIf(!canRun)('an upgrade', { shuffle: false }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preau-upgrade-'));
    chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
    next = join(folder, 'next');
    makeNextVersion();
    machine = await openMachine(folder);
    await machine.makeKey();
    await machine.start('--processes', '1');
    await write('Avant la mise à jour');
  });
  afterAll(async () => {
    await machine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const nextVersion = (...args: readonly string[]) => machine.triedIn(next, ...args);

  it('is asked for while the version before serves: steps, locks, sizes, and nothing changes', async () => {
    expect(await machine.preau('upgrade-check')).toContain('brings no step of the schema');
    const { code, output } = await nextVersion('upgrade-check', '--json');
    expect(code, output).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      unknown: [],
      steps: [
        {
          name: '2099-01-01T0000-index',
          seconds: null,
          locks: [{ table: 'message', mode: 'ShareLock', stops: 'writing' }],
        },
        {
          name: '2099-01-02T0000-wrong',
          locks: [{ table: 'outbox', mode: 'AccessExclusiveLock', stops: 'reading' }],
        },
      ],
    });
    expect((await nextVersion('upgrade-check')).output).toContain(
      'A point to come back to is set before.',
    );
    expect(await machine.rows("select 1 from pg_database where datname like 'preau_up%'")).toEqual(
      [],
    );
    expect(await counted('Avant la mise à jour')).toBe(1);
  });

  it('is measured on a copy that the newest backup was restored into, removed afterwards', async () => {
    await machine.preau('backup');
    const { code, output } = await nextVersion('upgrade-check', '--measure', '--json');
    expect(code, output).toBe(0);
    const { steps } = JSON.parse(output) as {
      steps: readonly { seconds: number; changes: readonly { rows: number }[] }[];
    };
    const letters = await machine.rows('select id from message');
    expect(steps[1]?.changes).toEqual([{ table: 'message', rows: letters.length }]);
    expect(steps.map(({ seconds }) => seconds > 0 && seconds < 60)).toEqual([true, true]);
    expect(existsSync(join(machine.dataDir, 'proof'))).toBe(false);
    expect(await counted('Avant la mise à jour')).toBe(1);
  });

  let to = '';
  it('sets the point to come back to, then changes the schema; the version before refuses it', async () => {
    await write('Juste avant');
    await machine.stop();
    const { code, output } = await nextVersion('migrate');
    expect(code, output).toBe(0);
    to = /preau restore --key - --to (\S+)/.exec(output)?.[1] ?? '';
    expect(to).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    expect((await nextVersion('migrate')).output).toContain('Up to date already.');
    const before = await machine.tried('start');
    expect(before.code).toBe(1);
    expect(before.output).toContain('come back to the point before its upgrade by preau restore');
    expect(await machine.tried('upgrade-check')).toMatchObject({ code: 1 });
  });

  it('that went wrong is left behind: the version before, with the data of then', async () => {
    renameSync(machine.dataDir, join(folder, 'aside'));
    await machine.preau('restore', '--key', machine.key, '--to', to);
    await machine.start('--processes', '1');
    expect(await counted('perdu')).toBe(0);
    expect(await counted('Avant la mise à jour')).toBe(1);
    expect(await counted('Juste avant')).toBe(1);
    await write('Depuis');
  });

  it('is not made where the repository takes nothing, unless no point is wanted', async () => {
    await machine.stop();
    rmSync(machine.repository, { recursive: true });
    writeFileSync(machine.repository, 'no folder');
    const { code, output } = await nextVersion('migrate');
    expect(code, output).toBe(1);
    expect(output).toMatch(/ \/ /);
    rmSync(machine.repository);
    await machine.start('--processes', '1', '--roles', 'imap');
    expect(await counted('Depuis')).toBe(1);
    rmSync(machine.repository, { recursive: true });
    writeFileSync(machine.repository, 'no folder');
    const live = await nextVersion('migrate');
    expect(live.output).toContain('preau migrate --without-point');
    expect(await counted('Depuis')).toBe(1);
    expect(await nextVersion('migrate', '--without-point')).toMatchObject({ code: 0 });
    expect(await counted('Depuis')).toBe(0);
  });
});
