/**
 * How mail leaves: signed messages a second from submission to the 250 of one peer, ours beside
 * Postfix with opendkim in turn, on the same machine and the same peer; and how long one letter
 * takes by itself. Ours signs twice (RSA and Ed25519), scans, asks the rules and keeps a row for
 * each; Postfix signs once. Beside it another Postfix scans as well, by clamav-milter and the same
 * clamd: that is the nearest to what ours does.
 *
 *   npm run bench -- outbound                three rounds of 600 messages, 2,000 to warm up
 *   npm run bench -- outbound --rounds N --messages N
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { run } from '../../cli/launcher/child.ts';
import type { SunkMessage } from './counting-sink.ts';
import { median, percentile, print, rounded } from './figures.ts';
import { writeLetters } from './letters.ts';
import { startOurs, type Ours } from './ours.ts';
import { hasOutboundPeer, startOutboundPeer } from './outbound-peer.ts';
import { runBench, type Bench } from './run.ts';
import { startScanner } from './scanner.ts';
import { openSmtp, type SmtpClient } from './smtp-client.ts';
import { addressOf, PASSWORD } from './stack.ts';

const WHOLE_MS = 10 * 60_000;
/**
 * At once, each an account of its own: nobody may write outside more than 120 times an hour. As
 * many others warm up.
 */
const WRITERS = 40;
const MOST_OF_A_WRITER = 110;
/** A server runs for weeks: what Node compiles while it is young isn't what a message takes. */
const WARM_UP = 2_000;
/** Letters by themselves, one after the other. */
const ALONE = 40;
const PATIENCE_MS = 180_000;

const { values: flags } = parseArgs({
  args: process.argv.slice(3),
  options: {
    rounds: { type: 'string', default: '3' },
    messages: { type: 'string', default: '600' },
  },
});
const ROUNDS = Number(flags.rounds);
const MESSAGES = Number(flags.messages);

/** The peer: what it has taken, by the mark of each. */
interface Sink {
  readonly port: number;
  readonly taken: Map<string, SunkMessage>;
  /** Resolves once all of these are there. */
  all(marks: readonly string[]): Promise<readonly SunkMessage[]>;
}

async function openSink({ atEnd }: Bench): Promise<Sink> {
  const worker = new Worker(new URL('./counting-sink.ts', import.meta.url));
  atEnd(async () => void (await worker.terminate()));
  const port = await new Promise<number>((resolve) => {
    worker.once('message', resolve);
  });
  const taken = new Map<string, SunkMessage>();
  let wake = (): void => {};
  worker.on('message', (one: SunkMessage) => {
    taken.set(one.mark, one);
    wake();
  });
  return {
    port,
    taken,
    all: (marks) =>
      new Promise((resolve, reject) => {
        const tooLong = setTimeout(() => reject(new Error('the peer waits in vain')), PATIENCE_MS);
        wake = () => {
          const found = marks.flatMap((mark) => taken.get(mark) ?? []);
          if (found.length < marks.length) return;
          clearTimeout(tooLong);
          resolve(found);
        };
        wake();
      }),
  };
}

/** Somebody who hands letters in. */
interface Writer {
  readonly client: SmtpClient;
  readonly address: string;
  readonly letter: (mark: string) => Buffer;
}

interface Stack {
  readonly name: 'ours' | 'peer' | 'scanning-peer';
  readonly writers: readonly Writer[];
  /** Others, who write before anything is measured. */
  readonly warmers: readonly Writer[];
  /** Processor time so far, where it can be told: what others do on the machine changes it less. */
  readonly cpuMs?: Ours['cpuMs'];
}

let letters = 0;
const marksOf = (name: string, many: number): readonly string[] =>
  Array.from({ length: many }, () => `${name}-${(letters += 1)}`);

const now = (): number => performance.timeOrigin + performance.now();

/** Hands one letter in; gives when that began. */
async function handIn({ client, address, letter }: Writer, mark: string): Promise<number> {
  const begun = now();
  await client.send(address, [`${mark}@ext.test`], letter(mark));
  return begun;
}

/** Messages a second, from the first that is handed in to the last that the peer has. */
async function rateOf(
  { name, writers }: Pick<Stack, 'name' | 'writers'>,
  sink: Sink,
  messages: number,
): Promise<number> {
  const marks = marksOf(name, messages);
  const begun = now();
  await Promise.all(
    writers.map(async (writer, index) => {
      for (let at = index; at < marks.length; at += writers.length)
        await handIn(writer, marks[at] ?? '');
    }),
  );
  const taken = await sink.all(marks);
  const unsigned = taken.filter(({ isSigned }) => !isSigned).length;
  if (unsigned > 0) throw new Error(`${name}: ${unsigned} came unsigned`);
  return messages / ((Math.max(...taken.map(({ at }) => at)) - begun) / 1_000);
}

async function waitsOf({ name, writers }: Stack, sink: Sink): Promise<readonly number[]> {
  const waits: number[] = [];
  for (const [index, mark] of marksOf(name, ALONE).entries()) {
    const writer = writers[index % writers.length];
    if (writer === undefined) break;
    const begun = await handIn(writer, mark);
    const [taken] = await sink.all([mark]);
    if (taken) waits.push(taken.at - begun);
  }
  return waits;
}

