import pg from 'pg';
import type { AccountId, MailboxId, SchoolId } from '../ids.ts';

/**
 * Tells every process when mail changes, and nothing else: who hears it looks again. It goes out
 * after the commit, coalesced over a few milliseconds; NOTIFY inside the storing transaction would
 * make all commits take turns (it locks its queue until they end).
 */
export interface MailEvents {
  /**
   * `only`: nothing but this one mailbox has changed, so that whoever knows that already needn't
   * look.
   */
  announce(school: SchoolId, accounts: readonly AccountId[], only?: OneMailbox): void;
  /** `only` is null where anything may have changed. */
  listen(
    account: { readonly school: SchoolId; readonly account: AccountId },
    heard: (only: OneMailbox | null) => void,
  ): () => void;
  close(): Promise<void>;
}

type Heard = (only: OneMailbox | null) => void;

/**
 * What goes with NOTIFY: a school, its accounts, and of some of them the one mailbox that has
 * changed, and its MODSEQ.
 */
interface Note {
  readonly s: SchoolId;
  readonly a: readonly AccountId[];
  readonly o?: Readonly<Record<string, readonly [mailbox: MailboxId, modseq: number]>>;
}

const CHANNEL = 'preau_mail';
/** What is announced within so long after the first goes with it. */
const COALESCE_MS = 3;
/**
 * Under load notes are sent at most so often: each time costs a transaction, and nobody sees ten
 * milliseconds.
 */
const EVERY_MS = 10;
/**
 * A NOTIFY carries less than 8,000 bytes; an id has at most 16 digits here, so an account up to 17
 * bytes, and with its mailbox 75.
 */
const ACCOUNTS_A_NOTE = 400;
const MAILBOXES_A_NOTE = 100;
const RECONNECT_MS = 1_000;

type OnError = (error: Error) => void;

export function openMailEvents(databaseUrl: string, options: { onError: OnError }): MailEvents {
  const listeners = new Listeners();
  const line = new NotifyConnection(databaseUrl, listeners, options.onError);
  const waiting = new WaitingNotes(line, options.onError);
  void line.connected();
  let closed = false;
  return {
    announce(school, accounts, only) {
      if (accounts.length > 0 && !closed) waiting.add(school, accounts, only);
    },
    listen: (account, heard) => listeners.add(account, heard),
    async close() {
      closed = true;
      waiting.close();
      await line.close();
    },
  };
}

/** Who listens in this process, by account. */
class Listeners {
  readonly #byAccount = new Map<string, Set<Heard>>();

  /** Gives what ends it. */
  add(account: { readonly school: SchoolId; readonly account: AccountId }, heard: Heard) {
    const key = `${account.school}:${account.account}`;
    const set = this.#byAccount.get(key) ?? new Set<Heard>();
    this.#byAccount.set(key, set.add(heard));
    return () => {
      set.delete(heard);
      if (set.size === 0) this.#byAccount.delete(key);
    };
  }

