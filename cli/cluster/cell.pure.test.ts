/** Files of a cell: what they say, and that the programs they are for take them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { VARIABLES } from '../../core/ground/config-variables.ts';
import { loadConfig } from '../../core/ground/config.ts';
import { readCell, type Cell } from './cell.ts';
import { cellConfigCommand, writeCell } from './config-command.ts';

const EXAMPLE = new URL('../../docker/cell.example.json', import.meta.url);
const CELL = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as Cell;
const folder = mkdtempSync(join(tmpdir(), 'preau-cell-'));
afterAll(() => rmSync(folder, { recursive: true }));

const right = (): Cell => {
  const read = readCell(CELL);
  if ('faults' in read) throw new Error(read.faults.join());
  return read.cell;
};
writeCell(right(), folder);
const of = (machine: string, path: string): string =>
  readFileSync(join(folder, machine, path), 'utf8');

describe('a wrong cell.json is refused, with its place and a sentence in both languages', () => {
  it.each<{ when: string; change: object; says: RegExp }>([
    {
      when: 'two machines',
      change: { machines: CELL.machines.slice(0, 2) },
      says: /^ {2}machines : trois machines .* \/ three machines/,
    },
    {
      when: 'a name twice',
      change: { machines: [...CELL.machines.slice(0, 2), { name: 'm1', address: '10.0.0.9' }] },
      says: /^ {2}machines\.2\.name : .*further up/,
    },
    {
      when: 'a host instead of an address',
      change: { machines: [{ name: 'm1', address: 'm1.ville.fr' }, ...CELL.machines.slice(1)] },
      says: /^ {2}machines\.0\.address : .*IPv4/,
    },
    { when: 'no domain', change: { domain: undefined }, says: /^ {2}domain : il manque/ },
    { when: 'a name of its own', change: { machine: 3 }, says: /^ {2}machine : .*isn’t known/ },
    {
      when: 'an address without its prefix',
      change: { shared: { address: '192.0.2.10', interface: 'eth0' } },
      says: /^ {2}shared\.address : .*prefix/,
    },
    { when: 'a folder that is none', change: { backups: 'nas' }, says: /^ {2}backups : .*folder/ },
    {
      when: 'a name that would be another setting',
      change: { cell: 'a\nttl: 1' },
      says: /^ {2}cell : .*short name/,
    },
  ])('$when', ({ change, says }) => {
    const read = readCell({ ...CELL, ...change });
    expect('faults' in read ? read.faults : []).toEqual([expect.stringMatching(says)]);
  });

  it.each([
    ['[]', /cell\.json : /],
    ['{', /n’est pas du JSON/],
  ])('%s', async (text, says) => {
    const path = join(folder, 'wrong.json');
    writeFileSync(path, text);
    const given = { config: loadConfig({}), signal: new AbortController().signal, path };
    const into = join(folder, 'nothing');
    await expect(cellConfigCommand({ ...given, flags: { into } })).rejects.toThrow(says);
    expect(existsSync(into)).toBe(false);
  });
});

describe('the files of three machines', () => {
  it('written again have the passwords of before, and nobody else reads them', () => {
    const before = of('m1', 'etc/patroni/config.yml');
    writeCell(right(), folder);
    expect(of('m1', 'etc/patroni/config.yml')).toBe(before);
    expect(statSync(join(folder, 'passwords.json')).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'm2/etc/patroni/config.yml')).mode & 0o077).toBe(0);
  });

  it.each(['/dev/null/x', join(folder, 'LISEZMOI.md')])(
    '%s takes no files, and is said',
    (into) => {
      expect(() => writeCell(right(), into)).toThrow(`--into : « ${into} » ne peut pas recevoir`);
    },
  );

  it('the settings of a role are variables that exist, and are taken', () => {
    const set = Object.fromEntries(
      [...of('m2', 'etc/preau/preau.env').matchAll(/^(PREAU_\w+)=(.*)$/gm)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    );
    const { PREAU_DATABASE_URL_FILE: file, ...rest } = set;
    expect(file).toBe('/etc/preau/database-url');
    expect(Object.keys(rest).filter((name) => !VARIABLES.includes(name))).toEqual([]);
    expect(loadConfig(rest)).toMatchObject({
      machine: 'm2',
      machines: 3,
      host: '10.0.0.2',
      proxyProtocol: '10.0.0.1,10.0.0.2,10.0.0.3',
      mxPort: 2525,
      httpsPort: 8443,
      redisUrl: null,
      backup: '/mnt/backups/preau',
    });
  });

  it('each knows the two others, and none more', () => {
    for (const [own, others] of [
      ['m1', ['10.0.0.2', '10.0.0.3']],
      ['m3', ['10.0.0.1', '10.0.0.2']],
    ] as const) {
      const peers = /unicast_peer \{\n([^}]*)\}/.exec(of(own, 'etc/keepalived/keepalived.conf'));
      expect(peers?.[1]?.trim().split(/\s+/)).toEqual(others);
      expect(
        [...of(own, 'etc/pgbackrest.conf').matchAll(/^pg\d-host=(.*)$/gm)].map(([, host]) => host),
      ).toEqual(others);
    }
    expect(of('m1', 'etc/default/etcd')).toContain(
      'm1=http://10.0.0.1:2380,m2=http://10.0.0.2:2380,m3=http://10.0.0.3:2380\n',
    );
  });

  it('a town whose network has its own shared address gets no keepalived, and is told', () => {
    const own = join(folder, 'own');
    const files = writeCell({ ...right(), shared: null }, own);
    expect(files.filter((path) => path.includes('keepalived'))).toEqual([]);
    expect(readFileSync(join(own, 'LISEZMOI.md'), 'utf8')).toContain('votre réseau');
  });

  it('the lines that are typed give each file with a password to one user', () => {
    const lines = readFileSync(join(folder, 'LISEZMOI.md'), 'utf8');
    expect(lines).toContain('chown postgres: /etc/patroni/config.yml && chmod 600 ');
    expect(lines).toContain('chown root:preau /etc/preau/database-url && chmod 640 ');
    expect(lines).toContain('chown root: /etc/preau/database-owner-url && chmod 600 ');
    expect(lines).not.toMatch(/[0-9a-f]{48}/);
  });
});

/** Asked where Debian's program is installed; the soak unpacks and runs them all. */
describe('the programs themselves take them', () => {
  const has = (program: string): boolean => existsSync(program);
  /** Of today, whichever day it is for the test: on another one HAProxy hangs as it starts. */
  const { LD_PRELOAD: _anotherDay, ...env } = process.env;

  it.skipIf(!has('/usr/sbin/haproxy'))('haproxy -c', () => {
    const configOf = (machine: string) => join(folder, machine, 'etc/haproxy/haproxy.cfg');
    for (const machine of ['m1', 'm2', 'm3'])
      execFileSync('/usr/sbin/haproxy', ['-c', '-f', configOf(machine)], { env });
  });

  it.skipIf(!has('/usr/bin/pgbackrest'))('pgbackrest', () => {
    const path = join(folder, 'm1/etc/pgbackrest.conf');
    const args = [`--config=${path}`, '--stanza=preau', 'help', 'backup'];
    const { status, stderr } = spawnSync('/usr/bin/pgbackrest', args, { encoding: 'utf8', env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.skipIf(!has('/usr/sbin/keepalived'))('keepalived -t', () => {
    const config = join(folder, 'm1/etc/keepalived/keepalived.conf');
    execFileSync('/usr/sbin/keepalived', ['-t', '-f', config], { env });
  });
});
