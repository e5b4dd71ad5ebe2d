import pg from 'pg';
import type { AccountId, SchoolId } from '../core.ts';

/**
 * Rings in every process when mail changes. Only a bell: who hears it looks again. It rings after the commit, coalesced over a
 * few milliseconds; NOTIFY inside the storing transaction would make all commits take turns (it locks its queue until they end).
 */
export interface Bell {
  ring(school: SchoolId, accounts: readonly AccountId[]): void;
  listen(account: { readonly school: SchoolId; readonly account: AccountId }, heard: () => void): () => void;
  close(): Promise<void>;
}

const CHANNEL = 'preau_mail';
const COALESCE_MS = 3;
/** A NOTIFY carries less than 8,000 bytes; an id has at most 16 digits here. */
const ACCOUNTS_A_NOTE = 400;
const RECONNECT_MS = 1_000;

export function openBell(databaseUrl: string, options: { onError: (error: Error) => void }): Bell {
  const listeners = new Map<string, Set<() => void>>();
  const waiting = new Map<SchoolId, Set<AccountId>>();
  let client: pg.Client | null = null;
  let connecting: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;

  function connect(): Promise<void> {
    connecting ??= openClient().then(() => ringAll(listeners), options.onError).finally(() => {
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
      await fresh.query(`listen ${CHANNEL}`);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      throw error;
    }
    client = fresh;
  }

  function lost(gone: pg.Client, error: Error | null): void {
    if (client !== gone) return;
    client = null;
    if (error) options.onError(error);
    if (!closed) void connect();
  }

  /** One after the other: a connection takes one query at a time, and what rings meanwhile goes with the next. */
  async function flush(): Promise<void> {
    const notes = [...waiting].flatMap(([school, accounts]) => portions([...accounts]).map((some) => JSON.stringify({ s: school, a: some })));
    waiting.clear();
    if (!client) await connect();
    for (const note of notes) await client?.query('select pg_notify($1, $2)', [CHANNEL, note]);
    timer = null;
    if (waiting.size > 0) schedule();
  }

  function schedule(): void {
    timer ??= setTimeout(() => void flush().catch((error: Error) => { timer = null; options.onError(error); }), COALESCE_MS);
  }

  void connect();
  return {
    ring(school, accounts) {
      if (accounts.length === 0 || closed) return;
      const some = waiting.get(school) ?? new Set();
      for (const account of accounts) some.add(account);
      waiting.set(school, some);
      schedule();
    },
    listen({ school, account }, heard) {
      const key = `${school}:${account}`;
      const set = listeners.get(key) ?? new Set();
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

function portions(accounts: readonly AccountId[]): AccountId[][] {
  const count = Math.ceil(accounts.length / ACCOUNTS_A_NOTE);
  return Array.from({ length: count }, (_, place) => accounts.slice(place * ACCOUNTS_A_NOTE, (place + 1) * ACCOUNTS_A_NOTE));
}

function hear(listeners: ReadonlyMap<string, ReadonlySet<() => void>>, payload: string): void {
  const { s, a } = JSON.parse(payload) as { s: number; a: number[] };
  for (const account of a) for (const heard of listeners.get(`${s}:${account}`) ?? []) heard();
}

/** After a lost connection nobody knows what was missed: everybody looks again. */
function ringAll(listeners: ReadonlyMap<string, ReadonlySet<() => void>>): void {
  for (const set of listeners.values()) for (const heard of set) heard();
}
