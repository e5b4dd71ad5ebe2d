import { sql, type Kysely } from 'kysely';

/** School by school: rows of one are seen by nobody who hasn't said which (row-level security). */
const WHO_WROTE = `
  do $$
  declare s integer;
  begin
    for s in select id from school loop
      perform set_config('preau.school', s::text, true);

      update entry e
      set sender_role = m.sender_role
      from message m, mailbox b, account a
      where e.school_id = s
        and m.school_id = s and m.id = e.message_id
        and b.school_id = s and b.id = e.mailbox_id and b.use is distinct from 'sent'
        and a.school_id = s and a.id = b.account_id and a.role <> 'pupil'
        and m.origin in ('web', 'submission', 'mx', 'system')
        and not e.draft;

      insert into known_writer (school_id, account_id, writer)
      select s, b.account_id, substring(sha256(convert_to(
        case when m.sender_role = 'outside' and m.proved_by is null then 'unproven ' else '' end
          || lower(m.envelope #>> '{from,0,address}'), 'UTF8')) from 1 for 16)
      from entry e
        join message m on m.school_id = s and m.id = e.message_id
        join mailbox b on b.school_id = s and b.id = e.mailbox_id
        join account a on a.school_id = s and a.id = b.account_id and a.role <> 'pupil'
        left join address d on d.id = m.sender_address_id
      where e.school_id = s
        and (m.sender_role = 'outside' or d.school_id <> s)
        and m.origin in ('web', 'submission', 'mx')
        and m.envelope #>> '{from,0,address}' is not null
      union
      select s, b.account_id,
        substring(sha256(convert_to(lower(r.address), 'UTF8')) from 1 for 16)
      from mailbox b
        join account a on a.school_id = s and a.id = b.account_id and a.role <> 'pupil'
        join entry e on e.school_id = s and e.mailbox_id = b.id
        join message m on m.school_id = s and m.id = e.message_id
        cross join unnest(m.recipients) as r (address)
        left join address d on d.local || '@' || d.domain = lower(r.address)
      where b.school_id = s and b.use = 'sent' and d.school_id is distinct from s
      on conflict do nothing;
    end loop;
    perform set_config('preau.school', '', true);
  end $$;
`;

/**
 * Who wrote what lies in a mailbox, beside it: the role that the message has, so that a list of one
 * kind of people asks no message (null for what was never received); and whether it was the first
 * letter of somebody who isn't of the school. `known_writer` is how that is known: for each account
 * the digests of those elsewhere who wrote to it or to whom it wrote (`core/store/mail/
 * known-writers.ts`), and whether the pictures of their letters are shown at once.
 *
 * What lies there already is filled in, so that nobody who has written for years is new tomorrow.
 * Running code goes on: what it delivers meanwhile is of no kind, and of nobody new.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table entry
      add column sender_role text,
      add column first_time boolean not null default false;
    create index entry_by_writer on entry (school_id, mailbox_id, sender_role, internal_date, uid)
      where sender_role is not null;
    create table known_writer (
      school_id integer not null references school (id),
      account_id bigint not null,
      writer bytea not null check (length(writer) = 16),
      shows_pictures boolean not null default false,
      primary key (school_id, account_id, writer),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    alter table known_writer enable row level security;
    alter table known_writer force row level security;
    create policy tenant on known_writer
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  `.execute(db);
  await sql.raw(WHO_WROTE).execute(db);
}
