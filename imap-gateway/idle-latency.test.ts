/**
 * How soon a waiting client hears: from the return of the storing call, which is when SMTP says
 * 250, to EXISTS on its socket.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

const MESSAGES = 25;
let town: ImapTown;
beforeAll(async () => {
  town = await openImapTown();
});
afterAll(() => town.close());

it('EXISTS follows the 250, and every arrival is told to every session', async () => {
  const sessions = await Promise.all(
    [1, 2, 3].map(async () => {
      const client = await town.client('claire.lefevre');
      await client.run('SELECT INBOX');
      client.send('i IDLE\r\n');
      await client.response();
      return client;
    }),
  );
  const waits: number[] = [];
  for (let i = 0; i < MESSAGES; i += 1) {
    const outcome = await town.send(
      'mamadou.diallo',
      'claire.lefevre',
      `Subject: ${i}\n\nBonjour.\n`,
    );
    const said = performance.now();
    expect(outcome.kind).toBe('accepted');
    const heard = await Promise.all(sessions.map((session) => session.response()));
    waits.push(performance.now() - said);
    expect(new Set(heard).size).toBe(1);
    expect(heard[0]).toMatch(/^\* \d+ EXISTS$/);
  }
  waits.sort((a, b) => a - b);
  console.log(
    `EXISTS after the 250, 3 sessions: p50 ${waits[Math.floor(MESSAGES / 2)]?.toFixed(1)} ms, p95 ${waits[Math.floor(MESSAGES * 0.95)]?.toFixed(1)} ms`,
  );
});