  hear(payload: string): void {
    const { s, a, o } = JSON.parse(payload) as Note;
    for (const account of a) {
      const only = o?.[account];
      for (const heard of this.#byAccount.get(`${s}:${account}`) ?? [])
        heard(only ? { mailbox: only[0], modseq: only[1] } : null);
    }
  }

  /** After a lost connection nobody knows what was missed: everybody looks again. */
  hearAll(): void {
    for (const set of this.#byAccount.values()) for (const heard of set) heard(null);
  }
}

/** The connection that hears and sends; where it is lost it is made anew. */
class NotifyConnection {
  readonly #url: string;
  readonly #listeners: Listeners;
  readonly #onError: OnError;
  #client: pg.Client | null = null;
  #connecting: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(url: string, listeners: Listeners, onError: OnError) {
    this.#url = url;
    this.#listeners = listeners;
    this.#onError = onError;
  }

  async connected(): Promise<void> {
    if (this.#client) return;
    this.#connecting ??= this.#open()
      .then(() => this.#listeners.hearAll(), this.#onError)
      .finally(() => {
        this.#connecting = null;
        if (!this.#client && !this.#closed)
          this.#retry = setTimeout(() => void this.connected(), RECONNECT_MS);
      });
    await this.#connecting;
  }

  /** Where there is no connection the note is lost: whoever connects again looks at everything. */
  async send(note: Note): Promise<void> {
    await this.#client?.query({
      name: 'notify',
      text: 'select pg_notify($1, $2)',
      values: [CHANNEL, JSON.stringify(note)],
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    await this.#connecting;
    await this.#client?.end();
  }

  async #open(): Promise<void> {
    const fresh = new pg.Client({ connectionString: this.#url });
    fresh.on('error', (error) => this.#lost(fresh, error));
    fresh.on('end', () => this.#lost(fresh, null));
    fresh.on('notification', ({ payload }) => this.#listeners.hear(payload ?? ''));
    try {
      await fresh.connect();
      // a lost note is made good by looking again
      await fresh.query(`set synchronous_commit = off; listen ${CHANNEL}`);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      throw error;
    }
    this.#client = fresh;
  }

  #lost(gone: pg.Client, error: Error | null): void {
    if (this.#client !== gone) return;
    this.#client = null;
    if (this.#closed) return;
    if (error) this.#onError(error);
    void this.connected();
  }
}

/** What was announced and isn't sent yet. */
class WaitingNotes {
  readonly #line: NotifyConnection;
  readonly #onError: OnError;
  readonly #changed = new Map<SchoolId, Map<AccountId, OneMailbox | null>>();
  #timer: NodeJS.Timeout | null = null;
  #sentAt = 0;

  constructor(line: NotifyConnection, onError: OnError) {
    this.#line = line;
    this.#onError = onError;
  }

  add(school: SchoolId, accounts: readonly AccountId[], only: OneMailbox | undefined): void {
    const some = this.#changed.get(school) ?? new Map<AccountId, OneMailbox | null>();
    for (const account of accounts)
      some.set(account, some.has(account) ? both(some.get(account), only) : (only ?? null));
    this.#changed.set(school, some);
    this.#schedule();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(
      () =>
        void this.#flush().catch((error: Error) => {
          this.#timer = null;
          this.#onError(error);
        }),
      Math.max(COALESCE_MS, this.#sentAt + EVERY_MS - performance.now()),
    );
  }

  /**
   * One after the other: a connection takes one query at a time, and what is announced meanwhile
   * goes with the next.
   */
  async #flush(): Promise<void> {
    const notes = [...this.#changed].flatMap(([school, accounts]) => notesOf(school, accounts));
    this.#changed.clear();
    this.#sentAt = performance.now();
    await this.#line.connected();
    for (const note of notes) await this.#line.send(note);
    this.#timer = null;
    if (this.#changed.size > 0) this.#schedule();
  }
}

/** What two announcements within one note say together. */
function both(
  one: OneMailbox | null | undefined,
  other: OneMailbox | undefined,
): OneMailbox | null {
  if (!one || !other || one.mailbox !== other.mailbox) return null;
  return one.modseq > other.modseq ? one : other;
}

function notesOf(school: SchoolId, accounts: ReadonlyMap<AccountId, OneMailbox | null>): Note[] {
  const any = [...accounts].filter(([, only]) => only === null);
  const some = [...accounts].flatMap(([account, only]) =>
    only === null ? [] : [[account, only] as const],
  );
  return [
    ...portions(any, ACCOUNTS_A_NOTE).map((part) => ({
      s: school,
      a: part.map(([account]) => account),
    })),
    ...portions(some, MAILBOXES_A_NOTE).map((part) => ({
      s: school,
      a: part.map(([account]) => account),
      o: Object.fromEntries(
        part.map(([account, { mailbox, modseq }]) => [account, [mailbox, modseq] as const]),
      ),
    })),
  ];
}

function portions<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

export interface OneMailbox {
  readonly mailbox: MailboxId;
  readonly modseq: number;
}
