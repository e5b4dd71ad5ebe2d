/** A writer of its own, by doc/proxy-protocol.txt, says what the reader must find. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_HEAD_BYTES, readHead, type BroughtPeer } from './proxy-head.ts';

const SEED = Date.now() & 0x7fffffff;
console.log(`seed ${SEED}`);
const seeded = (numRuns: number) => ({ seed: SEED, numRuns });
const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');

const binary = (command: number, family: number, body: Buffer, told = body.length): Buffer => {
  const fixed = Buffer.from([command, family, told >> 8, told & 255]);
  return Buffer.concat([SIGNATURE, fixed, body]);
};
const ports = (from: number, to: number): Buffer =>
  Buffer.from([from >> 8, from & 255, to >> 8, to & 255]);
const V4 = Buffer.concat([Buffer.from([192, 0, 2, 7, 198, 51, 100, 1]), ports(56_324, 25)]);
const V6 = Buffer.concat([
  Buffer.from('20010db8000000000000000000000007', 'hex'),
  Buffer.from('20010db8000000000000000000000001', 'hex'),
  ports(56_324, 993),
]);
const MAPPED = Buffer.concat([
  Buffer.from('00000000000000000000ffffc0000207', 'hex'),
  V6.subarray(16),
]);

describe('a head', () => {
  it.each<{ when: string; head: string | Buffer; peer: BroughtPeer | null }>([
    {
      when: 'a line of IPv4',
      head: 'PROXY TCP4 192.0.2.7 198.51.100.1 56324 25\r\n',
      peer: { address: '192.0.2.7', port: 56_324 },
    },
    {
      when: 'a line of IPv6, written long',
      head: 'PROXY TCP6 2001:0DB8:0:0::7 2001:db8::1 0 65535\r\n',
      peer: { address: '2001:db8::7', port: 0 },
    },
    {
      when: 'a line of IPv4 in IPv6’s clothes',
      head: 'PROXY TCP6 ::ffff:192.0.2.7 ::ffff:198.51.100.1 1 2\r\n',
      peer: { address: '192.0.2.7', port: 1 },
    },
    { when: 'a line of nobody', head: 'PROXY UNKNOWN\r\n', peer: null },
    { when: 'a line of nobody, and more', head: 'PROXY UNKNOWN ffff::1 x 99999 -\r\n', peer: null },
    { when: 'IPv4', head: binary(0x21, 0x11, V4), peer: { address: '192.0.2.7', port: 56_324 } },
    { when: 'IPv6', head: binary(0x21, 0x21, V6), peer: { address: '2001:db8::7', port: 56_324 } },
    {
      when: 'IPv4 in IPv6’s clothes',
      head: binary(0x21, 0x21, MAPPED),
      peer: { address: '192.0.2.7', port: 56_324 },
    },
    {
      when: 'IPv4 with more behind it (TLV)',
      head: binary(0x21, 0x11, Buffer.concat([V4, Buffer.from('0400030000aa', 'hex')])),
      peer: { address: '192.0.2.7', port: 56_324 },
    },
    { when: 'the proxy itself', head: binary(0x20, 0x00, Buffer.alloc(0)), peer: null },
    { when: 'the proxy itself, by its addresses', head: binary(0x20, 0x11, V4), peer: null },
    { when: 'of nobody', head: binary(0x21, 0x00, Buffer.alloc(3)), peer: null },
  ])('$when: $peer.address', ({ head, peer }) => {
    const bytes = Buffer.from(head);
    const behind = Buffer.from('\0EHLO relay.example\r\n');
    const found = { kind: 'head', bytes: bytes.length, peer };
    expect(readHead(Buffer.concat([bytes, behind]))).toEqual(found);
    for (let length = 0; length < bytes.length; length += 1)
      expect(readHead(bytes.subarray(0, length)).kind, String(length)).toBe('short');
  });

  it.each<{ when: string; bytes: string | Buffer }>([
    { when: 'another protocol', bytes: 'EHLO relay.example\r\n' },
    { when: 'TLS', bytes: Buffer.from('1603010200', 'hex') },
    { when: 'another case', bytes: 'proxy TCP4 192.0.2.7 198.51.100.1 1 2\r\n' },
    { when: 'a space before it', bytes: ' PROXY UNKNOWN\r\n' },
    { when: 'two spaces', bytes: 'PROXY  TCP4 192.0.2.7 198.51.100.1 1 2\r\n' },
    { when: 'a space at the end', bytes: 'PROXY TCP4 192.0.2.7 198.51.100.1 1 2 \r\n' },
    { when: 'too few words', bytes: 'PROXY TCP4 192.0.2.7 198.51.100.1 1\r\n' },
    { when: 'another family', bytes: 'PROXY UDP4 192.0.2.7 198.51.100.1 1 2\r\n' },
    { when: 'a name of every object', bytes: 'PROXY constructor a b 1 2\r\n' },
    { when: 'IPv6 as IPv4', bytes: 'PROXY TCP4 2001:db8::7 198.51.100.1 1 2\r\n' },
    { when: 'IPv4 as IPv6', bytes: 'PROXY TCP6 192.0.2.7 198.51.100.1 1 2\r\n' },
    { when: 'an address with its zone', bytes: 'PROXY TCP6 fe80::1%eth0 fe80::2 1 2\r\n' },
    { when: 'an octet too great', bytes: 'PROXY TCP4 192.0.2.777 198.51.100.1 1 2\r\n' },
    { when: 'a port too great', bytes: 'PROXY TCP4 192.0.2.7 198.51.100.1 65536 2\r\n' },
    { when: 'a port with a nought', bytes: 'PROXY TCP4 192.0.2.7 198.51.100.1 01 2\r\n' },
    { when: 'a port with a sign', bytes: 'PROXY TCP4 192.0.2.7 198.51.100.1 +1 2\r\n' },
    { when: 'a line that never ends', bytes: `PROXY UNKNOWN ${'x'.repeat(93)}` },
    { when: 'a line of 108 bytes', bytes: `PROXY UNKNOWN ${'x'.repeat(92)}\r\n` },
    { when: 'version 1 in binary', bytes: binary(0x11, 0x11, V4) },
    { when: 'a command that is none', bytes: binary(0x22, 0x11, V4) },
    { when: 'datagrams', bytes: binary(0x21, 0x12, V4) },
    { when: 'a socket of a machine', bytes: binary(0x21, 0x31, Buffer.alloc(216)) },
    { when: 'addresses cut short', bytes: binary(0x21, 0x11, V4.subarray(0, 11)) },
    { when: 'IPv6 cut short', bytes: binary(0x21, 0x21, V6.subarray(0, 35)) },
    { when: 'a head without end', bytes: binary(0x21, 0x11, V4, 65_535) },
    { when: 'one byte too long', bytes: binary(0x20, 0x00, V4, MOST_HEAD_BYTES - 15) },
  ])('is none: $when', ({ bytes }) => {
    expect(readHead(Buffer.from(bytes)).kind).toBe('wrong');
  });
});

describe('whatever comes', () => {
  const port = fc.integer({ min: 0, max: 65_535 });

  it('is read as it was written, in either version, however much follows', () => {
    fc.assert(
      fc.property(fc.ipV4(), port, fc.uint8Array({ maxLength: 40 }), (address, from, behind) => {
        const line = Buffer.from(`PROXY TCP4 ${address} 198.51.100.1 ${from} 25\r\n`);
        const body = Buffer.concat([
          Buffer.from(address.split('.').map(Number)),
          Buffer.from([198, 51, 100, 1]),
          ports(from, 25),
        ]);
        for (const head of [line, binary(0x21, 0x11, body)])
          expect(readHead(Buffer.concat([head, behind]))).toEqual({
            kind: 'head',
            bytes: head.length,
            peer: { address, port: from },
          });
      }),
      seeded(2_000),
    );
  });

  it('is judged without a throw, by its first bytes, and never kept waiting for ever', () => {
    const begun = fc.constantFrom(Buffer.from('PROXY TCP4 '), Buffer.from('PROXY '), SIGNATURE);
    const chance = fc.uint8Array({ maxLength: 2 * MOST_HEAD_BYTES });
    fc.assert(
      fc.property(fc.option(begun), chance, (beginning, rest) => {
        const bytes = Buffer.concat([beginning ?? Buffer.alloc(0), rest]);
        const found = readHead(bytes);
        if (found.kind === 'head') expect(found.bytes).toBeLessThanOrEqual(MOST_HEAD_BYTES);
        if (found.kind === 'short') expect(bytes.length).toBeLessThan(MOST_HEAD_BYTES);
      }),
      seeded(5_000),
    );
  });

  it('one changed byte gives another peer or none, and no throw', () => {
    const heads = [
      Buffer.from('PROXY TCP6 2001:db8::7 2001:db8::1 1 2\r\n'),
      binary(0x21, 0x21, V6),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (head, at, by) => {
          const changed = Buffer.from(head);
          const place = at % head.length;
          changed[place] = (changed[place] ?? 0) ^ by;
          expect(['head', 'short', 'wrong']).toContain(readHead(changed).kind);
        },
      ),
      seeded(2_000),
    );
  });
});
