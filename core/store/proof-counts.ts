import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../ground/fault.ts';
import { asOwner } from './migrate.ts';

/**
 * The highest number given so far, by table: what is made later isn't counted. As text, for a
 * bigint may be more than a number of ours holds.
 */
interface Mark {
  readonly message: string;
  readonly account: string;
  readonly class: string;
}

/** How many rows there are up to a mark. */
export type MarkedCounts = Readonly<Record<keyof Mark, number>>;

const POLL_MS = 250;
/** A transaction of ours ends by itself within half a minute; an import may take longer. */
const SETTLED_MS = 5 * 60_000;

/**
 * A mark up to which nothing more is ever made in a database that runs: numbers are taken before
 * their rows are committed, so every transaction that was open by then has ended.
 */
export async function settledMark(adminUrl: string): Promise<Mark> {
  return asOwner(adminUrl, async (admin) => {
    const { rows } = await admin.query<Mark>(`
      select
        (select coalesce(max(id), 0) from message)::text as message,
        (select coalesce(max(id), 0) from account)::text as account,
        (select coalesce(max(id), 0) from class)::text as class
    `);
    const [mark] = rows;
    if (mark === undefined) throw new Fault('store-down', 'no mark', { transient: true });
    // Who has taken a number has a transaction's number a moment later.
    await pause(POLL_MS);
    const { rows: begun } = await admin.query<{ xmax: string }>(
      'select pg_snapshot_xmax(pg_current_snapshot())::text as xmax',
    );
    const deadline = Date.now() + SETTLED_MS;
    while (Date.now() < deadline) {
      const ended = await admin.query<{ all: boolean }>(
        'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as all',
        [begun[0]?.xmax],
      );
      if (ended.rows[0]?.all === true) return mark;
      await pause(POLL_MS);
    }
    throw new Fault('store-down', 'a transaction has been open for minutes', { transient: true });
  });
}

/** How many rows there are up to a mark, in all schools together. */
export async function countsUpTo(adminUrl: string, mark: Mark): Promise<MarkedCounts> {
  return asOwner(adminUrl, async (admin) => {
    const { rows } = await admin.query<MarkedCounts>(
      `
        select
          (select count(*) from message where id <= $1)::float8 as message,
          (select count(*) from account where id <= $2)::float8 as account,
          (select count(*) from class where id <= $3)::float8 as class
      `,
      [mark.message, mark.account, mark.class],
    );
    return rows[0] ?? { message: 0, account: 0, class: 0 };
  });
}

/** What a restored database says of its messages. */
interface RestoredMail {
  readonly messages: number;
  readonly lastMessageAt: Date | null;
  /** Messages whose bytes aren't those that came: their digest says so. */
  readonly damaged: number;
  readonly bytes: number;
}

/** Reads every byte of every message of a restored database. */
export async function restoredMail(adminUrl: string): Promise<RestoredMail> {
  return asOwner(adminUrl, async (admin) => {
    const { rows } = await admin.query<RestoredMail>(`
      select
        count(*)::float8 as messages,
        max(received_at) as "lastMessageAt",
        (count(*) filter (where sha256(raw) <> sha256))::float8 as damaged,
        pg_database_size(current_database())::float8 as bytes
      from message
    `);
    return rows[0] ?? { messages: 0, lastMessageAt: null, damaged: 0, bytes: 0 };
  });
}
