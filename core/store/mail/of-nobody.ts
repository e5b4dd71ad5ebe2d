import { sql } from 'kysely';

/** Whether no mailbox, hold, row of the outbox, report nor notice of its school has message `m`. */
export const IS_OF_NOBODY = sql<boolean>`
  not exists (select from entry e where e.school_id = m.school_id and e.message_id = m.id)
  and not exists (select from hold h where h.school_id = m.school_id and h.message_id = m.id)
  and not exists (select from outbox o where o.school_id = m.school_id and o.message_id = m.id)
  and not exists (select from report r where r.school_id = m.school_id and r.message_id = m.id)
  and not exists (
    select from notice_words n where n.school_id = m.school_id and n.message_id = m.id
  )
`;
