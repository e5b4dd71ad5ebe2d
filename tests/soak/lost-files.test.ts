/**
 * Each file that lies in PREAU_DATA of a town that runs, removed and then made garbage: one
 * sentence that names it, or nothing where it is made anew, and the way back. The other rows of
 * what one can come back from are in way-back.test.ts (core/decisions/0039-ways-back.md).
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openMachine, type SoakMachine } from './machine.ts';

const canRun = existsSync('/usr/bin/pgbackrest') || process.getuid?.() === 0;
/** Longer than any of our files must be, and no key, no JSON, no certificate. */
const GARBAGE = '?!'.repeat(200);

interface Row {
  readonly file: string;
  readonly harm: 'removed' | 'garbled';
  /** What the start says; null: it starts, for the file is made anew or is nobody's to read. */
  readonly says: string | null;
  /** What a person types then, the file being moved away first; undefined: nothing. */
  readonly back?: readonly string[];
}

const KEY = '<key>';
const RESTORE_FILES = ['restore', 'files'] as const;
const OF_THE_DATABASE = 'move PREAU_DATA aside, then preau restore';

/** One a day and a subject; what was copied to the repository is there still. */
const LEDGER = `ledger/deliveries-${new Date().toISOString().slice(0, 10)}.jsonl`;

const ROWS: readonly Row[] = [
  { file: 'secret.key', harm: 'removed', says: 'secret.key is gone', back: RESTORE_FILES },
  {
    file: 'secret.key',
    harm: 'garbled',
    says: 'secret.key isn’t the key of this database',
    back: RESTORE_FILES,
  },
  {
    file: 'backup.key',
    harm: 'removed',
    says: 'there is no key in',
    back: ['backup', 'key', '--key', KEY],
  },
  {
    file: 'backup.key',
    harm: 'garbled',
    says: 'backup.key no longer holds the key',
    back: ['backup', 'key', '--key', KEY],
  },
  {
    file: 'postgres-passwords.json',
    harm: 'removed',
    says: 'postgres-passwords.json is gone',
    back: ['database', 'passwords'],
  },
  {
    file: 'postgres-passwords.json',
    harm: 'garbled',
    says: 'postgres-passwords.json can’t be read any more',
    back: ['database', 'passwords'],
  },
  { file: 'version', harm: 'removed', says: null },
  { file: 'version', harm: 'garbled', says: 'version can’t be read any more: remove it', back: [] },
  { file: 'self-signed.pem', harm: 'removed', says: null },
  { file: 'self-signed.pem', harm: 'garbled', says: null },
  { file: 'demo.json', harm: 'removed', says: null, back: RESTORE_FILES },
  { file: 'demo.json', harm: 'garbled', says: null, back: RESTORE_FILES },
  { file: 'backup-proof.json', harm: 'removed', says: null },
  { file: 'backup-proof.json', harm: 'garbled', says: null },
  { file: 'services.json', harm: 'garbled', says: null },
  { file: 'running', harm: 'garbled', says: null },
  { file: 'backup-proof.json', harm: 'removed', says: null },
  { file: 'backup-proof.json', harm: 'garbled', says: null },
  { file: LEDGER, harm: 'removed', says: null },
  { file: LEDGER, harm: 'garbled', says: null },
  { file: 'backup/pgbackrest.conf', harm: 'removed', says: null },
  { file: 'backup/pgbackrest.conf', harm: 'garbled', says: null },
];

/** Files of PostgreSQL's own: the way back is that of a lost disk, and is tried there. */
const OF_POSTGRES: readonly (Row & { readonly says: string })[] = [
  { file: 'postgres', harm: 'removed', says: 'then preau restore' },
  { file: 'postgres/PG_VERSION', harm: 'removed', says: OF_THE_DATABASE },
  { file: 'postgres/PG_VERSION', harm: 'garbled', says: OF_THE_DATABASE },
  { file: 'postgres/global/pg_control', harm: 'removed', says: OF_THE_DATABASE },
  { file: 'postgres/global/pg_control', harm: 'garbled', says: OF_THE_DATABASE },
  { file: 'postgres/postgresql.conf', harm: 'removed', says: OF_THE_DATABASE },
  { file: 'postgres/postgresql.conf', harm: 'garbled', says: OF_THE_DATABASE },
  { file: 'postgres/pg_hba.conf', harm: 'removed', says: OF_THE_DATABASE },
  { file: 'postgres/pg_hba.conf', harm: 'garbled', says: OF_THE_DATABASE },
  { file: 'postgres/pg_wal', harm: 'removed', says: OF_THE_DATABASE },
];

