/**
 * Large letters in a store, by the commands that a person types: made ready, moved, lost with their
 * machine and restored, without secret.key, without their own key, and brought back.
 */
import { hash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3Server } from '../../core/store/bodies/testing/s3-server.ts';
import { visit } from '../e2e/http-visitor.ts';
import { deliver, letter, ready } from '../e2e/wire.ts';
import { openMachine, type SoakMachine } from './machine.ts';

const canRun = existsSync('/usr/bin/pgbackrest') || process.getuid?.() === 0;
const ALONE = ['--processes', '1'] as const;
const SUBJECT = 'Le journal de la classe';
const TEXT = Array.from({ length: 9_000 }, (_, line) => `Ligne ${line}`).join('\r\n');

const s3 = await s3Server();
let folder: string;
let machine: SoakMachine;

async function mailProgram(): Promise<ImapFlow> {
  const { address, password } = machine.account('claire.lefevre');
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: machine.ports.imaps,
    secure: true,
    logger: false,
    tls: { rejectUnauthorized: false },
    auth: { user: address, pass: password },
  });
  await client.connect();
  await client.mailboxOpen('INBOX');
  return client;
}

/** The digest of the letter as a mail program gets it; null: it is refused. */
async function fetched(): Promise<string | null> {
  const client = await mailProgram();
  const [uid] = (await client.search({ subject: SUBJECT }, { uid: true })) || [];
  const found = await client
    .fetchOne(String(uid), { source: true }, { uid: true })
    .catch(() => false as const);
  await client.logout();
  if (found === false || found.source === undefined) return null;
  return hash('sha256', found.source);
}

async function page(): Promise<{ readonly status: number; readonly text: string }> {
  const claire = await visit(machine.base, machine.account('claire.lefevre'));
  const list = await claire.text('/mail/inbox');
  const path = new RegExp(`href="(/mail/inbox/\\d+)[^"]*"[^>]*>[^]{0,2000}${SUBJECT}`).exec(list);
  const answer = await claire.get(path?.[1] ?? '');
  return { status: answer.status, text: await answer.text() };
}

const state = async (): Promise<unknown> =>
  JSON.parse((await machine.tried('bodies', '--json')).output.trim().split('\n').at(-1) ?? '');

describe.skipIf(!canRun)('large letters come back', { shuffle: false }, () => {
  let came: string | null = null;
  let moved = 0;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preau-bodies-back-'));
    chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
    machine = await openMachine(folder, { PREAU_BODIES: s3.address });
    await machine.makeKey();
  });
  afterAll(async () => {
    await machine.stop();
    rmSync(folder, { recursive: true, force: true });
    s3.close();
  });

  it('once a key is made, with its sheet, they are moved', async () => {
    const sheet = join(folder, 'feuille.pdf');
    await machine.preau('bodies', 'key', '--sheet', sheet);
    expect(readFileSync(sheet).subarray(0, 5).toString()).toBe('%PDF-');
    cpSync(join(machine.dataDir, 'bodies.key'), join(folder, 'paper'));
    const again = await machine.tried('bodies', 'key', '--key', join(folder, 'paper'));
    expect(again).toMatchObject({
      code: 1,
      output: expect.stringContaining('est déjà là') as unknown,
    });
    await machine.start(...ALONE);
    const head = machine.account('mamadou.diallo');
    const to = machine.account('claire.lefevre').address;
    const wire = await ready(machine.ports.submissions, head);
    const raw = letter({ from: head.address, to, subject: SUBJECT, text: TEXT });
    expect(await deliver(wire, { from: head.address, to: [to] }, raw)).toMatch(/^250/);
    wire.cut();
    came = await fetched();
    expect(came).not.toBeNull();
    await machine.rows("update message set received_at = now() - interval '2 hours'");
    moved = (await machine.rows('select from message where size_bytes >= 65536')).length;
    expect(await machine.preau('bodies', 'move')).toMatch(new RegExp(`^${moved} messages, `, 'm'));
    expect(await state()).toMatchObject({ bodies: moved, gone: 0, answers: true });
    expect(await machine.rows('select from message where raw is null')).toHaveLength(moved);
    expect(await fetched()).toEqual(came);
    expect((await page()).text).toContain('Ligne 8999');
    expect((await machine.tried('verify')).code).toBe(0);
  });

  it('and are read after the machine was lost and restored', async () => {
    await machine.preau('backup');
    await machine.lose();
    await machine.preau('restore', '--key', machine.key);
    await machine.start(...ALONE);
    expect(await fetched()).toEqual(came);
    expect(await machine.preau('bodies', 'check')).toContain(`${moved} messages compar`);
  });

  it('and after secret.key was lost for good', async () => {
    const mark = 'select wrapped_by as mark from away_body';
    const [before] = await machine.rows<{ mark: string }>(mark);
    await machine.stop();
    rmSync(join(machine.dataDir, 'secret.key'));
    const { output } = await machine.tried('secret', 'renew', '--i-know');
    expect(output).toContain(`The keys of ${moved} large messages hang on a new key`);
    await machine.start(...ALONE);
    const [after] = await machine.rows<{ mark: string }>(mark);
    expect(after?.mark).not.toBe(before?.mark);
    expect(await fetched()).toEqual(came);
    cpSync(join(machine.dataDir, 'bodies.key'), join(folder, 'paper'));
  });

  it('without their own key a sentence says so, and the paper brings them back', async () => {
    await machine.stop();
    rmSync(join(machine.dataDir, 'bodies.key'));
    await machine.start(...ALONE);
    expect(await fetched()).toBeNull();
    const { status, text } = await page();
    expect(status).toBe(503);
    expect(text).toContain('Ce message ne s’ouvre pas en ce moment.');
    expect(await machine.tried('doctor', '--only', 'mail.bodies')).toMatchObject({ code: 1 });
    const [newest = ''] = readFileSync(join(folder, 'paper'), 'utf8').split('\n');
    await machine.stop();
    writeFileSync(join(folder, 'typed'), newest);
    expect(newest).toMatch(/^([A-Z0-9]{4}-){14}[A-Z0-9]{4}$/);
    await machine.preau('bodies', 'key', '--key', join(folder, 'typed'));
    await machine.start(...ALONE);
    expect(await fetched()).toEqual(came);
    expect(await machine.tried('doctor', '--only', 'mail.bodies')).toMatchObject({ code: 0 });
  });

  it('and lie in the database again, if that is wanted', async () => {
    s3.mood = 'away';
    expect((await machine.tried('bodies', 'back')).code).toBe(1);
    expect((await page()).status).toBe(503);
    s3.mood = 'well';
    expect(await machine.preau('bodies', 'back')).toMatch(new RegExp(`^${moved} messages`, 'm'));
    s3.mood = 'away';
    expect(await fetched()).toEqual(came);
    s3.mood = 'well';
    expect(await state()).toMatchObject({ bodies: 0, gone: moved });
    expect((await machine.tried('verify')).code).toBe(0);
  });
});
