import type { Socket } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testClamd } from '../../../tests/shared/fresh-database.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { PIECE_BYTES, piecesOf, type Pieces } from '../../ground/pieces.ts';
import { openScanner, type ScanFor, type Scanner } from './clamd.ts';
import { FILE_BYTES } from './limits.ts';
import { brokenClamd } from './testing/broken-clamd.ts';
import { EICAR } from './testing/letters.ts';
import { zip } from './testing/zip.ts';

const INFECTED = { kind: 'infected', signature: 'Eicar-Test-Signature' };
const MAX_BYTES = 26_214_400;
const STRANGER: ScanFor = { kind: 'peer', ip: '192.0.2.1' };

let scanner: Scanner;
beforeAll(async () => {
  scanner = await openScanner({ address: testClamd(), timeoutMs: 10_000, maxBytes: MAX_BYTES });
});
afterAll(() => scanner.close());

function mail(headers: readonly string[], body: string): Buffer {
  return Buffer.from(
    [
      'From: a@ecoles.preau.test',
      'Subject: essai',
      'MIME-Version: 1.0',
      ...headers,
      '',
      body,
      '',
    ].join('\r\n'),
  );
}

function withFile(type: string, bytes: Buffer): Buffer {
  const encoded = bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  const parts = [
    '--b',
    'Content-Type: text/plain',
    '',
    'Bonjour',
    '--b',
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: base64',
    '',
    encoded,
    '--b--',
  ];
  return mail(['Content-Type: multipart/mixed; boundary=b'], parts.join('\r\n'));
}

const attached = (bytes: Buffer): Buffer => withFile('application/octet-stream; name=f.bin', bytes);

function nested(depth: number): Buffer {
  return Array.from({ length: depth }).reduce<Buffer>(
    (inner, _unused, level) => zip(`${level}.zip`, inner),
    EICAR,
  );
}

