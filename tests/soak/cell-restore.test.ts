/**
 * A cell comes back to a minute: the backup is taken from a copy by pgBackRest, its large letters
 * lie with Debian's OpenStack Swift, and all three machines lose what they had. By the lines of
 * `LISEZMOI.md` every letter of before that minute is there, and opens; none of after it is.
 */
import { hash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WireClient } from '../../smtp/testing/wire-client.ts';
import type { DemoAccount } from '../e2e/whole.ts';
import { deliver, letter, ready } from '../e2e/wire.ts';
import { debianPrograms } from './cell/debian-programs.ts';
import { CELL, LOOPBACK, type CellGround } from './cell/three-machines.ts';
import { openTownOfCell, type TownOfCell } from './cell/town-of-cell.ts';
import { brokenParts, query } from './ledger.ts';
import { debianSwift } from './swift/debian-swift.ts';
import { startSwift, type SwiftNodes } from './swift/three-nodes.ts';

const programs = debianPrograms();
const swift = debianSwift();
const lacking = [programs, swift].find((one) => typeof one === 'string');
if (lacking !== undefined) console.log(`cell, restored: skipped, ${lacking}`);
const LARGE = 12;
const SMALL = 20;
const AFTER = 5;
const WELCOME_MS = 60_000;
const LONG = Array.from({ length: 9_000 }, (_, line) => `Ligne ${line}`).join('\r\n');

/** Addresses of their own: another file of the soak may have a cell at the same time. */
const GROUND: CellGround = {
  ...LOOPBACK,
  cell: {
    ...CELL,
    machines: CELL.machines.map(({ name }, at) => ({ name, address: `127.0.35.${at + 1}` })),
  },
  backupKey: 'ACDEFHJKMNPQRTUVWXY3',
};

let bodies: SwiftNodes;
let cell: TownOfCell;
/** What was sent before the minute, by its subject: the digest of what a mail program gets. */
let came: ReadonlyMap<string, string>;

/** HAProxy takes a moment to see that a role serves. */
async function welcomed(head: DemoAccount): Promise<WireClient> {
  for (const until = Date.now() + WELCOME_MS; ; await sleep(1_000)) {
    const wire = await ready(cell.seen(465), head).catch((error: unknown) => {
      if (Date.now() > until) throw error;
      return null;
    });
    if (wire !== null) return wire;
  }
}

async function send(prefix: string, count: number, text: string): Promise<void> {
  const head = cell.account('mamadou.diallo');
  const to = cell.account('claire.lefevre').address;
  const wire = await welcomed(head);
  for (let nth = 1; nth <= count; nth += 1) {
    const subject = `${prefix} ${nth}`;
    const raw = letter({ from: head.address, to, subject, text: `${subject}\r\n${text}` });
    expect(await deliver(wire, { from: head.address, to: [to] }, raw)).toMatch(/^250/);
  }
  wire.cut();
}

/** Every letter of ours in Claire's inbox, as a mail program gets it; once each. */
async function fetched(): Promise<ReadonlyMap<string, string>> {
  const { address, password } = cell.account('claire.lefevre');
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: cell.seen(993),
    secure: true,
    logger: false,
    tls: { rejectUnauthorized: false },
    auth: { user: address, pass: password },
  });
  await client.connect();
  await client.mailboxOpen('INBOX');
  const all = new Map<string, string>();
  for await (const { envelope, source } of client.fetch('1:*', { envelope: true, source: true })) {
    const subject = envelope?.subject ?? '';
    if (!/^(?:Grand|Petit|Après)(?: encore)? \d/.test(subject)) continue;
    expect(all.has(subject)).toBe(false);
    all.set(subject, hash('sha256', source ?? ''));
  }
  await client.logout();
  return all;
}

async function typed(...args: readonly string[]): Promise<string> {
  const [machine] = GROUND.cell.machines;
  if (machine === undefined) throw new Error('no machine');
  const { code, output } = await cell
    .preau(machine, args, cell.three.ownerVariables(machine))
    .ended();
  expect(code, output.slice(-2_000)).toBe(0);
  return output;
}