let folder: string;
let machine: SoakMachine;
/** What lay there while the town ran. */
let found: readonly string[];
const at = (file: string): string => join(machine.dataDir, file);
const aside = (): string => join(folder, 'aside');

describe.skipIf(!canRun)('a file of PREAU_DATA', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preau-lost-files-'));
    chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
    machine = await openMachine(folder);
    await machine.makeKey();
    await machine.start('--processes', '1');
    found = filesIn(machine.dataDir);
    await machine.preau('backup');
    await machine.stop();
    mkdirSync(aside());
    for (const part of [machine.dataDir, machine.repository]) copied(part, aside());
  });
  afterEach(async () => {
    await machine.stop();
    // both: a repository knows what was written since
    for (const part of [machine.dataDir, machine.repository]) {
      rmSync(part, { recursive: true, force: true });
      copied(join(aside(), basename(part)), folder);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is in the list below, each that lies there', () => {
    const known = new Set(ROWS.map(({ file }) => file));
    expect(found.filter((file) => !known.has(file))).toEqual([]);
  });

  it.each(ROWS)('$file $harm: says « $says », and comes back', async (row) => {
    harm(row);
    if (row.says !== null) {
      const { code, output } = await machine.tried('start', '--processes', '1');
      expect(code, output).toBe(1);
      expect(oneSentence(output)).toContain(row.says);
      expect(oneSentence(output)).toMatch(/ \/ /);
    }
    if (row.file.startsWith('backup/')) return backsUp();
    if (row.says === null && row.back === undefined) return works();
    rmSync(at(row.file), { force: true });
    const typed = (row.back ?? []).map((word) => (word === KEY ? machine.key : word));
    if (typed.length > 0) await machine.preau(...typed);
    await works();
    if (row.file.endsWith('.key'))
      expect(readFileSync(at(row.file))).toEqual(readFileSync(join(aside(), 'data', row.file)));
  });

  it.each(OF_POSTGRES)('$file $harm: says « $says »', async (row) => {
    harm(row);
    const { code, output } = await machine.tried('start', '--processes', '1');
    expect(code, output).toBe(1);
    expect(oneSentence(output)).toContain(row.says);
    expect(oneSentence(output)).toContain(at('postgres'));
  });

  it('postgres removed: comes back by a restore, once what is left is moved aside', async () => {
    harm({ file: 'postgres', harm: 'removed', says: null });
    renameSync(machine.dataDir, join(folder, 'moved'));
    await machine.preau('restore', '--key', machine.key);
    rmSync(join(folder, 'moved'), { recursive: true });
    await works();
  });

  it('a folder removed (sent, acme, outside, uploads, ledger): is made anew', async () => {
    for (const name of ['sent', 'acme', 'outside', 'uploads', 'ledger'])
      rmSync(at(name), { recursive: true, force: true });
    await works();
  });
});

/** Serves, and the database and its people are those of before. */
async function works(): Promise<void> {
  await machine.start('--processes', '1', '--roles', 'imap', '--no-demo');
  expect(await machine.preau('agent', 'list')).toContain('hugues.armand');
  await machine.stop();
}

async function backsUp(): Promise<void> {
  await machine.start('--processes', '1', '--roles', 'imap', '--no-demo');
  expect(await machine.preau('backup', '--json')).toContain('"type":"incr"');
}

function harm({ file, harm: how }: Row): void {
  if (how === 'removed') rmSync(at(file), { recursive: true, force: true });
  else writeFileSync(at(file), GARBAGE);
}

/** What a start says to a person, without its lines of log. */
function oneSentence(output: string): string {
  const lines = output
    .trim()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'));
  expect(lines, output).toHaveLength(1);
  return lines[0] ?? '';
}

/** Into a folder, with owners and rights, which Node's own copy gives to root. */
function copied(from: string, folderOfCopy: string): void {
  execFileSync('cp', ['-a', from, folderOfCopy]);
}

/** Ours, without what is PostgreSQL's own. */
function filesIn(dataDir: string): readonly string[] {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dataDir, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('postgres/'));
}
