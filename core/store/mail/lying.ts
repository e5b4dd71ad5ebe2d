import { sql } from 'kysely';

/** Messages `m`, as entries `e` of mailboxes `b`: all places in which one lies. */
export const LYING = sql`
  message m
    join entry e on e.school_id = m.school_id
    and e.message_id = m.id
    join mailbox b on b.school_id = e.school_id
    and b.id = e.mailbox_id
`;
