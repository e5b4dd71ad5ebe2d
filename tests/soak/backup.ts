import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoTown } from '../e2e/whole.ts';
import { brokenParts, findAll } from './ledger.ts';
import { openPost } from './letters.ts';
import { openMachine, type SoakMachine } from './machine.ts';
import { sendOn, type SenderEntry } from './senders.ts';
import { readServices } from './victims.ts';

/** What a lost machine may cost: a segment goes away after 60 s, and is on its way for a moment. */
const AIM_S = 60;
const MOST_S = 75;
const SENDERS = [
  ...Array.from({ length: 2 }, () => ({ way: 'mx' as const, paceMs: 250 })),
  ...Array.from({ length: 2 }, () => ({ way: 'submission' as const, paceMs: 200 })),
];

/** A letter, and when its sender had its answer, in milliseconds. */
type Timed = SenderEntry & { readonly at: number };

/**
 * A backup is taken while mail comes in, mail goes on coming, then the machine is lost: processes,
 * PREAU_DATA and cluster. From the repository and the key it is restored: each letter that was
 * answered 250 before the last that was archived is there once. Prints the gap: the seconds of mail
 * that are lost.
 */
export async function backupAndLoss(
  say: (line: string) => void,
  { seed, seconds }: { readonly seed: number; readonly seconds: number },
): Promise<boolean> {
  if (!existsSync('/usr/bin/pgbackrest') && process.getuid?.() !== 0) {
    say('backup: pgbackrest is not installed, left out');
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'preau-soak-backup-'));
  chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
  const machine = await openMachine(folder);
  try {
    await machine.makeKey();
    await machine.start();
    const entries: Timed[] = [];
    const { madeMs, lostAt } = await underLoad(machine, { seed, seconds, entries });
    const begun = Date.now();
    const said = await machine.preau('restore', '--key', machine.key, '--json');
    const restoreMs = Date.now() - begun;
    const { dataUntil } = JSON.parse(said) as { dataUntil: string };
    await machine.start();
    const until = new Date(dataUntil).getTime();
    const gapS = Math.round((lostAt - until) / 100) / 10;
    const url = readServices(machine.dataDir)?.databaseAdminUrl ?? '';
    const found = await findAll(url);
    const acked = entries.filter(({ told }) => told === 'acked');
    const kept = acked.filter(({ at }) => at < until);
    const lost = kept.filter(({ letter }) => !found.has(letter.token)).length;
    const after = acked.filter(({ at, letter }) => at >= until && !found.has(letter.token)).length;
    const doubled = [...found.values()].filter(({ inboxes }) =>
      [...inboxes.values()].some((times) => times > 1),
    ).length;
    const broken = await brokenParts(url);
    for (const line of broken) say(`  ! ${line}`);
    const right = kept.length > 0 && lost + doubled + broken.length === 0 && gapS <= MOST_S;
    say(
      [
        `backup: seed ${seed}, acked ${acked.length}, before the last archived ${kept.length}`,
        `of those lost ${lost}, doubled ${doubled}; lost with the machine ${after}`,
        `gap ${gapS} s (aim ${AIM_S})`,
        `backup under load ${madeMs} ms, restore ${restoreMs} ms; ${right ? 'ok' : 'NOT RIGHT'}`,
      ].join('; '),
    );
    return right;
  } finally {
    await machine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Mail comes in all the time, until the machine is lost in the middle of it. Gives how long the
 * backup took, and when the machine was lost, in milliseconds.
 */
async function underLoad(
  machine: SoakMachine,
  {
    seed,
    seconds,
    entries,
  }: { readonly seed: number; readonly seconds: number; readonly entries: Timed[] },
): Promise<{ readonly madeMs: number; readonly lostAt: number }> {
  const town = JSON.parse(readFileSync(join(machine.dataDir, 'demo.json'), 'utf8')) as DemoTown;
  const post = openPost(town, `b${seed.toString(36)}`);
  const stop = new AbortController();
  const note = (entry: SenderEntry) => entries.push({ ...entry, at: Date.now() });
  const sending = SENDERS.map((sender, at) =>
    sendOn(machine.ports, post, { ...sender, seed: seed + at + 1 }, { stop: stop.signal, note }),
  );
  try {
    await sleep(3_000);
    const begun = Date.now();
    await machine.preau('backup', '--json');
    const madeMs = Date.now() - begun;
    await sleep(seconds * 1_000);
    return { madeMs, lostAt: await machine.lose() };
  } finally {
    stop.abort();
    await Promise.all(sending);
  }
}
