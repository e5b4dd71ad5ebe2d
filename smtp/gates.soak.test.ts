/**
 * What greylisting, postscreen and a DNS list would cost honest writers, and whom they would stop
 * that our own receiving doesn't: measured, printed as a table, and held to what decision 76 says
 * of it. Postfix asks again after five minutes by default, and postgrey sends away for as long:
 * all such times are a twentieth here, and are printed as they would be.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextTry, SCHEDULE } from '../core/town/jobs/schedule.ts';
import { cpuMs } from '../tests/bench/processes.ts';
import { hasPostfix, startPostfix, type Postfix } from '../tests/shared/postfix.ts';
import { hasRspamd } from '../tests/shared/rspamd.ts';
import { hasSigningDns } from '../tests/shared/signed-zone.ts';
import { openByMx } from './outside/by-mx.ts';
import { bring, LISTED, mannersOf, THEIRS } from './testing/dishonest.ts';
import {
  domainOf,
  GATES,
  hasPostgrey,
  LIST,
  startGate,
  type TestGate,
  type GateName,
} from './testing/gates.ts';
import { openKnownTown, type KnownSmtpTown } from './testing/known-town.ts';

const CLAIRE = 'claire.lefevre@ecoles.villeneuve.fr';
const HUGUES = 'hugues.armand@ecoles.villeneuve.fr';
const MANNERS = mannersOf('ecoles.villeneuve.fr', HUGUES);
/** By how much retries and greylisting are faster here than by default. */
const FASTER = 20;
const DEFAULT_S = { greylist: 300, soonest: 300, latest: 4_000 } as const;
/** postscreen's wait, which isn't shortened. */
const WAIT_MS = 6_000;
/** What takes longer was sent away and came again, and not only slow. */
const RETRIED_MS = 4_000;
/** Connections of which processor time is told; proc(5) counts hundredths of a second. */
const CONNECTIONS = 200;
const AT_ONCE = 50;
const ARRIVED = { timeout: 150_000, interval: 50 };
const addressOf = (net: number, index: number): string => `127.0.${net}.${index + 1}`;
const listed = MANNERS.findIndex(({ kind }) => kind === LISTED);

const ZONES = {
  [`${THEIRS}.`]: ['@ IN TXT "v=spf1 +all"', '@ IN MX 10 mail', 'mail IN A 127.0.0.1'],
  [`${LIST}.`]: [`${addressOf(66, listed).split('.').toReversed().join('.')} IN A 127.0.0.2`],
  ...Object.fromEntries(
    GATES.map((name) => [`${domainOf(name)}.`, ['@ IN MX 10 mx1', 'mx1 IN A 127.0.0.1']]),
  ),
};

const say = (figure: object): boolean => process.stdout.write(`${JSON.stringify(figure)}\n`);

