/**
 * Mail to outside while the very process that takes the letters, stores them and begins to send
 * them at once (decision 73) is killed. What was answered 250 comes once at least; more than once
 * only where the peer's answer was lost, which is counted (RFC 1047); what was refused never.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { run as runToEnd } from '../../cli/launcher/child.ts';
import { npmStart, type WholeRun } from '../e2e/whole.ts';
import { deliver, ready } from '../e2e/wire.ts';
import { freePorts, type Ports } from '../shared/free-port.ts';
import { seeded } from './random.ts';
import { openSink } from './sink.ts';
import { kill, readServices } from './victims.ts';

const SEED = randomInt(2 ** 31);
const KILLS = 10;
const FEWEST_ACKED = 1_000;
/** Each an account of its own: nobody may write outside more than 120 times an hour. */
const WRITERS = 60;
const MOST_OF_A_WRITER = 110;
/** How long it works before it is killed, in milliseconds. */
const PAUSE_MS = [500, 4_000] as const;
const RETRY_MS = 150;
const PATIENCE_MS = 240_000;
const PASSWORD = 'une-longue-phrase';
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LANG: 'C.UTF-8' };

/** What writers were told, by recipient; each letter has one of its own. */
type Told = Map<string, 'acked' | 'refused' | 'unknown'>;

/** Writes letter after letter until it is told to stop, on a new connection whenever one breaks. */
async function writeOn(
  ports: Ports,
  writer: number,
  { stop, told }: { readonly stop: AbortSignal; readonly told: Told },
): Promise<void> {
  const address = `u${writer}@ecoles.preau.test`;
  let written = 0;
  while (!stop.aborted && written < MOST_OF_A_WRITER) {
    const as = { address, password: PASSWORD };
    const wire = await ready(ports.submissions, as).catch(() => null);
    while (wire !== null && !stop.aborted && written < MOST_OF_A_WRITER) {
      written += 1;
      const to = `w${writer}-${written}@outside.example`;
      const raw = `From: ${address}\r\nTo: ${to}\r\nSubject: ${written}\r\n\r\nBonjour\r\n`;
      const reply = await deliver(wire, { from: address, to: [to] }, Buffer.from(raw));
      told.set(to, toldBy(reply));
      if (!reply.startsWith('250')) break;
    }
    wire?.cut();
    await sleep(RETRY_MS);
  }
}

function toldBy(reply: string): 'acked' | 'refused' | 'unknown' {
  if (reply.startsWith('250')) return 'acked';
  return /^\d/.test(reply) ? 'refused' : 'unknown';
}

const counted = (told: Told, what: 'acked' | 'refused' | 'unknown'): string[] =>
  [...told].filter(([, one]) => one === what).map(([to]) => to);

it(`kills of the process that stores and sends, seed ${SEED}`, { timeout: 900_000 }, async () => {
  const random = seeded(SEED);
  const sink = await openSink();
  const dataDir = mkdtempSync(join(tmpdir(), 'preau-outbound-'));
  const ports = await freePorts();
  const start = (): WholeRun => npmStart(dataDir, ports, { PREAU_SMARTHOST: sink.url });
  const installed = { services: () => readServices(dataDir), cluster: dataDir };
  const told: Told = new Map();
  const stop = new AbortController();
  let run = start();
  let writers: readonly Promise<void>[] = [];
  try {
    await run.ready();
    const bench = ['preau.ts', 'demo', '--bench', String(WRITERS), '--password', PASSWORD];
    const env = { ...ENVIRONMENT, PREAU_DATA: dataDir };
    expect(await runToEnd(process.execPath, bench, { env })).toMatchObject({ code: 0 });
    writers = Array.from({ length: WRITERS / 2 }, (_one, at) =>
      writeOn(ports, at + 1, { stop: stop.signal, told }),
    );
    for (let killed = 0; killed < KILLS; killed += 1) {
      await sleep(random.between(...PAUSE_MS));
      expect(await kill('our process', installed, random)).toBe(true);
      await run.ended;
      run = start();
      await run.ready();
    }
    const takenByThen = sink.receipts().size;
    await expect
      .poll(() => counted(told, 'acked').length, { timeout: PATIENCE_MS, interval: 500 })
      .toBeGreaterThanOrEqual(FEWEST_ACKED);
    stop.abort();
    await Promise.all(writers);
    const lost = (): string[] => counted(told, 'acked').filter((to) => !sink.receipts().has(to));
    await expect.poll(lost, { timeout: PATIENCE_MS, interval: 500 }).toEqual([]);
    const receipts = [...sink.receipts().values()];
    const figures = {
      kills: KILLS,
      acked: counted(told, 'acked').length,
      refused: counted(told, 'refused').length,
      unknown: counted(told, 'unknown').length,
      takenWhileKilled: takenByThen,
      lost: 0,
      takenTwice: receipts.reduce((sum, { times }) => sum + times - 1, 0),
    };
    process.stdout.write(`${JSON.stringify({ seed: SEED, ...figures })}\n`);
    expect(receipts.filter(({ afterSeen }) => afterSeen > 0)).toEqual([]);
    expect(counted(told, 'refused').filter((to) => sink.receipts().has(to))).toEqual([]);
  } finally {
    stop.abort();
    await Promise.all(writers);
    run.process.kill('SIGTERM');
    await run.ended;
    await sink.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
