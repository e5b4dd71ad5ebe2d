import { sql, type Kysely } from 'kysely';

/**
 * What follows by itself from who leaves and who changes class, codes made by an import, and acts that nobody in particular did.
 *
 * Older code runs beside it: columns that may now be null, longer lists of kinds, triggers that write to `due`; a worker that doesn't
 * know the new kinds leaves them where they are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await loosened.execute(db);
  await leavers.execute(db);
  await pictures.execute(db);
}

const loosened = sql`
  -- Null: the command line.
  alter table code_sheet alter column printed_by drop not null;
  alter table code_sheet drop constraint code_sheet_format_check;
  alter table code_sheet add constraint code_sheet_format_check check (format in ('pdf', 'csv', 'screen', 'import'));

  -- Null: the command line, or the service by itself.
  alter table audit alter column actor_address_id drop not null;

  alter table due drop constraint due_kind_check;
  alter table due add constraint due_kind_check check (kind in ('outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures'));
`;

const leavers = sql`
  -- Whoever leaves, by whatever road, is due before that day begins anywhere: the worker knows the school's clock, ends the sign-in on
  -- time, and three months later erases the mail.
  create function leaver_is_due() returns trigger language plpgsql as $$
  begin
    insert into due (kind, school_id, row_id, at) select 'leaver', school_id, account_id, left_on - interval '14 hours' from changed
    on conflict (kind, school_id, row_id) do update set at = excluded.at;
    return null;
  end $$;
  create trigger due_on_insert after insert on leaver referencing new table as changed for each statement execute function leaver_is_due();
  create trigger due_on_update after update on leaver referencing new table as changed for each statement execute function leaver_is_due();
  do $$
  declare s integer;
  begin
    for s in select id from school loop
      perform set_config('preau.school', s::text, true);
      insert into due (kind, school_id, row_id, at) select 'leaver', school_id, account_id, left_on from leaver where school_id = s on conflict do nothing;
    end loop;
    perform set_config('preau.school', '', true);
  end $$;
`;

const pictures = sql`
  -- Somebody with pictures comes into a class: they must not be those of a classmate. Looked at by the worker, on the first day there.
  create function pictures_are_due() returns trigger language plpgsql as $$
  begin
    insert into due (kind, school_id, row_id, at)
    select 'pictures', c.school_id, c.class_id, greatest(now(), max(c.from_date)::timestamptz) from changed c
    where c.role = 'pupil' and (c.until_date is null or c.until_date >= current_date) and exists (
      select from account a join picture_code p on p.school_id = a.school_id and p.account_id = a.id where a.school_id = c.school_id and a.address_id = c.address_id)
    group by c.school_id, c.class_id
    on conflict (kind, school_id, row_id) do update set at = case when excluded.at <= now() then now() else least(due.at, excluded.at) end;
    return null;
  end $$;
  create trigger pictures_on_insert after insert on membership referencing new table as changed for each statement execute function pictures_are_due();
  create trigger pictures_on_update after update on membership referencing new table as changed for each statement execute function pictures_are_due();
`;
