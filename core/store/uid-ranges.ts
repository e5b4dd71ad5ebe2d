import { sql, type RawBuilder } from 'kysely';
import type { UidSet } from '../core.ts';

/** Ranges as a table `r (f, t)` to join entries with: each is one look into the index of UIDs. */
export function rangeRows(set: UidSet): RawBuilder<unknown> {
  return sql`unnest(${set.map(({ from }) => from)}::bigint[], ${set.map(({ to }) => to)}::bigint[]) as r (f, t)`;
}

/** A multirange of PostgreSQL (`{[1,4),[7,8)}`) as ranges with both ends in them. */
export function rangesIn(text: string): UidSet {
  return [...text.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => ({ from: Number(from), to: Number(to) - 1 }));
}

/** `1,2,3` as numbers; empty for null or nothing. */
export function numbersIn(text: string | null): number[] {
  return text === null || text === '' ? [] : JSON.parse(`[${text}]`) as number[];
}
