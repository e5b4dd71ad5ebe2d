/**
 * What one can come back from, a row a test: core/decisions/0039-ways-back.md. Lost files are in
 * lost-files.test.ts, an upgrade gone wrong in upgrade.test.ts.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visit, type HttpVisitor } from '../e2e/http-visitor.ts';
import { deliver, letter, ready } from '../e2e/wire.ts';
import { frontDoor } from '../shared/front-door.ts';
import { openMachine, type SoakMachine } from './machine.ts';

const canRun = existsSync('/usr/bin/pgbackrest') || process.getuid?.() === 0;
const ALONE = ['--processes', '1'] as const;

let folder: string;
let machine: SoakMachine;

const enter = (local: string): Promise<HttpVisitor> => visit(machine.base, machine.account(local));

async function mailProgram(port: number, local: string): Promise<ImapFlow> {
  const { address, password } = machine.account(local);
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: true,
    tls: { rejectUnauthorized: false },
    auth: { user: address, pass: password },
    logger: false,
  });
  await client.connect();
  return client;
}

async function write(subject: string): Promise<void> {
  const head = machine.account('mamadou.diallo');
  const wire = await ready(machine.ports.submissions, head);
  const to = machine.account('claire.lefevre').address;
  const raw = letter({ from: head.address, to, subject, text: subject });
  expect(await deliver(wire, { from: head.address, to: [to] }, raw)).toMatch(/^250/);
  wire.cut();
}

const count = async (sql: string, values: readonly unknown[] = []): Promise<number> =>
  Number((await machine.rows<{ n: string }>(`select count(*) as n from ${sql}`, values))[0]?.n);

async function answered(asked: Promise<Response>): Promise<void> {
  const answer = await asked;
  expect(answer.status, await answer.text()).toBe(303);
}

/** All pupils of a school as a file says them, with their birth dates. */
async function wholeRoster(): Promise<string> {
  const pupils = await machine.rows<{ family: string; given: string; name: string }>(
    `
      select a.family_name as family, a.given_name as given, min(c.name) as name
      from account a
        join membership m on m.school_id = a.school_id and m.address_id = a.address_id
        join class c on c.school_id = m.school_id and c.id = m.class_id
      where a.school_id = 1 and m.role = 'pupil' and m.until_date is null
      group by a.id, a.family_name, a.given_name
      order by a.id
    `,
  );
  const lines = pupils.map(
    ({ family, given, name }, at) =>
      `${family};${given};2018-05-${String(1 + (at % 28)).padStart(2, '0')};;CYCLE II;CE1;${name}`,
  );
  const rosters = join(folder, 'whole');
  mkdirSync(rosters);
  const head = 'Nom élève;Prénom élève;Date naissance;INE;Cycle;Niveau;Libellé classe';
  writeFileSync(join(rosters, 'eleves.csv'), [head, ...lines, ''].join('\r\n'));
  return rosters;
}

