/** What one session changes itself, and what others changed in the same moment. */
import { afterAll, beforeAll, expect, it } from 'vitest';
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
  const told = [...await other.run(does), ...await other.run('NOOP')];
  expect(told.filter((line) => /^\* 1 FETCH .*FLAGS \(.*\\Flagged/.test(line)).length, told.join('\n')).toBeGreaterThan(0);
});
