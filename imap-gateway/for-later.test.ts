/** « Plus tard », as a mail program meets it: what it puts there, and what comes back to it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayAt, momentOf } from '../core/ground/clock.ts';
import { dayAfter } from '../core/roster/days.ts';
import type { ImapClient } from './testing/imap-client.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

const KARIM = 'karim.haddad';
const LETTER = 'From: marie@example.org\nSubject: Sortie\n\nBonjour\n';
let town: ImapTown;
beforeAll(async () => {
  town = await openImapTown();
});
afterAll(() => town.close());

/** When each letter of the folder comes back. */
async function returns(): Promise<(Date | undefined)[]> {
  const viewer = await town.viewer(KARIM);
  const { mail } = town.core;
  const folder = (await mail.mailboxes(viewer)).find(({ use }) => use === 'later');
  if (!folder) return [];
  const rows = await mail.list(viewer, folder.id, { before: null, limit: 99 });
  const uids = rows.map(({ uid }) => uid);
  const found = await mail.returns(viewer, folder.id, uids);
  return uids.map((uid) => found.get(uid));
}

const last = (lines: readonly string[]): string => lines.at(-1) ?? '';

async function withFolder(): Promise<ImapClient> {
  const client = await town.client(KARIM);
  await client.run('CREATE "Plus tard" (USE (\\Snoozed))');
  await town.put(KARIM, 'INBOX', LETTER);
  await client.run('SELECT INBOX');
  return client;
}

it('is made by its use, once, and by no child; then told by it and neither renamed nor removed', async () => {
  const client = await withFolder();
  expect(await client.run('LIST "" "Plus tard"')).toContainEqual(
    expect.stringContaining('\\Snoozed'),
  );
  expect(last(await client.run('CREATE Encore (USE (\\Snoozed))'))).toMatch(/^NO \[USEATTR\]/);
  expect(last(await client.run('RENAME "Plus tard" Autre'))).toMatch(/^NO \[CANNOT\]/);
  expect(last(await client.run('DELETE "Plus tard"'))).toMatch(/^NO \[CANNOT\]/);
  const child = await town.client('lina.moreau');
  expect(last(await child.run('CREATE "Plus tard" (USE (\\Snoozed))'))).toMatch(/^NO/);
});

it.each(['MOVE', 'COPY', 'APPEND', 'REPLACE'])(
  'gives what is put there by %s tomorrow at eight, and nothing once it is moved out',
  async (how) => {
    const client = await withFolder();
    const { timeZone } = await town.viewer(KARIM);
    const bytes = LETTER.replaceAll('\n', '\r\n');
    const literal = `{${bytes.length}+}\r\n${bytes}`;
    if (how === 'APPEND') await client.run(`APPEND "Plus tard" ${literal}`);
    else if (how === 'REPLACE') await client.run(`REPLACE * "Plus tard" ${literal}`);
    else await client.run(`${how} * "Plus tard"`);
    const eight = momentOf(dayAfter(dayAt(new Date(), timeZone), 1), '08:00', timeZone);
    const given = await returns();
    expect(given.length).toBeGreaterThan(0);
    expect(new Set(given.map((at) => at?.toISOString()))).toEqual(new Set([eight.toISOString()]));
    await client.run('SELECT "Plus tard"');
    await client.run('MOVE 1:* INBOX');
    expect(await returns()).toEqual([]);
  },
);

it('comes back by the worker, with a new UID and unseen, and who waits hears of it', async () => {
  const viewer = await town.viewer(KARIM);
  await town.put(KARIM, 'INBOX', LETTER);
  const { mail, jobs } = town.core;
  const inbox = (await mail.mailboxes(viewer)).find(({ use }) => use === 'inbox');
  const rows = await mail.list(viewer, inbox?.id ?? (0 as never), { before: null, limit: 1 });
  const done = await mail.putOff(
    viewer,
    { which: { kind: 'these', messages: rows }, by: 'message' },
    new Date(Date.now() + 1_000),
  );
  expect(done.kind).toBe('done');
  const client = await town.client(KARIM);
  await client.run('SELECT INBOX');
  client.send('i IDLE\r\n');
  await client.response();
  const worker = await jobs.start(null);
  expect(await client.response()).toMatch(/^\* \d+ EXISTS$/);
  await worker.close();
  client.send('DONE\r\n');
  const newest = (await client.run('UID FETCH * (UID FLAGS)')).find((line) =>
    line.includes('FETCH'),
  );
  expect(Number(/UID (\d+)/.exec(newest ?? '')?.[1])).toBeGreaterThan(rows[0]?.uid ?? Infinity);
  expect(newest).not.toContain('\\Seen');
});