async function roster(rosters: string, ...act: readonly string[]): Promise<unknown> {
  const year = ['--school', 'tilleuls', '--year', '2026-2027', '--json'];
  const { output } = await machine.tried('roster', 'import', rosters, ...year, ...act);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

describe.skipIf(!canRun)('one can come back from', { shuffle: false }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preau-way-back-'));
    chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
    machine = await openMachine(folder);
    await machine.makeKey();
    await machine.start(...ALONE);
  });
  afterAll(async () => {
    await machine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a message erased from the trash: from a backup restored beside, by its owner’s mail program', async () => {
    await write('Photos de la sortie');
    await machine.preau('backup');
    const claire = await mailProgram(machine.ports.imaps, 'claire.lefevre');
    await claire.mailboxOpen('INBOX');
    await claire.messageMove({ subject: 'Photos de la sortie' }, 'Corbeille');
    await claire.mailboxOpen('Corbeille');
    await claire.messageDelete({ subject: 'Photos de la sortie' });
    expect(await count("message where subject = 'Photos de la sortie'")).toBeLessThanOrEqual(1);
    expect(await claire.search({ subject: 'Photos de la sortie' })).toEqual([]);

    const beside = join(folder, 'beside');
    await machine.preau('restore', '--key', machine.key, '--into', beside);
    const start = ['start', '--no-demo', '--json', ...ALONE, '--roles', 'imap'];
    const there = frontDoor(['sh', 'cli/run.sh', 'preau.ts', ...start], {
      PREAU_DATA: beside,
      PREAU_CLAMD: 'unix:/dev/null', // nothing is sent there
    });
    const { imap } = (await there.ready()) as { imap: { imaps: number } };
    const then = await mailProgram(imap.imaps, 'claire.lefevre');
    await then.mailboxOpen('INBOX');
    const found = await then.fetchOne('*', { source: true, envelope: true });
    if (found === false || found.source === undefined) throw new Error('not in the backup');
    expect(found.envelope?.subject).toBe('Photos de la sortie');
    await claire.append('INBOX', found.source, ['\\Seen']);
    await then.logout();
    there.process.kill('SIGTERM');
    await there.ended();
    rmSync(beside, { recursive: true });
    await claire.mailboxOpen('INBOX');
    expect(await claire.search({ subject: 'Photos de la sortie' })).toHaveLength(1);
    await claire.logout();
  });

  it('a class ended: its last day is taken back; later its name opens it, and its pupils are put back', async () => {
    const [one] = await machine.rows<{ id: string; address_id: string }>(
      "select id, address_id from class where school_id = 1 and name = 'CE1 A'",
    );
    if (one === undefined) throw new Error('no CE1 A');
    const end = `/school/1/class/${one.id}/end`;
    const running = 'class where school_id = 1 and id = $1 and ends_on is null';
    const pupils = "membership where school_id = 1 and class_id = $1 and role = 'pupil'";
    const head = await enter('mamadou.diallo');
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
    await head.text(end);
    await answered(head.post(end, { day: today }));
    expect(await count(running, [one.id])).toBe(0);
    await head.text(end);
    await answered(head.post(end, { keep: '1' }));
    expect(await count(running, [one.id])).toBe(1);

    const theirs = await machine.rows<{ address_id: string }>(
      `select address_id from ${pupils} and until_date is null order by address_id`,
      [one.id],
    );
    await head.text(end);
    await answered(head.post(end, { day: today }));
    await machine.rows('update class set ends_on = ends_on - 1 where school_id = 1 and id = $1', [
      one.id,
    ]);
    await machine.rows('update school set roster_version = roster_version + 1 where id = 1');
    await head.text('/school/1/new');
    await answered(head.post('/school/1/new', { name: 'CE1 A', level: 'CE1' }));
    expect(await count(`${running} and address_id = $2`, [one.id, one.address_id])).toBe(1);
    await head.text('/school/1');
    const moved = theirs.map(({ address_id: who }) => `${who}-0`);
    await answered(head.post('/school/1/spread', { p: moved, way: 'move', to: one.id }));
    expect(
      await machine.rows(
        `select address_id from ${pupils} and until_date is null order by address_id`,
        [one.id],
      ),
    ).toEqual(theirs);
  });

  it('a roster wrongly applied: preau roster undo', async () => {
    const rosters = join(folder, 'tilleuls');
    mkdirSync(rosters);
    writeFileSync(
      join(rosters, 'eleves.csv'),
      'Nom élève;Prénom élève;Date naissance;INE;Cycle;Niveau;Libellé classe\r\nNouveau;Zélie;2018-05-01;;CYCLE II;CP;CP B\r\n',
    );
    const people = () =>
      machine.rows(
        "select id, state from account where school_id = 1 and role = 'pupil' and state <> 'archived' order by id",
      );
    const before = await people();
    const year = ['--school', 'tilleuls', '--year', '2026-2027', '--json'];
    const apply = ['roster', 'import', rosters, ...year, '--apply'];
    // the guard of a file that takes so many away says how many are to be typed again
    const stopped = await machine.tried(...apply);
    const leaving = /"leaving":(\d+)/.exec(stopped.output)?.[1] ?? '';
    const applied = await machine.tried(...apply, '--retype', leaving);
    expect(applied.output, stopped.output).toContain('"outcome":"applied"');
    expect(await people()).not.toEqual(before);
    await machine.preau('roster', 'undo', '--school', 'tilleuls');
    expect(await people()).toEqual(before);
  });

  it('a school closed: an agent opens it again, and its people come in', async () => {
    const agent = await enter('hugues.armand');
    await agent.text('/schools/1');
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
    await answered(agent.post('/schools/1', { act: 'close', day: today }));
    await expect(enter('claire.lefevre')).rejects.toThrow('sign-in answered');
    await agent.text('/schools/1');
    await answered(agent.post('/schools/1', { act: 'reopen' }));
    expect(await (await enter('claire.lefevre')).text('/mail/inbox')).toContain('Reçus');
  });

  it('the town switched off: what was stopped runs again, and what was written meanwhile is there', async () => {
    const agent = await enter('hugues.armand');
    await agent.text('/school');
    const stop = (stopped: string) =>
      answered(agent.post('/school/0/pupil-mail', { stopped, commune: '0', reason: 'Essai' }));
    await stop('1');
    expect(await count('school where id = 0 and pupil_mail_stopped')).toBe(1);
    await agent.text('/school');
    await stop('0');
    expect(await count('school where pupil_mail_stopped')).toBe(0);
    await machine.stop();
    await machine.start(...ALONE);
    await write('Après l’arrêt');
  });

  it('the disk of the backups lost: an empty folder in its place, and a full backup', async () => {
    await machine.stop();
    rmSync(machine.repository, { recursive: true });
    await machine.start(...ALONE);
    expect(await machine.preau('backup', '--json')).toContain('"type":"full"');
  });

  it('the disk lost, with PREAU_DATA and the database: the repository and the key', async () => {
    await write('Avant la perte');
    await machine.preau('backup');
    await machine.lose();
    expect(await machine.tried('start', ...ALONE)).toMatchObject({
      code: 1,
      output: expect.stringContaining('there is no key in') as unknown,
    });
    rmSync(machine.dataDir, { recursive: true, force: true });
    await machine.preau('restore', '--key', machine.key);
    await machine.start(...ALONE);
    expect(await count("message where subject = 'Avant la perte'")).toBe(1);
  });

  it('the machine lost: another one, with a copy of the repository and the key typed', async () => {
    await machine.preau('backup');
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    chmodSync(elsewhere, 0o711);
    cpSync(machine.repository, join(elsewhere, 'repository'), { recursive: true });
    const other = await openMachine(elsewhere);
    await other.preau('restore', '--key', machine.key, '--repository', other.repository);
    await other.start(...ALONE, '--roles', 'imap');
    expect(
      await other.rows(
        "select count(*)::integer as n from message where subject = 'Avant la perte'",
      ),
    ).toEqual([{ n: 1 }]);
    await other.stop();
  });

  it.each(['preau', 'preau_app'])('a password of a role of the database lost: %s', async (role) => {
    await machine.rows(`alter role ${role} password 'another one'`);
    await machine.stop();
    if (role === 'preau') {
      const { code, output } = await machine.tried('start', ...ALONE);
      expect(code, output).toBe(1);
      expect(output).toContain('The database refuses the password of');
      expect(output).toContain('postgres-passwords.json: preau database passwords makes a new');
      await machine.preau('database', 'passwords');
    }
    await machine.start(...ALONE);
    expect(await count("message where subject = 'Avant la perte'")).toBe(1);
  });

  it('secret.key lost for good: another key, what hung on the first is said and made anew', async () => {
    const { address, password } = machine.account('beatrice.vasseur');
    const guarded = await enter('beatrice.vasseur');
    const page = await guarded.text('/protect');
    const key = /name="key" value="([A-Z2-7]{32})"/.exec(page)?.[1] ?? '';
    const code = new TOTP({ secret: Secret.fromBase32(key) }).generate();
    expect((await guarded.post('/protect', { key, code })).status).toBeLessThan(400);
    expect(await count('second_factor')).toBe(1);
    const rosters = await wholeRoster();
    await roster(rosters, '--apply');
    expect(await count('identity')).toBeGreaterThan(10);
    await machine.stop();
    rmSync(join(machine.dataDir, 'secret.key'));
    rmSync(machine.repository, { recursive: true });
    expect((await machine.tried('start', ...ALONE)).output).toContain('see preau secret renew');
    const asked = await machine.tried('secret', 'renew');
    expect(asked.code).toBe(1);
    expect(asked.output).toContain('1 seconds facteurs');
    expect(existsSync(join(machine.dataDir, 'secret.key'))).toBe(false);
    await machine.preau('secret', 'renew', '--i-know');
    expect(readFileSync(join(machine.dataDir, 'secret.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    await machine.start(...ALONE);
    await expect(visit(machine.base, { address, password })).rejects.toThrow('sign-in answered');
    expect(await (await enter('claire.lefevre')).text('/mail/inbox')).toContain('Reçus');
    expect(await count('second_factor')).toBe(0);
    expect(await count('picture_code')).toBe(0);
    expect(await count('identity')).toBe(0);
    const again = await roster(rosters, '--dry-run');
    expect(again).toMatchObject({ preview: { arrives: [], leaves: [], questions: [] } });
    const agent = await machine.preau('agent', 'reset', 'hugues.armand', '--json');
    expect(agent).toContain('hugues.armand');
    expect(await machine.tried('doctor', '--only', 'machine.key')).toMatchObject({ code: 0 });
  });
});
