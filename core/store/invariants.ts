import { sql } from 'kysely';
import { TOWN } from '../ground/ids.ts';
import { fileFaults } from './cupboard/file-faults.ts';
import { IS_OF_NOBODY } from './mail/of-nobody.ts';
import { allSchools } from './schools/roster.ts';
import type { SchoolTx, Store } from './store.ts';

/**
 * What must hold of a school's mail and files at every commit, as one query that gives a sentence
 * for each thing that doesn't.
 */
async function mailFaults(tx: SchoolTx): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`
    ${wrongCounts(tx)}
    union all
    ${twiceInOneMailbox(tx)}
    union all
    ${wrongSizes(tx)}
    union all
    ${thereForNobody(tx)}
    union all
    ${lostBodies(tx)}
    union all
    ${notOnDueList(tx)}
    union all
    ${fileFaults(tx)}
  `.execute(tx.kept);
  return rows.map(({ fault }) => fault);
}

/** Of a mailbox `b` whose counts aren't those of its entries `e`. */
export const MISCOUNTED = sql`
  (
    b.total <> e.total
    or b.unseen <> e.unseen
    or b.bytes <> e.bytes
    or b.uid_next <= e.uid
    or b.modseq < e.modseq
  )
`;

/**
 * Counts equal rows, and every entry has a UID and a MODSEQ below its mailbox's own: else it is in
 * no listing, never to be seen.
 */
const wrongCounts = ({ school }: SchoolTx) => sql`
    select
      format('mailbox %s: %s messages, %s unseen, %s bytes, next UID %s, MODSEQ %s; its rows say %s, %s, %s, %s, %s',
        b.id, b.total, b.unseen, b.bytes, b.uid_next, b.modseq, e.total, e.unseen, e.bytes,
        e.uid, e.modseq) as fault
    from mailbox b
      cross join lateral (
        select count(*) as total, count(*) filter (where not seen) as unseen,
          coalesce(sum(size_bytes), 0) as bytes, coalesce(max(uid), 0) as uid,
          coalesce(max(modseq), 1) as modseq
        from entry
        where school_id = b.school_id and mailbox_id = b.id
      ) e
    where b.school_id = ${school}
      and ${MISCOUNTED}
`;

const twiceInOneMailbox = ({ school }: SchoolTx) => sql`
    select format('message %s is %s times in mailbox %s', message_id, count(*), mailbox_id)
    from entry
    where school_id = ${school}
    group by mailbox_id, message_id
    having count(*) > 1
`;

const wrongSizes = ({ school }: SchoolTx) => sql`
    select format('entry %s of mailbox %s: %s bytes, its message has %s', e.uid, e.mailbox_id,
        e.size_bytes, coalesce(octet_length(m.raw), m.size_bytes))
    from entry e join message m on m.school_id = e.school_id and m.id = e.message_id
    where e.school_id = ${school}
      and (e.size_bytes <> m.size_bytes or e.size_bytes <> octet_length(m.raw))
`;

/** What the database has no bytes of has a row that says where they lie. */
const lostBodies = ({ school }: SchoolTx) => sql`
    select format('message %s has no bytes, here nor elsewhere', m.id)
    from message m
    where m.school_id = ${school}
      and m.raw is null
      and not exists (
        select from away_body a where a.school_id = m.school_id and a.message_id = m.id
      )
`;

const thereForNobody = ({ school }: SchoolTx) => sql`
    select format('message %s is there for nobody', m.id)
    from message m
    where m.school_id = ${school}
      and ${IS_OF_NOBODY}
      and not exists (
        select from held_elsewhere x where x.school_id = m.school_id and x.message_id = m.id
      )
`;

/** What is to be done later is on the list of what is due. */
const notOnDueList = ({ school }: SchoolTx) => sql`
    select format('%s %s is not on the list of what is due', l.kind, l.id)
    from (
      select 'hold' as kind, id
      from hold
      where school_id = ${school} and state = 'waiting' and until is not null
      union all
      select 'moderation', id
      from hold
      where school_id = ${school}
        and state = 'waiting'
        and (effect_at is not null or ask_at is not null)
      union all
      select 'outbox', id
      from outbox
      where school_id = ${school} and finished_at is null and not stands_still
      union all
      select 'draft', id
      from waiting_draft
      where school_id = ${school}
      union all
      select 'put-off', id
      from put_off_letter
      where school_id = ${school}
      union all
      select 'answer', id
      from awaited_answer
      where school_id = ${school}
      union all
      select 'absence', id
      from absence_reply
      where school_id = ${school}
      union all
      select 'copy', id
      from letter_copy
      where school_id = ${school}
      union all
      select 'paper', id
      from paper
      where school_id = ${school}
      union all
      select 'notice', id
      from notice
      where school_id = ${school}
    ) l
    where not exists (
      select
      from due d
      where d.kind = l.kind and d.school_id = ${school} and d.row_id = l.id
    )
`;

/** The same of all schools and the town, each with its school's id. */
export async function invariantFaults(store: Store): Promise<string[]> {
  const faults: string[] = [];
  for (const school of [TOWN, ...(await store.readTown(allSchools))]) {
    const found = await store.read(school, mailFaults);
    faults.push(...found.map((fault) => `school ${school}: ${fault}`));
  }
  return faults;
}
