import pg from 'pg';
import { openScanner } from '../../core/letters/scan/clamd.ts';
import { median, print, rounded } from './figures.ts';
import type { ImapFigures } from './imap-figures.ts';
import { writeLetters } from './letters.ts';

const REPEAT = 200;
const SCAN = { timeoutMs: 10_000, maxBytes: 26_214_400 };

/**
 * What STORE and APPEND can't do without, by itself and in the same minute: a row committed on the
 * same PostgreSQL, which waits for the disk, and a scan by the same clamd, over a connection that
 * stays open. In milliseconds.
 */
export async function floors(adminUrl: string, clamdSocket: string): Promise<ImapFigures> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(
    'create table if not exists bench_floor (id integer primary key, count integer not null); insert into bench_floor values (1, 0) on conflict do nothing',
  );
  const commit = await often(() =>
    client.query({ name: 'floor', text: 'update bench_floor set count = count + 1 where id = 1' }),
  );
  await client.query('drop table bench_floor');
  await client.end();
  const scanner = await openScanner({ address: `unix:${clamdSocket}`, ...SCAN });
  const letter = writeLetters({ from: 'maitre@ext.test', sizeBytes: 5_000, attachmentBytes: 0 });
  let count = 0;
  const scan = await often(() =>
    scanner.scan(letter(`sol${(count += 1)}`), { kind: 'peer', ip: null }),
  );
  scanner.close();
  return { one_commit_ms: commit, one_scan_ms: scan };
}

async function often(act: () => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let time = 0; time < REPEAT; time += 1) {
    const begun = performance.now();
    await act();
    all.push(performance.now() - begun);
  }
  return median(all);
}

interface Aim {
  readonly aim: string;
  readonly of: string;
  readonly most: number;
  readonly where?: string;
}

/**
 * Prints what was aimed at, what came out, and where the time goes if it was missed. A figure that
 * is a rate is judged by what one takes.
 */
export function judge(figures: {
  readonly ours: ImapFigures;
  readonly dovecot: ImapFigures;
  readonly cyrus: ImapFigures;
}): void {
  const { ours, dovecot, cyrus } = figures;
  const each = (one: ImapFigures, name: string): number => 1_000 / (one[name] ?? NaN);
  const commit = `a durable commit alone takes ${rounded(ours['one_commit_ms'] ?? NaN)} ms; Dovecot does not wait for the disk (decision 15)`;
  const scan = `clamd alone takes ${rounded(ours['one_scan_ms'] ?? NaN)} ms, without it ${rounded(1_000 / (each(ours, 'append_per_s') - (ours['one_scan_ms'] ?? 0)))} per s; Dovecot scans nothing`;
  const openssl =
    'OpenSSL holds 32 KiB for a connection (two record layers 9, the connection 6, the key of X25519MLKEM768 8, ciphers 3), and Node a buffer (decision 14)';
  const aims: readonly Aim[] = [
    {
      aim: 'LOGIN and SELECT no slower than Cyrus, ms',
      of: 'login_select_ms',
      most: cyrus['login_select_ms'] ?? NaN,
    },
    {
      aim: 'first listing within 1.5x of Cyrus, ms',
      of: 'list_first_ms',
      most: 1.5 * (cyrus['list_first_ms'] ?? NaN),
    },
    {
      aim: 'first listing below Dovecot, ms',
      of: 'list_first_ms',
      most: dovecot['list_first_ms'] ?? NaN,
    },
    {
      aim: 'warm listing no slower than Dovecot, ms',
      of: 'list_warm_ms',
      most: dovecot['list_warm_ms'] ?? NaN,
    },
    {
      aim: '50 bodies within 2x of Dovecot, ms',
      of: 'bodies50_ms',
      most: 2 * (dovecot['bodies50_ms'] ?? NaN),
    },
    { aim: 'SEARCH TEXT of a common word under 20 ms', of: 'search_text_common_ms', most: 20 },
    { aim: 'SEARCH TEXT of a rare word under 20 ms', of: 'search_text_rare_ms', most: 20 },
    { aim: 'EXISTS after the 250, p50 under 10 ms', of: 'exists_after_250_p50_ms', most: 10 },
    { aim: 'EXISTS after the 250, p95 under 50 ms', of: 'exists_after_250_p95_ms', most: 50 },
    { aim: 'an idle session in clear, KiB', of: 'idle_plain_kib_each', most: 10 },
    { aim: 'an idle session under TLS, KiB', of: 'idle_tls_kib_each', most: 30, where: openssl },
  ];
  for (const { aim, of, most, where } of aims) tell(aim, ours[of] ?? NaN, most, where ?? null);
  tell(
    'an APPEND no slower than Dovecot, ms',
    each(ours, 'append_per_s'),
    each(dovecot, 'append_per_s'),
    scan,
  );
  tell(
    'a STORE no slower than Dovecot, ms',
    each(ours, 'store_per_s'),
    each(dovecot, 'store_per_s'),
    commit,
  );
  tell(
    'a STORE that changes something no slower than Dovecot, ms',
    each(ours, 'store_changing_per_s'),
    each(dovecot, 'store_changing_per_s'),
    commit,
  );
}

/** Nothing where it wasn't measured. */
function tell(aim: string, value: number, most: number, where: string | null): void {
  if (Number.isNaN(value) || Number.isNaN(most)) return;
  const met = value <= most;
  print({
    figure: 'aim',
    aim,
    value: rounded(value),
    most: rounded(most),
    met,
    ...(met || where === null ? {} : { where }),
  });
}
