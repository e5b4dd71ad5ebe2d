import { setTimeout as sleep } from 'node:timers/promises';
import { median, percentile, print, rounded } from './figures.ts';
import { run, summary, waitings, type BenchLoad, type LoadFigures } from './load.ts';
import { CLASS_STREAM } from './loads.ts';
import type { Ours } from './ours.ts';
import type { PeerStack } from './peer.ts';
import { cpuMs } from './processes.ts';
import type { BenchScanner, SignatureSet } from './scanner.ts';
import type { Stack } from './stack.ts';

export interface Round {
  readonly set: SignatureSet;
  readonly ours: Ours;
  readonly peer: PeerStack | null;
  readonly scanner: BenchScanner;
  readonly quick: boolean;
}

/** Medians over the rounds of one load on one stack. */
export interface LoadMedians {
  readonly load: BenchLoad;
  readonly stack: Stack['name'];
  readonly deliveriesPerSecond: number;
  readonly visibleSeconds: number;
  readonly putOff: number;
  /** Stored copies of one message, and bytes on disk a recipient. */
  readonly copies: number;
  readonly bytesPerRecipient: number;
}

interface Taken extends LoadFigures {
  readonly scans: number;
  readonly copies: number;
  readonly grownBytes: number;
  readonly cpuMs: Readonly<Record<string, number>>;
}

/** Messages that both stacks take before anything is counted: to one, to a class. */
const FIRST_TIME = { one: 1_500, stream: 60 };
const AGAIN = { one: 200, stream: 20 };
const warm = new WeakSet<Stack>();
const WAITINGS = 60;
/** How long a burst may take before what is put off is counted. */
const BURST_MS = 20_000;
const BIG_BYTES = 2_000_000;

/**
 * Every load on every stack in turn, over and over; medians. A short load is done three times a
 * round, for it would be all noise.
 */
export async function rounds(
  round: Round,
  loads: readonly BenchLoad[],
  times: number,
): Promise<readonly LoadMedians[]> {
  const stacks: readonly Stack[] = round.peer ? [round.ours, round.peer] : [round.ours];
  const taken = new Map<string, Taken[]>();
  for (const stack of stacks) await warmUp(stack, loads);
  for (let time = 0; time < times; time += 1) {
    for (const load of loads) {
      for (const stack of stacks) {
        const key = `${stack.name} ${load.name}`;
        const again = load.messages === 1 ? 3 : 1;
        for (let each = 0; each < again; each += 1)
          taken.set(key, [...(taken.get(key) ?? []), await take(round.scanner, stack, load)]);
      }
    }
  }
  return loads.flatMap((load) =>
    stacks.map((stack) =>
      tell(round.set, stack, load, taken.get(`${stack.name} ${load.name}`) ?? []),
    ),
  );
}

/**
 * Programs that have just started are slower, ours by half for more than a thousand messages;
 * nobody's mail service has just started.
 */
async function warmUp(stack: Stack, loads: readonly BenchLoad[]): Promise<void> {
  const [first] = loads;
  const { one, stream } = warm.has(stack) ? AGAIN : FIRST_TIME;
  if (first) await run(stack, { ...first, messages: one });
  await run(stack, { ...CLASS_STREAM, messages: stream });
  await stack.settle();
  warm.add(stack);
}

async function take(scanner: BenchScanner, stack: Stack, load: BenchLoad): Promise<Taken> {
  const isCopied = load.attachmentBytes > 0 && load.messages === 1;
  const spent = () => ({ ...stack.cpuMs(), clamd: cpuMs([scanner.pid]) });
  const before = {
    cpuMs: spent(),
    scans: scanner.scans(),
    bytes: await stack.storedBytes(),
    copies: isCopied ? await stack.copiesOver(BIG_BYTES) : 0,
  };
  const measured = await run(stack, load);
  await stack.settle();
  const after = spent();
  return {
    ...measured,
    cpuMs: differences(after, before.cpuMs),
    scans: scanner.scans() - before.scans,
    grownBytes: (await stack.storedBytes()) - before.bytes,
    copies: isCopied ? (await stack.copiesOver(BIG_BYTES)) - before.copies : 0,
  };
}