describe.runIf(hasPostfix() && hasRspamd() && hasSigningDns() && hasPostgrey())('gates', () => {
  let town: KnownSmtpTown;
  let gates: readonly TestGate[];
  let peer: Postfix;

  beforeAll(async () => {
    town = await openKnownTown(ZONES);
    const { dns } = town;
    const greylistS = DEFAULT_S.greylist / FASTER;
    gates = await Promise.all(GATES.map((name) => startGate(name, { dns, greylistS })));
    peer = await startPostfix('127.0.0.1', {
      domain: 'peer.test',
      name: 'mx1.peer.test',
      pem: town.pem,
      routes: Object.fromEntries(gates.map(({ name, postfix }) => [domainOf(name), postfix.port])),
      // Ours comes from another address, so that no gate knows it by its neighbour.
      more: ['smtp_bind_address = 127.0.65.1'],
      retries: { soonestS: DEFAULT_S.soonest / FASTER, latestS: DEFAULT_S.latest / FASTER },
    });
  });
  afterAll(async () => {
    await Promise.all([peer.stop(), ...gates.map((gate) => gate.stop())]);
    await town.close();
  });

  const subjectOf = (letter: string): string => /^Subject: (.*)$/m.exec(letter)?.[1] ?? '';
  const arrivedAt = ({ postfix }: TestGate, subject: string): boolean =>
    postfix.letters().some((letter) => subjectOf(letter) === subject);

  /** Seconds until a letter has arrived, at the pace of real retries. */
  async function secondsTo(gate: TestGate, subject: string, send: () => Promise<void>) {
    const begun = performance.now();
    await send();
    await expect.poll(() => arrivedAt(gate, subject), ARRIVED).toBe(true);
    const tookMs = performance.now() - begun;
    const waitedMs = tookMs > WAIT_MS && gate.name !== 'greylist' ? WAIT_MS : 0;
    const retriedMs = tookMs - waitedMs;
    const isRetried = retriedMs > RETRIED_MS;
    return Math.round((waitedMs + retriedMs * (isRetried ? FASTER : 1)) / 100) / 10;
  }

  const letterOf = (from: string, to: string, subject: string): string =>
    `From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\n\r\nBonjour\r\n`;

  /** By our own relay and at the hours of our own schedule, a twentieth of each. */
  async function byOurs(gate: TestGate, from: string, subject: string): Promise<void> {
    const relay = openByMx({ ...town.world, port: gate.postfix.port });
    const recipient = `ours@${domainOf(gate.name)}`;
    const raw = Buffer.from(letterOf(from, recipient, subject));
    const createdAt = new Date();
    for (let attempt = 1; ; attempt += 1) {
      const { signal } = new AbortController();
      const { kind } = await relay.deliver({ sender: from, recipient }, raw, signal);
      if (kind === 'taken') break;
      const now = new Date();
      const next = nextTry(SCHEDULE, { attempt, createdAt, now, random: 0.5 });
      await sleep(((next?.getTime() ?? 0) - now.getTime()) / FASTER);
    }
    await relay.close();
  }

  it('make honest writers wait so long', { timeout: 600_000 }, async () => {
    const waits = new Map<GateName, Record<string, number>>();
    await Promise.all(
      gates.map(async (gate) => {
        const to = `lucie@${domainOf(gate.name)}`;
        const hand = (from: string, subject: string) =>
          secondsTo(gate, subject, () => peer.hand(from, to, letterOf(from, to, subject)));
        const ours = (from: string, subject: string) =>
          secondsTo(gate, subject, () => byOurs(gate, from, subject));
        const figure = {
          postfix_first_s: await hand('a@peer.test', 'first'),
          postfix_second_s: await hand('a@peer.test', 'second'),
          postfix_another_writer_s: await hand('b@peer.test', 'another'),
          ours_first_s: await ours('claire@ecoles.test', 'ours-first'),
          ours_second_s: await ours('claire@ecoles.test', 'ours-second'),
        };
        waits.set(gate.name, figure);
      }),
    );
    for (const name of GATES) say({ figure: 'gates: waits', gate: name, ...waits.get(name) });
    // postgrey counts whole seconds: the one that has begun is one too
    const shortest = DEFAULT_S.greylist - FASTER;
    expect(waits.get('greylist')?.['postfix_first_s']).toBeGreaterThan(shortest);
    expect(waits.get('list')?.['postfix_first_s']).toBeLessThan(10);
  });

  it('stop so many of those who are not', { timeout: 300_000 }, async () => {
    const marked = MANNERS.map((manner, index) => ({ manner, index, subject: `kind-${index}` }));
    const all = (port: number, to: string) =>
      Promise.all(
        marked.map(({ manner, index, subject }) =>
          bring(manner, { port, to, subject }, addressOf(66, index)),
        ),
      );
    await Promise.all([
      all(town.mxPort, CLAIRE),
      ...gates.map(({ name, postfix }) => all(postfix.port, `lucie@${domainOf(name)}`)),
    ]);
    await sleep(2_000);
    const rows = await Promise.all(
      marked.map(async ({ manner: { kind }, subject }) => ({
        kind,
        ours: await foundIn(subject),
        by: Object.fromEntries(gates.map((gate) => [gate.name, !arrivedAt(gate, subject)])),
      })),
    );
    for (const { kind, ours, by } of rows) say({ figure: 'gates: stops', kind, ours, ...by });
    for (const { name } of gates) {
      const stopped = rows.filter(({ by }) => by[name]);
      const more = stopped.filter(({ ours }) => ours === 'inbox');
      const counts = { of: rows.length, stopped: stopped.length, not_by_ours: more.length };
      say({ figure: 'gates: stops', gate: name, ...counts });
    }
    expect(rows.find(({ kind }) => kind === LISTED)?.by['list']).toBe(true);
    // What smtpd knows of HTTP can't be switched off.
    expect(rows.filter(({ by }) => by['none'])).toHaveLength(1);
  });

  /** Where a letter lies in the town; nowhere where it wasn't taken. */
  async function foundIn(subject: string): Promise<string> {
    const { rows } = await town.admin.query<{ use: string }>(
      `select mailbox.use from message
         join entry on entry.school_id = message.school_id and entry.message_id = message.id
         join mailbox on mailbox.school_id = entry.school_id and mailbox.id = entry.mailbox_id
        where message.subject = $1`,
      [subject],
    );
    return rows[0]?.use ?? 'nowhere';
  }

  it('take so much of a processor', { timeout: 300_000 }, async () => {
    const figures = await Promise.all(
      gates.map(async (gate) => {
        const first_ms = await processorMs(gate, 'new');
        await sleep((DEFAULT_S.greylist / FASTER) * 1_000);
        return { gate: gate.name, first_ms, known_ms: await processorMs(gate, 'known') };
      }),
    );
    for (const figure of figures) say({ figure: 'gates: processor a connection', ...figure });
    for (const { known_ms } of figures) expect(known_ms).toBeGreaterThan(0);
  });

  /** Of a gate and what is behind it, a connection that brings a letter as it should. */
  async function processorMs({ name, postfix, pids }: TestGate, round: string): Promise<number> {
    const before = cpuMs(pids);
    for (let from = 0; from < CONNECTIONS; from += AT_ONCE)
      await Promise.all(
        Array.from({ length: AT_ONCE }, (_one, index) =>
          bring(
            { kind: 'as it should', from: `i${from + index}@${THEIRS}` },
            { port: postfix.port, to: `lucie@${domainOf(name)}`, subject: `${round}-${index}` },
            addressOf(67, from + index),
          ),
        ),
      );
    return (cpuMs(pids) - before) / CONNECTIONS;
  }
});
