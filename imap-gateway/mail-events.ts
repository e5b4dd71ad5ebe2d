import type { WithEvents } from '../core/mail/mailboxes/contract/events.ts';
import type { ListedMailbox } from '../core/mail/mailboxes/contract/listed.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import type { OneMailbox } from '../core/store/mail/contract.ts';

/** What is done on an event: `only` where nothing but that mailbox has changed. */
type Heard = (only: OneMailbox | null) => void;
type Unsubscribe = () => void;

/** An account, in its school. */
type News = ListedMailbox['news'];

const NOBODY: ReadonlyMap<string, Unsubscribe> = new Map();

/**
 * Whose mail one session hears of: its person's, that of whoever tells of what is selected, and
 * those of the owners whom NOTIFY watches.
 */
export class Subscriptions {
  readonly #events: WithEvents['events'];
  readonly #heard: Heard;
  #person: Unsubscribe | null = null;
  #selected: Unsubscribe | null = null;
  #watched = NOBODY;

  constructor(events: WithEvents['events'], heard: Heard) {
    this.#events = events;
    this.#heard = heard;
  }

  hearPerson(viewer: Viewer): void {
    this.#person = this.#subscribe(viewer);
  }

  /** Whoever tells of what is selected; null for none, or the person. */
  hearSelected(news: News | null): void {
    this.#selected?.();
    this.#selected = news && this.#subscribe(news);
  }

  /** These of whom NOTIFY wants to know, and no others. */
  hearOwners(owners: readonly News[]): void {
    const before = this.#watched;
    this.#watched =
      owners.length === 0
        ? NOBODY
        : new Map(
            owners.map((one) => {
              const key = `${one.school} ${one.account}`;
              return [key, before.get(key) ?? this.#subscribe(one)];
            }),
          );
    for (const [key, unsubscribe] of before) if (!this.#watched.has(key)) unsubscribe();
  }

  /** Hears nobody any more. */
  end(): void {
    for (const unsubscribe of [this.#person, this.#selected, ...this.#watched.values()])
      unsubscribe?.();
    this.#person = this.#selected = null;
    this.#watched = NOBODY;
  }

  /** A subscription of its own each: who is heard for two reasons is heard until both are gone. */
  #subscribe({ school, account }: News): Unsubscribe {
    return this.#events.subscribe({ school, account }, (only) => this.#heard(only));
  }
}
