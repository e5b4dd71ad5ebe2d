import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { decodedParts } from './body.ts';
import {
  BOUNDARY_BYTES,
  DEPTH,
  HEADER_BYTES,
  HEADER_FIELDS,
  HOPS,
  LINE_BYTES,
  PARTS,
} from './limits.ts';
import { readMessage } from './parse.ts';
import { crlf, MULTI, read, shape, why } from './testing/by-lines.ts';
import { cpuMs } from './testing/corpora.ts';
import { normaliseBody } from './wire.ts';

describe('limits: at them read, one past refused', () => {
  const nested = (levels: number): Buffer =>
    crlf([
      ...Array.from({ length: levels }, (_, i) => [
        `Content-Type: multipart/mixed; boundary=b${i}`,
        '',
        `--b${i}`,
      ]).flat(),
      '',
      'x',
    ]);
  const parts = (count: number): Buffer =>
    crlf([...MULTI, ...Array.from({ length: count - 1 }, () => ['--b', '', 'x']).flat(), '--b--']);
  const filled = (bytes: number): Buffer => Buffer.from(`X: ${'y'.repeat(bytes - 5)}\r\n\r\nbody`);
  it.each<{ when: string; at: Buffer; past: Buffer; then: string }>([
    {
      when: 'header bytes',
      at: filled(HEADER_BYTES),
      past: filled(HEADER_BYTES + 1),
      then: 'header-too-big',
    },
    {
      when: 'fields',
      at: Buffer.from('X: y\r\n'.repeat(HEADER_FIELDS)),
      past: Buffer.from('X: y\r\n'.repeat(HEADER_FIELDS + 1)),
      then: 'too-many-headers',
    },
    {
      when: 'hops',
      at: Buffer.from('Received: x\r\n'.repeat(HOPS)),
      past: Buffer.from('Received: x\r\n'.repeat(HOPS + 1)),
      then: 'too-many-hops',
    },
    {
      when: 'a line',
      at: Buffer.from(`\r\n${'x'.repeat(LINE_BYTES)}\r\n`),
      past: Buffer.from(`\r\n${'x'.repeat(LINE_BYTES + 1)}\r\n`),
      then: 'line-too-long',
    },
    { when: 'parts', at: parts(PARTS), past: parts(PARTS + 1), then: 'too-many-parts' },
    { when: 'depth', at: nested(DEPTH), past: nested(DEPTH + 1), then: 'too-deep' },
  ])('$when', ({ at, past, then }) => {
    expect([why(at), why(past)]).toEqual(['read', then]);
  });

  it.each<[string, Buffer, string]>([
    ['a NUL', Buffer.from('X: y\r\n\r\na\0b'), 'nul'],
    ['a bare CR', Buffer.from('X: y\r\n\r\na\rb'), 'bare-cr'],
    ['a CR at the end', Buffer.from('X: y\r\n\r\na\r'), 'bare-cr'],
    ['a bare LF', Buffer.from('X: y\r\n\r\na\nb'), 'bare-lf'],
    ['a bare LF in the header', normaliseBody(Buffer.from('X: y\nZ: y\r\n\r\nb')), 'bare-lf'],
    ['a bare LF that ends the header', normaliseBody(Buffer.from('X: y\r\n\nb')), 'bare-lf'],
    ['bare LFs throughout', normaliseBody(Buffer.from('X: y\n\nb\n')), 'bare-lf'],
    [
      'a piece of a message',
      Buffer.from('Content-Type: message/partial; id=x\r\n\r\n'),
      'partial-message',
    ],
    [
      'a piece, in a second Content-Type',
      Buffer.from('Content-Type: text/plain\r\nContent-Type: Message/Partial\r\n\r\n'),
      'partial-message',
    ],
    ['spaces before From', Buffer.from('X: y\r\n \t\r\nFrom: a@b.fr\r\n\r\n'), 'ambiguous-from'],
  ])('%s', (_, raw, then) => {
    expect(why(raw)).toBe(then);
  });

  it('takes no boundary longer than its limit', () => {
    expect(
      shape(
        read(
          Buffer.from(
            `Content-Type: multipart/mixed; boundary=${'b'.repeat(BOUNDARY_BYTES + 1)}\r\n\r\nx`,
          ),
        ).structure,
      ),
    ).toBe('1 application/octet-stream');
  });
});

