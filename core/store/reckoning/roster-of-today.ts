import { sql } from 'kysely';
import type { QueryRunner } from '../kysely-on.ts';

/** Schools, classes and families, and who is where. */
const placesAt = (now: Date) => sql`
  town as (
    select pupil_mail_stopped and (pupil_mail_stopped_until is null
      or pupil_mail_stopped_until > ${now}::timestamptz) as stopped
    from school
    where id = 0
  ),
  here as (
    select s.*, (${now}::timestamptz at time zone s.time_zone)::date as today
    from school s
  ),
  running_school as (select * from here where closes_on is null or closes_on > today),
  running_class as (
    select c.school_id, c.id, c.address_id, s.today
    from class c join running_school s on s.id = c.school_id
    where c.ends_on is null or c.ends_on >= s.today
  ),
  in_class as (
    select distinct m.address_id as who, m.role, m.school_id as school, m.class_id as class,
      c.address_id as class_address
    from membership m
      join running_class c on c.school_id = m.school_id and c.id = m.class_id
    where m.from_date <= c.today and (m.until_date is null or m.until_date >= c.today)
  ),
  posted as (
    select p.address_id as who, p.school_id as school,
      max(case p.role when 'head' then 3 when 'teacher' then 2 else 1 end) as rank,
      bool_or(p.reachable_by_pupils) as reachable
    from post p join running_school s on s.id = p.school_id
    where p.from_date <= s.today and (p.until_date is null or p.until_date >= s.today)
    group by p.address_id, p.school_id
  ),
  parent as (
    select g.child_address_id as child, g.guardian_address_id as who, g.school_id as school
    from guardianship g join running_school s on s.id = g.school_id
    where not g.blocked
  ),
  aided as (
    select a.pupil_address_id as pupil, a.aide_address_id as who, a.school_id as school
    from accompaniment a join running_school s on s.id = a.school_id
    where a.from_date <= s.today and (a.until_date is null or a.until_date >= s.today)
  )
`;

/** Who has an account, where they belong, and what of their mail stands still. */
const peopleAt = (now: Date) => sql`
  person as (
    select a.address_id as who, a.school_id as home, a.role, a.state = 'active' as active,
      coalesce(a.paused_until > ${now}::timestamptz, false) as paused, a.charter_at, a.paper_at,
      a.communes
    from account a
  ),
  belongs as (
    select p.who, p.home as school
    from person p join running_school s on s.id = p.home
    where p.role <> 'guardian'
    union
    select who, school from in_class
    union
    select who, school from posted
    union
    select f.who, f.school
    from parent f join person p on p.who = f.who
    where p.role = 'guardian'
  ),
  stopped as (
    select distinct b.who
    from belongs b join school s on s.id = b.school left join commune c on c.id = s.commune_id
    where (select stopped from town)
      or s.pupil_mail_stopped and (s.pupil_mail_stopped_until is null
        or s.pupil_mail_stopped_until > ${now}::timestamptz)
      or c.pupil_mail_stopped and (c.pupil_mail_stopped_until is null
        or c.pupil_mail_stopped_until > ${now}::timestamptz)
  ),
  charge as materialized (
    select a.who, s.id as school
    from person a join school s
      on s.id > 0 and (a.communes is null or s.commune_id = any(a.communes))
    where a.role = 'agent'
  ),
  said as (
    select school_id as school, child_address_id as child, agrees
    from guardianship
    where not blocked and agrees is not null
  ),
  may_write as (
    select p.who
    from person p join school s on s.id = p.home
    where p.role <> 'pupil'
      or (
        (not s.charter or p.charter_at is not null)
        and (
          not s.family_first
          or (p.home, p.who) not in (select school, child from said where not agrees)
          and (
            p.paper_at is not null
            or (p.home, p.who) in (select school, child from said where agrees)
          )
        )
      )
  )
`;

/** Who is kept apart, and which classes write to one another. */
const BETWEEN_CHILDREN = sql`
  apart as (
    select one_address_id as one, other_address_id as other from kept_apart
    union
    select other_address_id, one_address_id from kept_apart
  ),
  half_link as (
    select l.school_id as school, l.class_id as class, c.address_id as class_address,
      l.other_class_address_id as other_address
    from class_link l
      join running_class c on c.school_id = l.school_id and c.id = l.class_id
    where l.agreed and l.from_date <= c.today and l.until_date >= c.today
  ),
  link as (
    select a.school, a.class, b.school as other_school, b.class as other_class
    from half_link a
      join half_link b on b.class_address = a.other_address and b.other_address = a.class_address
  )
`;

/**
 * What is true of schools, people, classes, posts and families at a moment, of which each school
 * has the day on its own clock.
 */
export const rosterAt = (now: Date) => sql`${placesAt(now)}, ${peopleAt(now)}, ${BETWEEN_CHILDREN}`;

/**
 * Of what a query makes on its way PostgreSQL knows no sizes, and takes it for a few rows: it would
 * go through thousands of them for each of thousands. For the rest of the transaction.
 */
export async function planAll(db: QueryRunner['db']): Promise<void> {
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(db);
}
