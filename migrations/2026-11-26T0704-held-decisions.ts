import { sql, type Kysely } from 'kysely';

/**
 * What somebody decides about held mail takes effect a little later, so that it can be taken back:
 * `wish` until then, named by `decision`, which several rows share; what came of it for each
 * recipient stays (`outcome`, and by which rule). What nobody decides goes on to others: whom it is
 * put before now (`asked`: 0 the class's teacher, 1 its co-teachers too, 2 the head too), and when to
 * the next ones. Both are a kind of due of their own, which older code leaves alone; it shows a
 * letter that is decided about for some seconds more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [columns, due, alreadyWaiting]) await part.execute(db);
}

const columns = sql`
  alter table hold
    add column asked smallint not null default 0 check (asked between 0 and 2),
    add column ask_at timestamptz,
    add column decision uuid,
    add column wish text check (wish in ('release', 'give-back')),
    add column effect_at timestamptz,
    add column outcome text check (outcome in ('sent', 'left', 'refused', 'waits')),
    add column outcome_rule text,
    add constraint hold_wish_effect check ((wish is null) = (effect_at is null));
  create index hold_decision on hold (school_id, decision) where decision is not null;
  create index hold_decided on hold (school_id, class_id, decided_at)
    where decided_at is not null;
`;

const due = sql`
  alter table due
    drop constraint due_kind_check,
    add constraint due_kind_check check (
      kind in (
        'closing', 'outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures', 'roster-draft',
        'roster-questions', 'absence', 'report', 'moderation'
      )
    );
`;

/** What waits already goes on as what begins to wait now, whole days from here. */
const alreadyWaiting = sql`
  do $$
  declare s integer;
  begin
    for s in select id from school loop
      perform set_config('preau.school', s::text, true);
      update hold
      set ask_at = now() + interval '1 day'
      where school_id = s and state = 'waiting' and class_id is not null and until is null;
      insert into due (kind, school_id, row_id, at)
      select 'moderation', school_id, id, ask_at
      from hold
      where school_id = s and ask_at is not null;
    end loop;
    perform set_config('preau.school', '', true);
  end $$;
`;
