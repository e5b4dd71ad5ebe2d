import { X509Certificate, createPrivateKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeSelfSigned } from './self-signed.ts';

it.each([
  { from: '2026-11-24T16:00:00Z', until: '2029-02-26T16:00:00Z' },
  { from: '2049-11-24T16:00:00Z', until: '2051-02-26T16:00:00Z' },
])('is a certificate from $from to $until', ({ from, until }) => {
  const { cert, key } = makeSelfSigned('ecoles.preau.test', {
    from: new Date(from),
    until: new Date(until),
  });
  const read = new X509Certificate(cert);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(read.checkHost('ecoles.preau.test')).toBe('ecoles.preau.test');
  expect(read.checkHost('localhost')).toBe('localhost');
  expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(read.ca).toBe(false);
  expect(read.validFromDate.toISOString()).toBe(new Date(from).toISOString());
  expect(read.validToDate.toISOString()).toBe(new Date(until).toISOString());
});
