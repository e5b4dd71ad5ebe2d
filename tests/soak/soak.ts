/**
 * Kills at seeded instants: while mail comes in over MX and submission, our process, a PostgreSQL
 * backend, the postmaster and clamd are killed (SIGKILL) in turn. Then it is counted: each letter
 * answered 250 is there once for each of its recipients, each refused one never, each whose
 * connection was cut at most once, none by halves; and what goes outside went once where the peer's
 * 250 was read. `npm run soak -- --seed N --kills N --messages N`; the same seed kills the same
 * victims after the same pauses. Then ten mail programs on one mailbox (`--stress-seconds N`, 0 for
 * none), the walls (`--only-walls`: mail that costs clamd seconds, ten at once, the suites of SPF
 * and ARC, and a morning of sign-ins from one address, `--sign-ins N`, 0 for none), the property
 * tests over and over, a machine that is lost under load and comes back from its backup
 * (`--only-backup`, `--backup-seconds N` of mail after it, 0 for none; a town with a million
 * entries, only where `--only-backup-million` asks), a whole town's lists
 * imported, killed and imported again (`--only-rosters`), a whole town put into service in a
 * browser (`--only-morning`), and the README's lines typed into a plain Debian (`--only-debian`;
 * root).
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { keysOf } from '../../core/ground/keys.ts';
import { firstMorning } from '../e2e/first-morning.ts';
import { npmStart, type DemoTown, type WholeRun } from '../e2e/whole.ts';
import { ready } from '../e2e/wire.ts';
import { freePorts, type Ports } from '../shared/free-port.ts';
import { authenticationSuites } from './authentication-suites.ts';
import { backupMillion } from './backup-million.ts';
import { backupAndLoss } from './backup.ts';
import { dmarcBeside } from './dmarc-beside.ts';
import { imapStress } from './imap-stress.ts';
import {
  brokenParts,
  compare,
  compareOutside,
  comparePages,
  findAll,
  query,
  type TokenCounts,
} from './ledger.ts';
import { openPost, type SoakLetter, type MeantRecipients, type SoakPost } from './letters.ts';
import { longPropertyRuns, longTests } from './long-runs.ts';
import { plainDebian } from './plain-debian/plain-debian.ts';
import { seeded, type Random } from './random.ts';
import { rosterTown } from './roster-town.ts';
import { scanFlood } from './scan-flood.ts';
import { hand, sendOn, type SenderEntry } from './senders.ts';
import { manySignIns } from './sign-ins.ts';
import { openSink, type Sink } from './sink.ts';
import { kill, readServices, VICTIMS, type Installation, type Victim } from './victims.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    kills: { type: 'string', default: '20' },
    messages: { type: 'string', default: '2000' },
    'stress-seconds': { type: 'string', default: '120' },
    'sign-ins': { type: 'string', default: '3022' },
    'backup-seconds': { type: 'string', default: '100' },
    'only-backup': { type: 'boolean', default: false },
    'only-backup-million': { type: 'boolean', default: false },
    'only-kills': { type: 'boolean', default: false },
    'only-stress': { type: 'boolean', default: false },
    'only-walls': { type: 'boolean', default: false },
    'only-debian': { type: 'boolean', default: false },
    'only-rosters': { type: 'boolean', default: false },
    'only-morning': { type: 'boolean', default: false },
  },
});
const SEED = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const KILLS = Number(values.kills);
const FEWEST_ACKED = Number(values.messages);
/**
 * Pause before each kill, in milliseconds; now and then it comes while the last one is still being
 * mended.
 */
const PAUSE_MS = [1_500, 6_000] as const;
const SOON_ONE_IN = 4;
const WELL_MS = 60_000;
const VICTIM_MS = 20_000;
/**
 * After the last kill mail for outside may wait for the end of a lease and for its next attempt.
 */
const DRAIN_MS = 240_000;
/** A run that can't reach its number of messages ends here. */
const LONGEST_MS = 420_000;
const SENDERS = [
  ...Array.from({ length: 5 }, () => ({ way: 'mx' as const, paceMs: 250 })),
  ...Array.from({ length: 4 }, () => ({ way: 'submission' as const, paceMs: 200 })),
];
const SAMPLED_PEOPLE = 8;
/** Characters of output that a failed start shows. */
const MAX_TAIL = 600;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** The whole, and somebody who starts it again whenever it ends. */
interface Kept {
  readonly ports: Ports;
  readonly dataDir: string;
  readonly base: string;
  starts(): number;
  /** How often it ended though nobody had killed it. */
  gaveUp(): number;
  stop(): Promise<void>;
}

