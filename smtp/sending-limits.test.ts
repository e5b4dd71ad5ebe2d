/** The hour's limits of one account, over several connections at once. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { SOAKED } from '../tests/shared/slice.ts';
import { openTestTown, type SmtpTestTown } from './testing/test-town.ts';
import { hangUp, ready, type WireClient } from './testing/wire-client.ts';

let town: SmtpTestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterEach(hangUp);
afterAll(() => town.close());

/** Signs in by a device's password, which costs no slow hash: only the sending is asked about. */
async function connectMany(local: string, count: number): Promise<WireClient[]> {
  const from = { ip: '192.0.2.1', way: 'web' } as const;
  const answer = await town.core.accounts.signIn(town.address(local), town.password, from);
  if (answer.kind !== 'welcome') throw new Error(answer.kind);
  const device = await town.core.appPasswords.make(answer.viewer, 'Banc');
  if (device.kind !== 'made') throw new Error(device.kind);
  const as = { login: town.address(local), password: device.text };
  return Promise.all(
    Array.from({ length: count }, () =>
      ready(town.smtp.ports.submissions, { tls: 'implicit', as }),
    ),
  );
}

const connect = async (local: string): Promise<WireClient> => {
  const [client] = await connectMany(local, 1);
  if (!client) throw new Error('no connection');
  return client;
};

async function send(client: WireClient, local: string, to: readonly string[]): Promise<string> {
  const from = town.address(local);
  let refusal: string | null = null;
  for (const line of [`MAIL FROM:<${from}>`, ...to.map((one) => `RCPT TO:<${one}>`)]) {
    const reply = await client.say(line);
    if (!reply.startsWith('250 ')) refusal ??= reply;
  }
  const begun = await client.say('DATA');
  if (!begun.startsWith('354 ')) return refusal ?? begun;
  return client.say(`From: ${from}\r\nSubject: x\r\n\r\nx\r\n.`);
}

it('of forty messages over twenty connections at once thirty are taken, and the others say why', async () => {
  const clients = await connectMany('lina.moreau', 20);
  const to = [town.address('zoe.lambert')];
  const replies = (
    await Promise.all(
      clients.map(async (client) => [
        await send(client, 'lina.moreau', to),
        await send(client, 'lina.moreau', to),
      ]),
    )
  ).flat();
  const taken = replies.filter((reply) => reply.startsWith('250 '));
  const refused = replies.filter((reply) => !reply.startsWith('250 '));
  process.stdout.write(
    `limits: 40 over 20 connections, ${taken.length} taken, ${refused.length} refused\n`,
  );
  expect([taken.length, refused.length]).toEqual([30, 10]);
  // Refused at DATA, or at RCPT already, after which there is nobody to send to.
  for (const reply of refused) expect(reply).toMatch(/^550 5\.7\.1 .*beaucoup de messages/);
  expect(await town.inboxOf('zoe.lambert')).toBeGreaterThanOrEqual(30);
}, 30_000);

it(
  '1,500 RCPT of one address on one message: 1,000 are taken, and it arrives once',
  SOAKED,
  async () => {
    const client = await connect('karim.haddad');
    const [from, to] = [town.address('karim.haddad'), town.address('mamadou.diallo')];
    const before = await town.inboxOf('mamadou.diallo');
    await client.say(`MAIL FROM:<${from}>`);
    client.send(`RCPT TO:<${to}>\r\n`.repeat(1_500));
    const replies: string[] = [];
    for (let each = 0; each < 1_500; each += 1) replies.push(await client.reply());
    expect(replies.filter((reply) => reply.startsWith('250 '))).toHaveLength(1_000);
    expect(replies.filter((reply) => reply.startsWith('452 4.5.3 '))).toHaveLength(500);
    await client.say('DATA');
    expect(await client.say(`From: ${from}\r\nSubject: x\r\n\r\nx\r\n.`)).toMatch(/^250 /);
    expect(await town.inboxOf('mamadou.diallo')).toBe(before + 1);
  },
);

it('one message to 450 outside is refused, its first 200 too', SOAKED, async () => {
  const client = await connect('claire.lefevre');
  const to = Array.from({ length: 450 }, (_, index) => `p${index}@dehors.example`);
  expect(await send(client, 'claire.lefevre', to)).toMatch(/^550[- ]5\.7\.1 /);
  expect(await send(client, 'claire.lefevre', to.slice(0, 200))).toMatch(/^250 /);
  expect(await send(client, 'claire.lefevre', to.slice(0, 1))).toMatch(/^550[- ]5\.7\.1 /);
});
