/** What a mail program asks to be told of its letter (DSN, RFC 3461), from the wire to the rows. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openTestTown, type SmtpTestTown } from './testing/test-town.ts';
import { hangUp, ready } from './testing/wire-client.ts';

let town: SmtpTestTown;
let admin: pg.Client;
beforeAll(async () => {
  town = await openTestTown();
  admin = new pg.Client({ connectionString: town.adminUrl });
  await admin.connect();
});
afterEach(hangUp);
afterAll(async () => {
  await admin.end();
  await town.close();
});

it('is told at once of who is here and has it, and kept for what leaves', async () => {
  const claire = town.address('claire.lefevre');
  const client = await ready(town.smtp.ports.submissions, {
    tls: 'implicit',
    as: { login: claire, password: town.password },
  });
  const before = await town.inboxOf('claire.lefevre');
  for (const line of [
    `MAIL FROM:<${claire}> RET=FULL ENVID=QQ+2B1`,
    `RCPT TO:<${town.address('karim.haddad')}> NOTIFY=SUCCESS ORCPT=rfc822;Karim@here`,
    'RCPT TO:<lucie@musee.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;Lucie+2Bx@musee.example',
    'RCPT TO:<paul@musee.example>',
  ])
    expect(await client.say(line)).toMatch(/^250/);
  await client.say('DATA');
  expect(await client.say(`From: ${claire}\r\nSubject: visite\r\n\r\nBonjour\r\n.`)).toMatch(
    /^250/,
  );
  const { rows } = await admin.query(
    'select recipient, ret, envid, notify, orcpt from outbox order by recipient desc limit 2',
  );
  const message = { ret: 'FULL', envid: 'QQ+1' };
  expect(rows).toEqual([
    { ...message, recipient: 'paul@musee.example', notify: null, orcpt: null },
    {
      ...message,
      recipient: 'lucie@musee.example',
      notify: ['SUCCESS', 'DELAY'],
      orcpt: 'rfc822;Lucie+x@musee.example',
    },
  ]);
  expect(await town.inboxOf('claire.lefevre')).toBe(before + 1);
  const [word] = await town.rowsOf('claire.lefevre');
  expect(word?.subject).toBe('Votre message est arrivé');
});

it('strangers are told nothing, and may not ask', async () => {
  const client = await ready(town.smtp.ports.mx);
  expect(await client.say('EHLO x')).not.toContain('DSN');
  expect(await client.say('MAIL FROM:<marie@example.org> RET=HDRS')).toMatch(/^555 /);
});
