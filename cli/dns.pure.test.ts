import { describe, expect, it } from 'vitest';
import { loadConfig } from '../core/ground/config.ts';
import { dnsRecords, keyRecords } from '../core/town/readiness/dns-records.ts';
import type { SigningKey } from '../core/town/signing/contract.ts';
import { zoneLines } from './dns.ts';

const town = loadConfig({
  PREAU_DOMAIN: 'ecoles.ville.fr',
  PREAU_PUBLIC_URL: 'https://courrier.ville.fr',
});

const KEY: SigningKey = {
  domain: 'ecoles.ville.fr',
  selector: 'preau-20261126-rsa',
  algorithm: 'rsa',
  state: 'waiting',
  name: 'preau-20261126-rsa._domainkey.ecoles.ville.fr',
  text: `v=DKIM1; k=rsa; t=s; p=${'A'.repeat(392)}`,
};

describe('what the zone must hold', () => {
  it('names the services of RFC 6186 and RFC 8314 with their ports', () => {
    const srv = new Map(
      dnsRecords(town)
        .filter(({ type }) => type === 'SRV')
        .map(({ name, value }) => [name, value]),
    );
    expect(srv.get('_imaps._tcp.ecoles.ville.fr.')).toBe('0 1 993 courrier.ville.fr.');
    expect(srv.get('_imap._tcp.ecoles.ville.fr.')).toBe('10 1 143 courrier.ville.fr.');
    expect(srv.get('_submissions._tcp.ecoles.ville.fr.')).toBe('0 1 465 courrier.ville.fr.');
    expect(srv.get('_submission._tcp.ecoles.ville.fr.')).toBe('10 1 587 courrier.ville.fr.');
    expect(
      ['_pop3', '_pop3s'].map((service) => srv.get(`${service}._tcp.ecoles.ville.fr.`)),
    ).toEqual(['0 0 0 .', '0 0 0 .']);
  });
  it.each([
    [undefined, '"v=spf1 mx -all"'],
    ['smtp://relais.ville.fr:587', '"v=spf1 mx a:relais.ville.fr -all"'],
    ['smtp://192.0.2.7:25', '"v=spf1 mx ip4:192.0.2.7 -all"'],
  ])('lets the relay %s send too (RFC 7208)', (smarthost, then) => {
    const config = loadConfig({
      PREAU_DOMAIN: 'ecoles.ville.fr',
      PREAU_PUBLIC_URL: 'https://courrier.ville.fr',
      ...(smarthost === undefined ? {} : { PREAU_SMARTHOST: smarthost }),
    });
    expect(
      dnsRecords(config).find(({ type, name }) => type === 'TXT' && name === 'ecoles.ville.fr.')
        ?.value,
    ).toBe(then);
  });
  it('asks others to refuse our name where nothing proves it (RFC 7489)', () => {
    const policy = dnsRecords(town).find(({ name }) => name === '_dmarc.ecoles.ville.fr.')?.value;
    expect(policy).toBe(
      '"v=DMARC1; p=reject; adkim=s; aspf=s; rua=mailto:postmaster@ecoles.ville.fr"',
    );
  });
  it('is a zone file line by line', () => {
    for (const line of zoneLines(town, [...dnsRecords(town), ...keyRecords([KEY])]).split('\n'))
      expect(line).toMatch(
        /^[\w.-]+\s+IN (MX|SRV|CNAME|TXT) +(?:\d[\d .]*[\w.-]*|[\w.-]+\.|"[^"]{1,255}"(?: "[^"]{1,255}")*) {2}; .+ \/ .+$/,
      );
  });
  it.each([
    [undefined, /^; Les pages sont annoncées à 127\.0\.0\.1, que cette machine seule atteint/],
    [
      'http://localhost:8080',
      /^; Les pages sont annoncées à localhost, .+: réglez PREAU_PUBLIC_URL/,
    ],
    ['https://192.0.2.7', /^; PREAU_PUBLIC_URL est une adresse/],
    ['https://[2001:db8::7]', /^; PREAU_PUBLIC_URL est une adresse/],
  ] as const)('says so where the town has no public name yet: %s', (url, then) => {
    const config = loadConfig(url === undefined ? {} : { PREAU_PUBLIC_URL: url });
    expect(zoneLines(config, dnsRecords(config))).toMatch(then);
  });
});