/** Large letters lie for two hours, and go to the store; how many lie there then. */
async function move(): Promise<number> {
  await query(
    cell.three.superUrl,
    "update message set received_at = now() - interval '2 hours' where size_bytes > 65536",
  );
  await typed('bodies', 'move');
  const rows = await query(cell.three.superUrl, 'select from away_body');
  return rows.length;
}

async function stopped(): Promise<void> {
  for (const door of cell.doors.values()) {
    door.process.kill('SIGTERM');
    await door.ended();
  }
  cell.doors.clear();
}

describe.skipIf(lacking !== undefined)('a cell that is restored', { shuffle: false }, () => {
  beforeAll(async () => {
    if (typeof programs === 'string' || typeof swift === 'string') return;
    bodies = await startSwift(swift);
    const backups = mkdtempSync(join(tmpdir(), 'preau-cell-backups-'));
    cell = await openTownOfCell(programs, GROUND, () => ({
      PREAU_BODIES: bodies.address,
      PREAU_BACKUP: join(backups, 'preau'),
    }));
    await typed('backup', 'key', '--sheet', join(backups, 'key.pdf'));
    for (const machine of GROUND.cell.machines) {
      const secret = cell.three.variables(machine)['PREAU_SECRET_FILE'] ?? '';
      const key = join(dirname(secret), 'bodies.key');
      writeFileSync(key, `${'ACDEFHJKMNPQRTU-'.repeat(4)}\n`);
    }
    await cell.serve(0);
  }, 400_000);
  afterAll(async () => {
    await cell.close();
    bodies.close();
    if (typeof swift !== 'string') swift.remove();
  }, 120_000);

  it('the backup is taken from a copy', async () => {
    const { three } = cell;
    await send('Grand', LARGE / 2, LONG);
    await send('Petit', SMALL / 2, 'Un mot.');
    expect(await move()).toBeGreaterThanOrEqual(LARGE / 2);
    const primary = await three.primary();
    three.pgbackrest(primary, 'stanza-create');
    const said = three.pgbackrest(
      primary,
      ...['--log-level-console=info', '--type=full', '--repo1-retention-full=1', 'backup'],
    );
    expect(said).toContain('replay on the standby');
    expect(said).toMatch(/backup command end: completed successfully/);
  }, 240_000);

  it('and the cell comes back to a minute with all that was taken before it', async () => {
    const { three } = cell;
    await send('Grand encore', LARGE / 2, LONG);
    await send('Petit encore', SMALL / 2, 'Un mot.');
    await move();
    came = await fetched();
    expect(came.size).toBe(LARGE + SMALL);
    await sleep(1_500);
    const [now] = await query<{ at: string }>(three.superUrl, 'select now()::text as at');
    await sleep(1_500);
    await send('Après', AFTER, 'Trop tard.');
    // The day that is to be undone: nobody knows any more where large letters lie.
    await query(three.superUrl, 'delete from away_body');
    await query(three.superUrl, 'select pg_switch_wal()');
    await sleep(5_000);
    const primary = await three.primary();
    await stopped();
    const begun = Date.now();
    await three.restoreTo(primary === 'm1' ? 'm2' : 'm1', now?.at ?? '');
    await query(three.superUrl, 'alter role preau bypassrls');
    await typed('restore', 'settle', '--i-know');
    await query(three.superUrl, 'alter role preau nobypassrls');
    await cell.serve(0);
    const seconds = (Date.now() - begun) / 1_000;
    (await welcomed(cell.account('mamadou.diallo'))).cut();
    await sleep(3_000);
    const there = await fetched();
    console.log(
      `cell, restored to a minute from a copy's backup: ${came.size} letters, ${LARGE} of them with Swift, in ${(seconds / 60).toFixed(1)} minutes; ${[...came].filter(([subject, digest]) => there.get(subject) === digest).length} whole, ${there.size - came.size} of after it`,
    );
    expect(new Map([...there].sort())).toEqual(new Map([...came].sort()));
    expect(await brokenParts(three.superUrl)).toEqual([]);
    await send('Après encore', 1, 'Tout va.');
  }, 600_000);
});
