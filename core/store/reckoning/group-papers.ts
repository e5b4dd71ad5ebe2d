import { sql } from 'kysely';
import type { AddressId, PaperId, SchoolId } from '../../ground/ids.ts';
import type { QueryRunner } from '../kysely-on.ts';
import { planAll, rosterAt } from './roster-of-today.ts';

/** A paper that was asked of a group: by whom, about whom, and who may read it. */
export interface ReckonedGroupPaper {
  readonly school: SchoolId;
  readonly paper: PaperId;
  readonly author: AddressId;
  readonly pupils: readonly AddressId[];
  readonly readers: readonly AddressId[];
}

/**
 * Papers of groups that have left, with everybody who may read each, reckoned from rows: their
 * author as long as they teach there, the school's head, and the guardians with rights of the
 * pupils whom each names.
 */
export async function groupPapers(
  { db }: Pick<QueryRunner, 'db'>,
  now: Date,
): Promise<readonly ReckonedGroupPaper[]> {
  await planAll(db);
  const { rows } = await sql<ReckonedGroupPaper>`
    with ${rosterAt(now)},
    asked as (
      select school_id as school, id as paper, author_address_id as author
      from paper
      where class_id is null and version > 0
    ),
    named as (
      select a.school, a.paper, c.pupil_address_id as pupil
      from asked a join paper_child c on c.school_id = a.school and c.paper_id = a.paper
    ),
    heads as (
      select x.who, x.school
      from posted x
      where x.rank = 3 and x.school in (select school_id from running_class)
    ),
    reads as (
      select a.school, a.paper, h.who
      from asked a join heads h on h.school = a.school
      union
      select a.school, a.paper, c.who
      from asked a
        join in_class c on c.school = a.school and c.who = a.author and c.role = 'teacher'
      union
      select n.school, n.paper, f.who
      from named n
        join person child on child.who = n.pupil and child.home = n.school and child.active
        join parent f on f.school = n.school and f.child = n.pupil
    )
    select a.school, a.paper, a.author,
      array(
        select n.pupil
        from named n
        where n.school = a.school and n.paper = a.paper
      ) as pupils,
      array(
        select r.who
        from reads r join person p on p.who = r.who
        where r.school = a.school and r.paper = a.paper and p.active and p.role <> 'pupil'
      ) as readers
    from asked a
  `.execute(db);
  return rows;
}
