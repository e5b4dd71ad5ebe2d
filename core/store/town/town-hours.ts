import { sql } from 'kysely';
import type { DayCounts } from '../../ground/tally.ts';
import type { TownTx } from '../store.ts';

/** What was counted in one hour; `beginsAt` is its first moment. */
export interface TownHour extends DayCounts {
  readonly beginsAt: Date;
}

/** Adds to an hour's numbers what one process counted; the processes take turns at the row. */
export async function addToHour(tx: TownTx, at: Date, counts: DayCounts): Promise<void> {
  await sql`
    insert into town_hour (begins_at, letters, handed, sign_ins)
    values (date_trunc('hour', ${at}::timestamptz), ${counts.letters}, ${counts.handed},
      ${counts.signIns})
    on conflict (begins_at) do update set letters = town_hour.letters + excluded.letters,
      handed = town_hour.handed + excluded.handed,
      sign_ins = town_hour.sign_ins + excluded.sign_ins
  `.execute(tx.db);
}

/** Hours whose numbers nobody looks at any more. */
export async function dropHours(tx: TownTx, before: Date): Promise<void> {
  await tx.db.deleteFrom('town_hour').where('begins_at', '<', before).execute();
}

/** The hours of a time, in their order; where nothing was counted there is none. */
export function hoursBetween(tx: TownTx, from: Date, until: Date): Promise<TownHour[]> {
  return tx.db
    .selectFrom('town_hour')
    .select(['begins_at as beginsAt', 'letters', 'handed', 'sign_ins as signIns'])
    .where('begins_at', '>=', from)
    .where('begins_at', '<', until)
    .orderBy('begins_at')
    .execute();
}

/** What is counted once for the whole town. */
interface TownTotals {
  /** Addresses of people. */
  readonly people: number;
  readonly schools: number;
  /** Letters that are still to leave for outside. */
  readonly outbox: number;
  /** Since when the oldest of those that should have left waits; null: none is late. */
  readonly lateSince: Date | null;
  /** How often an agent has opened a school since a moment. */
  readonly openings: number;
}

export async function townTotals(
  tx: TownTx,
  { lateBefore, openingsSince }: { readonly lateBefore: Date; readonly openingsSince: Date },
): Promise<TownTotals> {
  const { rows } = await sql<TownTotals>`
    select
      (select count(*)::integer from address where kind = 'account') as people,
      (select count(*)::integer from school where id <> 0 and closes_on is null) as schools,
      (select count(*)::integer from due where kind = 'outbox') as outbox,
      (select min(at) from due where kind = 'outbox' and at < ${lateBefore}) as "lateSince",
      (select count(*)::integer from agent_act
        where act = 'open-school' and at >= ${openingsSince}) as openings
  `.execute(tx.db);
  return rows[0] ?? { people: 0, schools: 0, outbox: 0, lateSince: null, openings: 0 };
}
