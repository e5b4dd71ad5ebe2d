import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import {
  isLedgerPast,
  ledgerFiles,
  ledgerFolder,
  mergeLedger,
  tidyLedger,
} from '../../../core/ground/ledger.ts';
import { DAY_MS } from '../../../core/ground/spans.ts';
import type { BackupKey } from './key.ts';
import { openSettings, sealSettings } from './settings-file.ts';
import type { SideFiles } from './side-files.ts';

/**
 * How often to look what was added, which is what a lost machine costs of the ledger at most: less
 * than of the mail in a folder, as much on another machine, where each copy is a sign-in.
 */
export const LOOK_MS = { folder: 5_000, sftp: 60_000 } as const;
const CLOSED_MS = 3 * DAY_MS;
const COPY = /^([a-z]+)-(\d{4}-\d{2}-\d{2})\.jsonl\.sealed$/;

/** Beside what pgBackRest keeps. */
const FOLDER = 'ledger';

/** The ledger of a data folder, and where it is copied to. */
interface Copying {
  readonly dataDir: string;
  readonly beside: SideFiles;
  readonly key: BackupKey;
}

/**
 * Copies what was added to the ledger into the repository every few seconds, encrypted, until told
 * to stop. A repository that is away is tried again; nothing else waits for it.
 */
export async function keepCopying(
  copying: Copying,
  {
    log,
    signal,
    everyMs,
  }: { readonly log: Logger; readonly signal: AbortSignal; readonly everyMs: number },
): Promise<void> {
  const copied = new Map<string, number>();
  let failing = false;
  while (!signal.aborted) {
    try {
      await copyLedger(copying, copied);
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ err: error }, 'the ledger could not be copied beside the backups');
      failing = true;
    }
    await setTimeout(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/**
 * Brings the copies up to date, one a day; copies and days that are past go. `copied` keeps how
 * long each file was when it was copied: files only grow. Before the first copy, what is there and
 * gone from here comes back: it is not to be lost there too.
 */
export async function copyLedger(
  copying: Copying,
  copied: Map<string, number> = new Map(),
): Promise<void> {
  const { dataDir, beside, key } = copying;
  const now = new Date();
  if (copied.size === 0) await bringLedger(copying);
  tidyLedger(dataDir, now);
  const files = ledgerFiles(dataDir);
  if (files.length === 0) return;
  const grown = files.filter(
    ({ file }) => copied.get(file) !== statSync(join(ledgerFolder(dataDir), file)).size,
  );
  if (grown.length === 0) return; // nothing is asked of another machine
  const there = await beside.names(FOLDER);
  for (const { file, day } of grown) {
    const bytes = readFileSync(join(ledgerFolder(dataDir), file));
    if (!(isClosed(day, now) && there.includes(copyOf(file)))) {
      const one = { path: join('ledger', file), mode: 0o600, base64: bytes.toString('base64') };
      const sealed = sealSettings({ madeAt: now.toISOString(), files: [one] }, key);
      await beside.write(FOLDER, copyOf(file), sealed);
    }
    copied.set(file, bytes.length);
  }
  for (const one of copiesAmong(there))
    if (isLedgerPast(one, now)) await beside.remove(FOLDER, one.copy);
}

/** Whether nobody writes into a day's file any more. */
const isClosed = (day: string, now: Date): boolean => now.getTime() - Date.parse(day) > CLOSED_MS;

const copyOf = (file: string): string => `${file}.sealed`;

/**
 * Writes the ledger back as it was last, whatever moment the database comes back to; what is there
 * already stays.
 */
export async function bringLedger({ dataDir, beside, key }: Copying): Promise<void> {
  const now = new Date();
  const here = new Set(ledgerFiles(dataDir).map(({ file }) => copyOf(file)));
  for (const { copy, day } of copiesAmong(await beside.names(FOLDER))) {
    if (here.has(copy) && isClosed(day, now)) continue;
    const kept = openSettings(await beside.read(FOLDER, copy), key);
    if (typeof kept === 'string') continue;
    for (const { path, base64 } of kept.files)
      mergeLedger(dataDir, basename(path), Buffer.from(base64, 'base64').toString('utf8'));
  }
}

interface Copy {
  readonly copy: string;
  readonly name: string;
  readonly day: string;
}

function copiesAmong(names: readonly string[]): readonly Copy[] {
  return names.flatMap((copy) => {
    const [, name, day] = COPY.exec(copy) ?? [];
    return name === undefined || day === undefined ? [] : [{ copy, name, day }];
  });
}