describe('bombs cost less than a second', () => {
  const many = (text: string, bytes: number): string => text.repeat(Math.ceil(bytes / text.length));
  it.each<[string, () => Buffer]>([
    ['delimiters of nobody', () => crlf([...MULTI, '--b', '', many('\r\n--bx', 2e6)])],
    ['dashes', () => crlf([...MULTI, '--b', '', many('--\r\n', 1e6)])],
    ['nested rfc822', () => Buffer.from(many('Content-Type: message/rfc822\r\n\r\n', 3e5))],
    ['folds', () => Buffer.from(`X: y${many('\r\n z', 1e5)}\r\n\r\n`)],
    ['parameters', () => Buffer.from(`Content-Type: a/b${many('; a=b', 1e5)}\r\n\r\n`)],
    [
      'RFC 2231 pieces',
      () =>
        Buffer.from(
          `Content-Type: a/b${Array.from({ length: 5_000 }, (_, i) => `; a*${i}=b`).join('')}\r\n\r\n`,
        ),
    ],
    [
      'spaces in a parameter',
      () => Buffer.from(`Content-Type: a/b; name=a${' '.repeat(1e5)}b\r\n\r\n`),
    ],
    ['a name of dots', () => Buffer.from(`Content-Type: a/b; name="${'. '.repeat(5e4)}x"\r\n\r\n`)],
    [
      'a boundary of spaces',
      () => Buffer.from(`Content-Type: multipart/a; boundary="b${' '.repeat(9e4)}x"\r\n\r\n`),
    ],
    ['encoded words', () => Buffer.from(`Subject: ${many('=?utf-8?b?eA==?= ', 1e5)}\r\n\r\n`)],
    ['open encoded words', () => Buffer.from(`Subject: ${many('=?a?q?x', 1e5)}\r\n\r\n`)],
    ['references', () => Buffer.from(`References: ${many('<a@b> ', 1e5)}\r\n\r\n`)],
    ['open references', () => Buffer.from(`References: ${many('<', 1e5)}\r\n\r\n`)],
    [
      'links',
      () =>
        Buffer.from(
          `Content-Type: text/html\r\n\r\n${many('<a href="http://a.b/c">x</a>\r\n', 3e6)}`,
        ),
    ],
    ['HTML nesting', () => Buffer.from(`Content-Type: text/html\r\n\r\n${many('<div>\r\n', 3e6)}`)],
    ['open HTML', () => Buffer.from(`Content-Type: text/html\r\n\r\n${many('<a \r\n', 3e6)}`)],
    ['text links', () => Buffer.from(`\r\n${many('http://'.repeat(100) + '\r\n', 3e6)}`)],
    [
      'quoted-printable',
      () =>
        Buffer.from(
          `Content-Transfer-Encoding: quoted-printable\r\n\r\n${many('= =\t= \r\n', 8e6)}`,
        ),
    ],
  ])('%s', (_, make) => costsLittle(make()));

  it.each([
    ['delimiters of nobody', '\r\n--bx', 8e6],
    ['dashes', '--\r\n', 4e6],
  ])('all the %s that there may be', SOAKED, (_, text, bytes) =>
    costsLittle(crlf([...MULTI, '--b', '', many(text, bytes)])),
  );

  function costsLittle(raw: Buffer): void {
    const { result, ms } = cpuMs(() => readMessage(raw));
    if (result.kind === 'read')
      expect(cpuMs(() => [...decodedParts(raw, result.message)].length).ms).toBeLessThan(1_000);
    expect(ms).toBeLessThan(1_000);
  }
});
