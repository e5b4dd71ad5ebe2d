import { sql, type RawBuilder } from 'kysely';
import type { AddressId } from '../../ground/ids.ts';
import type { QueryRunner } from '../kysely-on.ts';
import { faultsOf } from './faults.ts';
import { planAll, rosterAt } from './roster-of-today.ts';

/**
 * The ways to a child that are no address of theirs: lists that lead to pupils, correspondents whom
 * a teacher approved, mailboxes that somebody else reads. Reckoned as `who-may-write.ts` does, from
 * the same table and as apart from the rules.
 */

/** Somebody who may write to a list, or a pupil whom a list leads to. */
export interface OfAList {
  readonly list: AddressId;
  readonly who: AddressId;
}

/** An address outside that a teacher approved, and a pupil of the class. */
interface CorrespondentsWay {
  readonly address: string;
  readonly pupil: AddressId;
}

interface OpenedMailbox {
  readonly pupil: AddressId;
  readonly by: AddressId;
}

const LISTS = sql`
  list as (
    select d.id, d.kind, d.school_id as school
    from address d
    where d.kind <> 'account' and d.school_id in (select id from running_school)
  ),
  pupil as (
    select p.*
    from person p
    where p.role = 'pupil' and p.active and p.who in (select who from belongs)
  )
`;

/**
 * Who may write to the lists that lead to pupils; and pupils, to whichever list. Somebody comes as
 * often as there are reasons.
 */
export function listWriters(town: Pick<QueryRunner, 'db'>, now: Date): Promise<readonly OfAList[]> {
  return pairsOf(
    town,
    now,
    sql`
      select l.id as list, b.who
      from list l
        join belongs b on b.school = l.school
        join person p on p.who = b.who
        left join posted x on x.who = b.who and x.school = l.school
      where l.kind in ('class', 'pupils') and p.active and not p.paused
        and (x.rank is not null or p.role in ('teacher', 'head', 'staff'))
      union all
      select l.id, p.who
      from list l
        join charge c on c.school = l.school
        join person p on p.who = c.who
      where l.kind in ('class', 'pupils') and p.active and not p.paused
      union all
      select l.id, p.who
      from list l cross join person p
      where l.kind = 'town' and p.role = 'agent' and p.communes is null and p.active
        and not p.paused
      union all
      select w.id, p.who
      from pupil p
        join (
          select l.id, e.who
          from list l cross join pupil e
          where l.kind in ('support', 'postmaster')
          union all
          select l.id, c.who
          from list l join in_class c on c.class_address = l.id
          where l.kind = 'class'
          union all
          select l.id, b.who
          from list l join belongs b on b.school = l.school
          where l.kind = 'headship'
        ) w on w.who = p.who
      where not p.paused
        and p.who in (select who from may_write)
        and p.who not in (select who from stopped)
    `,
  );
}

/** The pupils whom a list leads to, each as often as there are reasons. */
export function listedPupils(
  town: Pick<QueryRunner, 'db'>,
  now: Date,
): Promise<readonly OfAList[]> {
  return pairsOf(
    town,
    now,
    sql`
      select c.class_address as list, c.who
      from in_class c
      where c.role = 'pupil'
      union all
      select l.id, p.who
      from list l join person p on p.role = 'pupil' and p.active
      where l.kind = 'town' or (l.kind = 'pupils' and p.home = l.school)
    `,
  );
}

async function pairsOf(
  { db }: Pick<QueryRunner, 'db'>,
  now: Date,
  asked: RawBuilder<unknown>,
): Promise<readonly OfAList[]> {
  await planAll(db);
  const { rows } = await sql<OfAList>`
    with ${rosterAt(now)}, ${LISTS} ${asked}
  `.execute(db);
  return rows;
}

/** Everybody outside who may write to a child, with the children. */
export async function correspondentsWays(
  { db }: Pick<QueryRunner, 'db'>,
  now: Date,
): Promise<readonly CorrespondentsWay[]> {
  await planAll(db);
  const { rows } = await sql<CorrespondentsWay>`
    with ${rosterAt(now)}, ${LISTS}
    select distinct o.address, p.who as pupil
    from correspondent o
      join running_class c on c.school_id = o.school_id and c.id = o.class_id
      join in_class m on m.class_address = c.address_id and m.role = 'pupil'
      join pupil p on p.who = m.who
    where o.until_date >= c.today and p.who not in (select who from stopped)
  `.execute(db);
  return rows;
}

