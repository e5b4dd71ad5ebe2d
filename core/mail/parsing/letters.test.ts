import { deepEqual } from 'node:assert/strict';
import { deserialize, serialize } from 'node:v8';
import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { decodedPart } from '../../letters/message/body.ts';
import { AT_ONCE_BYTES } from '../../letters/message/limits.ts';
import type { Part } from '../../letters/message/message.ts';
import { readMessage } from '../../letters/message/parse.ts';
import { emptyEntries } from '../../letters/message/testing/documents.ts';
import { mailWith } from '../../letters/message/testing/mail-with.ts';
import { readAtOnce, readLetter, takeInAtOnce, takeInSandbox } from './letters.ts';
import { receivedFrom } from './received.ts';
import type { MessageOrigin } from './take-in.ts';

const FROM_OUTSIDE: MessageOrigin = {
  kind: 'outside',
  receiving: {
    ourDomains: ['ours.test'],
    authServId: 'ours.test',
    trace: 'Received: from x by y; Mon, 7 Sep 2026 06:00:00 +0000\r\n',
  },
};
const HEAD = 'From: a@out.test\r\nSubject: =?utf-8?q?=C3=A9t=C3=A9?=\r\n';

const big = (line: string): Buffer =>
  Buffer.from(`${HEAD}\r\n${line.repeat(Math.ceil(AT_ONCE_BYTES / line.length) + 1)}`);

it('reads a small letter at once, and leaves a big one to the sandbox', async () => {
  const small = mailWith([]);
  expect(readAtOnce(small)).toEqual(readMessage(small));
  const raw = mailWith([{ bytes: Buffer.alloc(AT_ONCE_BYTES, 'ABC'), name: 'a.txt' }]);
  expect(readAtOnce(raw)).toBeNull();
  const read = await readLetter(raw);
  deepEqual(read, cloned(readMessage(raw)));
  const part = read.kind === 'read' ? read.message.structure.parts.at(-1) : undefined;
  expect(decodedPart(raw, part as Part).toString('latin1', 0, 6)).toBe('ABCABC');
});

it.each([
  ['an archive', async () => emptyEntries(50, { 'jeu.exe': 'x' }), 'a.zip'],
  ['a PDF', async () => Buffer.from('%PDF-1.7\n/URI (https://musee.example)'), 'a.pdf'],
  ['a file that may hold links', async () => Buffer.from('https://musee.example'), 'a.txt'],
])(
  'unpacks and searches nothing at once: a small letter with %s is read apart',
  async (_, make, name) => {
    const raw = mailWith([{ bytes: await make(), name }]);
    expect(raw.length).toBeLessThan(AT_ONCE_BYTES);
    expect(readAtOnce(raw)).toBeNull();
    deepEqual(await readLetter(raw), cloned(readMessage(raw)));
  },
);

it('refuses the same bytes in the sandbox as here', async () => {
  const raw = Buffer.concat([big('Ligne.\r\n'), Buffer.from('a\rb')]);
  expect(await readLetter(raw)).toEqual({ kind: 'refused', why: 'bare-cr' });
  expect(await takeInSandbox(asReceived(raw), FROM_OUTSIDE)).toEqual({
    kind: 'refused',
    why: 'bare-cr',
  });
});

it.each([
  ['as it came', big('Ligne.\r\n')],
  ['with its line ends made whole', big('Ligne.\n')],
  ['without a body', Buffer.from(`${HEAD}X: ${'x'.repeat(100)}\r\n`)],
])('takes a letter in apart as it does here, its body %s', async (_, received) => {
  const small = received.subarray(0, AT_ONCE_BYTES);
  deepEqual(
    await takeInSandbox(asReceived(small), FROM_OUTSIDE),
    withoutPieces(takeInAtOnce(small, FROM_OUTSIDE)),
  );
  const taken = await takeInSandbox(asReceived(received), FROM_OUTSIDE);
  if (taken.kind !== 'ready') throw new Error(taken.why);
  const [, body = ''] = received.toString('latin1').split(/\r\n\r\n/);
  const whole = taken.raw.toString('latin1');
  expect(whole.slice(whole.indexOf('\r\n\r\n') + 4)).toBe(body.replace(/\r?\n/g, '\r\n'));
});

const asReceived = (raw: Buffer) => receivedFrom([raw], raw.length);

function withoutPieces(taken: ReturnType<typeof takeInAtOnce>): unknown {
  if (taken?.kind !== 'ready') return taken;
  const { kind, raw, read } = taken;
  return cloned({ kind, raw, read });
}

/** As it is once it has come from another process. */
const cloned = (value: unknown): unknown => deserialize(serialize(value));

it('leaves the event loop alone while it reads 25 MB', SOAKED, async () => {
  const raw = Buffer.from(`${HEAD}\r\n${'Bonjour à tous\n'.repeat(1_600_000)}`);
  const held: number[] = [];
  for (let i = 0; i < 3; i++)
    held.push(await longestHold(() => takeInSandbox(asReceived(raw), FROM_OUTSIDE)));
  console.log(`${raw.length} bytes: event loop held ${held.map(Math.round).join(', ')} ms`);
  expect(Math.min(...held)).toBeLessThan(200);
});

/** Processor time between two turns of the event loop: on the clock a busy machine adds its own. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    longest = Math.max(longest, (user + system) / 1_000);
    last = process.cpuUsage();
  }, 1);
  await work();
  clearInterval(timer);
  return longest;
}
