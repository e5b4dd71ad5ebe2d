import { sql, type RawBuilder } from 'kysely';
import type { MailboxId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import type { UidSet } from './contract.ts';

/**
 * Sets of at most so many UIDs are given one by one: each is one look into the index, whatever the
 * planner thinks of the mailbox's size.
 */
const FEW = 500;

/**
 * A set as a table `r` to join entries with, and which of them belong to a row of it. Of a small
 * set there is one row, and all belong to it.
 */
interface SetRows {
  readonly rows: RawBuilder<unknown>;
  readonly fits: RawBuilder<unknown>;
}

export function setRows(set: UidSet): SetRows {
  const uids = fewUids(set);
  return uids
    ? rowsOfUids(sql`${uids}`)
    : rowsOfRanges(sql`${set.map(({ from }) => from)}`, sql`${set.map(({ to }) => to)}`);
}

/** A small set's UIDs, one by one; null of a big one. */
export function fewUids(set: UidSet): number[] | null {
  if (set.reduce((sum, { from, to }) => sum + to - from + 1, 0) > FEW) return null;
  return set.flatMap(({ from, to }) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index),
  );
}

export function rowsOfUids(uids: RawBuilder<unknown>): SetRows {
  return { rows: sql`(select) as r`, fits: sql`e.uid = any(${uids}::bigint[])` };
}

export function rowsOfRanges(from: RawBuilder<unknown>, to: RawBuilder<unknown>): SetRows {
  return {
    rows: sql`unnest(${from}::bigint[], ${to}::bigint[]) as r (f, t)`,
    fits: sql`e.uid >= r.f and e.uid <= r.t`,
  };
}

interface FirstEntries {
  readonly mailbox: MailboxId;
  readonly uids: UidSet;
  readonly limit: number;
  /** What else is asked of entry `e`. */
  readonly extra?: RawBuilder<unknown>;
}

/**
 * The first `limit` entries of a set, as a table to select from. The database stops there: it goes
 * through the set in its order, which is ascending, and through the index of UIDs within each
 * range.
 */
export function firstOf(
  tx: SchoolTx,
  { mailbox, uids, limit, extra = sql`true` }: FirstEntries,
): RawBuilder<unknown> {
  const { rows, fits } = setRows(uids);
  return sql`
    (
      select e.*
      from ${rows}
        cross join lateral (
          select e.*
          from entry e
          where e.school_id = ${tx.school}
            and e.mailbox_id = ${mailbox}
            and ${fits}
            and ${extra}
          order by e.uid
          limit ${limit}
        ) e
      limit ${limit}
    )
  `;
}

/** A multirange of PostgreSQL (`{[1,4),[7,8)}`) as ranges with both ends in them. */
export function rangesIn(text: string): UidSet {
  return [...text.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => ({
    from: Number(from),
    to: Number(to) - 1,
  }));
}

/** `1,2,3` as numbers; empty for null or nothing. */
export function numbersIn<One extends number = number>(text: string | null): One[] {
  if (text === null || text === '') return [];
  // A fifth of what `split` takes for 10,000.
  const numbers: One[] = JSON.parse(`[${text}]`);
  return numbers;
}
