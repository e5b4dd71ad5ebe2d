import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig, mailServers } from '../../core/ground/config.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import { makeSelfSigned } from '../../core/town/certificate/self-signed.ts';
import { autoconfig } from './autoconfig.ts';
import { askedAddress, autodiscover, notOurs } from './autodiscover.ts';
import { profileXml } from './profile.ts';
import { signed } from './signed.ts';

const DOMAIN = 'ecoles.ville.fr';
const servers = mailServers(
  loadConfig({ PREAU_DOMAIN: DOMAIN, PREAU_PUBLIC_URL: 'https://courrier.ville.fr' }),
);
const profile = profileXml({
  address: `claire.lefevre@${DOMAIN}`,
  displayName: 'Claire <Lefèvre> & Cie',
  password: '12-abcde-fghjk',
  domain: DOMAIN,
  servers,
  words: { name: 'École', description: 'Le courrier' },
});

describe('where mail programs connect', () => {
  it('is the public host with the ports of the field', () =>
    expect(servers).toEqual({
      host: 'courrier.ville.fr',
      imaps: 993,
      imap: 143,
      submissions: 465,
      submission: 587,
    }));
  it('is this machine with its own ports, on loopback', () =>
    expect(mailServers(loadConfig({}))).toEqual({
      host: '127.0.0.1',
      imaps: 2993,
      imap: 2143,
      submissions: 2465,
      submission: 2587,
    }));
});

describe('the settings, asked for by programs', () => {
  it('Thunderbird: config file format 1.1', () => {
    const text = String(autoconfig(DOMAIN, servers, 'https://courrier.ville.fr/devices'));
    expect(text).toContain('<clientConfig version="1.1">');
    expect(
      text.match(
        /<incomingServer type="imap">\s*<hostname>courrier\.ville\.fr<\/hostname>\s*<port>993<\/port>\s*<socketType>SSL<\/socketType>\s*<authentication>password-cleartext<\/authentication>\s*<username>%EMAILADDRESS%<\/username>/,
      ),
    ).not.toBeNull();
    expect(
      text.match(
        /<outgoingServer type="smtp">\s*<hostname>courrier\.ville\.fr<\/hostname>\s*<port>465<\/port>\s*<socketType>SSL<\/socketType>/,
      ),
    ).not.toBeNull();
  });
  it('Outlook: what it asks is read, what it is told is about that address', () => {
    const asked =
      '<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>claire.lefevre@ecoles.ville.fr</EMailAddress></Request></Autodiscover>';
    expect(askedAddress(asked)).toBe(`claire.lefevre@${DOMAIN}`);
    expect(askedAddress('<x>&entity;</x>')).toBeNull();
    const told = String(autodiscover(`claire.lefevre@${DOMAIN}`, servers));
    expect(told).toMatch(
      /<Type>IMAP<\/Type>\s*<Server>courrier\.ville\.fr<\/Server>\s*<Port>993<\/Port>\s*<LoginName>claire\.lefevre@ecoles\.ville\.fr<\/LoginName>/,
    );
    expect(String(notOurs())).toContain('<ErrorCode>500</ErrorCode>');
  });
  it('Apple: a profile whose names are escaped', () => {
    expect(profile).toContain('<string>Claire &lt;Lefèvre&gt; &amp; Cie</string>');
    expect(profile).toContain(
      '<key>IncomingMailServerPortNumber</key><integer>993</integer><key>IncomingMailServerUseSSL</key><true/>',
    );
    expect(
      profile.match(
        /<key>PayloadUUID<\/key><string>[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-A[0-9A-F]{3}-[0-9A-F]{12}<\/string>/g,
      ),
    ).toHaveLength(2);
  });
});

describe('a signed profile', () => {
  const own = makeSelfSigned(DOMAIN, {
    from: new Date(Date.now() - 1_000),
    until: new Date(Date.now() + DAY_MS),
  });

  /** What openssl, which knows nothing of us, finds inside once it has checked the signature. */
  function checked(der: Buffer, cert: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'preau-profile-'));
    try {
      writeFileSync(join(folder, 'p7'), der);
      writeFileSync(join(folder, 'cert'), cert);
      return execFileSync(
        'openssl',
        [
          'cms',
          '-verify',
          '-inform',
          'DER',
          '-in',
          join(folder, 'p7'),
          '-CAfile',
          join(folder, 'cert'),
          '-purpose',
          'any',
          '-binary',
        ],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it.skipIf(!hasOpenssl())(
    'is signed by the certificate of the server, as openssl says (skipped without openssl)',
    async () => {
      expect(checked(await signed(profile, own), own.cert)).toBe(profile);
    },
  );
  it.skipIf(!hasOpenssl())('and not when a byte of it changed', async () => {
    const der = await signed(profile, own);
    const at = der.indexOf('courrier');
    der[at] = 0x43;
    expect(() => checked(der, own.cert)).toThrow(/[Vv]erif|digest|signature/);
  });
  it('takes an RSA key too', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const der = await signed(profile, {
      cert: own.cert,
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    });
    expect(der.includes(Buffer.from('courrier.ville.fr'))).toBe(true);
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
