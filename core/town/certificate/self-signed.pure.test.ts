import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../../ground/config.ts';
import { loadCertificate } from './certificate.ts';
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

it('is one for all who start at once in a folder, also in the place of one that has ended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-certificate-'));
  const config = loadConfig({ PREAU_DATA: join(folder, 'data') });
  try {
    const all = await Promise.all(Array.from({ length: 8 }, () => loadCertificate(config)));
    expect(new Set(all.map(({ cert }) => cert)).size).toBe(1);
    expect(await loadCertificate(config)).toEqual(all[0]);
    const ended = makeSelfSigned('ecoles.preau.test', {
      from: new Date('2020-01-01T00:00:00Z'),
      until: new Date('2021-01-01T00:00:00Z'),
    });
    writeFileSync(join(config.dataDir, 'self-signed.pem'), `${ended.key}${ended.cert}`);
    const renewed = await loadCertificate(config);
    expect(new X509Certificate(renewed.cert).validToDate.getTime()).toBeGreaterThan(Date.now());
    expect(readdirSync(config.dataDir)).toEqual(['self-signed.pem']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
