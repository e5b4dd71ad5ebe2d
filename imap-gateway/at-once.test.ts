/**
 * Many sessions of one account at the same moment (decision 28, "IMAP"). The long run
 * is tests/soak's.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dialImap, type ImapClient } from './testing/imap-client.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

const WHO = 'claire.lefevre';
const SESSIONS = 8;
const IDLE_EACH = 10;

let town: ImapTown;
const clients: ImapClient[] = [];
beforeAll(async () => {
  town = await openImapTown();
});
afterAll(async () => {
  for (const client of clients) client.cut();
  await town.close();
});

/**
 * So many clients of one person, by the password of a device: the account's own costs argon2 at
 * each sign-in.
 */
async function signedIn(local: string, count: number): Promise<ImapClient[]> {
  const made = await town.core.appPasswords.make(await town.viewer(local), 'Essai');
  if (made.kind !== 'made') throw new Error(made.kind);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const client = await dialImap(town.imap.ports.imap);
      clients.push(client);
      await client.response();
      await done(client, `LOGIN ${town.address(local)} ${made.text}`);
      return client;
    }),
  );
}

async function done(client: ImapClient, command: string): Promise<string[]> {
  const lines = await client.run(command);
  expect(lines.at(-1), command).toMatch(/^OK/);
  return lines.slice(0, -1);
}

const letter = (n: number): string => `Subject: ${n}\r\nFrom: a@x.example\r\n\r\nBonjour ${n}\r\n`;
const append = (client: ImapClient, n: number): Promise<string[]> =>
  client.run(`APPEND Foule {${letter(n).length}+}\r\n${letter(n)}`);
const uidsOf = async (client: ImapClient): Promise<string[]> =>
  (await done(client, 'FETCH 1:* (UID)')).map((line) =>
    line.replace(/^\* (\d+) FETCH \(UID (\d+)\)$/, '$1=$2'),
  );

it(`${SESSIONS} sessions that append, mark and read at once: nothing lost or doubled, UIDs grow, numbers right; so with two EXPUNGE`, async () => {
  const all = await signedIn(WHO, SESSIONS);
  await done(all[0] as ImapClient, 'CREATE Foule');
  await Promise.all(all.map((client) => done(client, 'SELECT Foule')));
  const told = await Promise.all(
    all.map(async (client, n) => {
      const answers = [await append(client, n)];
      await done(client, 'UID STORE 1:* +FLAGS (\\Seen)');
      answers.push(await append(client, SESSIONS + n));
      await done(client, 'UID FETCH 1:* (FLAGS ENVELOPE)');
      return answers.map((lines) => Number(/APPENDUID \d+ (\d+)/.exec(lines.at(-1) ?? '')?.[1]));
    }),
  );
  const count = 2 * SESSIONS;
  expect(told.flat().toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: count }, (_none, at) => at + 1),
  );
  for (const [first = 0, second = 0] of told) expect(second).toBeGreaterThan(first);
  await Promise.all(all.map((client) => done(client, 'NOOP')));
  const right = Array.from({ length: count }, (_none, at) => `${at + 1}=${at + 1}`);
  for (const uids of await Promise.all(all.map(uidsOf))) expect(uids).toEqual(right);
  await done(all[0] as ImapClient, `UID STORE 1:${SESSIONS} +FLAGS.SILENT (\\Deleted)`);
  await Promise.all(all.slice(0, 2).map((client) => done(client, 'EXPUNGE')));
  await Promise.all(all.map((client) => done(client, 'NOOP')));
  const left = right.slice(SESSIONS).map((_one, at) => `${at + 1}=${SESSIONS + at + 1}`);
  for (const uids of await Promise.all(all.map(uidsOf))) expect(uids).toEqual(left);
}, 60_000);

it(`${2 * IDLE_EACH} clients that wait all hear of a letter`, async () => {
  const waiting = [
    ...(await signedIn('mamadou.diallo', IDLE_EACH)),
    ...(await signedIn('karim.haddad', IDLE_EACH)),
  ];
  await Promise.all(
    waiting.map(async (client) => {
      await done(client, 'SELECT INBOX');
      client.send('i IDLE\r\n');
      expect(await client.response()).toBe('+ idling');
    }),
  );
  for (const to of ['mamadou.diallo', 'karim.haddad'])
    expect(await town.send(WHO, to, 'Subject: Pour tous\n\nBonjour\n')).toMatchObject({
      kind: 'accepted',
    });
  for (const line of await Promise.all(waiting.map((client) => client.response(20_000))))
    expect(line).toMatch(/^\* \d+ EXISTS$/);
}, 60_000);
