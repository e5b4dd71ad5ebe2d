import { sql } from 'kysely';
import type { AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import type { BoardReaders } from '../boards/contract.ts';
import type { QueryRunner } from '../kysely-on.ts';
import { faultsOf } from './faults.ts';
import { planAll, rosterAt } from './roster-of-today.ts';

/** Somebody who reads a board, and as which of its readers. */
export interface BoardReader {
  readonly school: SchoolId;
  /** Null: the school's; of school 0 the town's. */
  readonly classId: ClassId | null;
  readonly readers: BoardReaders;
  readonly who: AddressId;
}

/** Everybody who may read a board, reckoned from rows, as apart from what the service asks. */
export async function boardReaders(
  { db }: Pick<QueryRunner, 'db'>,
  now: Date,
): Promise<readonly BoardReader[]> {
  await planAll(db);
  const { rows } = await sql<BoardReader>`
    with ${rosterAt(now)},
    of_class as (
      select c.school, c.class, 'pupils' as readers, c.who
      from in_class c
      union
      select c.school, c.class, 'families', c.who
      from in_class c
      where c.role = 'teacher'
      union
      select c.school_id, c.id, w.readers, x.who
      from running_class c
        join posted x on x.school = c.school_id and x.rank = 3
        cross join (values ('pupils'), ('families')) as w (readers)
      union
      select c.school, c.class, 'families', f.who
      from parent f join in_class c on c.who = f.child and c.role = 'pupil'
    ),
    of_school as (
      select c.school, 'pupils' as readers, c.who
      from in_class c
      where c.role = 'pupil'
      union
      select c.school, 'families', f.who
      from parent f join in_class c on c.who = f.child and c.role = 'pupil'
      union
      select x.school, w.readers, x.who
      from posted x cross join (values ('pupils'), ('families'), ('team')) as w (readers)
    ),
    of_town as (
      select readers, who from of_school
      union
      select w.readers, p.who
      from person p cross join (values ('pupils'), ('families'), ('team')) as w (readers)
      where p.role = 'agent' and p.communes is null
    ),
    reads as (
      select school, class, readers, who from of_class
      union all
      select school, null, readers, who from of_school
      union all
      select 0, null, readers, who from of_town
    )
    select r.school, r.class as "classId", r.readers, r.who
    from reads r join person p on p.who = r.who
    where p.active
  `.execute(db);
  return rows;
}

/**
 * What hangs where it isn't to: on the board of another class, or of readers whom its words don't
 * name; what a pupil proposes and no teacher has answered; and whoever has a right to a board,
 * which is given to nobody. A sentence each.
 */
export function strayNotices(town: Pick<QueryRunner, 'db'>): Promise<readonly string[]> {
  return faultsOf(
    town,
    sql`
      select format('notice %s of school %s hangs on a board that isn''t its own', n.id,
          n.school_id) as fault
      from notice_place p
        join notice n on n.school_id = p.school_id and n.id = p.notice_id
        join notice_words w on w.school_id = n.school_id and w.notice_id = n.id
          and w.edition = n.edition
        left join board b on b.school_id = p.school_id and b.mailbox_id = p.mailbox_id
      where b.mailbox_id is null
        or b.class_id is distinct from n.class_id
        or not b.readers = any(w.readers)
      union all
      select format('notice %s of school %s hangs, and no teacher has let it', n.id, n.school_id)
      from notice_place p join notice n on n.school_id = p.school_id and n.id = p.notice_id
      where n.posted_at is null or n.idea in ('waits', 'refused')
      union all
      select format('account %s of school %s has a right to a board', r.account_id, r.school_id)
      from mailbox_right r join board b on b.school_id = r.school_id and b.mailbox_id = r.mailbox_id
    `,
  );
}
