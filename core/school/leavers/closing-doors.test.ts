import { expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../../cli/demo/seed.ts';
import { startImap } from '../../../imap-gateway/server.ts';
import { dialImap } from '../../../imap-gateway/testing/imap-client.ts';
import { startSmtp } from '../../../smtp/server.ts';
import { dial, hangUp } from '../../../smtp/testing/wire-client.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { SESSION_COOKIE } from '../../../webmail/http/guard.ts';
import { PAGES } from '../../../webmail/routes/routes.ts';
import { startWebmail } from '../../../webmail/server.ts';
import { ask } from '../../../webmail/testing/peer.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { schoolClosing } from './school-closing.ts';
import { NO_ERASURES } from './testing/no-erasures.ts';

const TILLEULS = 1 as SchoolId;
const ADDRESS = 'claire.lefevre@ecoles.preau.test';
const BEFORE = new Date('2026-12-31T22:59:59.999Z');
const MIDNIGHT = new Date('2026-12-31T23:00:00Z');
const SOON_MS = 20_000;
const PORTS = [
  'PREAU_IMAP_PORT',
  'PREAU_IMAPS_PORT',
  'PREAU_MX_PORT',
  'PREAU_SUBMISSION_PORT',
  'PREAU_SUBMISSIONS_PORT',
];

/** All doors of a town on one clock, each knocked at over its own wire. */
async function openDoors(town: TestTown) {
  const { core } = town;
  // one after another: the first makes the certificate
  const imap = await startImap(core, { limits: { welcomeMs: 50 } });
  const smtp = await startSmtp(core, { limits: { askAgainMs: 50 } });
  const web = await startWebmail(core, PAGES, { clock: () => town.clock.now });
  const login = `LOGIN ${ADDRESS} "${DEMO_PASSWORD}"`;
  const plain = Buffer.from(`\0${ADDRESS}\0${DEMO_PASSWORD}`).toString('base64');
  return {
    async imap() {
      const client = await dialImap(imap.ports.imap);
      await client.response();
      return { client, said: (await client.run(login)).at(-1) ?? '' };
    },
    async submission() {
      const client = await dial(smtp.ports.submission);
      await client.reply();
      await client.say('EHLO pc.example');
      return { client, said: await client.say(`AUTH PLAIN ${plain}`) };
    },
    async mx(to: string) {
      const client = await dial(smtp.ports.mx);
      await client.reply();
      await client.say('EHLO mx.exemple.fr');
      await client.say('MAIL FROM:<musee@exemple.fr>');
      return client.say(`RCPT TO:<${to}@ecoles.preau.test>`);
    },
    async page(cookie: string) {
      const heard = await ask(web.port, '/mail/inbox', { from: '127.0.0.1', headers: { cookie } });
      return heard.status;
    },
    async close() {
      hangUp();
      await Promise.all([imap.close(), smtp.close(), web.close()]);
    },
  };
}

it('at midnight all four doors are shut, and what is open on them ends when the worker rings', async () => {
  const env = Object.fromEntries(PORTS.map((port) => [port, '0']));
  const town = await openTestTown({ env: { ...env, PREAU_INSECURE_LOOPBACK: '1' } });
  const doors = await openDoors(town);
  const { core, clock, parts, store } = town;
  clock.now = BEFORE;
  await core.town.closeSchool('machine', TILLEULS, '2027-01-01');
  const cookie = `${SESSION_COOKIE}=${await town.enter(await town.viewer('claire.lefevre'))}`;
  const [reading, writing] = [await doors.imap(), await doors.submission()];
  expect(reading.said).toMatch(/^OK/);
  expect(writing.said).toMatch(/^235/);
  expect(await doors.mx('claire.lefevre')).toMatch(/^250/);
  expect(await doors.page(cookie)).toBe(200);

  clock.now = MIDNIGHT;
  expect((await doors.imap()).said).toMatch(/^NO/);
  expect((await doors.submission()).said).toMatch(/^535/);
  const unknown = await doors.mx('personne.inconnue');
  expect(unknown).toMatch(/^550-5\.1\.1/);
  for (const local of ['claire.lefevre', 'lina.moreau', 'direction.tilleuls', 'ce1-a.tilleuls'])
    expect(await doors.mx(local)).toBe(unknown);
  expect(await doors.page(cookie)).not.toBe(200);
  expect(await writing.client.say(`MAIL FROM:<${ADDRESS}>`)).toMatch(/^421/);

  await schoolClosing(
    {
      store,
      directory: parts.directory,
      log: parts.log,
      clock: () => clock.now,
      erasures: NO_ERASURES,
      announce: (school, accounts) => parts.mailEvents.announce(school, accounts),
    },
    TILLEULS,
  );
  expect(await reading.client.response(SOON_MS)).toMatch(/^\* BYE/);
  await doors.close();
  await town.close();
});
