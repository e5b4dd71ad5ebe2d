/**
 * What a mail program hears of a large letter whose bytes lie elsewhere, while the store there is
 * away: NO, and all that isn't there all the same.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../cli/demo/seed.ts';
import { s3Server } from '../core/store/bodies/testing/s3-server.ts';
import { openTestTown } from '../tests/shared/town.ts';
import { startImap } from './server.ts';
import { dialImap, type ImapClient } from './testing/imap-client.ts';

const NO = /^NO \[UNAVAILABLE\] Un ancien grand message ne peut pas s'ouvrir en ce moment/;
const TWO_HOURS_MS = 7_200_000;
const LONG = 'le grand plan de la kermesse\r\n'.repeat(4_000);

const s3 = await s3Server();
const PREAU_DATA = mkdtempSync(join(tmpdir(), 'preau-large-away-'));
writeFileSync(join(PREAU_DATA, 'bodies.key'), `${'ACDEFHJKMNPQRTU-'.repeat(4)}\n`);
const ports = { PREAU_IMAP_PORT: '0', PREAU_IMAPS_PORT: '0', PREAU_INSECURE_LOOPBACK: '1' };
const town = await openTestTown({ env: { ...ports, PREAU_DATA, PREAU_BODIES: s3.address } });
const imap = await startImap(town.core, {});
let client: ImapClient;
beforeAll(async () => {
  for (const [subject, text] of [
    ['Petit', 'Un mot.'],
    ['Grand', LONG],
    ['Autre petit', 'Un mot.'],
  ] as const)
    await town.send('claire.lefevre', ['karim.haddad'], { subject, text });
  await town.admin.query('update message set received_at = $1', [town.clock.now]);
  town.clock.now = new Date(town.clock.now.getTime() + TWO_HOURS_MS);
  const moved = await town.core.bodies.move(new AbortController().signal);
  expect(moved).toMatchObject({ moved: 1, failed: 0 });
  client = await dialImap(imap.ports.imap);
  await client.response();
  const answer = await client.run(`LOGIN ${town.address('karim.haddad')} ${DEMO_PASSWORD}`);
  expect(answer.at(-1)).toMatch(/^OK/);
  await client.run('SELECT INBOX');
});
beforeEach(() => {
  s3.mood = 'away';
});
afterAll(async () => {
  client.cut();
  await imap.close();
  await town.close();
  s3.close();
});

it('FETCH gives all other letters, and then says NO', async () => {
  const answer = await client.run('FETCH 1:3 BODY.PEEK[]');
  expect(answer.at(-1)).toMatch(NO);
  expect(answer.filter((line) => /^\* \d FETCH/.test(line)).map((line) => line[2])).toEqual([
    '1',
    '3',
  ]);
});

it('lists, heads and structures ask the store for nothing', async () => {
  const asked = s3.asked.length;
  const answer = await client.run('FETCH 1:3 (FLAGS ENVELOPE BODYSTRUCTURE RFC822.SIZE)');
  expect(answer.at(-1)).toMatch(/^OK/);
  expect(answer.join('\n')).toContain('"Grand"');
  expect((await client.run('SEARCH SUBJECT Grand')).join()).toContain('SEARCH 2');
  expect(s3.asked.length).toBe(asked);
});

it.each(['BODY kermesse', 'TEXT kermesse', 'NOT BODY kermesse'])(
  'SEARCH %s says NO rather than that there is none',
  async (wish) => {
    expect((await client.run(`SEARCH ${wish}`)).at(-1)).toMatch(NO);
  },
);

it('and the line goes on: once the store is well, all of it is answered', async () => {
  s3.mood = 'well';
  expect((await client.run('SEARCH BODY kermesse')).join()).toContain('SEARCH 2');
  const answer = await client.run('FETCH 2 BODY.PEEK[]');
  expect(answer.at(-1)).toMatch(/^OK/);
  expect(answer.join('\n')).toContain('kermesse');
});
