import { sql } from 'kysely';
import { TOWN } from '../ground/ids.ts';
import { MISCOUNTED } from './invariants.ts';
import { allSchools } from './schools/roster.ts';
import type { SchoolTx, Store } from './store.ts';

/**
 * Mends what `invariants.ts` finds, as far as the rows themselves say what is right: sizes, the
 * counts of mailboxes, the next UID and MODSEQ above all that were given (they never go back, RFC
 * 9051 §2.3.1.1), the list of what is due. A message twice in a mailbox, or for nobody, is left to
 * a person. Gives how many rows it changed; deliveries to the school wait meanwhile.
 */
async function repairMail(tx: SchoolTx): Promise<number> {
  const { school } = tx;
  const changes = [
    sql`select from mailbox where school_id = ${school} order by id for update`,
    sql`
      update entry e
      set size_bytes = m.size_bytes
      from message m
      where e.school_id = ${school}
        and m.school_id = e.school_id
        and m.id = e.message_id
        and (m.raw is null or m.size_bytes = octet_length(m.raw))
        and e.size_bytes <> m.size_bytes
    `,
    sql`
      update mailbox b
      set total = e.total, unseen = e.unseen, bytes = e.bytes,
        uid_next = greatest(b.uid_next, e.uid + 1), modseq = greatest(b.modseq, e.modseq)
      from (
        select o.id, count(n.uid) as total, count(n.uid) filter (where not n.seen) as unseen,
          coalesce(sum(n.size_bytes), 0) as bytes, coalesce(max(n.uid), 0) as uid,
          coalesce(max(n.modseq), 1) as modseq
        from mailbox o left join entry n on n.school_id = o.school_id and n.mailbox_id = o.id
        where o.school_id = ${school}
        group by o.id
      ) e
      where b.school_id = ${school}
        and b.id = e.id
        and ${MISCOUNTED}
    `,
    putOnDueList(tx),
  ];
  let changed = 0;
  for (const [at, change] of changes.entries()) {
    const { numAffectedRows } = await change.execute(tx.db);
    if (at > 0) changed += Number(numAffectedRows ?? 0n);
  }
  return changed;
}

/** What is to be done later, at the hour at which it says. */
const putOnDueList = ({ school }: SchoolTx) => sql`
    insert into due (kind, school_id, row_id, at)
    select 'hold', school_id, id, until
    from hold
    where school_id = ${school} and state = 'waiting' and until is not null
    union all
    select 'moderation', school_id, id, coalesce(effect_at, ask_at)
    from hold
    where school_id = ${school}
      and state = 'waiting'
      and (effect_at is not null or ask_at is not null)
    union all
    select 'outbox', school_id, id, now()
    from outbox
    where school_id = ${school} and finished_at is null and not stands_still
    union all
    select 'draft', school_id, id, coalesce(leaves_at, now())
    from waiting_draft
    where school_id = ${school}
    union all
    select 'put-off', school_id, id, returns_at
    from put_off_letter
    where school_id = ${school}
    union all
    select 'answer', school_id, id, until
    from awaited_answer
    where school_id = ${school}
    union all
    select 'absence', school_id, id, now()
    from absence_reply
    where school_id = ${school}
    union all
    select 'copy', school_id, id, now()
    from letter_copy
    where school_id = ${school}
    union all
    select 'paper', school_id, id, now()
    from paper
    where school_id = ${school}
    union all
    select 'daily-word', school_id, id, now()
    from account
    where school_id = ${school} and daily_word
    union all
    select 'notice', school_id, id, now()
    from notice
    where school_id = ${school}
    on conflict do nothing
  `;

/** Mends what rows can say, of all schools and the town; how many it changed. */
export async function repairAll(store: Store): Promise<number> {
  let changed = 0;
  for (const school of [TOWN, ...(await store.readTown(allSchools))])
    changed += await store.write(school, repairMail);
  return changed;
}
