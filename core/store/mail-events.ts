import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { AccountId, MailboxId, SchoolId } from '../ground/ids.ts';
import type { OneMailbox } from './mail/contract.ts';
import { isRefusal } from './writing.ts';

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
  /**
   * Whether news comes: within the last 15 s a word of our own has come back from the database, or
   * the connection was made.
   */
  hears(): boolean;
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

const isNote = (said: unknown): said is Note =>
  typeof said === 'object' &&
  said !== null &&
  's' in said &&
  typeof said.s === 'number' &&
  'a' in said &&
  Array.isArray(said.a) &&
  (!('o' in said) || (typeof said.o === 'object' && said.o !== null));

/** Whoever may connect can say something on a channel: what isn't ours is passed over, as null. */
function noteIn(payload: string): Note | null {
  try {
    const said: unknown = JSON.parse(payload);
    return isNote(said) ? said : null;
  } catch {
    return null;
  }
}

const CHANNEL = 'preau_mail';
/** What is announced within so long after the first goes with it. */
const COALESCE_MS = 1;
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
/** Saying goodbye to a server that is away takes no longer. */
const CLOSE_MS = 1_000;

interface Timing {
  /**
   * What a server that accepts and then says nothing may take, as a proxy without one behind it
   * does while another takes over.
   */
  readonly connectMs: number;
  /** How often a word of our own is sent, to see that it comes back. */
  readonly pulseMs: number;
}
const TIMING: Timing = { connectMs: 5_000, pulseMs: 5_000 };
/** As many that didn't come back, and the connection is given up. */
const MOST_UNHEARD = 3;

type OnError = (error: Error) => void;

