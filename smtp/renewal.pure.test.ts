import { rmSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import { afterAll, expect, it } from 'vitest';
import {
  certificateFiles,
  fingerprintOf,
  pairFor,
  shownBy,
} from '../core/town/certificate/testing/certificate-files.ts';
import { startSmtp } from './server.ts';
import { makeUpCore } from './testing/made-up-core.ts';
import { dial, hangUp, type WireClient } from './testing/wire-client.ts';

const [FIRST, SECOND] = [pairFor({ days: 30 }), pairFor({ days: 90 })];
const files = certificateFiles(FIRST);
const smtp = await startSmtp(makeUpCore(files.variables).core);
afterAll(async () => {
  hangUp();
  await smtp.close();
  rmSync(files.folder, { recursive: true });
});

const DOORS = ['mx', 'submission', 'submissions'] as const;

async function secured(door: (typeof DOORS)[number]): Promise<WireClient> {
  const client = await dial(smtp.ports[door], door === 'submissions' ? 'implicit' : 'plain');
  await client.reply();
  if (door === 'submissions') return client;
  await client.say('EHLO client.example');
  await client.say('STARTTLS');
  await client.startTls();
  return client;
}

const shownTo = (client: WireClient): string => shownBy(client.socket() as TLSSocket);

it('shows a renewed certificate on every port without a stop, and who is connected stays', async () => {
  const before = await Promise.all(DOORS.map(secured));
  expect(before.map(shownTo)).toEqual(DOORS.map(() => fingerprintOf(FIRST)));
  files.put(SECOND);
  await expect
    .poll(async () => Promise.all(DOORS.map(async (door) => shownTo(await secured(door)))), {
      timeout: 20_000,
    })
    .toEqual(DOORS.map(() => fingerprintOf(SECOND)));
  for (const client of before) expect(await client.say('EHLO client.example')).toMatch(/^250/);
});
