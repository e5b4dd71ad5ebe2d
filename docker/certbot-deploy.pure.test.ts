import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { loadConfig } from '../core/ground/config.ts';
import { openLog } from '../core/ground/log.ts';
import { openCertificate } from '../core/town/certificate/certificate.ts';
import type { Certificate } from '../core/town/certificate/self-signed.ts';
import { pairFor } from '../core/town/certificate/testing/certificate-files.ts';

const HOOK = fileURLToPath(new URL('certbot-deploy.sh', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'preau-hook-'));
afterAll(() => rmSync(folder, { recursive: true }));
const certificates = join(folder, 'certificates');

/** A lineage as certbot keeps it: links into an archive, for its owner alone. */
function lineage(pair: Certificate, number: number): string {
  const live = join(folder, 'live');
  const archive = join(folder, 'archive');
  for (const each of [live, archive]) mkdirSync(each, { recursive: true, mode: 0o700 });
  for (const [name, text] of [
    ['fullchain', pair.cert],
    ['privkey', pair.key],
  ] as const) {
    writeFileSync(join(archive, `${name}${number}.pem`), text, { mode: 0o600 });
    rmSync(join(live, `${name}.pem`), { force: true });
    symlinkSync(join('..', 'archive', `${name}${number}.pem`), join(live, `${name}.pem`));
  }
  return live;
}

function deploy(pair: Certificate, number: number): void {
  const group = String(process.getgid?.() ?? 0);
  execFileSync('sh', [HOOK], {
    env: {
      PATH: '/usr/bin:/bin',
      RENEWED_LINEAGE: lineage(pair, number),
      PREAU_CERTIFICATES: certificates,
      PREAU_GROUP: group,
    },
  });
}

it('puts a certificate where the group of Préau may read it, and a renewed one is shown at once', async () => {
  const [first, second] = [pairFor({ days: 30 }), pairFor({ days: 90 })];
  deploy(first, 1);
  expect(readdirSync(certificates).sort()).toEqual(['fullchain.pem', 'privkey.pem']);
  expect(statSync(certificates).mode & 0o777).toBe(0o750);
  for (const name of ['fullchain.pem', 'privkey.pem'])
    expect(statSync(join(certificates, name)).mode & 0o777).toBe(0o640);
  const config = loadConfig({
    PREAU_TLS_CERT: join(certificates, 'fullchain.pem'),
    PREAU_TLS_KEY: join(certificates, 'privkey.pem'),
  });
  const renewed: Certificate[] = [];
  const log = openLog({ level: 'silent' });
  const certificate = await openCertificate({ config, log }, (one) => renewed.push(one));
  expect(certificate.current).toEqual(first);
  deploy(second, 2);
  await expect.poll(() => renewed, { timeout: 20_000 }).toEqual([second]);
  certificate.close();
});

it('ends with a failure where there is nothing to deploy, and leaves what was there', () => {
  deploy(pairFor({ days: 30 }), 3);
  const before = readdirSync(certificates);
  const env = { PATH: '/usr/bin:/bin', PREAU_CERTIFICATES: certificates, PREAU_GROUP: '0' };
  const failing = () => execFileSync('sh', [HOOK], { env, stdio: 'pipe' });
  expect(failing).toThrow('RENEWED_LINEAGE');
  expect(readdirSync(certificates)).toEqual(before);
});
