import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS } from './spans.ts';

/**
 * What must be known after the database went back to an earlier moment, and so can't stand in it:
 * lines of numbers and times in files of PREAU_DATA, one a day, that are only ever added to. They
 * are copied beside the backups (`cli/backup/repository/ledger-copies.ts`), and come back with a
 * restore as they were last.
 */
type LedgerName =
  /** Who was erased. */
  | 'erasures'
  /** What became of mail to outside. */
  | 'deliveries'
  /** To where the chains of the journals had come each night. */
  | 'chain';

/** A line, as JSON; each says when that was. */
type LedgerLine = Readonly<Record<string, unknown>> & { readonly at: string };

/**
 * Must be on the disk before what it tells of may happen. What left is told to the database in the
 * same moment, and only a machine that loses its power at once loses both.
 */
const FLUSHED: ReadonlySet<LedgerName> = new Set(['erasures', 'chain']);
/** Longer than any backup is kept (`BACKUP_GONE_DAYS`). */
export const LEDGER_DAYS = 45;
/** As long as what the chains hold is kept, and longer. */
const CHAIN_DAYS = 4 * 366;
const FILE = /^([a-z]+)-(\d{4}-\d{2}-\d{2})\.jsonl$/;

/** Where the files lie. */
export const ledgerFolder = (dataDir: string): string => join(dataDir, 'ledger');

/**
 * Writes one line; several processes may at once. Synchronous: it stands in the file when this
 * returns. Throws what the file system throws.
 */
export function writeLedger(dataDir: string, name: LedgerName, line: LedgerLine): void {
  const folder = ledgerFolder(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}-${line.at.slice(0, 10)}.jsonl`);
  // Before it too: a line that was cut short with the machine spoils no other.
  const text = `\n${JSON.stringify(line)}\n`;
  writeFileSync(path, text, { flag: 'a', mode: 0o600, flush: FLUSHED.has(name) });
}

/** Adds the lines of a copy of a day that its file here hasn't; nothing for another name. */
export function mergeLedger(dataDir: string, file: string, copy: string): void {
  if (!FILE.test(file)) return;
  const path = join(ledgerFolder(dataDir), file);
  const there = new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []);
  const missing = copy.split('\n').filter((line) => line !== '' && !there.has(line));
  if (missing.length === 0) return;
  mkdirSync(ledgerFolder(dataDir), { recursive: true, mode: 0o700 });
  writeFileSync(path, `\n${missing.join('\n')}\n`, { flag: 'a', mode: 0o600, flush: true });
}

/** The lines written since a moment, oldest day first; what is no whole line is left out. */
export async function readLedger(
  dataDir: string,
  name: LedgerName,
  since: Date,
): Promise<readonly LedgerLine[]> {
  const from = since.toISOString();
  const lines: LedgerLine[] = [];
  for (const file of ledgerFiles(dataDir).filter((one) => one.name === name)) {
    if (file.day < from.slice(0, 10)) continue;
    const text = await readFile(join(ledgerFolder(dataDir), file.file), 'utf8');
    for (const line of text.split('\n')) {
      const read = lineOf(line);
      if (read !== null && read.at >= from) lines.push(read);
    }
  }
  return lines;
}

function lineOf(text: string): LedgerLine | null {
  if (!text.startsWith('{"') || !text.endsWith('}')) return null;
  try {
    const line: unknown = JSON.parse(text);
    return isLine(line) ? line : null;
  } catch {
    return null;
  }
}

const isLine = (line: unknown): line is LedgerLine =>
  typeof line === 'object' && line !== null && 'at' in line && typeof line.at === 'string';

interface LedgerFile {
  readonly file: string;
  readonly name: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
}

/** The oldest day first; none where nothing was ever written. */
export function ledgerFiles(dataDir: string): readonly LedgerFile[] {
  const folder = ledgerFolder(dataDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => {
      const [, name, day] = FILE.exec(file) ?? [];
      return name === undefined || day === undefined ? [] : [{ file, name, day }];
    })
    .sort((one, other) => one.day.localeCompare(other.day));
}

/** Whether nobody needs this file any more: no backup goes back to its day, no chain either. */
export function isLedgerPast({ name, day }: Omit<LedgerFile, 'file'>, now: Date): boolean {
  const days = name === 'chain' ? CHAIN_DAYS : LEDGER_DAYS;
  return now.getTime() - Date.parse(`${day}T00:00:00Z`) > (days + 1) * DAY_MS;
}

/** Removes the files that nobody needs any more. */
export function tidyLedger(dataDir: string, now: Date): void {
  for (const one of ledgerFiles(dataDir))
    if (isLedgerPast(one, now)) rmSync(join(ledgerFolder(dataDir), one.file), { force: true });
}
