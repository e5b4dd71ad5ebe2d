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
import { DAY_MS, HOUR_MS } from '../../../core/ground/spans.ts';
import { openData, sealData } from './data-file.ts';
import type { BackupKey } from './key.ts';
import type { SideFiles } from './side-files.ts';

/**
 * How often to look what was added, which is what a lost machine costs of the ledger at most: less
 * than of the mail in a folder, as much on another machine, where each copy is a sign-in.
 */
export const LOOK_MS = { folder: 5_000, sftp: 60_000 } as const;
const CLOSED_MS = 3 * DAY_MS;
/** Those of several machines stand beside one another, each under its machine's name. */
const COPY = /^([a-z]+)-(\d{4}-\d{2}-\d{2})(?:\.[a-z0-9-]+)?\.jsonl\.sealed$/;
/** How often a machine reads what the others of its cell have written. */
const BRING_MS = HOUR_MS;

/** Beside what pgBackRest keeps. */
const FOLDER = 'ledger';

/** The ledger of a data folder, and where it is copied to. */
interface Copying {
  readonly dataDir: string;
  readonly beside: SideFiles;
  readonly key: BackupKey;
  /** Null: no other machine copies its own there. */
  readonly machine: string | null;
}

interface CopyingPace {
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly everyMs: number;
}

/**
 * Copies what was added to the ledger into the repository every few seconds, encrypted, until told
 * to stop. A repository that is away is tried again; nothing else waits for it.
 */
export async function keepCopying(
  copying: Copying,
  { log, signal, everyMs }: CopyingPace,
): Promise<void> {
  const copied = new Map<string, number>();
  let failing = false;
  let bringAt = performance.now() + BRING_MS;
  while (!signal.aborted) {
    try {
      await copyLedger(copying, copied);
      if (copying.machine !== null && performance.now() > bringAt) {
        bringAt = performance.now() + BRING_MS;
        await bringLedger(copying);
      }
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
  const { dataDir, beside, key, machine } = copying;
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
    const copy = copyOf(file, machine);
    if (!(isClosed(day, now) && there.includes(copy))) {
      const one = { path: join('ledger', file), mode: 0o600, base64: bytes.toString('base64') };
      const sealed = sealData({ madeAt: now.toISOString(), files: [one] }, key);
      await beside.write(FOLDER, copy, sealed);
    }
    copied.set(file, bytes.length);
  }
  for (const one of copiesAmong(there))
    if (isLedgerPast(one, now)) await beside.remove(FOLDER, one.copy);
}

/** Whether nobody writes into a day's file any more. */
const isClosed = (day: string, now: Date): boolean => now.getTime() - Date.parse(day) > CLOSED_MS;

const copyOf = (file: string, machine: string | null): string =>
  `${machine === null ? file : file.replace(/(?=\.jsonl$)/, `.${machine}`)}.sealed`;

/**
 * Writes the ledger back as it was last, whatever moment the database comes back to, that of all
 * machines; what is there already stays.
 */
export async function bringLedger({
  dataDir,
  beside,
  key,
}: Omit<Copying, 'machine'>): Promise<void> {
  const now = new Date();
  const here = new Set(ledgerFiles(dataDir).map(({ name, day }) => `${name} ${day}`));
  for (const { copy, name, day } of copiesAmong(await beside.names(FOLDER))) {
    if (here.has(`${name} ${day}`) && isClosed(day, now)) continue;
    const kept = openData(await beside.read(FOLDER, copy), key);
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
