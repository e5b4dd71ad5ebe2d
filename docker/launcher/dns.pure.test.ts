import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../core/config.ts';
import { dnsRecords, zoneLines } from './dns.ts';

const town = loadConfig({ PREAU_DOMAIN: 'ecoles.ville.fr', PREAU_PUBLIC_URL: 'https://courrier.ville.fr' });

describe('what the zone must hold', () => {
  it('names the services of RFC 6186 and RFC 8314 with their ports', () => {
    const srv = new Map(dnsRecords(town).filter(({ type }) => type === 'SRV').map(({ name, value }) => [name, value]));
    expect(srv.get('_imaps._tcp.ecoles.ville.fr.')).toBe('0 1 993 courrier.ville.fr.');
    expect(srv.get('_imap._tcp.ecoles.ville.fr.')).toBe('10 1 143 courrier.ville.fr.');
    expect(srv.get('_submissions._tcp.ecoles.ville.fr.')).toBe('0 1 465 courrier.ville.fr.');
    expect(srv.get('_submission._tcp.ecoles.ville.fr.')).toBe('10 1 587 courrier.ville.fr.');
  });
  it('is a zone file line by line', () => {
    for (const line of zoneLines(town).split('\n')) expect(line).toMatch(/^[\w.-]+\s+IN (MX|SRV|CNAME|TXT) +(?:\d[\d .]*[\w.-]*|[\w.-]+\.|"[^"]+") {2}; .+ \/ .+$/);
  });
  it('says so where the town has no public name yet', () => expect(zoneLines(loadConfig({}))).toMatch(/^; PREAU_PUBLIC_URL/));
});
