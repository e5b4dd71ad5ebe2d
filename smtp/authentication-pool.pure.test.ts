import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { expect, it } from 'vitest';
import { SOAKED } from '../tests/shared/slice.ts';
import { TooLate } from './authentication-pool.ts';
import { authenticateSender, type DNSResolver } from './sender-authentication.ts';
import { MAX_SIGNATURE_BYTES, MAX_SIGNATURES, withFewSignatures } from './signature-limit.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const SIGNER = {
  signingDomain: 'strict.example',
  selector: 's1',
  privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
};
const TXT: Readonly<Record<string, string>> = {
  '_dmarc.strict.example': 'v=DMARC1; p=reject',
  's1._domainkey.strict.example': `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
};
const dns: DNSResolver = (name, type) => {
  const text = type === 'TXT' ? TXT[name] : undefined;
  return text === undefined
    ? Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }))
    : Promise.resolve([[text]]);
};
/** On the thread itself each of these messages is a second or more. */
const MOST_PAUSE_MS = 500;
/** Of the processor, for signatures that are as long as any may be. */
const MOST_MS = 150;
const LINE = `${'mot '.repeat(15)}\r\n`;

const peer = (ip: string) => ({ ip, helo: 'mail.example', sender: 'a@lists.example' });
const message = (bytes: number): string =>
  `From: a@strict.example\r\nSubject: x\r\n\r\n${LINE.repeat(Math.ceil(bytes / LINE.length))}`;

/** Signatures that each ask for a hash of their own over the whole body. */
function forged(count: number): string {
  const one = (at: number): string =>
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=evil.example; s=s${at};\r\n\tl=${1_000_000 + at}; h=from; bh=AAAA; b=AAAA\r\n`;
  return Array.from({ length: count }, (_unused, at) => one(at)).join('');
}

/** The longest that the event loop of this thread was kept from answering while `work` went on. */
async function longestPause(work: Promise<unknown>): Promise<number> {
  let last = performance.now();
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, performance.now() - last);
    last = performance.now();
  }, 5);
  await work.catch(() => undefined);
  clearInterval(timer);
  return Math.max(most, performance.now() - last);
}

it('a big message is checked beside everybody else, and its signature passes as that of a small one', async () => {
  for (const bytes of [1_000, 3_000_000]) {
    const raw = message(bytes);
    const { signatures } = await dkimSign(raw, { ...SIGNER, signatureData: [SIGNER] });
    const asked = authenticateSender(Buffer.from(signatures + raw), peer('192.0.2.1'), {
      host: 'mx.example',
      resolver: dns,
      deadlineMs: 20_000,
      arcSealers: [],
    });
    const pause = await longestPause(asked);
    expect((await asked).authentication).toBe('pass');
    expect((await asked).headers).toContain('dkim=pass');
    expect(pause).toBeLessThan(MOST_PAUSE_MS);
  }
});

it(
  'a hundred signatures over megabytes, from one network, keep neither the loop nor another network waiting',
  SOAKED,
  async () => {
    const raw = Buffer.from(forged(100) + message(3_000_000));
    const ask = (ip: string, what: Buffer) =>
      authenticateSender(what, peer(ip), {
        host: 'mx.example',
        resolver: dns,
        deadlineMs: 20_000,
        arcSealers: [],
      });
    const flood = ['203.0.113.1', '203.0.113.2', '203.0.113.3'].map((ip) => ask(ip, raw));
    let floodIsOver = false;
    void Promise.all(flood).then(() => {
      floodIsOver = true;
    });
    const pause = await longestPause(ask('192.0.2.1', Buffer.from(message(100_000))));
    expect(floodIsOver).toBe(false);
    expect(pause).toBeLessThan(MOST_PAUSE_MS);
    expect((await Promise.all(flood)).map(({ authentication }) => authentication)).toEqual([
      'fail',
      'fail',
      'fail',
    ]);
  },
);

it('what takes too long is ended, and the next is checked', async () => {
  const raw = Buffer.from(forged(MAX_SIGNATURES) + message(3_000_000));
  await expect(
    authenticateSender(raw, peer('192.0.2.1'), {
      host: 'mx.example',
      resolver: dns,
      deadlineMs: 50,
      arcSealers: [],
    }),
  ).rejects.toThrow(TooLate);
  const next = Buffer.from(message(100_000));
  expect(
    (
      await authenticateSender(next, peer('192.0.2.1'), {
        host: 'mx.example',
        resolver: dns,
        deadlineMs: 20_000,
        arcSealers: [],
      })
    ).authentication,
  ).toBe('fail');
});

it('of too many signatures those on top are kept, of few all, and nothing else is touched', () => {
  const few = Buffer.from(forged(MAX_SIGNATURES) + message(100));
  expect(withFewSignatures(few)).toBe(few);
  const many = withFewSignatures(
    Buffer.from(`Received: x\r\n${forged(MAX_SIGNATURES + 3)}${message(100)}`),
  );
  expect(many.toString()).toBe(`Received: x\r\n${forged(MAX_SIGNATURES)}${message(100)}`);
  const inBody = Buffer.from(`${message(10)}${forged(MAX_SIGNATURES + 1)}`);
  expect(withFewSignatures(inBody)).toBe(inBody);
  const without = Buffer.from(forged(MAX_SIGNATURES + 1).trimEnd());
  expect(withFewSignatures(without).toString()).toBe(forged(MAX_SIGNATURES).trimEnd());
});

it.each(['DKIM-Signature', 'ARC-Seal', 'ARC-Message-Signature'])(
  'a %s longer than any honest one is left away: mailauth’s time grows with the square of its spaces',
  async (name) => {
    const signature = (bytes: number): string => {
      const [before, after] = [`${name}: i=1; v=1; d=x.example; s=s; b=`, 'AA==\r\n'];
      return `${before}${' '.repeat(bytes - before.length - after.length + 2)}${after}`;
    };
    const honest = Buffer.from(`${signature(MAX_SIGNATURE_BYTES)}${message(100)}`);
    expect(withFewSignatures(honest)).toBe(honest);
    const long = Buffer.from(`${signature(MAX_SIGNATURE_BYTES + 1)}${message(100)}`);
    expect(withFewSignatures(long).toString()).toBe(message(100));

    const many = Buffer.from(signature(MAX_SIGNATURE_BYTES).repeat(7) + message(100));
    // Once more where a busy machine made it long.
    const times: number[] = [];
    while (times.length < 10 && !times.some((ms) => ms < MOST_MS)) {
      const begun = process.cpuUsage();
      await authenticateSender(many, peer('192.0.2.1'), {
        host: 'mx.example',
        resolver: dns,
        deadlineMs: 20_000,
        arcSealers: [],
      });
      const { user, system } = process.cpuUsage(begun);
      times.push((user + system) / 1_000);
    }
    console.log(`${many.length} bytes of ${name}: ${Math.min(...times).toFixed(1)} ms`);
    expect(Math.min(...times)).toBeLessThan(MOST_MS);
  },
);
