/**
 * A process that serves beside others like it: started by `processes.ts`, which says what it is to
 * be and shares the ports among all of them (node:cluster). It ends with the launcher, whatever
 * ended that: node:cluster sees to it when the channel breaks.
 */
import type { Core } from '../../../core/core.ts';
import { Fault } from '../../../core/ground/fault.ts';
import { openLog } from '../../../core/ground/log.ts';
import { openMetrics, type MetricsOfOne } from '../../../core/ground/metrics.ts';
import { openCore } from '../../../core/open.ts';
import type { AccountSlots } from '../../../imap-gateway/account-slots.ts';
import { sentenceOf } from '../../sentence.ts';
import { serveFirst, serveLater, type StartOutcome } from '../serve.ts';
import { openAsking } from './asking.ts';
import type { Assignment, ToLauncher, ToMember } from './messages.ts';

/** Below what the launcher waits before it kills. */
const STOP_MS = 5_500;

/** How long the launcher's answer is waited for; it asks the others itself, and less long. */
const ANSWER_MS = 5_000;

const log = openLog();
const taking = openAsking<boolean>(ANSWER_MS);
const gathering = openAsking<readonly MetricsOfOne[]>(ANSWER_MS);
const closes: (() => Promise<void>)[] = [];
let own: () => Promise<MetricsOfOne> = async () => [];
const enough = new AbortController();

function say(what: ToLauncher): void {
  if (process.connected) process.send?.(what);
}

function hear(told: ToMember): void {
  switch (told.kind) {
    case 'begin':
      return void begin(told);
    case 'taken':
      return taking.answered(told.id, told.isTaken);
    case 'count-yourself':
      return void own().then((counted) => say({ kind: 'metrics', id: told.id, own: counted }));
    case 'still-there':
      return say({ kind: 'still-here' });
    case 'metrics-of-all':
      return gathering.answered(told.id, told.all);
  }
}

async function begin(assignment: Assignment): Promise<void> {
  const { number, config } = assignment;
  try {
    const metrics = openMetrics({
      number,
      ofAll: () => gathering.ask((id) => say({ kind: 'want-metrics', id })),
    });
    own = () => metrics.registry.getMetricsAsJSON();
    const core = await openCore(config, { log, metrics });
    closes.push(() => core.close());
    const { close, ...served } = await serve(core, assignment);
    closes.push(close);
    say({ kind: 'serving', served, memoryBytes: process.memoryUsage.rss() });
  } catch (error) {
    if (enough.signal.aborted) return;
    const code = error instanceof Fault ? error.code : null;
    say({ kind: 'failed', code, detail: sentenceOf(error) });
    await end(1);
  }
}

async function serve(
  core: Core,
  { number, roles, as }: Assignment,
): Promise<StartOutcome & { close(): Promise<void> }> {
  const slots: AccountSlots = {
    take: (key, most) => taking.ask((id) => say({ kind: 'take', id, key, most })),
    giveBack: (key) => say({ kind: 'give-back', key }),
  };
  if (as.kind === 'first')
    return serveFirst(core, { roles, mayBeDemo: as.mayBeDemo, signal: enough.signal, slots });
  return serveLater(core, { number, roles, demo: as.demo, slots });
}

/** Closes what was opened, the last first, and ends; at once where that takes too long. */
async function end(code: number): Promise<void> {
  if (enough.signal.aborted) return;
  enough.abort();
  setTimeout(() => process.exit(code), STOP_MS);
  for (const close of closes.reverse())
    await close().catch((error: unknown) =>
      log.error({ err: error }, 'a part did not stop in order'),
    );
  process.exit(code);
}

process.on('message', hear);
process.on('SIGTERM', () => void end(0));
// A terminal tells its whole group; what is to end is the launcher's to say.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error) => {
    log.error({ err: error }, 'a process is broken and ends');
    void end(1);
  });
say({ kind: 'here' });
