import { sql, type Kysely } from 'kysely';

/**
 * What may refuse a delivery fails, where it refuses, all that is sent after it in one exchange: nobody waits for a yes.
 * Codes PR001 and PR002 are ours.
 *
 * That the school exists is proven by the mailbox (its account's school) of every entry. To prove it again for each entry and
 * message locked the one row of the school in every delivery, and two at once made PostgreSQL write down who shares it
 * (a multixact). Old code still runs beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function require_rosters(schools integer[], versions bigint[]) returns void language plpgsql as $$
    declare moved integer;
    begin
      select wanted.id into moved from unnest(schools, versions) as wanted (id, version) left join school using (id)
        where coalesce(school.roster_version, 0) <> wanted.version limit 1;
      if moved is not null then
        raise exception using errcode = 'PR001', message = 'school ' || moved;
      end if;
    end $$;

    create function require_room(accounts bigint[], bytes bigint) returns void language plpgsql as $$
    declare too_full bigint;
    begin
      select account.id into too_full from account join mailbox on mailbox.school_id = account.school_id and mailbox.account_id = account.id
        where account.school_id = nullif(current_setting('preau.school', true), '')::integer and account.id = any(accounts)
        group by account.id, account.quota_bytes having sum(mailbox.bytes) + require_room.bytes > account.quota_bytes limit 1;
      if too_full is not null then
        raise exception using errcode = 'PR002', message = 'account ' || too_full;
      end if;
    end $$;

    alter table entry drop constraint entry_school_id_fkey;
    alter table message drop constraint message_school_id_fkey;
  `.execute(db);
}
