/** Files of PREAU_DATA that are gone or garbled: nothing of worth is made anew in silence. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { openHome } from './paths.ts';
import { keepPasswords, readPasswords } from './postgres-passwords.ts';
import { startPostgres } from './postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'preau-lost-'));
chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
afterAll(() => rmSync(folder, { recursive: true }));

let folders = 0;
/** A new data folder with these files. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const dataDir = join(folder, String((folders += 1)));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dataDir, name)), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  }
  return dataDir;
}

describe('the data folder', () => {
  it.each([
    { name: 'version', text: '?!', says: 'version can’t be read any more: remove it' },
    { name: 'version', text: '7', says: 'is of another version (7, expected 1)' },
    { name: 'services-in', text: 'x', says: 'services-in no longer says where the database is' },
    { name: 'services-in', text: '/nowhere', says: 'no longer says where the database is' },
  ])('with « $text » in $name: $says', ({ name, text, says }) => {
    const dataDir = folderWith({ [name]: text });
    expect(() => openHome(dataDir)).toThrow(says);
    expect(readFileSync(join(dataDir, name), 'utf8')).toBe(text);
  });

  it('gets a new version file where it is gone', () => {
    const dataDir = folderWith({});
    openHome(dataDir);
    rmSync(join(dataDir, 'version'));
    openHome(dataDir);
    expect(existsSync(join(dataDir, 'version'))).toBe(true);
  });
});

describe('the passwords of the database', () => {
  const cluster = (dataDir: string): string => join(dataDir, 'postgres');
  it('are made where there is no database yet, and kept by who makes it', () => {
    const dataDir = folderWith({ x: '' });
    const made = readPasswords(dataDir, cluster(dataDir));
    expect(existsSync(join(dataDir, 'postgres-passwords.json'))).toBe(false);
    mkdirSync(cluster(dataDir));
    writeFileSync(join(cluster(dataDir), 'PG_VERSION'), '17');
    keepPasswords(dataDir, made);
    expect(readPasswords(dataDir, cluster(dataDir))).toEqual(made);
  });

  it.each([
    { files: {}, says: 'postgres-passwords.json is gone' },
    { files: { 'postgres-passwords.json': '{"owner":"x"}' }, says: 'can’t be read any more' },
    { files: { 'postgres-passwords.json': '?' }, says: 'can’t be read any more' },
  ])('are not replaced where there is one: $says', ({ files, says }) => {
    const dataDir = folderWith({ 'postgres/PG_VERSION': '17', ...files });
    expect(() => readPasswords(dataDir, cluster(dataDir))).toThrow(says);
  });
});

describe('the cluster', () => {
  const start = (dataDir: string) =>
    startPostgres(openHome(dataDir), {
      port: 0,
      processes: 1,
      log: pino({ level: 'silent' }),
      signal: new AbortController().signal,
      onRestart: () => {},
    });
  it.each([
    { when: 'is gone', files: { 'postgres-passwords.json': '{}' }, says: 'The database is gone' },
    { when: 'lacks its version', files: { 'postgres/base': '' }, says: 'The database is damaged' },
    {
      when: 'has none to read',
      files: { 'postgres/PG_VERSION': '?' },
      says: 'The database is damaged',
    },
    {
      when: 'is of another version',
      files: { 'postgres/PG_VERSION': '16' },
      says: 'is of another version (PostgreSQL 16, expected PostgreSQL 17)',
    },
  ])('is not made anew where it $when', async ({ files, says }) => {
    await expect(start(folderWith(files))).rejects.toThrow(says);
  });
});