async function keepUp(sink: Sink): Promise<Kept> {
  const dataDir = mkdtempSync(join(tmpdir(), 'preau-soak-'));
  const ports = await freePorts();
  let stopping = false;
  let starts = 1;
  let gaveUp = 0;
  let run: WholeRun = npmStart(dataDir, ports, { PREAU_SMARTHOST: sink.url });
  await run.ready();
  const watching = (async () => {
    while (!stopping) {
      await run.ended;
      if (stopping) return;
      const wasReady = run.output().includes('Préau est prêt.');
      if (run.process.signalCode !== 'SIGKILL') {
        // a start that loses its database says so and ends; what runs must go on
        if (wasReady) gaveUp += 1;
        say(
          `  ${wasReady ? '! it ended by itself' : 'a start gave up'}: ${run.output().trim().split('\n').at(-1)?.slice(-MAX_TAIL)}`,
        );
      }
      starts += 1;
      run = npmStart(dataDir, ports, { PREAU_SMARTHOST: sink.url });
    }
  })();
  return {
    ports,
    dataDir,
    base: `http://127.0.0.1:${ports.web}`,
    starts: () => starts,
    gaveUp: () => gaveUp,
    async stop() {
      stopping = true;
      run.process.kill('SIGTERM');
      await Promise.race([watching, sleep(15_000)]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function isWell({ base }: Kept): Promise<boolean> {
  return fetch(`${base}/healthz`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

async function waitUntilWell(kept: Kept): Promise<number> {
  const begun = Date.now();
  while (!(await isWell(kept))) {
    if (Date.now() - begun > WELL_MS)
      throw new Error(`seed ${SEED}: not well again after ${WELL_MS} ms`);
    await sleep(100);
  }
  return Date.now() - begun;
}

/**
 * Sends every list and every held pair once, in quiet, and learns from the database whom they mean.
 */
async function learn(
  kept: Kept,
  post: SoakPost,
  installed: Installation,
  random: Random,
): Promise<ReadonlyMap<string, TokenCounts>> {
  const letters = post.samples(random);
  for (const letter of letters) {
    const wire = await ready(
      letter.as === null ? kept.ports.mx : kept.ports.submissions,
      letter.as,
    );
    const { told, reply } = await hand(wire, letter);
    wire.cut();
    if (told !== 'acked') throw new Error(`a sample was not taken: ${reply}`);
  }
  const found = await findAll(installed.services()?.databaseAdminUrl ?? '');
  return new Map(letters.map((letter) => [keyOf(letter), must(found.get(letter.token))]));
}

const keyOf = ({ from, to }: SoakLetter): string =>
  `${from} > ${to.filter((one) => !one.endsWith('@outside.example')).join(' ')}`;

function meaning(
  town: DemoTown,
  learnt: ReadonlyMap<string, TokenCounts>,
): (letter: SoakLetter) => MeantRecipients {
  const people = new Set(town.accounts.map(({ address }) => address));
  return (letter) => {
    const outside = letter.to.filter((one) => one.endsWith('@outside.example'));
    const known = learnt.get(keyOf(letter));
    if (known !== undefined)
      return { inboxes: [...known.inboxes.keys()], holds: [...known.holds.keys()], outside };
    return { inboxes: letter.to.filter((one) => people.has(one)), holds: [], outside };
  };
}

/** As many of each as can be, in seeded order. */
function victimsInOrder(random: Random): readonly Victim[] {
  const weighted: readonly Victim[] = ['our process', 'our process', ...VICTIMS.slice(1)];
  return random.shuffled(
    Array.from({ length: KILLS }, (_unused, at) => weighted[at % weighted.length] ?? 'our process'),
  );
}

async function killAll(
  kept: Kept,
  installed: Installation,
  random: Random,
): Promise<Map<Victim, number>> {
  const killed = new Map<Victim, number>();
  for (const victim of victimsInOrder(random)) {
    if (random.between(1, SOON_ONE_IN) !== 1) await waitUntilWell(kept);
    const pause = random.between(...PAUSE_MS);
    await sleep(pause);
    const deadline = Date.now() + VICTIM_MS;
    while (!(await kill(victim, installed, random))) {
      if (Date.now() > deadline)
        throw new Error(`seed ${SEED}: ${victim} was not there to be killed`);
      await sleep(20);
    }
    killed.set(victim, (killed.get(victim) ?? 0) + 1);
    say(`  after ${String(pause).padStart(5)} ms: ${victim}`);
  }
  return killed;
}

async function drain(kept: Kept, installed: Installation): Promise<number> {
  const begun = Date.now();
  for (;;) {
    const url = installed.services()?.databaseAdminUrl ?? '';
    const [row] = await query<{ n: number }>(
      url,
      'select count(*)::int as n from outbox where finished_at is null',
    ).catch(() => [{ n: -1 }]);
    if (row?.n === 0) return Date.now() - begun;
    if (Date.now() - begun > DRAIN_MS) return -1;
    if (!(await isWell(kept))) await waitUntilWell(kept);
    await sleep(500);
  }
}

async function kills(): Promise<boolean> {
  const begun = Date.now();
  const random = seeded(SEED);
  const sink = await openSink();
  const kept = await keepUp(sink);
  try {
    const services = () => readServices(kept.dataDir);
    const [folder] = await query<{ data_directory: string }>(
      services()?.databaseAdminUrl ?? '',
      'show data_directory',
    );
    const installed: Installation = { services, cluster: must(folder).data_directory };
    const town = JSON.parse(readFileSync(join(kept.dataDir, 'demo.json'), 'utf8')) as DemoTown;
    const post = openPost(town, `s${SEED.toString(36)}`);
    const learnt = await learn(kept, post, installed, random);
    const entries: SenderEntry[] = [];
    const stop = new AbortController();
    const sending = SENDERS.map((sender, at) =>
      sendOn(
        kept.ports,
        post,
        { ...sender, seed: SEED + at + 1 },
        { stop: stop.signal, note: (entry) => entries.push(entry) },
      ),
    );
    let killed: ReadonlyMap<Victim, number>;
    try {
      killed = await killAll(kept, installed, random);
      const acked = () => entries.filter(({ told }) => told === 'acked').length;
      while (acked() < FEWEST_ACKED && Date.now() - begun < LONGEST_MS) await sleep(200);
    } finally {
      stop.abort();
      await Promise.all(sending);
    }
    await waitUntilWell(kept);
    const drainMs = await drain(kept, installed);
    const url = services()?.databaseAdminUrl ?? '';
    const found = await findAll(url);
    const sums = compare(entries, found, meaning(town, learnt));
    const outside = compareOutside(entries, found, sink.receipts());
    const people = random
      .shuffled([...new Set([...found.values()].flatMap(({ inboxes }) => [...inboxes.keys()]))])
      .slice(0, SAMPLED_PEOPLE);
    const pages = await comparePages(kept.base, town, found, people);
    const broken = await brokenParts(url);
    for (const line of [...sums.examples.slice(0, 10), ...broken]) say(`  ! ${line}`);
    const right =
      sums.acked >= FEWEST_ACKED &&
      sums.lost +
        sums.doubled +
        sums.half +
        sums.ghosts +
        outside.lost +
        outside.doubled +
        pages.wrong +
        broken.length +
        kept.gaveUp() ===
        0 &&
      drainMs >= 0;
    say(
      [
        `kills: seed ${SEED}, ${[...killed].map(([victim, n]) => `${n} x ${victim}`).join(', ')}, ${kept.starts()} starts, ended by itself ${kept.gaveUp()}`,
        `acked ${sums.acked} (${sums.recipients} recipients), refused ${sums.refused}, unknown ${sums.unknown} (${sums.unknownThere} there)`,
        `lost ${sums.lost}, doubled ${sums.doubled}, half ${sums.half}, refused and there ${sums.ghosts}`,
        `outside: sent ${outside.sent}, lost ${outside.lost}, doubled ${outside.doubled}, again after a cut ${outside.again}`,
        `pages: ${pages.seen} seen by ${people.length}, wrong ${pages.wrong}`,
        `${Math.round((Date.now() - begun) / 1000)} s; ${right ? 'ok' : 'NOT RIGHT'}`,
      ].join('; '),
    );
    return right;
  } finally {
    await kept.stop();
    await sink.close();
  }
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('what was sent is not in the database');
  return value;
}

/** A whole town put into service in a browser, with the rosters of all of its schools. */
async function wholeTownOpens(): Promise<boolean> {
  const whole = { schoolsWithRosters: 128, pupils: 15_000, importMs: 1_200_000 };
  const told = await firstMorning(whole).catch((error: unknown) => String(error));
  if (typeof told === 'string') {
    say(`first morning: NOT RIGHT: ${told}`);
    return false;
  }
  const { minutes, clicks, schools, imported, questions } = told;
  say(
    `first morning: ${minutes.toFixed(1)} min, ${clicks} clicks, ${schools} schools, ${imported} with rosters; « ${questions} »`,
  );
  return imported === schools;
}

say(`soak: seed ${SEED}`);
/** The parts in their order; each says whether all was right. */
const PARTS = {
  kills,
  stress: async () =>
    values['stress-seconds'] === '0' ||
    imapStress(say, { seed: SEED, seconds: Number(values['stress-seconds']) }),
  walls: async () =>
    (await authenticationSuites(say)) &&
    (await dmarcBeside(say, SEED)) &&
    (await scanFlood(say)) &&
    (values['sign-ins'] === '0' || manySignIns(say, Number(values['sign-ins']))),
  backup: async () =>
    (await longTests(say)) &&
    (values['backup-seconds'] === '0' ||
      backupAndLoss(say, { seed: SEED, seconds: Number(values['backup-seconds']) })),
  'backup-million': async () => !values['only-backup-million'] || backupMillion(say),
  rosters: () => rosterTown(say, SEED),
  long: () => longPropertyRuns(say),
  morning: wholeTownOpens,
  debian: () => plainDebian(say),
} as const satisfies Record<string, () => Promise<boolean>>;

const asked = keysOf(PARTS).filter((part) => part !== 'long' && values[`only-${part}`]);
let allRight = true;
for (const part of asked.length > 0 ? asked : keysOf(PARTS))
  allRight = (await PARTS[part]()) && allRight;
process.exitCode = allRight ? 0 : 1;
process.exit();
