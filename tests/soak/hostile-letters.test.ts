/**
 * Letters that once stopped the post, against the running whole: how long everybody else waits
 * beside each, and beside two hundred of them at once from five networks.
 */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWhole, type Whole } from '../e2e/whole.ts';
import { hostileLetters } from './hostile-letters.ts';
import {
  MOST_MORE_MIB,
  MOST_WAIT_MS,
  servingPids,
  startProbe,
  watchMemory,
} from './service-watch.ts';

const TRIES = 200;
/** An ordinary letter's 99th percentile beside the crowd. */
const MOST_P99_MS = 2_000;
const CROWD = 200;
/** Larger ones are held, however they are made, by what a network may have in flight. */
const CROWD_BYTES = 5_000_000;
const NETWORKS = 5;
/** Of the large ones fewer are tried: each is read for some tenths of a second. */
const LARGE_BYTES = 500_000;
const LARGE_TRIES = 20;

let whole: Whole;
beforeAll(async () => {
  whole = await startWhole();
}, 240_000);
afterAll(() => whole.stop());

describe('letters that once stopped the post', { shuffle: false }, () => {
  it.each(hostileLetters())(
    'nobody else waits beside $title',
    { timeout: 600_000 },
    async ({ title, raw }) => {
      const tries = raw.length > LARGE_BYTES ? LARGE_TRIES : TRIES;
      const probe = startProbe(whole.base);
      const codes = new Map<number, number>();
      for (let i = 0; i < tries; i++) {
        const code = await sendLetter(whole, raw, '127.0.0.1');
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
      const { highestMs, count } = await probe.stop();
      const answers = [...codes].map(([code, times]) => `${times} x ${code}`).join(', ');
      console.log(
        `${title}: ${raw.length} bytes, ${answers}; others waited ${highestMs.toFixed(0)} ms at most of ${count}`,
      );
      expect([...codes.keys()].filter((code) => code >= 400 && code < 500)).toEqual([]);
      expect(highestMs).toBeLessThan(MOST_WAIT_MS);
    },
  );

  it(
    'two hundred at once from five networks: ordinary mail goes on, memory stays',
    { timeout: 900_000 },
    async () => {
      const letters = hostileLetters().filter(({ raw }) => raw.length < CROWD_BYTES);
      const memory = watchMemory(whole);
      const pids = servingPids(whole);
      const probe = startProbe(whole.base);
      const crowd = Promise.all(
        Array.from({ length: CROWD }, (_, i) =>
          sendLetter(
            whole,
            letters[i % letters.length]?.raw ?? Buffer.alloc(0),
            `127.${(i % NETWORKS) + 1}.0.1`,
          ).catch(() => 0),
        ),
      );
      const ordinary: number[] = [];
      let isOver = false;
      void crowd.then(() => (isOver = true));
      while (!isOver || ordinary.length < 100) {
        const begun = performance.now();
        expect(await sendLetter(whole, ORDINARY, '127.9.0.1')).toBe(250);
        ordinary.push(performance.now() - begun);
      }
      const moreMib = memory.stop();
      const { highestMs } = await probe.stop();
      const p99 = ordinary.toSorted((a, b) => a - b)[Math.floor(ordinary.length * 0.99)] ?? 0;
      const codes = (await crowd).map(String);
      const counts = [...new Set(codes)].map(
        (code) => `${codes.filter((c) => c === code).length} x ${code}`,
      );
      console.log(
        [
          `${CROWD} at once: ${counts.join(', ')}`,
          `ordinary p99 ${p99.toFixed(0)} ms of ${ordinary.length}`,
          `pages ${highestMs.toFixed(0)} ms at most, memory + ${moreMib.toFixed(0)} MiB`,
        ].join('; '),
      );
      expect(p99).toBeLessThan(MOST_P99_MS);
      expect(moreMib).toBeLessThan(MOST_MORE_MIB);
      expect(servingPids(whole)).toEqual(pids);
    },
  );
});

const ORDINARY = Buffer.from(
  'From: Guide <guide@ext.test>\r\nSubject: visite\r\n\r\nBonjour, à mardi.\r\n',
);

/** The reply to the letter, or to the first command that was refused. */
async function sendLetter({ ports, address }: Whole, raw: Buffer, from: string): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port: ports.mx, localAddress: from });
  const replies = repliesOf(socket);
  try {
    const to = address('claire.lefevre');
    for (const line of [null, 'EHLO ext.test', 'MAIL FROM:<guide@ext.test>', `RCPT TO:<${to}>`]) {
      if (line !== null) socket.write(`${line}\r\n`);
      const code = await replies();
      if (code >= 400) return code;
    }
    socket.write('DATA\r\n');
    await replies();
    socket.write(stuffed(raw));
    socket.write(raw.subarray(-2).equals(CRLF) ? '.\r\n' : '\r\n.\r\n');
    return await replies();
  } finally {
    socket.destroy();
  }
}

const CRLF = Buffer.from('\r\n');

/** RFC 5321 §4.5.2. */
const stuffed = (raw: Buffer): Buffer =>
  raw.includes('\r\n.')
    ? Buffer.from(raw.toString('latin1').replaceAll('\r\n.', '\r\n..'), 'latin1')
    : raw;

function repliesOf(socket: Socket): () => Promise<number> {
  let text = '';
  let error: Error | null = null;
  let wake: (() => void) | null = null;
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    wake?.();
  });
  socket.on('error', (wrong) => {
    error = wrong;
    wake?.();
  });
  socket.on('close', () => {
    error ??= new Error('the line was closed');
    wake?.();
  });
  return async () => {
    for (;;) {
      const last = /^(\d{3}) [^\n]*\n/m.exec(text);
      if (last) {
        text = text.slice(last.index + last[0].length);
        return Number(last[1]);
      }
      if (error) throw error;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
}