/** Mailboxes of pupils that somebody else may open. */
export async function openedMailboxes({
  db,
}: Pick<QueryRunner, 'db'>): Promise<readonly OpenedMailbox[]> {
  const { rows } = await sql<OpenedMailbox>`
    select o.address_id as pupil, a.address_id as by
    from mailbox_right r
      join mailbox b on b.school_id = r.school_id and b.id = r.mailbox_id
      join account o on o.school_id = b.school_id and o.id = b.account_id
      join account a on a.school_id = r.school_id and a.id = r.account_id
    where o.role = 'pupil' and a.id <> o.id
  `.execute(db);
  return rows;
}

/**
 * People whose address says other schools than those that they are in: letters are judged by the
 * rosters that an address names. A sentence each.
 */
export function misplacedAddresses(town: Pick<QueryRunner, 'db'>): Promise<readonly string[]> {
  return faultsOf(
    town,
    sql`
      with placed as (
        select address_id as who, school_id as school from membership
        union
        select address_id, school_id from post
        union
        select guardian_address_id, school_id from guardianship where not blocked
        union
        select child_address_id, school_id from guardianship where not blocked
      ),
      missing as (
        select p.who, p.school
        from placed p join address d on d.id = p.who
        where d.school_id <> p.school and not d.present_in @> array[p.school]
      )
      select
        format('address %s has a place in school %s, and doesn''t say so', who, school) as fault
      from missing
      order by who
    `,
  );
}

/** Two accounts that are one address, in two schools: a sentence each. */
export function doubleAccounts(town: Pick<QueryRunner, 'db'>): Promise<readonly string[]> {
  return faultsOf(
    town,
    sql`
      select format('address %s has accounts in schools %s', address_id,
          string_agg(school_id::text, ', ' order by school_id)) as fault
      from account
      group by address_id
      having count(*) > 1
      order by address_id
    `,
  );
}

/** Places in classes that aren't there, and of people who aren't: a sentence each. */
export function lostMemberships(town: Pick<QueryRunner, 'db'>): Promise<readonly string[]> {
  return faultsOf(
    town,
    sql`
      select format('address %s is in class %s of school %s, which isn''t there', m.address_id,
          m.class_id, m.school_id) as fault
      from membership m left join class c on c.school_id = m.school_id and c.id = m.class_id
      where c.id is null
      union all
      select format('address %s is in class %s of school %s, and has no account', m.address_id,
          m.class_id, m.school_id)
      from membership m left join account a on a.address_id = m.address_id
      where a.id is null
    `,
  );
}

/**
 * Papers that a pupil signed, that somebody asked for who asks nobody, or that are about somebody
 * who is and was no pupil of the school: a sentence each.
 */
export function strayPapers(town: Pick<QueryRunner, 'db'>): Promise<readonly string[]> {
  return faultsOf(
    town,
    sql`
      select
        format('paper %s of school %s was signed by address %s, a pupil', s.paper_id, s.school_id,
          s.who) as fault
      from (
        select school_id, paper_id, signer_address_id as who from paper_answer
        union
        select school_id, paper_id, by_address_id from paper_answer
      ) s
        join account a on a.address_id = s.who
      where a.role = 'pupil'
      union all
      select format('paper %s of school %s was asked by address %s, who asks nobody', p.id,
          p.school_id, p.author_address_id)
      from paper p join account a on a.address_id = p.author_address_id
      where a.role in ('pupil', 'guardian', 'agent')
      union all
      select format('paper %s of school %s is about address %s, no pupil of it', c.paper_id,
          c.school_id, c.pupil_address_id)
      from paper_child c join account a on a.address_id = c.pupil_address_id
      where a.role <> 'pupil'
        or not exists (
          select
          from membership m
          where m.school_id = c.school_id
            and m.address_id = c.pupil_address_id
            and m.role = 'pupil'
        )
    `,
  );
}

/**
 * What is on the wall of a class, or in its book, and was given by nobody who is or was a pupil of
 * the class: a sentence each.
 */
