import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isLedgerPast, ledgerFiles, ledgerFolder, tidyLedger } from '../../core/ledger.ts';
import type { BackupKey } from './key.ts';
import { openSettings, sealSettings } from './settings-file.ts';
import { writeSettings } from './settings-folder.ts';

/** What a lost machine costs of the ledger, at most: less than of the mail. */
const LOOK_MS = 5_000;
/** Nobody writes into a day's file any more. */
const CLOSED_MS = 3 * 86_400_000;
const COPY = /^[a-z]+-(\d{4}-\d{2}-\d{2})\.jsonl\.sealed$/;

const folderOf = (repository: string): string => join(repository, 'ledger');

/** The ledger of a data folder, and where it is copied to. */
interface Copying {
  readonly dataDir: string;
  readonly repository: string;
  readonly key: BackupKey;
}

/**
 * Copies what was added to the ledger into the repository every few seconds, encrypted, until told
 * to stop. A repository that is away is tried again; nothing else waits for it.
 */
export async function keepCopying(
  copying: Copying,
  { log, signal }: { readonly log: Logger; readonly signal: AbortSignal },
): Promise<void> {
  const copied = new Map<string, number>();
  let failing = false;
  while (!signal.aborted) {
    try {
      copyLedger(copying, copied);
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ err: error }, 'the ledger could not be copied beside the backups');
      failing = true;
    }
    await setTimeout(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/**
 * Brings the copies up to date, one a day; copies and days that are past go. `copied` keeps how
 * long each file was when it was copied: files only grow.
 */
export function copyLedger(
  { dataDir, repository, key }: Copying,
  copied: Map<string, number> = new Map(),
): void {
  const now = new Date();
  tidyLedger(dataDir, now);
  const files = ledgerFiles(dataDir);
  if (files.length === 0) return;
  const folder = folderOf(repository);
  // Not those above: where the disk isn't mounted nothing is written in its place.
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  for (const { file, day } of files) {
    const to = join(folder, `${file}.sealed`);
    if (now.getTime() - Date.parse(day) > CLOSED_MS && existsSync(to)) continue;
    const bytes = readFileSync(join(ledgerFolder(dataDir), file));
    if (copied.get(file) === bytes.length) continue;
    const one = { path: join('ledger', file), mode: 0o600, base64: bytes.toString('base64') };
    const sealed = sealSettings({ madeAt: now.toISOString(), files: [one] }, key);
    writeFileSync(`${to}.new`, sealed, { mode: 0o600, flush: true });
    renameSync(`${to}.new`, to);
    copied.set(file, bytes.length);
  }
  for (const { name, day } of copiesIn(folder))
    if (isLedgerPast(day, now)) rmSync(join(folder, name), { force: true });
}

/** Writes the ledger back as it was last, whatever moment the database comes back to. */
export function bringLedger({ dataDir, repository, key }: Copying): void {
  const folder = folderOf(repository);
  if (!existsSync(folder)) return; // none was ever kept
  for (const { name } of copiesIn(folder)) {
    const kept = openSettings(readFileSync(join(folder, name)), key);
    if (typeof kept !== 'string') writeSettings(dataDir, kept);
  }
}

function copiesIn(folder: string): readonly { readonly name: string; readonly day: string }[] {
  return readdirSync(folder).flatMap((name) => {
    const day = COPY.exec(name)?.[1];
    return day === undefined ? [] : [{ name, day }];
  });
}
