/**
 * What the whole does under load, from outside, beside what its parts could do and what Debian's
 * usual stack does with the same mail, on the same machine, in the same minutes. One JSON line a
 * figure; read the ratios, machines differ.
 *
 *   npm run bench                 everything, under twelve minutes
 *   npm run bench -- --quick      ours alone, the small signature set, under one
 *   npm run bench -- --no-peers   everything but the peers
 *   npm run bench -- --rounds N   medians of N rounds, not of 3
 *   npm run bench -- --sets small that signature set alone
 *   npm run bench -- --processes N  so many of ours, not one
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeAims } from './aims.ts';
import { print } from './figures.ts';
import { loadsOf } from './loads.ts';
import { startOurs, type Ours } from './ours.ts';
import { measureParts, measureScanner } from './parts.ts';
import { bringPeers, startPeer, type Peer } from './peer.ts';
import { countDeferrals, printMemory, printWaitings, rounds, type Round } from './rounds.ts';
import { startScanner, type SignatureSet } from './scanner.ts';

/** The bench ends by then, whatever hangs. */
const WHOLE_MS = 12 * 60_000;
const SETS: readonly SignatureSet[] = ['small', 'million'];

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    'no-peers': { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    sets: { type: 'string', default: 'small,million' },
    processes: { type: 'string', default: '1' },
    // For finding out where the time goes: flags for the server's node, such as --cpu-prof.
    'node-flags': { type: 'string', default: '' },
  },
});

/** What is to be ended, the last first; the folder, the very last, is put away by itself. */
const stops: (() => Promise<void>)[] = [];
let folder = '';
const enough = new AbortController();

async function main(): Promise<void> {
  const begun = Date.now();
  folder = mkdtempSync(join(tmpdir(), 'preau-bench-'));
  chmodSync(folder, 0o755);
  print({
    figure: 'machine',
    node: process.version,
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? '',
    memory_gib: Math.round(totalmem() / 2 ** 30),
  });
  const peers =
    flags.quick || flags['no-peers']
      ? { kind: 'away' as const, why: 'not asked for' }
      : await bringPeers(enough.signal);
  if (peers.kind === 'away') print({ figure: 'peers', missing: true, why: peers.why });
  const sets = SETS.filter((set) =>
    flags.quick ? set === 'small' : flags.sets.split(',').includes(set),
  );
  const scannerFolder = join(folder, 'clamd');
  let stack: { readonly ours: Ours; readonly peer: Peer | null } | null = null;
  for (const set of sets) {
    const scanner = await startScanner(scannerFolder, set);
    stops.push(scanner.stop);
    stack ??= await startStacks(scanner.socket, peers.kind === 'here');
    const { ours, peer } = stack;
    await peer?.restartMilter();
    await oneSet({ set, ours, peer, scanner, quick: flags.quick });
    if (set === 'small' && peers.kind === 'here')
      await deferralsOfDefault(join(folder, 'peer-default'), scanner.socket);
    await stops.pop()?.();
  }
  if (stack && !flags.quick) await measureParts(stack.ours.adminUrl, folder);
  print({ figure: 'end', seconds: Math.round((Date.now() - begun) / 1_000) });
}

async function startStacks(
  clamdSocket: string,
  withPeer: boolean,
): Promise<{ ours: Ours; peer: Peer | null }> {
  const ours = await startOurs(join(folder, 'ours'), {
    clamdSocket,
    processes: flags.processes,
    nodeFlags: flags['node-flags'].split(' ').filter((flag) => flag !== ''),
  });
  stops.unshift(() => ours.stop());
  print({ figure: 'postgresql', ...ours.durability });
  const peer = withPeer
    ? await startPeer(join(folder, 'peer'), { clamdSocket, userLimit: 'unlimited' })
    : null;
  if (peer) stops.unshift(() => peer.stop());
  return { ours, peer };
}

async function oneSet(round: Round): Promise<void> {
  const { set, ours, peer, scanner, quick } = round;
  const stacks = peer ? [ours, peer] : [ours];
  const found = await rounds(
    round,
    loadsOf(quick ? 'quick' : 'whole'),
    quick ? 1 : Number(flags.rounds),
  );
  const waited = set === 'small' ? await printWaitings(stacks) : null;
  printMemory(stacks, set);
  if (!quick) await measureScanner(scanner.socket, set);
  judgeAims(set, found, waited);
}

async function deferralsOfDefault(folder: string, clamdSocket: string): Promise<void> {
  const peer = await startPeer(folder, { clamdSocket, userLimit: null });
  stops.push(() => peer.stop());
  await countDeferrals(peer);
  await stops.pop()?.();
}

async function stopAll(): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop())
    await stop().catch((error: unknown) => console.error(error));
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
}

// whoever read us has gone; what was started is still ended in order
process.stdout.on('error', () => {});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    enough.abort();
    void stopAll().finally(() => process.exit(1));
  });
}
const tooLong = setTimeout(() => {
  console.error('Le banc d’essai n’a pas fini à temps. / The bench did not end in time.');
  void stopAll().finally(() => process.exit(1));
}, WHOLE_MS);

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  clearTimeout(tooLong);
  await stopAll();
}
process.exit();
