import type { MailEvents } from '../../store/mail-events.ts';
import type { Store } from '../../store/store.ts';

/** A part that answers later is down. */
const HEALTH_MS = 2_000;

/** What is asked how it stands; each answers in time. */
interface Parts {
  readonly store: Pick<Store, 'ping'>;
  readonly scanner: { ping(): Promise<boolean> };
  readonly queue: { answers(timeoutMs: number): Promise<boolean> };
  readonly mailEvents: Pick<MailEvents, 'hears'>;
}

type Stands = 'up' | 'down';

/** Each part by name: what all processes share, and whether this one hears of new mail. */
export async function checkHealth({ store, scanner, queue, mailEvents }: Parts): Promise<{
  readonly database: Stands;
  readonly scanner: Stands;
  readonly queue: Stands;
  readonly events: Stands;
}> {
  const [database, scans, queues] = await Promise.all([
    store.ping(HEALTH_MS),
    scanner.ping(),
    queue.answers(HEALTH_MS),
  ]);
  return {
    database: database ? 'up' : 'down',
    scanner: scans ? 'up' : 'down',
    queue: queues ? 'up' : 'down',
    events: mailEvents.hears() ? 'up' : 'down',
  };
}