export function strayGifts(town: Pick<QueryRunner, 'db'>): Promise<readonly string[]> {
  return faultsOf(
    town,
    sql`
      select
        format('gift %s to the wall of class %s of school %s is from address %s, no pupil of it',
          i.id, i.class_id, i.school_id, i.author_address_id) as fault
      from wall_item i
      where not exists (
        select
        from membership m join account a on a.address_id = m.address_id
        where m.school_id = i.school_id
          and m.class_id = i.class_id
          and m.address_id = i.author_address_id
          and m.role = 'pupil'
          and a.role = 'pupil'
      )
      union all
      select format('the book of class %s of school %s has gift %s, of another wall', b.class_id,
          b.school_id, i.id)
      from wall_book b join wall_item i on i.school_id = b.school_id and i.id = any(b.items)
      where (i.class_id, i.school_year) <> (b.class_id, b.school_year)
    `,
  );
}

/**
 * What lies in the cupboard of a class and was put there by nobody who is or was one of its pupils
 * or teachers; in somebody's own, by anybody else; in that of a school or its adults, by nobody who
 * has or had a post there or taught: a sentence each.
 */
export function strayFiles(town: Pick<QueryRunner, 'db'>): Promise<readonly string[]> {
  return faultsOf(
    town,
    sql`
      select
        format('item %s of the cupboard of class %s of school %s is from address %s, not of it',
          i.id, c.class_id, c.school_id, i.author_address_id) as fault
      from cupboard c join cupboard_item i on i.school_id = c.school_id and i.cupboard_id = c.id
      where c.place = 'class'
        and i.author_address_id is not null
        and not exists (
          select
          from membership m
          where m.school_id = c.school_id
            and m.class_id = c.class_id
            and m.address_id = i.author_address_id
        )
      union all
      select
        format('item %s of the cupboard of account %s of school %s is from address %s, not theirs',
          i.id, c.account_id, c.school_id, i.author_address_id)
      from cupboard c join cupboard_item i on i.school_id = c.school_id and i.cupboard_id = c.id
        join account a on a.school_id = c.school_id and a.id = c.account_id
      where c.place = 'own' and i.author_address_id <> a.address_id
      union all
      select
        format('item %s of the %s cupboard of school %s is from address %s, nobody of its team',
          i.id, c.place, c.school_id, i.author_address_id)
      from cupboard c join cupboard_item i on i.school_id = c.school_id and i.cupboard_id = c.id
      where c.place in ('team', 'school')
        and i.author_address_id is not null
        and not exists (
          select from post p
          where p.school_id = c.school_id and p.address_id = i.author_address_id
        )
        and not exists (
          select from membership m
          where m.school_id = c.school_id
            and m.address_id = i.author_address_id
            and m.role = 'teacher'
        )
      union all
      select format('what address %s handed into box %s of school %s is of no pupil of its class',
          h.pupil_address_id, h.box_id, h.school_id)
      from hand_in h join hand_in_box b on b.school_id = h.school_id and b.id = h.box_id
      where not exists (
        select
        from membership m
        where m.school_id = b.school_id
          and m.class_id = b.class_id
          and m.address_id = h.pupil_address_id
          and m.role = 'pupil'
      )
    `,
  );
}

/**
 * What was ticked of a class's week by nobody who is or was a pupil of the class, or of another
 * class than it says: a sentence each.
 */
export function strayTicks(town: Pick<QueryRunner, 'db'>): Promise<readonly string[]> {
  return faultsOf(
    town,
    sql`
      select
        format('tick %s in the week of class %s of school %s is from address %s, no pupil of it',
          t.id, t.class_id, t.school_id, t.pupil_address_id) as fault
      from week_tick t
      where not exists (
        select
        from membership m join account a on a.address_id = m.address_id
        where m.school_id = t.school_id
          and m.class_id = t.class_id
          and m.address_id = t.pupil_address_id
          and m.role = 'pupil'
          and a.role = 'pupil'
      )
      union all
      select format('tick %s in the week of class %s of school %s is of another class', t.id,
          t.class_id, t.school_id)
      from week_tick t
        left join week_need n on n.school_id = t.school_id and n.id = t.week_need_id
        left join week_lesson l on l.school_id = t.school_id and l.id = t.week_lesson_id
      where coalesce(n.class_id, l.class_id) is distinct from t.class_id
    `,
  );
}
