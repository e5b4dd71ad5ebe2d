import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServices } from '../../cli/services/services.ts';
import { loadConfig } from '../../core/ground/config.ts';
import { openLog } from '../../core/ground/log.ts';
import { openScanner, type Scanner } from '../../core/letters/scan/clamd.ts';
import { SCAN_TIMEOUT_MS } from '../../core/letters/scan/limits.ts';
import { crowd, FLOOD } from '../../core/letters/scan/testing/crowd.ts';
import { parcel } from '../../core/letters/scan/testing/letters.ts';
import { emptyEntries } from '../../core/letters/scan/testing/zip.ts';

const MOST_MS = 2_000;
/** Seven seconds of clamd's each. */
const ENTRIES = 15_000;
/** Beyond clamd's own limit of time. */
const TOO_MANY_ENTRIES = 60_000;

/**
 * Ten archives at once that cost a real clamd of ours many seconds, from one network and from ten,
 * and ordinary mail beside them. False where its 99th percentile is over two seconds, or a virus
 * passes.
 */
export async function scanFlood(say: (line: string) => void): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-flood-'));
  // The database is named so that none is started: nothing here is stored.
  const config = loadConfig({
    PREAU_DATA: folder,
    PREAU_DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
  });
  const services = await startServices(config, {
    log: openLog({ level: 'warn' }),
    signal: new AbortController().signal,
  });
  const scanner = await openScanner({
    address: services.config.clamd ?? '',
    timeoutMs: SCAN_TIMEOUT_MS,
    maxBytes: config.maxMessageBytes,
  });
  try {
    const results = [
      await flood(scanner, 1, say),
      await flood(scanner, FLOOD, say),
      await tooLong(scanner, say),
    ];
    return results.every(Boolean);
  } finally {
    scanner.close();
    await services.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function flood(
  scanner: Scanner,
  networks: number,
  say: (line: string) => void,
): Promise<boolean> {
  const { hostile, viruses, strangers, own, seconds } = await crowd(scanner, {
    entries: ENTRIES,
    networks,
  });
  const found = viruses.filter((kind) => kind === 'infected').length;
  const right =
    strangers.p99Ms < MOST_MS && own.p99Ms < MOST_MS && found === viruses.length && found > 0;
  say(
    [
      `scan flood: ${FLOOD} x ${ENTRIES} entries from ${networks} network(s), ${seconds.toFixed(0)} s, ${countsOf(hostile)}`,
      `a stranger’s letter p99 ${strangers.p99Ms.toFixed(0)} ms, most ${strangers.mostMs.toFixed(0)} (${strangers.count})`,
      `one of ours p99 ${own.p99Ms.toFixed(0)} ms, most ${own.mostMs.toFixed(0)} (${own.count})`,
      `EICAR ${found}/${viruses.length}; ${right ? 'ok' : 'NOT RIGHT'}`,
    ].join('; '),
  );
  return right;
}

/** What clamd itself gives up is answered once and for good. */
async function tooLong(scanner: Scanner, say: (line: string) => void): Promise<boolean> {
  const begun = Date.now();
  const result = await scanner.scan(parcel('f.zip', emptyEntries(TOO_MANY_ENTRIES, 'f')), {
    kind: 'peer',
    ip: '203.0.113.1',
  });
  const right =
    result.kind === 'unscannable' && result.signature === 'Heuristics.Limits.Exceeded.MaxScanTime';
  const answer = 'signature' in result ? `${result.kind} ${result.signature}` : result.kind;
  say(
    `scan flood: ${TOO_MANY_ENTRIES} entries: ${answer} after ${Math.round((Date.now() - begun) / 1_000)} s; ${right ? 'ok' : 'NOT RIGHT'}`,
  );
  return right;
}

function countsOf(kinds: readonly string[]): string {
  const names = [...new Set(kinds)];
  return names.map((name) => `${kinds.filter((kind) => kind === name).length} ${name}`).join(', ');
}
