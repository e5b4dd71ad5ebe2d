import type { Core } from '../core/core.ts';
import type { AccountId, SchoolId } from '../core/ground/ids.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import type { OneMailbox } from '../core/store/mail/contract.ts';

/** What is done on an event: `only` where nothing but that mailbox has changed. */
type Heard = (only: OneMailbox | null) => void;
type Unsubscribe = () => void;

const NOBODY: ReadonlyMap<AccountId, Unsubscribe> = new Map();

/**
 * Whose mail one session hears of: its person's, that of the owner of what is selected, and those
 * of the owners whom NOTIFY watches.
 */
export class Subscriptions {
  readonly #events: Core['events'];
  readonly #heard: Heard;
  #person: Unsubscribe | null = null;
  #selected: Unsubscribe | null = null;
  #watched = NOBODY;

  constructor(events: Core['events'], heard: Heard) {
    this.#events = events;
    this.#heard = heard;
  }

  hearPerson(viewer: Viewer): void {
    this.#person = this.#subscribe(viewer.school, viewer.account);
  }

  /** The owner of what is selected; null for none, or the person. */
  hearSelected(school: SchoolId, owner: AccountId | null): void {
    this.#selected?.();
    this.#selected = owner === null ? null : this.#subscribe(school, owner);
  }

  /** These of whom NOTIFY wants to know, and no others. */
  hearOwners(school: SchoolId, owners: readonly AccountId[]): void {
    const before = this.#watched;
    this.#watched =
      owners.length === 0
        ? NOBODY
        : new Map(
            owners.map((account) => [
              account,
              before.get(account) ?? this.#subscribe(school, account),
            ]),
          );
    for (const [account, unsubscribe] of before) if (!this.#watched.has(account)) unsubscribe();
  }

  /** Hears nobody any more. */
  end(): void {
    for (const unsubscribe of [this.#person, this.#selected, ...this.#watched.values()])
      unsubscribe?.();
    this.#person = this.#selected = null;
    this.#watched = NOBODY;
  }

  /** A subscription of its own each: who is heard for two reasons is heard until both are gone. */
  #subscribe(school: SchoolId, account: AccountId): Unsubscribe {
    return this.#events.subscribe({ school, account }, (only) => this.#heard(only));
  }
}
