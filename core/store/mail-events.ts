import pg from 'pg';
import type { AccountId, MailboxId, SchoolId } from '../ids.ts';

/**
 * Rings in every process when mail changes. Only a bell: who hears it looks again. It rings after
 * the commit, coalesced over a few milliseconds; NOTIFY inside the storing transaction would make
 * all commits take turns (it locks its queue until they end).
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
  readonly s: number;
  readonly a: readonly number[];
  readonly o?: Readonly<Record<string, readonly [mailbox: number, modseq: number]>>;
}

const CHANNEL = 'preau_mail';
/** What rings within so long after the first goes with it. */
const COALESCE_MS = 3;
/**
 * Under load the bell rings at most so often: each time costs a transaction, and nobody sees ten
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

export function openMailEvents(
  databaseUrl: string,
  options: { onError: (error: Error) => void },
): MailEvents {
  const listeners = new Map<string, Set<Heard>>();
  const waiting = new Map<SchoolId, Map<AccountId, OneMailbox | null>>();
  let client: pg.Client | null = null;
  let connecting: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;
  let rangAt = 0;

  function connect(): Promise<void> {
    connecting ??= openClient()
      .then(() => announceAll(listeners), options.onError)
      .finally(() => {
        connecting = null;
        if (!client && !closed) retry = setTimeout(() => void connect(), RECONNECT_MS);
      });
    return connecting;
  }

  async function openClient(): Promise<void> {
    const fresh = new pg.Client({ connectionString: databaseUrl });
    fresh.on('error', (error) => lost(fresh, error));
    fresh.on('end', () => lost(fresh, null));
    fresh.on('notification', ({ payload }) => hear(listeners, payload ?? ''));
    try {
      await fresh.connect();
      // a lost ring is made good by looking again
      await fresh.query(`set synchronous_commit = off; listen ${CHANNEL}`);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      throw error;
    }
    client = fresh;
  }

  function lost(gone: pg.Client, error: Error | null): void {
    if (client !== gone) return;
    client = null;
    if (closed) return;
    if (error) options.onError(error);
    void connect();
  }

  /**
   * One after the other: a connection takes one query at a time, and what rings meanwhile goes with
   * the next.
   */
  async function flush(): Promise<void> {
    const notes = [...waiting].flatMap(([school, accounts]) => notesOf(school, accounts));
    waiting.clear();
    rangAt = performance.now();
    if (!client) await connect();
    for (const note of notes)
      await client?.query({
        name: 'ring',
        text: 'select pg_notify($1, $2)',
        values: [CHANNEL, JSON.stringify(note)],
      });
    timer = null;
    if (waiting.size > 0) schedule();
  }

  function schedule(): void {
    timer ??= setTimeout(
      () =>
        void flush().catch((error: Error) => {
          timer = null;
          options.onError(error);
        }),
      Math.max(COALESCE_MS, rangAt + EVERY_MS - performance.now()),
    );
  }

  void connect();
  return {
    announce(school, accounts, only) {
      if (accounts.length === 0 || closed) return;
      const some = waiting.get(school) ?? new Map<AccountId, OneMailbox | null>();
      for (const account of accounts)
        some.set(account, some.has(account) ? both(some.get(account), only) : (only ?? null));
      waiting.set(school, some);
      schedule();
    },
    listen({ school, account }, heard) {
      const key = `${school}:${account}`;
      const set = listeners.get(key) ?? new Set<Heard>();
      listeners.set(key, set.add(heard));
      return () => {
        set.delete(heard);
        if (set.size === 0) listeners.delete(key);
      };
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      if (retry) clearTimeout(retry);
      await connecting;
      await client?.end();
    },
  };
}

/** What two rings within one note say together. */
function both(
  one: OneMailbox | null | undefined,
  other: OneMailbox | undefined,
): OneMailbox | null {
  if (!one || !other || one.mailbox !== other.mailbox) return null;
  return one.modseq > other.modseq ? one : other;
}

function notesOf(school: SchoolId, accounts: ReadonlyMap<AccountId, OneMailbox | null>): Note[] {
  const [some, any] = [
    [...accounts].filter(([, only]) => only !== null),
    [...accounts].filter(([, only]) => only === null),
  ];
  return [
    ...portions(any, ACCOUNTS_A_NOTE).map((part) => ({
      s: school,
      a: part.map(([account]) => account),
    })),
    ...portions(some, MAILBOXES_A_NOTE).map((part) => ({
      s: school,
      a: part.map(([account]) => account),
      o: Object.fromEntries(
        part.map(([account, only]) => [account, [only?.mailbox ?? 0, only?.modseq ?? 0] as const]),
      ),
    })),
  ];
}

function portions<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, place) =>
    all.slice(place * size, (place + 1) * size),
  );
}

function hear(listeners: ReadonlyMap<string, ReadonlySet<Heard>>, payload: string): void {
  const { s, a, o } = JSON.parse(payload) as Note;
  for (const account of a) {
    const only = o?.[account];
    for (const heard of listeners.get(`${s}:${account}`) ?? [])
      heard(only ? { mailbox: only[0] as MailboxId, modseq: only[1] } : null);
  }
}

/** After a lost connection nobody knows what was missed: everybody looks again. */
function announceAll(listeners: ReadonlyMap<string, ReadonlySet<Heard>>): void {
  for (const set of listeners.values()) for (const heard of set) heard(null);
}

export interface OneMailbox {
  readonly mailbox: MailboxId;
  readonly modseq: number;
}