function differences(
  after: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]),
  );
}

function tell(
  set: SignatureSet,
  stack: Stack,
  load: BenchLoad,
  taken: readonly Taken[],
): LoadMedians {
  const sorted = [...taken].sort((one, other) => one.visibleSeconds - other.visibleSeconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error(`nothing was measured of ${load.name}`);
  const sum = (of: (one: Taken) => number) => taken.reduce((all, one) => all + of(one), 0);
  const accepted = sum((one) => one.accepted);
  const bytesPerRecipient = sum(({ grownBytes }) => grownBytes) / (accepted * load.recipients);
  const putOff = sum((one) => one.putOff);
  const cpu = Object.keys(middle.cpuMs).map(
    (name) =>
      [
        `cpu_ms_per_message_${name}`,
        rounded(sum((one) => one.cpuMs[name] ?? 0) / accepted),
      ] as const,
  );
  print({
    figure: load.name,
    stack: stack.name,
    signatures: set,
    ...summary(load, middle),
    put_off: putOff,
    visible_by: stack.visibleBy,
    all_messages: accepted,
    ...Object.fromEntries(cpu),
    clamd_scans: sum(({ scans }) => scans),
    stored_bytes_per_recipient: Math.round(bytesPerRecipient),
    ...(middle.copies > 0 ? { stored_copies: middle.copies } : {}),
    runs_s: taken.map(({ visibleSeconds }) => rounded(visibleSeconds)),
  });
  return {
    load,
    stack: stack.name,
    putOff,
    bytesPerRecipient,
    copies: Math.max(...taken.map(({ copies }) => copies)),
    visibleSeconds: middle.visibleSeconds,
    deliveriesPerSecond: (middle.accepted * load.recipients) / middle.visibleSeconds,
  };
}

/**
 * From the 250 to what a waiting page (ours) or a client in IDLE (the peer) hears. Gives our median
 * in milliseconds.
 */
export async function printWaitings(stacks: readonly Stack[]): Promise<number> {
  let own = NaN;
  for (const stack of stacks) {
    const found = await waitings(stack, stack.name === 'ours' ? WAITINGS : WAITINGS / 2);
    print({
      figure: '250 to event',
      stack: stack.name,
      heard_by:
        stack.name === 'ours' ? 'server-sent event of a waiting page' : 'EXISTS in IMAP IDLE',
      messages: found.length,
      ms_p50: rounded(median(found)),
      ms_p95: rounded(percentile(found, 0.95)),
      ms_p99: rounded(percentile(found, 0.99)),
    });
    if (stack.name === 'ours') own = median(found);
    await stack.settle();
  }
  return own;
}

export function printMemory(stacks: readonly Stack[], set: SignatureSet): void {
  for (const stack of stacks)
    print({
      figure: 'memory (PSS)',
      stack: stack.name,
      signatures: set,
      when: 'after the loads',
      ...stack.memory(),
    });
}

/**
 * The same burst to one class on a Dovecot as it comes. What is put off is tried again minutes
 * later: we count it and leave.
 */
export async function countDeferrals(peer: PeerStack): Promise<void> {
  const late = new AbortController();
  const burst = run(peer, CLASS_STREAM).then(
    () => true,
    () => false,
  );
  const all = await Promise.race([burst, sleep(BURST_MS, false, { signal: late.signal })]);
  late.abort();
  print({
    figure: 'deferrals of a Dovecot as it comes',
    stack: 'peer',
    deliveries: CLASS_STREAM.messages * CLASS_STREAM.recipients,
    deferrals: peer.deferrals(),
    all_visible: all,
  });
}
