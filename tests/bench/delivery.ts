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
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeAims } from './aims.ts';
import { print } from './figures.ts';
import { loadsOf } from './loads.ts';
import { printMemoryParts } from './memory.ts';
import { startOurs, type Ours } from './ours.ts';
import { measureParts, measureScanner } from './parts.ts';
import { bringPeers, startPeer, type PeerStack } from './peer.ts';
import { countDeferrals, printMemory, printWaitings, rounds, type Round } from './rounds.ts';
import { runBench, type Bench } from './run.ts';
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

async function main(bench: Bench): Promise<void> {
  const begun = Date.now();
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
      : await bringPeers(bench.over);
  if (peers.kind === 'away') print({ figure: 'peers', missing: true, why: peers.why });
  const sets = SETS.filter((set) =>
    flags.quick ? set === 'small' : flags.sets.split(',').includes(set),
  );
  const scannerFolder = join(bench.folder, 'clamd');
  let stack: { readonly ours: Ours; readonly peer: PeerStack | null } | null = null;
  for (const set of sets) {
    const scanner = await startScanner(scannerFolder, set);
    const stopScanner = bench.atEnd(scanner.stop);
    stack ??= await startStacks(bench, scanner.socket, peers.kind === 'here');
    const { ours, peer } = stack;
    await peer?.restartMilter();
    await oneSet({ set, ours, peer, scanner, quick: flags.quick });
    if (set === 'small' && peers.kind === 'here') await deferralsOfDefault(bench, scanner.socket);
    await stopScanner();
  }
  if (stack && !flags.quick) await measureParts(stack.ours.adminUrl, bench.folder);
  print({ figure: 'end', seconds: Math.round((Date.now() - begun) / 1_000) });
}

async function startStacks(
  { folder, atEnd }: Bench,
  clamdSocket: string,
  withPeer: boolean,
): Promise<{ ours: Ours; peer: PeerStack | null }> {
  const ours = await startOurs(join(folder, 'ours'), {
    clamdSocket,
    processes: flags.processes,
    nodeFlags: flags['node-flags'].split(' ').filter((flag) => flag !== ''),
  });
  atEnd(() => ours.stop());
  print({ figure: 'postgresql', ...ours.durability });
  const peer = withPeer
    ? await startPeer(join(folder, 'peer'), { clamdSocket, userLimit: 'unlimited' })
    : null;
  if (peer) atEnd(() => peer.stop());
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
  await printMemoryParts(ours, 'after the loads');
  if (!quick) await measureScanner(scanner.socket, set);
  judgeAims(set, found, waited);
}

async function deferralsOfDefault({ folder, atEnd }: Bench, clamdSocket: string): Promise<void> {
  const peer = await startPeer(join(folder, 'peer-default'), { clamdSocket, userLimit: null });
  const stop = atEnd(() => peer.stop());
  await countDeferrals(peer);
  await stop();
}

await runBench({ name: 'bench', wholeMs: WHOLE_MS }, main);
