import { sql } from 'kysely';
import { TOWN } from '../../ground/ids.ts';
import { toldApart } from '../../roster/school-directory/shown-name.ts';
import type { TownTx } from '../store.ts';
import type { SchoolReadiness } from '../town/contract.ts';

/** Every school of the town that isn't closed, by name: one statement, however many there are. */
export async function schoolsReadiness(tx: TownTx, now: Date): Promise<readonly SchoolReadiness[]> {
  const { rows } = await sql<Omit<SchoolReadiness, 'shownName'> & CommunesSchool>`
    select s.id, s.name, m.name as commune, m.id as "communeId", s.domain, t.pupils, t.people, t.without_code as "withoutCode", t.heads,
      t.heads_never_in as "headsNeverIn", t.head_seen_at as "headSeenAt",
      t.listed_at as "listedAt", t.questions
    from school_states(${now}) t
      join school s on s.id = t.id
      left join commune m on m.id = s.commune_id
    where coalesce(s.closes_on > (${now}::timestamptz at time zone s.time_zone)::date, true)
  `.execute(tx.kept);
  return toldApart(rows);
}

interface CommunesSchool {
  readonly name: string;
  readonly commune: string | null;
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