const asQuotedPrintable = (bytes: Buffer) =>
  bytes
    .toString()
    .replace(
      /[^A-Za-z0-9]/g,
      (sign) => `=${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );

describe('a real clamd', () => {
  it.each<{ when: string; message: Buffer; then: object }>([
    { when: 'an ordinary message', message: mail([], 'Bonjour'), then: { kind: 'clean' } },
    { when: 'an empty message', message: Buffer.alloc(0), then: { kind: 'clean' } },
    { when: 'the EICAR file itself', message: EICAR, then: INFECTED },
    { when: 'in base64', message: attached(EICAR), then: INFECTED },
    {
      when: 'in quoted-printable',
      message: mail(
        [
          'Content-Type: application/octet-stream; name=f',
          'Content-Transfer-Encoding: quoted-printable',
        ],
        asQuotedPrintable(EICAR),
      ),
      then: INFECTED,
    },
    { when: 'in a zip', message: attached(nested(1)), then: INFECTED },
    { when: 'in a zip in a zip', message: attached(nested(2)), then: INFECTED },
    {
      when: 'in a message within',
      message: mail(['Content-Type: message/rfc822'], attached(EICAR).toString()),
      then: INFECTED,
    },
    {
      when: 'a locked zip',
      message: attached(zip('secret.txt', Buffer.from('0123456789012345'), { locked: true })),
      then: { kind: 'unscannable', signature: 'Heuristics.Encrypted.Zip' },
    },
    {
      when: 'nested too deep',
      message: attached(nested(20)),
      then: {
        kind: 'unscannable',
        signature: expect.stringMatching(/^Heuristics\.Limits\.Exceeded\./),
      },
    },
    {
      when: 'longer than we take',
      message: Buffer.alloc(MAX_BYTES + 1, 97),
      then: {
        kind: 'unscannable',
        signature: expect.stringMatching(/^Heuristics\.Limits\.Exceeded\./),
      },
    },
  ])('$when: $then.kind', async ({ message, then }) => {
    expect(await scanner.scan(Readable.from([message], { objectMode: false }), STRANGER)).toEqual(
      then,
    );
  });

  it.each<{ how: string; message: Buffer }>([
    { how: 'in three zips, one in the other', message: attached(nested(3)) },
    { how: 'gzipped', message: attached(gzipSync(EICAR)) },
    {
      how: 'in a zip that calls itself a picture',
      message: withFile('image/jpeg; name=photo.jpg', nested(1)),
    },
    { how: 'as a text file', message: withFile('text/plain; name=lisez-moi.txt', EICAR) },
    {
      how: 'as formatted text',
      message: mail(
        ['Content-Type: text/html', 'Content-Transfer-Encoding: base64'],
        EICAR.toString('base64'),
      ),
    },
    {
      how: 'in a multipart that is left open',
      message: Buffer.from(attached(EICAR).toString().replace('--b--', '')),
    },
  ])('finds it $how', async ({ message }) => {
    expect(await scanner.scan(Readable.from([message], { objectMode: false }), STRANGER)).toEqual(
      INFECTED,
    );
  });

  it('a message that comes in pieces, late', async () => {
    const stream = new PassThrough();
    const result = scanner.scan(stream, STRANGER);
    for (const piece of [EICAR.subarray(0, 20), EICAR.subarray(20, 50), EICAR.subarray(50)]) {
      stream.write(piece);
      await sleep(5);
    }
    stream.end();
    expect(await result).toEqual(INFECTED);
  });

  it('answers each of many at once with its own', async () => {
    const results = await Promise.all(
      Array.from({ length: 200 }, (_unused, index) =>
        scanner.scan(
          Readable.from([index % 2 === 0 ? EICAR : mail([], `Bonjour ${index}`)], {
            objectMode: false,
          }),
          STRANGER,
        ),
      ),
    );
    expect(results.map((result) => result.kind)).toEqual(
      results.map((_unused, index) => (index % 2 === 0 ? 'infected' : 'clean')),
    );
  });

  it('says silent when the sender was cut', async () => {
    const stream = new PassThrough();
    const result = scanner.scan(stream, STRANGER);
    stream.write('From: a');
    stream.destroy(new Error('cut'));
    expect(await result).toEqual({ kind: 'silent', why: 'cut' });
  });

  it('is there to be asked', async () => expect(await scanner.ping()).toBe(true));
});

describe.each([
  { of: 'a letter', bytes: 5_000 },
  { of: 'a message that comes in several pieces', bytes: 200_000 },
])('a clamd that fails at $of', ({ bytes }) => {
  it.each<{ when: string; answer: Parameters<typeof brokenClamd>[0]; why: string }>([
    { when: 'is slow', answer: () => {}, why: 'slow' },
    { when: 'closes without a word', answer: (socket) => socket.end(), why: 'no-answer' },
    { when: 'cuts the connection', answer: (socket) => socket.resetAndDestroy(), why: 'down' },
    { when: 'answers nonsense', answer: (socket) => socket.end('bonjour\0'), why: 'no-answer' },
    {
      when: 'answers OK to something else',
      answer: (socket) => socket.end('OK\0'),
      why: 'no-answer',
    },
    {
      when: 'says ERROR',
      answer: (socket) => socket.end('INSTREAM size limit exceeded. ERROR\0'),
      why: 'no-answer',
    },
    {
      when: 'says ERROR in a session',
      answer: (socket) => socket.end('1: INSTREAM size limit exceeded. ERROR\0'),
      why: 'no-answer',
    },
  ])('$when: silent, $why', async ({ answer, why }) => {
    const broken = await brokenClamd(answer);
    const asking = await openScanner({
      address: broken.address,
      // A busy machine isn't a slow scanner.
      timeoutMs: why === 'slow' ? 300 : 20_000,
      maxBytes: MAX_BYTES,
    });
    const stream = new PassThrough();
    const result = asking.scan(stream, STRANGER);
    stream.end(mail([], 'x'.repeat(bytes)));
    expect(await result).toEqual({ kind: 'silent', why });
    await sleep(20);
    expect(broken.open()).toBe(0);
    await broken.close();
  });
});

describe('a clamd that is away', () => {
  it('is down: silent, and recovers by itself', async () => {
    const first = await brokenClamd((socket) => socket.end('stream: OK\0'));
    await first.close();
    const asking = await openScanner({
      address: first.address,
      timeoutMs: 300,
      maxBytes: MAX_BYTES,
    });
    const scan = () =>
      asking.scan(Readable.from([mail([], 'Bonjour')], { objectMode: false }), STRANGER);
    expect(await scan()).toEqual({ kind: 'silent', why: 'down' });
    expect(await asking.ping()).toBe(false);
    const { createServer } = await import('node:net');
    const again = createServer((socket) => {
      socket.on('data', () => socket.end('1: stream: OK\0'));
    });
    await new Promise<void>((resolve) => {
      again.listen(Number(new URL(first.address).port), '127.0.0.1', resolve);
    });
    expect(await scan()).toEqual({ kind: 'clean' });
    again.close();
  });

  it('lets what feeds the scan go on to its end', async () => {
    const broken = await brokenClamd(() => {});
    const asking = await openScanner({
      address: 'unix:/nowhere/clamd.sock',
      timeoutMs: 300,
      maxBytes: MAX_BYTES,
    });
    const stream = new PassThrough();
    const result = asking.scan(stream, STRANGER);
    for (let written = 0; written < 4_000_000; written += 100_000)
      if (!stream.write(Buffer.alloc(100_000, 97)))
        await new Promise((resolve) => stream.once('drain', resolve));
    stream.end();
    expect(await result).toEqual({ kind: 'silent', why: 'down' });
    await broken.close();
  });
});

describe('a session with clamd', () => {
  const clean = { kind: 'clean' };
  it.each<{ when: string; second: (socket: Socket) => void; then: object; connections: number }>([
    {
      when: 'goes on',
      second: (socket) => socket.write('2: stream: OK\0'),
      then: clean,
      connections: 1,
    },
    {
      when: 'has ended before the second message',
      second: (socket) => socket.end(),
      then: clean,
      connections: 2,
    },
    {
      when: 'is cut at the second message',
      second: (socket) => socket.resetAndDestroy(),
      then: clean,
      connections: 2,
    },
    {
      when: 'is slow at the second message',
      second: () => {},
      then: { kind: 'silent', why: 'slow' },
      connections: 1,
    },
    {
      when: 'ends in the middle of an answer',
      second: (socket) => socket.end('2: str'),
      then: { kind: 'silent', why: 'no-answer' },
      connections: 1,
    },
    {
      when: 'answers for another message',
      second: (socket) => socket.write('1: stream: OK\0'),
      then: { kind: 'silent', why: 'no-answer' },
      connections: 1,
    },
    {
      when: 'says the same twice',
      second: (socket) => socket.write('2: stream: OK\x002: stream: OK\0'),
      then: { kind: 'silent', why: 'no-answer' },
      connections: 1,
    },
  ])(
    '$when: $then.kind over $connections, and the third is scanned',
    async ({ second, then, connections }) => {
      let hasFailed = false;
      const broken = await brokenClamd((socket, index) => {
        if (index !== 2 || hasFailed) return void socket.write(`${index}: stream: OK\0`);
        hasFailed = true;
        second(socket);
      });
      const asking = await openScanner({
        address: broken.address,
        timeoutMs: 300,
        maxBytes: MAX_BYTES,
      });
      const scan = () =>
        asking.scan(Readable.from([mail([], 'Bonjour')], { objectMode: false }), STRANGER);
      expect(await scan()).toEqual(clean);
      expect(await scan()).toEqual(then);
      expect(broken.opened()).toBe(connections);
      expect(await scan()).toEqual(clean);
      asking.close();
      await sleep(20);
      expect(broken.open()).toBe(0);
      await broken.close();
    },
  );

  it('ends by itself when nothing comes', async () => {
    const broken = await brokenClamd((socket, index) => socket.write(`${index}: stream: OK\0`));
    const asking = await openScanner({
      address: broken.address,
      timeoutMs: 500,
      maxBytes: MAX_BYTES,
    });
    expect(
      await asking.scan(Readable.from([mail([], 'Bonjour')], { objectMode: false }), STRANGER),
    ).toEqual(clean);
    expect(broken.open()).toBe(1);
    await expect.poll(() => broken.open(), { timeout: 5_000 }).toBe(0);
    await broken.close();
  });
});

describe('a file that lies somewhere', () => {
  const OWN: ScanFor = { kind: 'own', school: 1 as SchoolId, account: 2 as AccountId };
  const largeWith = (end: Buffer): Buffer =>
    Buffer.concat([Buffer.alloc(3 * PIECE_BYTES, 'Le chat dort. '), end]);

  it('is read as clamd takes it, and judged as a whole', async () => {
    expect(await scanner.scanFile(piecesOf(largeWith(Buffer.alloc(0))), OWN)).toEqual({
      kind: 'clean',
    });
    const parts = [zip('eicar.com', EICAR)];
    expect(await scanner.scanFile(piecesOf(Buffer.concat(parts)), OWN)).toEqual(INFECTED);
    const beyond = { ...piecesOf(Buffer.from('a')), sizeBytes: FILE_BYTES + 1 };
    expect(await scanner.scanFile(beyond, OWN)).toMatchObject({ kind: 'unscannable' });
  });

  it('is read by one at a time, whoever brings files', async () => {
    const read: string[] = [];
    const file = (name: string): Pieces => ({
      sizeBytes: 2 * PIECE_BYTES,
      async *read() {
        read.push(`${name} begins`);
        for (let n = 0; n < 2; n += 1) {
          await sleep(5);
          yield Buffer.alloc(PIECE_BYTES, 'a');
        }
        read.push(`${name} ends`);
      },
    });
    const other: ScanFor = { ...OWN, account: 3 as AccountId };
    const both = [scanner.scanFile(file('one'), OWN), scanner.scanFile(file('two'), other)];
    expect(await Promise.all(both)).toEqual([{ kind: 'clean' }, { kind: 'clean' }]);
    expect(read).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  it.each<{ when: string; answer: Parameters<typeof brokenClamd>[1]; file: Pieces; why: string }>([
    {
      when: 'clamd says OK before it has everything',
      answer: (socket) => socket.write('1: stream: OK\0'),
      file: {
        sizeBytes: 200,
        async *read() {
          yield Buffer.alloc(100, 'a');
          await sleep(100);
          yield Buffer.alloc(100, 'a');
        },
      },
      why: 'no-answer',
    },
    {
      when: 'clamd goes in the middle',
      answer: (socket) => socket.destroy(),
      file: piecesOf(Buffer.alloc(20 * PIECE_BYTES, 'a')),
      why: 'no-answer',
    },
    {
      when: 'a piece of it is gone',
      answer: () => {},
      file: {
        sizeBytes: 2,
        async *read() {
          yield Buffer.from('a');
          throw new Error('gone');
        },
      },
      why: 'no-answer',
    },
  ])('is not scanned where $when', async ({ answer, file, why }) => {
    const broken = await brokenClamd(() => {}, answer);
    const asking = await openScanner({
      address: broken.address,
      timeoutMs: 5_000,
      maxBytes: MAX_BYTES,
    });
    const said = await asking.scanFile(file, OWN);
    expect(said.kind).toBe('silent');
    expect([why, 'down']).toContain(said.kind === 'silent' ? said.why : '');
    asking.close();
    await broken.close();
  });
});