export function openMailEvents(
  databaseUrl: string,
  options: { readonly onError: OnError; readonly timing?: Timing },
): MailEvents {
  const listeners = new Listeners();
  const { onError, timing = TIMING } = options;
  const line = new NotifyConnection(databaseUrl, { listeners, onError, timing });
  const waiting = new WaitingNotes(line, onError);
  void line.connected();
  let closed = false;
  return {
    announce(school, accounts, only) {
      if (accounts.length > 0 && !closed) waiting.add(school, accounts, only);
    },
    listen: (account, heard) => listeners.add(account, heard),
    hears: () => line.hears(),
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
    const note = noteIn(payload);
    if (note === null) return;
    const { s, a, o } = note;
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

interface ListeningParts {
  readonly listeners: Listeners;
  readonly onError: OnError;
  readonly timing: Timing;
}

/** A client, and the socket under it, which can be cut whatever state the client is in. */
interface Line {
  readonly client: pg.Client;
  readonly socket: Socket;
}

/**
 * The connection that hears and sends; where it is lost it is made anew. A line that has gone dead
 * without a word, as lines do where a server is cut off, is known by a word of our own that doesn't
 * come back.
 */
class NotifyConnection {
  readonly #url: string;
  readonly #parts: ListeningParts;
  #line: Line | null = null;
  #opening: Socket | null = null;
  #connecting: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;
  #pulse: NodeJS.Timeout | null = null;
  #said: Promise<unknown> = Promise.resolve();
  #unheard = 0;
  #sureAt = performance.now();
  #closed = false;

  constructor(url: string, parts: ListeningParts) {
    this.#url = url;
    this.#parts = parts;
  }

  hears(): boolean {
    return performance.now() - this.#sureAt < MOST_UNHEARD * this.#parts.timing.pulseMs;
  }

  async connected(): Promise<void> {
    if (this.#line) return;
    const { listeners, onError } = this.#parts;
    this.#connecting ??= this.#open()
      .then(() => listeners.hearAll(), onError)
      .finally(() => {
        this.#connecting = null;
        if (!this.#line && !this.#closed)
          this.#retry = setTimeout(() => void this.connected(), RECONNECT_MS);
      });
    await this.#connecting;
  }

  /** Rejects where it wasn't sent; then others must still be told. */
  async send(note: Note): Promise<void> {
    if (this.#line === null) throw new Error('no connection to send news by');
    await this.#say(this.#line.client, {
      name: 'notify',
      text: 'select pg_notify($1, $2)',
      values: [CHANNEL, JSON.stringify(note)],
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    this.#opening?.destroy();
    await this.#connecting;
    this.#endPulse();
    if (this.#line === null) return;
    const { client, socket } = this.#line;
    const enough = new AbortController();
    const late = sleep(CLOSE_MS, undefined, { signal: enough.signal }).catch(() => undefined);
    await Promise.race([client.end(), late]);
    enough.abort();
    socket.destroy();
  }

  async #open(): Promise<void> {
    const { listeners, timing } = this.#parts;
    const socket = new Socket();
    this.#opening = socket;
    const client = new pg.Client({
      connectionString: this.#url,
      stream: () => socket,
      keepAlive: true,
      keepAliveInitialDelayMillis: timing.pulseMs,
    });
    const own = `preau_pulse_${randomUUID().replaceAll('-', '')}`;
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, null));
    client.on('notification', ({ channel, payload }) => {
      if (channel === own) this.#isSure();
      else listeners.hear(payload ?? '');
    });
    const slow = new Error('the database does not answer whoever listens for news');
    const timer = setTimeout(() => socket.destroy(slow), timing.connectMs);
    try {
      await client.connect();
      // a lost note is made good by looking again
      await client.query(`set synchronous_commit = off; listen ${CHANNEL}; listen ${own}`);
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#opening = null;
    }
    this.#line = { client, socket };
    this.#said = Promise.resolve();
    this.#isSure();
    this.#pulse = setInterval(() => this.#beat(client, socket, own), timing.pulseMs).unref();
  }

  #isSure(): void {
    this.#unheard = 0;
    this.#sureAt = performance.now();
  }

  /**
   * Counted and not timed: after the loop was held, or the machine asleep, what came meanwhile
   * still waits to be read.
   */
  #beat(client: pg.Client, socket: Socket, own: string): void {
    if (this.#unheard >= MOST_UNHEARD) {
      socket.destroy(new Error('no word comes back from the database'));
      return;
    }
    this.#unheard += 1;
    // What fails with its line is told by the line.
    this.#say(client, { text: `notify ${own}` }).catch(() => undefined);
  }

  /** One after the other, as the driver wants it. */
  #say(client: pg.Client, query: pg.QueryConfig): Promise<unknown> {
    const saying = this.#said.then(() => client.query(query));
    this.#said = saying.catch(() => undefined);
    return saying;
  }

  #endPulse(): void {
    if (this.#pulse) clearInterval(this.#pulse);
    this.#pulse = null;
  }

  #lost(gone: pg.Client, error: Error | null): void {
    if (this.#line?.client !== gone) return;
    this.#line = null;
    this.#endPulse();
    if (this.#closed) return;
    if (error) this.#parts.onError(error);
    void this.connected();
  }
}

/** Of one school: whose mail, and the one mailbox where it is no more than that. */
type Changed = Map<AccountId, OneMailbox | null>;

/** What was announced and isn't sent yet. */
class WaitingNotes {
  readonly #line: NotifyConnection;
  readonly #onError: OnError;
  readonly #changed = new Map<SchoolId, Changed>();
  #timer: NodeJS.Timeout | null = null;
  #nextAt = 0;
  #isClosed = false;

  constructor(line: NotifyConnection, onError: OnError) {
    this.#line = line;
    this.#onError = onError;
  }

  add(school: SchoolId, accounts: readonly AccountId[], only: OneMailbox | undefined): void {
    this.#merge(
      school,
      accounts.map((account) => [account, only ?? null] as const),
    );
    this.#schedule();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #merge(school: SchoolId, news: Iterable<readonly [AccountId, OneMailbox | null]>): void {
    const some = this.#changed.get(school) ?? new Map<AccountId, OneMailbox | null>();
    for (const [account, only] of news)
      some.set(account, some.has(account) ? both(some.get(account), only) : only);
    this.#changed.set(school, some);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(
      () => void this.#flush(),
      Math.max(COALESCE_MS, this.#nextAt - performance.now()),
    );
  }

  /**
   * One after the other: a connection takes one query at a time, and what is announced meanwhile
   * goes with the next. What could not be sent is sent by the next connection: ours look again
   * then, but those who listen elsewhere don't know that they have missed something.
   */
  async #flush(): Promise<void> {
    const changed = [...this.#changed];
    this.#changed.clear();
    this.#nextAt = performance.now() + EVERY_MS;
    try {
      await this.#line.connected();
      for (const [school, accounts] of changed)
        for (const note of notesOf(school, accounts)) await this.#line.send(note);
    } catch (error) {
      if (error instanceof Error && isRefusal(error)) this.#onError(error);
      else this.#sendAgain(changed);
    }
    this.#timer = null;
    if (this.#changed.size > 0 && !this.#isClosed) this.#schedule();
  }

  #sendAgain(changed: readonly (readonly [SchoolId, Changed])[]): void {
    this.#nextAt = performance.now() + RECONNECT_MS;
    for (const [school, accounts] of changed) this.#merge(school, accounts);
  }
}

/** What two announcements within one note say together. */
function both(one: OneMailbox | null | undefined, other: OneMailbox | null): OneMailbox | null {
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
