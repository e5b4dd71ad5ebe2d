import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../ground/config.ts';
import { openLog } from '../../ground/log.ts';
import { openCertificate, type ServerCertificate } from './certificate.ts';
import { faultOf } from './pair.ts';
import type { Certificate } from './self-signed.ts';
import { certificateFiles, pairFor, type CertificateFiles } from './testing/certificate-files.ts';

const GOOD = pairFor({ days: 90 });
const NEXT = pairFor({ days: 180 });
const ENDED = pairFor({ days: -1 });
const PATIENCE = { timeout: 20_000, interval: 20 };

describe('a pair', () => {
  it.each<{ when: string; pair: Certificate; at?: Date; fault: string | null }>([
    { when: 'a certificate and its key', pair: GOOD, fault: null },
    {
      when: 'a chain, the server’s own first',
      pair: { ...GOOD, cert: `${GOOD.cert}${NEXT.cert}` },
      fault: null,
    },
    {
      when: 'a chain in the wrong order',
      pair: { ...GOOD, cert: `${NEXT.cert}${GOOD.cert}` },
      fault: 'no-pair',
    },
    { when: 'the key of another', pair: { ...GOOD, key: NEXT.key }, fault: 'no-pair' },
    {
      when: 'half a certificate',
      pair: { ...GOOD, cert: GOOD.cert.slice(0, 200) },
      fault: 'no-certificate',
    },
    { when: 'no key', pair: { ...GOOD, key: '' }, fault: 'no-key' },
    { when: 'one that has ended', pair: ENDED, fault: 'ended' },
    { when: 'one of tomorrow', pair: GOOD, at: new Date(0), fault: 'not-yet-valid' },
  ])('$when: $fault', ({ pair, at = new Date(), fault }) => {
    expect(faultOf(pair, at)).toBe(fault);
  });
});

describe('a server’s certificate', () => {
  const opened: { readonly files: CertificateFiles; readonly certificate: ServerCertificate }[] =
    [];
  afterEach(() => {
    for (const { certificate } of opened) certificate.close();
  });
  afterAll(() => {
    for (const { files } of opened) rmSync(files.folder, { recursive: true });
  });

  async function open(first: Certificate, files = certificateFiles(first)) {
    const renewed: Certificate[] = [];
    const lines: Record<string, unknown>[] = [];
    const log = openLog({
      to: { write: (line: string) => void lines.push(JSON.parse(line) as never) },
    });
    const config = loadConfig(files.variables);
    const certificate = await openCertificate({ config, log }, (one) => renewed.push(one));
    opened.push({ files, certificate });
    const errors = () => lines.filter(({ level }) => level === 50).map(({ why }) => why);
    return { files, certificate, renewed, errors };
  }

  it('is replaced once by what its files hold then', async () => {
    const { files, certificate, renewed, errors } = await open(GOOD);
    expect(certificate.current).toEqual(GOOD);
    files.put(NEXT);
    await expect.poll(() => renewed, PATIENCE).toEqual([NEXT]);
    await sleep(500);
    expect([renewed, errors()]).toEqual([[NEXT], []]);
  });

  it('is replaced where its files are links that are set anew, as certbot does', async () => {
    const files = certificateFiles(GOOD);
    const live = join(files.folder, 'live');
    mkdirSync(live);
    const [cert, key] = [join(live, 'fullchain.pem'), join(live, 'privkey.pem')];
    const link = (pair: Certificate, number: number): void => {
      for (const [name, path, text] of [
        ['fullchain', cert, pair.cert],
        ['privkey', key, pair.key],
      ] as const) {
        writeFileSync(join(files.folder, `${name}${number}.pem`), text);
        symlinkSync(`../${name}${number}.pem`, `${path}.new`);
        renameSync(`${path}.new`, path);
      }
    };
    link(GOOD, 1);
    const variables = { PREAU_TLS_CERT: cert, PREAU_TLS_KEY: key };
    const { renewed } = await open(GOOD, { ...files, variables });
    link(NEXT, 2);
    await expect.poll(() => renewed, PATIENCE).toEqual([NEXT]);
  });

  it('stays where the new files can’t be used, with one line each, and is replaced once they can', async () => {
    const { files, renewed, errors } = await open(GOOD);
    files.put({ ...NEXT, key: GOOD.key });
    await expect.poll(errors, PATIENCE).toEqual(['no-pair']);
    files.put(ENDED);
    await expect.poll(errors, PATIENCE).toEqual(['no-pair', 'ended']);
    rmSync(files.variables.PREAU_TLS_KEY);
    await expect.poll(errors, PATIENCE).toEqual(['no-pair', 'ended', 'ENOENT']);
    expect(renewed).toEqual([]);
    files.put(NEXT);
    await expect.poll(() => renewed, PATIENCE).toEqual([NEXT]);
    expect(errors()).toHaveLength(3);
  });

  it('begins with one that has ended, and says so: mail goes on', async () => {
    const { certificate, errors } = await open(ENDED);
    expect(certificate.current).toEqual(ENDED);
    expect(errors()).toHaveLength(1);
  });

  it('does not begin with two files that don’t belong together', async () => {
    await expect(open({ ...GOOD, key: NEXT.key })).rejects.toThrow(
      /PREAU_TLS_KEY.*this key is not the certificate’s/,
    );
  });
});
