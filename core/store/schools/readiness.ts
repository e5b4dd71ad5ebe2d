import { sql } from 'kysely';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import type { SchoolTx, TownTx } from '../store.ts';
import { joinGoodCodes } from './good-codes.ts';

/** What a school is still missing before its people come in. */
export interface SchoolReadiness {
  readonly id: SchoolId;
  readonly name: string;
  /** A domain of its own; null: the town's. */
  readonly domain: string | null;
  readonly pupils: number;
  /**
   * Children and adults of the school who have neither a password nor a code that is still good.
   */
  readonly withoutCode: number;
  readonly heads: number;
  /** Heads who have never chosen a password. */
  readonly headsNeverIn: number;
}

/** Every school of the town that isn't closed, by name; each is asked by itself. */
export async function schoolsReadiness(tx: TownTx, now: Date): Promise<readonly SchoolReadiness[]> {
  const schools = await tx.db
    .selectFrom('school')
    .select(['id', 'name', 'domain'])
    .where('id', '<>', TOWN)
    .where(
      sql<boolean>`coalesce(closes_on > (${now}::timestamptz at time zone time_zone)::date, true)`,
    )
    .orderBy('name')
    .execute();
  const found: SchoolReadiness[] = [];
  for (const { id, name, domain } of schools)
    found.push({ id, name, domain, ...(await countsOf(await tx.in(id), now)) });
  return found;
}

type Counts = Omit<SchoolReadiness, 'id' | 'name' | 'domain'>;

async function countsOf({ db, school }: SchoolTx, now: Date): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select count(*) filter (where a.role = 'pupil')::integer as pupils,
      count(*) filter (where a.role <> 'guardian'
        and a.password_hash is null
        and p.account_id is null
        and c.account_id is null)::integer as "withoutCode",
      count(*) filter (where a.role = 'head')::integer as heads,
      count(*) filter (where a.role = 'head' and a.password_hash is null)::integer
        as "headsNeverIn"
    from account a
      ${joinGoodCodes(now)}
    where a.school_id = ${school} and a.state = 'active'
  `.execute(db);
  return rows[0] ?? { pupils: 0, withoutCode: 0, heads: 0, headsNeverIn: 0 };
}

/** The town's agents, and how many of them sign in by a password alone. */
export async function agentsReadiness(
  tx: TownTx,
): Promise<{ readonly agents: number; readonly withoutSecondFactor: number }> {
  const { db, school } = await tx.in(TOWN);
  const { rows } = await sql<{ agents: number; withoutSecondFactor: number }>`
    select count(*)::integer as agents,
      count(*) filter (where s.account_id is null)::integer as "withoutSecondFactor"
    from account a left join second_factor s on s.school_id = a.school_id
      and s.account_id = a.id
    where a.school_id = ${school} and a.role = 'agent' and a.state = 'active'
  `.execute(db);
  return rows[0] ?? { agents: 0, withoutSecondFactor: 0 };
}
