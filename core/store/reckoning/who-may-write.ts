import { sql, type RawBuilder } from 'kysely';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { QueryRunner } from '../kysely-on.ts';
import { planAll, rosterAt } from './roster-of-today.ts';

/**
 * Who may write to whom, reckoned a second time: in SQL, from the table of decision 89, and from
 * nothing that the sending rules are made of. What the rules say is held against this each night
 * (core/town/isolation): a mistake in either shows as a difference. So nothing of core/rules and
 * core/roster is imported here, nor ever will be.
 *
 * What hangs on letters (an answer within thirty days, how many were sent) and on the hour is left
 * out on both sides.
 */

/** A pupil, and by their addresses everybody who may write to them, and to whom they may. */
export interface PupilsWays {
  readonly pupil: AddressId;
  readonly school: SchoolId;
  readonly reachedBy: readonly AddressId[];
  readonly reaches: readonly AddressId[];
}

/** A link joins two schools, and an agent is of the town: such a tie is in no school alone. */
const NO_SCHOOL = -1;

/** What ties a pupil to somebody else, and in which school. */
const ties = ({ ofClass, ofSchool }: Pick<Which, 'ofClass' | 'ofSchool'>) => sql`
  abroad as (
    select b.who
    from belongs b join person p on p.who = b.who
    where b.school <> p.home
  ),
  in_mixed_class as materialized (
    select c.*, c.who in (select who from abroad) as abroad
    from in_class c
    where (c.school, c.class) in (
      select m.school, m.class
      from in_class m
      where m.who in (select who from abroad)
    )
  ),
  pupil as (
    select p.*
    from person p
    where p.role = 'pupil' and p.active and p.who in (select who from belongs)
  ),
  pupil_belongs as materialized (
    select b.who, b.school
    from belongs b join pupil p on p.who = b.who
  ),
  adult_belongs as materialized (
    select b.who, b.school
    from belongs b join person p on p.who = b.who
    where p.role in ('teacher', 'head', 'staff') or b.who in (select who from posted)
  ),
  tie as (
    ${ofClass}
    union all
    select a.who, b.who,
      case when l.other_school = l.school then l.school else ${NO_SCHOOL}::integer end, 'link'
    from link l
      join in_class a on a.school = l.school and a.class = l.class and a.role <> 'aide'
      join in_class b
        on b.school = l.other_school and b.class = l.other_class and b.role <> 'aide'
    where b.who <> a.who
    union all
    select child, who, school, 'family'
    from parent
    union all
    select pupil, who, school, 'aide'
    from aided
    union all
    ${ofSchool}
    union all
    select distinct b.who, c.who, ${NO_SCHOOL}::integer, 'town'
    from pupil_belongs b join charge c on c.school = b.school
  )
`;

/**
 * A pupil and somebody tied to them. `role`: what the other is towards the pupil, by their post in
 * the pupil's schools or else their account.
 */
const pairs = (which: RawBuilder<unknown>) => sql`
  post_towards as (
    select k.pupil, k.other, max(o.rank) as rank
    from tie k
      join posted o on o.who = k.other
      join pupil_belongs b on b.who = k.pupil and b.school = o.school
    group by k.pupil, k.other
  ),
  standing as materialized (
    select p.*,
      p.who in (select who from belongs) as belongs,
      p.who not in (select who from stopped) as goes,
      not p.paused and p.who in (select who from may_write) as writes
    from person p
  ),
  pair as (
    select p.who as pupil, o.who as other,
      case t.rank when 3 then 'head' when 2 then 'teacher' when 1 then 'staff' else o.role
      end as role,
      k.what, k.school,
      coalesce(x.reachable, false) as reachable,
      coalesce(s.pupils_reach_all_teachers, false) as all_teachers,
      o.active and (k.what = 'town' or o.belongs) and p.goes and o.goes
        and not (o.role = 'pupil' and (p.who, o.who) in (select one, other from apart))
        as open,
      p.writes as pupil_writes,
      o.writes as other_writes
    from tie k
      join standing p on p.who = k.pupil and p.role = 'pupil' and p.active and p.belongs
      join standing o on o.who = k.other
      left join post_towards t on t.pupil = p.who and t.other = o.who
      left join posted x on x.who = o.who and x.school = k.school
      left join school s on s.id = k.school
    where ${which}
  )
`;