/** What all of them have around them. */
interface Surroundings {
  readonly sink: Sink;
  readonly clamdSocket: string;
}

async function ours(bench: Bench, { sink, clamdSocket }: Surroundings): Promise<Stack> {
  const folder = join(bench.folder, 'ours');
  const env = { PREAU_SMARTHOST: `smtp://127.0.0.1:${sink.port}` };
  const options = { clamdSocket, nodeFlags: [], processes: '1', env };
  const started = await startOurs(folder, options);
  bench.atEnd(() => started.stop());
  // Makes the keys; a zone would show them, and a key signs from then on.
  await run('node', ['preau.ts', 'dns'], { env: { ...process.env, PREAU_DATA: folder, ...env } });
  const { rowCount } = await started.db.query('update signing_key set used_from = now()');
  if (!rowCount) throw new Error('there is no key to sign with');
  const open = (address: string): Promise<SmtpClient> =>
    openSmtp(started.submissionPort, { login: address, password: PASSWORD });
  return { name: 'ours', ...(await openWriters(open)), cpuMs: started.cpuMs };
}

async function peer(
  bench: Bench,
  { sink, clamdSocket }: Surroundings,
  name: 'peer' | 'scanning-peer',
): Promise<Stack> {
  const started = await startOutboundPeer(join(bench.folder, name), {
    sink: sink.port,
    clamdSocket: name === 'peer' ? null : clamdSocket,
  });
  bench.atEnd(() => started.stop());
  return { name, ...(await openWriters(() => openSmtp(started.smtpPort))) };
}

async function openWriters(
  open: (address: string) => Promise<SmtpClient>,
): Promise<Pick<Stack, 'writers' | 'warmers'>> {
  const all = Array.from({ length: 2 * WRITERS }, async (_one, index): Promise<Writer> => {
    const address = addressOf(index + 1);
    return { address, client: await open(address), letter: lettersFrom(address) };
  });
  const opened = await Promise.all(all);
  return { writers: opened.slice(0, WRITERS), warmers: opened.slice(WRITERS) };
}

const lettersFrom = (from: string) => writeLetters({ from, sizeBytes: 5_120, attachmentBytes: 0 });

type CpuMs = Readonly<Record<string, number>>;

/** What a message of ours takes of a processor; nothing of ours rests between the rounds. */
function perMessage(before: CpuMs, after: CpuMs): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(after).map(([of, ms]) => [
      `${of}_cpu_ms_a_message`,
      rounded((ms - (before[of] ?? 0)) / (ROUNDS * MESSAGES)),
    ]),
  );
}

async function main(bench: Bench): Promise<void> {
  if (Math.max(WARM_UP, ROUNDS * MESSAGES + ALONE) / WRITERS > MOST_OF_A_WRITER)
    throw new Error('more than the writers may send in an hour: fewer rounds, or messages');
  const sink = await openSink(bench);
  const stacks = await openStacks(bench, sink);
  const rates = new Map(stacks.map(({ name }) => [name, [] as number[]]));
  for (const { name, warmers } of stacks) await rateOf({ name, writers: warmers }, sink, WARM_UP);
  const cpuBefore = stacks[0]?.cpuMs?.() ?? {};
  for (let round = 0; round < ROUNDS; round += 1)
    for (const stack of stacks) rates.get(stack.name)?.push(await rateOf(stack, sink, MESSAGES));
  print({ figure: 'outbound', ...perMessage(cpuBefore, stacks[0]?.cpuMs?.() ?? {}) });
  for (const stack of stacks) {
    const waits = await waitsOf(stack, sink);
    print({
      figure: 'outbound',
      stack: stack.name,
      messages: MESSAGES,
      per_s: rounded(median(rates.get(stack.name) ?? [])),
      rounds: (rates.get(stack.name) ?? []).map(rounded),
      alone_ms_p50: rounded(median(waits)),
      alone_ms_p95: rounded(percentile(waits, 0.95)),
    });
  }
  for (const [name, aim] of AIMS) judge(aim, rates.get('ours') ?? [], rates.get(name) ?? []);
}

async function openStacks(bench: Bench, sink: Sink): Promise<readonly Stack[]> {
  const scanner = await startScanner(join(bench.folder, 'clamd'), 'small');
  bench.atEnd(scanner.stop);
  const around = { sink, clamdSocket: scanner.socket };
  const own = await ours(bench, around);
  if (hasOutboundPeer())
    return [own, await peer(bench, around, 'peer'), await peer(bench, around, 'scanning-peer')];
  print({ figure: 'peers', missing: true, why: 'Postfix, opendkim and clamav-milter, as root' });
  return [own];
}

const AIMS = [
  ['peer', 'outbound: at least the peer’s rate'],
  ['scanning-peer', 'outbound: at least the rate of the peer that scans'],
] as const;

/** Round by round: what the machine does besides changes from one to the next. */
function judge(aim: string, own: readonly number[], others: readonly number[]): void {
  if (others.length === 0) return;
  const value = rounded(median(own.map((rate, round) => rate / (others[round] ?? rate))));
  print({ figure: 'aim', aim, value, met: value >= 1 });
}

await runBench({ name: 'outbound', wholeMs: WHOLE_MS }, main);
