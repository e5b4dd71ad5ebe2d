/**
 * A real town, made from a file on an empty machine: its schools, its agents, a roster, codes on
 * paper, and a first letter from one child to another. Every step is a command or a page as people
 * have them.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { csv, pupil } from '../../core/school/imports/testing/school-files.ts';
import { stranger, uidsIn, visit, type HttpVisitor } from '../e2e/http-visitor.ts';
import { until } from '../e2e/whole.ts';
import { frontDoor, type FrontDoor } from '../shared/front-door.ts';

const DOMAIN = 'ecoles.ville.fr';
const folder = mkdtempSync(join(tmpdir(), 'preau-first-letter-'));
const env = { PREAU_DATA: join(folder, 'data'), PREAU_DOMAIN: DOMAIN };
const preau = (...args: string[]): FrontDoor =>
  frontDoor(['sh', 'cli/run.sh', 'preau.ts', ...args], env);
let running: FrontDoor | null = null;
afterAll(async () => {
  running?.process.kill('SIGTERM');
  await running?.ended();
  rmSync(folder, { recursive: true, force: true });
});

/** Address and code of everybody on the sheets in a folder. */
function codesIn(sheets: string): ReadonlyMap<string, string> {
  const files = readdirSync(sheets).filter((name) => name.endsWith('.csv'));
  const rows = files.flatMap((name) => readFileSync(join(sheets, name), 'utf8').split('\r\n'));
  return new Map(
    rows.flatMap((row) => {
      const [, address = '', code = ''] = /"([^"@]+@[^"]+)","([^"]+)"/.exec(row) ?? [];
      return address === '' ? [] : [[address, code] as const];
    }),
  );
}

/** Uses the code on paper, and comes in with the password chosen. */
async function activate(base: string, address: string, code: string): Promise<HttpVisitor> {
  const visitor = stranger(base);
  const password = 'trois pommes vertes';
  await visitor.text('/activate');
  expect((await visitor.post('/activate', { step: 'code', address, code })).status).toBe(200);
  const done = await visitor.post('/activate', {
    step: 'password',
    address,
    code,
    password,
  });
  expect(done.status, await done.text()).toBe(303);
  return visit(base, { address, password });
}

describe('from an empty machine to the first letter', { shuffle: false }, () => {
  const sheets = join(folder, 'codes');
  let base = '';

  it('a file makes the town, and `start` offers neither a demo nor a link: its agents have codes', async () => {
    const made = await preau(
      'setup',
      '--file',
      'docker/town.example.json',
      '--sheets',
      sheets,
    ).ended();
    expect(made.code, made.output).toBe(0);
    running = frontDoor(['npm', 'start', '--', '--json'], env);
    const ready = await running.ready();
    expect(ready['setup']).toBeUndefined();
    base = String(ready['web']);
    expect(codesIn(join(sheets, 'ville')).size).toBe(2);
    expect((await fetch(`${base}/demo/outside`, { redirect: 'manual' })).status).toBe(404);
  });

  it('an agent comes in by their code, and is led to protect their account before anything else', async () => {
    const address = `nadia.roux@${DOMAIN}`;
    const nadia = await activate(base, address, codesIn(join(sheets, 'ville')).get(address) ?? '');
    for (const path of ['/school', '/mail/inbox', '/write', '/devices']) {
      const answer = await nadia.get(path);
      expect([answer.status, answer.headers.get('location')], path).toEqual([303, '/protect']);
    }
    expect((await nadia.get('/protect')).status).toBe(200);
  });

  it('a roster of ONDE comes in beside the running service, with a code for each child', async () => {
    const rosters = join(folder, 'rosters', 'tilleuls');
    mkdirSync(rosters, { recursive: true });
    const children = ['Léa Morel', 'Noé Petit', 'Ana Roux'].map((name, at) =>
      pupil(name, 'CM2', { level: 'CM2', birthDate: `2016-03-1${at}` }),
    );
    const { name, bytes } = csv.pupils(children);
    writeFileSync(join(rosters, name), bytes);
    const year = schoolYear(new Date());
    const imported = await preau(
      ...['roster', 'import', rosters, '--school', 'tilleuls', '--year', year],
      ...['--apply', '--sheets', sheets],
    ).ended();
    expect(imported.code, imported.output).toBe(0);
    expect(codesIn(join(sheets, 'tilleuls')).size).toBe(3);
  });

  it('a child writes to a classmate, who reads it', async () => {
    const codes = codesIn(join(sheets, 'tilleuls'));
    const of = (local: string) =>
      [`${local}@${DOMAIN}`, codes.get(`${local}@${DOMAIN}`) ?? ''] as const;
    const lea = await activate(base, ...of('lea.morel'));
    const noe = await activate(base, ...of('noe.petit'));
    const wantsYes = await lea.text('/charter');
    expect(wantsYes).toContain('Oui, je suis d’accord');
    expect((await lea.post('/charter', {})).status).toBe(303);
    const sent = await lea.post('/write', {
      act: 'send',
      to: [`noe.petit@${DOMAIN}`],
      subject: 'Ma première lettre',
      text: 'Bonjour Noé !',
    });
    expect(sent.status, await sent.text()).toBe(303);
    // A letter can be called back for ten seconds before it leaves.
    const arrived = async () => {
      const found = uidsIn(await noe.text('/mail/inbox'));
      return found.length > 0 && found;
    };
    const [uid] = await until('the first letter', arrived, 30_000);
    const page = await noe.text(`/mail/inbox/${uid}`);
    expect(page).toContain('Ma première lettre');
    expect(page).toContain('Bonjour Noé !');
  });
});

/** `2026-2027`: from August on the next one has begun. */
function schoolYear(now: Date): string {
  const first = now.getFullYear() - (now.getMonth() < 7 ? 1 : 0);
  return `${first}-${first + 1}`;
}