/** The table of the product, row by row: what allows, or lets a letter through to wait. */
const ALLOWED = sql`
  allowed as (
    select pupil, other,
      other_writes and (
        (role = 'pupil' and what in ('class', 'link'))
        or (what = 'family' and role in ('guardian', 'teacher', 'head', 'staff', 'agent'))
        or (role in ('teacher', 'head', 'staff') and what in ('school', 'link'))
        or (role = 'agent' and what = 'town')
      ) as to_pupil,
      pupil_writes and (
        (role in ('pupil', 'teacher', 'head', 'staff') and what in ('class', 'aide'))
        or (role = 'head' and what = 'school')
        or (role = 'staff' and what = 'school' and reachable)
        or (role = 'teacher' and what = 'school' and all_teachers)
        or (role in ('pupil', 'teacher', 'head') and what = 'link')
        or (what = 'family' and role in ('guardian', 'teacher', 'head', 'staff', 'agent'))
      ) as from_pupil
    from pair
    where open
  )
`;

const ASKED = sql`
  select p.who as pupil, p.home as school, w.reached_by, w.reaches
  from pupil p
    left join (
      select pupil,
        array_agg(distinct other) filter (where to_pupil) as reached_by,
        array_agg(distinct other) filter (where from_pupil) as reaches
      from allowed
      group by pupil
    ) w on w.pupil = p.who
`;

/** Which of the pairs are asked for: what joins them, and which classmates and adults are tied. */
interface Which {
  readonly pairs: RawBuilder<unknown>;
  readonly ofClass: RawBuilder<unknown>;
  readonly ofSchool: RawBuilder<unknown>;
}

/** Both are of the pupil's school and of no other, and so is what ties them. */
const WITHIN: Which = {
  pairs: sql`
    k.school = p.home and o.home is not distinct from p.home
      and p.who not in (select id from address where cardinality(present_in) > 0)
      and o.who not in (select id from address where cardinality(present_in) > 0)
  `,
  ofClass: sql`
    select a.who as pupil, b.who as other, a.school, 'class' as what
    from in_class a join in_class b on b.school = a.school and b.class = a.class
    where a.role = 'pupil' and b.who <> a.who
  `,
  ofSchool: sql`
    select a.who, b.who, a.school, 'school'
    from pupil_belongs a join adult_belongs b on b.school = a.school
  `,
};

/** Anything else: found by what people are in, not by what their addresses say of it. */
const BETWEEN: Which = {
  pairs: sql`
    k.school <> p.home or o.home <> p.home
      or p.who in (select who from abroad)
      or o.who in (select who from abroad)
  `,
  // Whoever is in a class of a school that isn't their home is abroad.
  ofClass: sql`
    select a.who as pupil, b.who as other, a.school, 'class' as what
    from in_mixed_class a join in_mixed_class b on b.school = a.school and b.class = a.class
    where a.role = 'pupil' and b.who <> a.who and (a.abroad or b.abroad)
  `,
  ofSchool: sql`
    select a.who, b.who, a.school, 'school'
    from pupil_belongs a join adult_belongs b on b.school = a.school
    where a.who in (select who from abroad) or b.who in (select who from abroad)
  `,
};

/**
 * The ways within the school of a transaction, by row security: what is between people of this
 * school and of no other.
 */
export function waysWithin(
  tx: Pick<QueryRunner, 'kept'>,
  now: Date,
): Promise<readonly PupilsWays[]> {
  return ask(tx.kept, now, WITHIN);
}

/** All other ways of the town, for a role that sees all of it. */
export function waysBetween(
  town: Pick<QueryRunner, 'db'>,
  now: Date,
): Promise<readonly PupilsWays[]> {
  return ask(town.db, now, BETWEEN);
}

async function ask(db: QueryRunner['db'], now: Date, which: Which): Promise<readonly PupilsWays[]> {
  await planAll(db);
  const { rows } = await sql<{
    pupil: AddressId;
    school: SchoolId;
    reached_by: readonly AddressId[] | null;
    reaches: readonly AddressId[] | null;
  }>`
    with ${rosterAt(now)}, ${ties(which)}, ${pairs(which.pairs)}, ${ALLOWED} ${ASKED}
  `.execute(db);
  return rows.map(({ pupil, school, reached_by: reachedBy, reaches }) => ({
    pupil,
    school,
    reachedBy: reachedBy ?? [],
    reaches: reaches ?? [],
  }));
}
