/**
 * `preau doctor` beside a whole that runs: what it finds where all is well, where something is
 * broken or away, and how it says so.
 */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import type { ReadinessLine } from '../../core/town/readiness/contract.ts';
import { freePorts, type Ports } from '../shared/free-port.ts';
import { frontDoor, notedPids, type Ended } from '../shared/front-door.ts';
import { preauHere } from '../shared/preau-here.ts';
import { SOAKED } from '../shared/slice.ts';
import type { Story } from './story.ts';

type Variables = Readonly<Record<string, string>>;

interface Said {
  readonly code: number | null;
  readonly red: number;
  readonly lines: ReadonlyMap<string, ReadinessLine>;
}

const variablesOf = (ports: Ports): Variables =>
  Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [`PREAU_${name.toUpperCase()}_PORT`, String(port)]),
  );

function saidBy({ code, output }: Ended): Said {
  const said = JSON.parse(output) as { red: number; lines: readonly ReadinessLine[] };
  return { code, red: said.red, lines: new Map(said.lines.map((line) => [line.id, line])) };
}

const red = ({ lines }: Said): string[] =>
  [...lines.values()].filter(({ state }) => state === 'red').map(({ id }) => id);

/** While the demo is as it was made. */
export function askTheDoctor(story: Story): void {
  const here = (): Variables => ({
    PREAU_DATA: story.whole.dataDir,
    ...variablesOf(story.whole.ports),
  });
  const doctor = async (variables: Variables = {}, ...flags: readonly string[]): Promise<Said> =>
    saidBy(await preauHere(['doctor', '--json', ...flags], { ...here(), ...variables }));

  it('finds nothing red in a demo that runs, and ends with 0', async () => {
    const { code, lines, red: count } = await doctor();
    expect([...lines.values()].filter(({ state }) => state === 'red')).toEqual([]);
    expect({ code, count }).toEqual({ code: 0, count: 0 });
    expect(lines.get('network.ports')).toMatchObject({ state: 'green' });
    expect(lines.get('mail.worker')).toMatchObject({ state: 'green' });
    expect(lines.get('names.mx')).toMatchObject({ state: 'grey' });
  });

  it('says so from its own process, too', SOAKED, async () => {
    const command = ['sh', 'cli/run.sh', 'preau.ts', 'doctor', '--json'] as const;
    const said = saidBy(await frontDoor(command, here()).ended());
    expect(said).toMatchObject({ code: 0, red: 0 });
  });

  it('counts what is to be looked at too where it is told to be strict', SOAKED, async () => {
    const only = ['--only', 'mail.test-letter'];
    expect(await doctor({}, ...only)).toMatchObject({ code: 0 });
    expect(await doctor({}, ...only, '--strict')).toMatchObject({ code: 1, red: 0 });
  });

  it(
    'finds what is broken in a whole that runs, and nothing else; once mended, nothing',
    SOAKED,
    async () => {
      const [, , clamd] = notedPids(story.whole.dataDir);
      const admin = new Client(story.whole.services().databaseAdminUrl);
      await admin.connect();
      const secret = join(story.whole.dataDir, 'secret.key');
      process.kill(clamd, 'SIGSTOP');
      renameSync(secret, `${secret}.aside`);
      try {
        await admin.query('grant create on schema public to public');
        await admin.query('alter table membership no force row level security');
        const said = await doctor();
        expect(said.code).toBe(1);
        expect(red(said)).toEqual([
          'mail.scanner',
          'database.roles',
          'database.policies',
          'machine.key',
        ]);
        expect(said.lines.get('machine.key')?.found.en).toContain('secret.key is gone');
        expect(said.lines.get('database.policies')?.found.fr).toContain('table membership lacks');
      } finally {
        process.kill(clamd, 'SIGCONT');
        renameSync(`${secret}.aside`, secret);
        await admin.query('revoke create on schema public from public');
        await admin.query('alter table membership force row level security');
        await admin.end();
      }
      expect(await doctor()).toMatchObject({ code: 0, red: 0 });
    },
  );

  it('with the database away says so, and looks at all the rest', async () => {
    const said = await doctor({ PREAU_DATABASE_URL: 'postgres://x:y@127.0.0.1:1/preau' });
    expect(said.code).toBe(1);
    expect(red(said)).toEqual(expect.arrayContaining(['database.answers', 'people.heads']));
    for (const id of ['network.ports', 'mail.scanner', 'machine.disk'])
      expect(said.lines.get(id)).toMatchObject({ state: 'green' });
  });

  it('with clamd away says so, and looks at all the rest', async () => {
    const said = await doctor({ PREAU_CLAMD: 'unix:/nowhere/clamd.sock' });
    expect(said).toMatchObject({ code: 1 });
    expect(red(said)).toEqual(['mail.scanner']);
  });

  it('with a queue that is named and away says so, and ends', SOAKED, async () => {
    const said = await doctor({ PREAU_REDIS_URL: 'redis://127.0.0.1:1' });
    expect(said).toMatchObject({ code: 1 });
    expect(red(said)).toEqual(['mail.queue']);
  });

  it('where others can come, the demo is the first thing that is wrong', async () => {
    const said = await doctor(
      { PREAU_PUBLIC_URL: 'https://courrier.ville.example', PREAU_RESOLVER: '127.0.0.1:9' },
      '--only',
      'names,certificate,people',
    );
    expect(said.code).toBe(1);
    expect(red(said)).toEqual(
      expect.arrayContaining(['names.mx', 'certificate.trust', 'people.demo', 'people.agents']),
    );
  });

  it('says each line in words with what to do, in the language that is asked for', async () => {
    const ask = (...flags: readonly string[]) =>
      preauHere(['doctor', '--only', 'mail.scanner', ...flags], {
        ...here(),
        PREAU_CLAMD: 'unix:/nowhere/clamd.sock',
      });
    expect(await ask('--language', 'fr')).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /^Le courrier\n {2}✗ Antivirus \(mail\.scanner\): L’antivirus ne répond pas\.\n {6}→ Tant qu’il se tait, .*PREAU_CLAMD\.\n\nBons : 0, à voir : 0, rouges : 1/,
      ),
    });
    expect((await ask()).output).toContain('ne répond pas. / The virus scanner doesn’t answer.');
  });

  it.each([
    [['--only', 'names.nothing'], '“names.nothing” is no check'],
    [['--language', 'de'], 'fr or en is expected'],
    [['--nothing'], 'isn’t understood here'],
    [['here'], 'isn’t understood here'],
  ] as const)('asked wrongly (%j) says so in a sentence', async (flags, sentence) => {
    const { code, output } = await preauHere(['doctor', ...flags], here());
    expect(code).toBe(1);
    expect(output).toContain(sentence);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('where nothing runs says what doesn’t, and starts nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'preau-doctor-'));
    const elsewhere = join(folder, 'elsewhere');
    const said = await doctor({ PREAU_DATA: elsewhere, ...variablesOf(await freePorts()) });
    expect(existsSync(elsewhere)).toBe(false);
    rmSync(folder, { recursive: true });
    expect(said.code).toBe(1);
    expect(red(said)).toEqual(
      expect.arrayContaining(['network.ports', 'mail.scanner', 'database.answers']),
    );
    expect(said.lines.get('machine.disk')).toMatchObject({ state: 'green' });
  });
}
