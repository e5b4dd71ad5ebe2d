/** What one session changes itself, and what others changed in the same moment. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { OneMailbox } from '../core/store/mail/contract.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

let town: ImapTown;
beforeAll(async () => {
  town = await openImapTown();
  await town.put('claire.lefevre', 'INBOX', 'From: marie@example.org\nSubject: Un\n\nBonjour\n');
});
afterAll(() => town.close());

it.each([
  { does: 'STORE 1 -FLAGS.SILENT (\\Draft)', when: 'a STORE that changes nothing' },
  { does: 'FETCH 1 BODY[HEADER.FIELDS (SUBJECT)]', when: 'a FETCH of what is seen already' },
])('$when does not take another’s change for its own', async ({ does }) => {
  const [one, other] = [await town.client('claire.lefevre'), await town.client('claire.lefevre')];
  for (const client of [one, other]) await client.run('SELECT INBOX');
  await one.run('STORE 1 FLAGS (\\Seen)');
  await other.run('NOOP');
  await one.run('STORE 1 +FLAGS (\\Flagged)');
  const told = [...(await other.run(does)), ...(await other.run('NOOP'))];
  expect(
    told.filter((line) => /^\* 1 FETCH .*FLAGS \(.*\\Flagged/.test(line)).length,
    told.join('\n'),
  ).toBeGreaterThan(0);
});

it('asks for nothing when the event of its own STORE is announced, and for all when another’s is', async () => {
  // An account of its own: sessions of other tests look too when theirs changes.
  await town.put('karim.haddad', 'INBOX', 'From: marie@example.org\nSubject: Un\n\nBonjour\n');
  const [one, other] = [await town.client('karim.haddad'), await town.client('karim.haddad')];
  for (const client of [one, other]) await client.run('SELECT INBOX');
  const heard: (OneMailbox | null)[] = [];
  const silence = town.core.events.subscribe(await town.viewer('karim.haddad'), (only) =>
    heard.push(only),
  );
  const since = vi.spyOn(town.core.mailboxes, 'since');
  for (const change of ['+', '-', '+']) {
    const before = heard.length;
    await one.run(`STORE 1 ${change}FLAGS (\\Answered)`);
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(before), { timeout: 5_000 });
    await one.run('FETCH 1 FLAGS');
  }
  expect(heard.at(-1)).toMatchObject({ modseq: expect.any(Number) as number });
  const looks = since.mock.calls.length;
  expect(await other.run('NOOP')).toEqual([
    expect.stringMatching(/^\* 1 FETCH .*\\Answered/),
    expect.stringMatching(/^OK/),
  ]);
  expect(since.mock.calls.length).toBeGreaterThan(looks);
  silence();
  since.mockRestore();
  expect(looks).toBe(0);
});

it('is not told by NOTIFY of messages that it puts somewhere itself, nor given a FETCH of those in what it has selected (RFC 5465 §5, §5.2)', async () => {
  const [one, other] = [await town.client('claire.lefevre'), await town.client('claire.lefevre')];
  const letter = '{15+}\r\nSubject: un\r\n\r\n';
  await one.run('CREATE Moi');
  await one.run('SELECT INBOX');
  await one.run(
    'NOTIFY SET (selected (MessageNew (UID) MessageExpunge)) (personal (MessageNew MessageExpunge FlagChange))',
  );
  expect(await one.run(`APPEND INBOX ${letter}`)).toEqual([
    expect.stringMatching(/^\* \d+ EXISTS$/),
    expect.stringMatching(/^OK/),
  ]);
  for (const command of [
    `APPEND Moi ${letter}`,
    'COPY 1 Moi',
    'MOVE 2 Moi',
    'CREATE Toi',
    `REPLACE 1 Toi ${letter}`,
  ])
    expect((await one.run(command)).at(-1), command).toMatch(/^OK/);
  expect(await one.response(150)).toBe('silence');
  for (const command of [
    'STORE 1:* +FLAGS.SILENT (\\Flagged)',
    'UNSELECT',
    'SETMETADATA Moi (/private/comment "a")',
  ])
    expect((await one.run(command)).at(-1), command).toMatch(/^OK/);
  expect(await one.response(150)).toBe('silence');
  await one.run('SELECT INBOX');
  await other.run(`APPEND Moi ${letter}`);
  expect(await one.response()).toMatch(/^\* STATUS Moi \(MESSAGES 4 UIDNEXT 5 /);
  await other.run(`APPEND INBOX ${letter}`);
  expect([await one.response(), await one.response()]).toEqual([
    expect.stringMatching(/^\* \d+ EXISTS$/),
    expect.stringMatching(/^\* \d+ FETCH \(UID \d+\)$/),
  ]);
});
