/** A worker in a process of its own, to be killed: `node outbox-worker.ts '<settings>'`. */
import { writeSync } from 'node:fs';
import { openLog } from '../../core/ground/log.ts';
import { openNotices } from '../../core/mail/delivery/telling/notice.ts';
import { openMailEvents } from '../../core/store/mail-events.ts';
import { openStore } from '../../core/store/store.ts';
import type { Relay } from '../../core/town/jobs/contract.ts';
import { openFreshRows } from '../../core/town/jobs/fresh-rows.ts';
import { openQueue } from '../../core/town/jobs/queue.ts';
import { startWorker } from '../../core/town/jobs/worker.ts';
import { openSmarthost } from '../outside/smarthost.ts';
import { ONLY_SENDING, QUICK, QUICK_QUEUE } from './outbox-town.ts';

interface WorkerStart {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly dataDir: string;
  readonly smarthost: string;
  /** What chance says each time, from 0 to 1. */
  readonly chance: number;
  /** How long a row is one worker's; without it, less than a second. */
  readonly leaseMs?: number;
}

const given = JSON.parse(process.argv[2] ?? '') as WorkerStart;
const log = openLog({ level: 'error' });
const quiet = () => undefined;
const store = openStore(given.databaseUrl, { onError: quiet });
const notices = openNotices({
  store,
  mailEvents: openMailEvents(given.databaseUrl, { onError: quiet }),
  domain: 'ecoles.preau.test',
  clock: () => new Date(),
});
const queue = openQueue(given, quiet, QUICK_QUEUE);
const smarthost = openSmarthost(given.smarthost, 'worker.preau.test');
/**
 * Says whose 250 was seen, after the one uninterrupted step in which the worker notes it: none of
 * these may come a second time. What a kill within that step leaves is the doubt that SMTP itself
 * has (core/decisions/0002).
 */
const relay: Relay = {
  ...smarthost,
  async deliver(envelope, raw, signal) {
    const result = await smarthost.deliver(envelope, raw, signal);
    if (result.kind === 'taken') setImmediate(() => writeSync(1, `taken ${envelope.recipient}\n`));
    return result;
  },
};
await startWorker(
  {
    store,
    queue,
    freshRows: openFreshRows({ queue, log, clock: () => new Date(), leaseMs: QUICK.leaseMs }),
    log,
    dataDir: given.dataDir,
    machine: null,
    schedule: { ...QUICK, leaseMs: given.leaseMs ?? QUICK.leaseMs },
    count: quiet,
    now: () => new Date(),
    random: () => given.chance,
    domain: 'ecoles.preau.test',
    deliverNotice: notices.deliver,
    ...ONLY_SENDING,
  },
  relay,
);
writeSync(1, 'ready\n');
