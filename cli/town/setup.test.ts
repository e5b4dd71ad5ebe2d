import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, testClamd, type FreshDatabase } from '../../tests/shared/fresh-database.ts';
import { preauHere } from '../../tests/shared/preau-here.ts';
import { wordsOf } from '../help.ts';

const EXAMPLE = 'docker/town.example.json';
const DOMAIN = 'ecoles.ville.fr';
const folder = mkdtempSync(join(tmpdir(), 'preau-setup-'));
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const variables = () => ({
  PREAU_DATA: join(folder, 'data'),
  PREAU_DATABASE_URL: database.databaseUrl,
  PREAU_DATABASE_ADMIN_URL: database.adminUrl,
  PREAU_CLAMD: testClamd(),
  PREAU_DOMAIN: DOMAIN,
  PREAU_PUBLIC_URL: `https://courrier.${DOMAIN}`,
});
/** `preau …` on a database that is empty at first. */
const preau = (...args: readonly string[]) => preauHere(args, variables());
const lastLine = (output: string): Record<string, unknown> =>
  JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;

/** One town through its first days, each test going on where the one before has left it. */
describe('preau setup', { shuffle: false }, () => {
  it('on an empty database makes a link of the first agent, for scripts too', async () => {
    const { code, output } = await preau('setup', 'link', '--json');
    expect(code).toBe(0);
    expect(lastLine(output)).toEqual({
      link: expect.stringMatching(
        /^https:\/\/courrier\.ecoles\.ville\.fr\/mettre-en-service\/[\w-]{32}$/,
      ) as unknown,
      expiresAt: expect.any(String) as unknown,
    });
  });

  it('names every fault of a file with its path, in both languages, and ends with 1', async () => {
    const wrong = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as {
      town: Record<string, unknown>;
      schools: Record<string, unknown>[];
    };
    wrong.town['domain'] = 'ecoles.ailleurs.example';
    wrong.schools.push({ name: 'Bis', uai: '0690001B' });
    const path = join(folder, 'wrong.json');
    writeFileSync(path, JSON.stringify(wrong));
    const { code, output } = await preau('setup', '--file', path);
    expect(code).toBe(1);
    expect(output).toContain('rien n’est écrit, 2 choses sont à revoir');
    expect(output).toContain('town.domain : ce n’est pas le domaine de cette installation');
    expect(output).toContain('schools[2].uai : il est déjà plus haut dans le fichier. / it stands');
    writeFileSync(path, '{');
    expect(await preau('setup', '--file', path)).toMatchObject({
      code: 1,
      output: expect.stringContaining('n’est pas du JSON') as unknown,
    });
    expect((await preau('setup', '--file', join(folder, 'nowhere.json'))).output).toContain(
      'ne se lit pas',
    );
    expect((await preau('setup')).output).toContain('Il faut --file');
  });

  it('shows what the example would do, does it once, and a second time finds nothing to change', async () => {
    const preview = await preau('setup', '--file', EXAMPLE, '--dry-run');
    expect(preview.code).toBe(0);
    expect(preview.output).toContain('rien n’est écrit');
    expect(preview.output).toContain('une école de plus / a new school : École des Tilleuls');
    expect(preview.output).not.toContain('Code :');
    const sheets = join(folder, 'feuilles');
    const done = await preau('setup', '--file', EXAMPLE, '--sheets', sheets);
    expect(done.code).toBe(0);
    expect(done.output).toMatch(
      /Nadia Roux, nadia\.roux@ecoles\.ville\.fr\n {2}Code : [A-Z0-9-]+,/,
    );
    const files = readdirSync(join(sheets, 'ville'));
    expect(files.map((name) => name.slice(name.lastIndexOf('.'))).sort()).toEqual(['.csv', '.pdf']);
    for (const name of files) expect(statSync(join(sheets, 'ville', name)).mode & 0o077).toBe(0);
    const again = await preau('setup', '--file', EXAMPLE, '--json');
    expect(lastLine(again.output)).toEqual({ outcome: 'done', changes: [], codes: [] });
  });

  it('makes no more link once an agent has a code, and says what to do instead', async () => {
    const { code, output } = await preau('setup', 'link');
    expect(code).toBe(1);
    expect(output).toContain('preau agent reset ADRESSE');
  });

  it(
    'agents are listed, added and reset on the machine; a name that is nobody’s is told so',
    { tags: 'soak' },
    async () => {
      const added = await preau(
        'agent',
        'add',
        'zoe.le-goff',
        '--given',
        'Zoé',
        '--family',
        'Le Goff',
      );
      expect(added.output).toContain(`Zoé Le Goff, zoe.le-goff@${DOMAIN}`);
      const listed = lastLine((await preau('agent', 'list', '--json')).output)['agents'];
      expect(listed).toMatchObject([
        { name: 'Zoé Le Goff', way: 'code', hasSecondFactor: false },
        { name: 'Nadia Roux' },
        { name: 'Thomas Vasseur' },
      ]);
      const reset = await preau('agent', 'reset', `Nadia.Roux@${DOMAIN}`, '--json');
      expect(lastLine(reset.output)).toMatchObject({
        codes: [{ address: `nadia.roux@${DOMAIN}` }],
      });
      expect(await preau('agent', 'reset', 'personne')).toMatchObject({
        code: 1,
        output: expect.stringContaining('n’est l’adresse d’aucun agent') as unknown,
      });
      expect(
        (await preau('agent', 'add', 'x@ailleurs.fr', '--given', 'X', '--family', 'Y')).code,
      ).toBe(1);
    },
  );

  it('has two words where it has a second one, and its own help', () => {
    expect(wordsOf(['setup', '--file', 'x'])).toEqual(['setup', '--file', 'x']);
    expect(wordsOf(['setup', 'link', '--json'])).toEqual(['setup link', '--json']);
    expect(wordsOf(['agent'])).toEqual(['help']);
  });

  it('without a store bodies can be asked about, and not be moved', async () => {
    for (const [command, exit] of [['bodies', 0] as const, ['bodies move', 1] as const]) {
      const { code, output } = await preau(...command.split(' '));
      expect(output).toContain('Réglez-le, puis preau bodies key.');
      expect(code, command).toBe(exit);
    }
  });

  it.each(['bogus', 'constructor', 'agent bogus'])(
    'help of %s is as unknown as it',
    async (name) => {
      const unknown = await preau(...name.split(' '));
      expect(unknown.output).toContain(`« ${name} » n’est pas une commande`);
      expect(unknown.code).toBe(1);
      expect(await preau('help', ...name.split(' '))).toEqual(unknown);
    },
  );

  it('help of nothing, of half a name and of itself is the list', async () => {
    const list = await preau('help');
    expect(list.output).toContain('\n  preau agent list ');
    expect(list.code).toBe(0);
    for (const half of ['agent', 'help', '--help'])
      expect(await preau('help', half), half).toEqual(list);
  });
});
