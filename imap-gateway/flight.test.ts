/** Messages that are being put in have room together, and no account has all of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ImapClient } from './testing/imap-client.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

let town: ImapTown;
beforeAll(async () => {
  town = await openImapTown({ limits: { bytesInFlight: 100_000, bytesInFlightEach: 60_000 } });
});
afterAll(() => town.close());

const letter = (bytes: number): string =>
  'From: x@ecoles.preau.test\r\nSubject: Essai\r\n\r\n'.padEnd(bytes, 'x');
const append = async (client: ImapClient, ...sizes: number[]): Promise<string> => {
  const messages = sizes.map((bytes) => ` {${bytes}+}\r\n${letter(bytes)}`);
  return (await client.run(`APPEND Archives${messages.join('')}`)).at(-1) ?? '';
};
const PUT_OFF = /^NO \[UNAVAILABLE\] Trop de messages arrivent en meme temps/;

it('bytes of messages that come in are counted over all sessions until they are kept', async () => {
  const [slow, same, other] = [
    await town.client('claire.lefevre'),
    await town.client('claire.lefevre'),
    await town.client('mamadou.diallo'),
  ];
  const [first, rest] = [letter(50_000), letter(10_000)];
  slow.send(`a APPEND Archives {${first.length}}\r\n`);
  expect(await slow.response()).toMatch(/^\+/);
  slow.send(`${first} {${rest.length}}\r\n`);
  // what is there already isn't forgotten while the client takes its time
  expect(await slow.response()).toMatch(/^\+/);
  expect(await append(same, 30_000)).toMatch(PUT_OFF);
  expect(await append(other, 51_000)).toMatch(PUT_OFF);
  expect(await append(other, 40_000)).toMatch(/^OK/);
  slow.send(`${rest}\r\n`);
  expect(await slow.response()).toMatch(/^a OK/);
  expect(await append(same, 30_000)).toMatch(/^OK/);
  expect(await append(other, 51_000)).toMatch(/^OK/);
});

it('what was put off, or never came whole, takes no room any more', async () => {
  const [client, gone] = [await town.client('claire.lefevre'), await town.client('claire.lefevre')];
  expect(await append(client, 40_000, 40_000)).toMatch(PUT_OFF);
  gone.send(`a APPEND Archives {50000+}\r\n${letter(40_000)}`);
  gone.cut();
  await expect.poll(() => append(client, 60_000)).toMatch(/^OK/);
});
