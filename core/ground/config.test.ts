import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig, redacted } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'preau-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('loadConfig', () => {
  it('needs nothing', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      mxPort: 2525,
      webPort: 8080,
      databaseUrl: null,
      clamd: null,
      pgPort: 0,
      publicUrl: 'http://127.0.0.1:8080',
      insecureLoopback: false,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it.each<readonly [key: string, value: string, sentence: string]>([
    ['PREAU_WEB_PORT', '99999', 'port from 0 to 65535'],
    ['PREAU_WEB_PORT', 'abc', 'port from 0 to 65535'],
    ['PREAU_DOMAIN', 'Écoles', 'domain name'],
    ['PREAU_HOST', 'mail.ville.fr', 'IP address'],
    ['PREAU_TRUSTED_PROXY', '10.0.0.0/99', 'IP address or a network'],
    ['PREAU_SCHOOL_NETWORKS', '10.12.0.0/16, 10.13.0.0/61', '“10.13.0.0/61” is no network'],
    ['PREAU_SCHOOL_NETWORKS', '0.0.0.0/0', '“0.0.0.0/0” is no network'],
    ['PREAU_PROXY_PROTOCOL', '10.0.0.1, proxy', '“proxy” is no network'],
    ['PREAU_MACHINE', 'Salle des profs', 'a short name'],
    ['PREAU_MACHINES', '12', 'a number from 1 to 9'],
    ['PREAU_PATRONI', 'http://10.0.0.1:8008,10.0.0.2', 'addresses such as http://'],
    ['PREAU_MAX_MESSAGE', '12', 'number of bytes'],
    ['PREAU_CLAMD', 'localhost', 'tcp://host:port'],
    ['PREAU_TLS_CERT', '/nowhere/cert.pem', 'can’t be read'],
    ['PREAU_TLS_CERT', folder, 'can’t be read'],
    ['PREAU_VOICE', folder, 'the path of a program'],
    ...[
      'https://courrier.ville.fr/a',
      'https://courrier.ville.fr?x=1',
      'https://courrier.ville.fr/#',
      'https://u:p@courrier.ville.fr',
      'https://courrier.ville.fr\n',
      'https:courrier.ville.fr',
      'ftp://courrier.ville.fr',
    ].map((address) => ['PREAU_PUBLIC_URL', address, 'without a path'] as const),
    ['PREAU_SMARTHOST', 'smtp://', 'such as smtp://host'],
    ['PREAU_SMARTHOST', 'smtp://relais .ville.fr', 'such as smtp://host'],
    ['PREAU_DATABASE_URL', 'postgres://', 'such as postgres://'],
    ['PREAU_RSPAMD', 'http://127.0.0.1:11334\n', 'such as http://'],
    ['PREAU_SITES', 'https://listes.exemple.fr\n', 'http(s) address'],
    ['PREAU_INSECURE_LOOPBACK', 'yes', '1 or nothing'],
    ['PREAU_BACKUP', '.preau/backups', 'outside PREAU_DATA'],
    ['PREAU_BACKUP', '.preau', 'outside PREAU_DATA'],
    ['PREAU_BACKUP', 'sftp://nas.ville.fr/backups', 'or an address such as sftp://'],
    ['PREAU_WEBPORT', '80', 'no such variable'],
    ['PREAU_DATABASE_URL_FILE', '/nowhere', 'can’t be read'],
    ['PREAU_DATABASE_URL_FILE', folder, 'can’t be read'],
  ])('%s=%s is refused with a sentence', (key, value, sentence) => {
    expect(() => loadConfig({ [key]: value })).toThrow(sentence);
    expect(() => loadConfig({ [key]: value })).toThrow(key);
  });

  it.each([
    ['PREAU_PUBLIC_URL', 'https://courrier.ville.fr:8443/', 'https://courrier.ville.fr:8443'],
    ['PREAU_PUBLIC_URL', 'http://[::1]:8080', 'http://[::1]:8080'],
    ['PREAU_PUBLIC_URL', 'https://école.ville.fr', 'https://école.ville.fr'],
  ])('%s=%s is taken', (key, value, taken) => {
    expect(loadConfig({ [key]: value }).publicUrl).toBe(taken);
  });

  it('takes a database behind a socket', () => {
    const socket = 'postgres:///preau?host=/run/postgresql';
    expect(loadConfig({ PREAU_DATABASE_URL: socket }).databaseUrl).toBe(socket);
  });

  it('wants a name for each of several machines', () => {
    expect(() => loadConfig({ PREAU_MACHINES: '3' })).toThrow(/PREAU_MACHINE : .*its name/);
    expect(loadConfig({ PREAU_MACHINES: '3', PREAU_MACHINE: 'm1' })).toMatchObject({
      machines: 3,
      machine: 'm1',
      patroni: '',
    });
    expect(loadConfig({})).toMatchObject({ machines: 1, machine: null, proxyProtocol: '' });
  });

  it('names a wrong value once in each language, alone or among others', () => {
    const said = (networks: string): string => {
      try {
        loadConfig({ PREAU_SCHOOL_NETWORKS: networks });
      } catch (error) {
        return String(error);
      }
      return '';
    };
    expect(said('10.0.0.0/99').split('10.0.0.0/99')).toHaveLength(3);
    expect(said('10.12.0.0/16, 10.0.0.0/99').split('« 10.0.0.0/99 »')).toHaveLength(2);
  });

  it('with HTTPS of its own sees its pages under https, and takes no other public address', () => {
    expect(loadConfig({}).httpsPort).toBeNull();
    const own = { PREAU_HTTPS_PORT: '8443', PREAU_DATA: '/srv/preau' };
    expect(loadConfig(own)).toMatchObject({
      httpsPort: 8443,
      publicUrl: 'https://127.0.0.1:8443',
      acmeFolder: '/srv/preau/acme',
    });
    expect(loadConfig({ ...own, PREAU_ACME_FOLDER: '/var/www' }).acmeFolder).toBe('/var/www');
    const url = 'https://courrier.ville.fr';
    expect(loadConfig({ ...own, PREAU_PUBLIC_URL: url }).publicUrl).toBe(url);
    expect(() => loadConfig({ ...own, PREAU_PUBLIC_URL: 'http://courrier.ville.fr' })).toThrow(
      /PREAU_PUBLIC_URL.*an https address is expected/,
    );
  });

  it('takes the networks of the schools', () => {
    expect(loadConfig({}).schoolNetworks).toBe('');
    expect(
      loadConfig({ PREAU_SCHOOL_NETWORKS: '10.12.0.0/16, 2001:db8:12::/48' }).schoolNetworks,
    ).toBe('10.12.0.0/16, 2001:db8:12::/48');
  });

  it('lists all faults at once, and no secret', () => {
    const wrong = () =>
      loadConfig({
        PREAU_WEB_PORT: 'x',
        PREAU_DATABASE_URL: 'mysql://root:hunter2@h/db',
        PREAU_DOMAIN: '-',
      });
    expect(wrong).toThrow(
      /PREAU_WEB_PORT[^]*PREAU_DATABASE_URL|PREAU_DATABASE_URL[^]*PREAU_WEB_PORT/,
    );
    expect(wrong).toThrow('PREAU_DOMAIN');
    expect(wrong).not.toThrow('hunter2');
  });

  it('reads a secret from a file, and prints it without', () => {
    const path = join(folder, 'url');
    writeFileSync(path, 'postgres://preau_app:hunter2@db:5432/preau\n');
    const config = loadConfig({ PREAU_DATABASE_URL_FILE: path });
    expect(config.databaseUrl).toBe('postgres://preau_app:hunter2@db:5432/preau');
    expect(redacted(config)['databaseUrl']).toBe('postgres://preau_app:***@db:5432/preau');
  });
});
