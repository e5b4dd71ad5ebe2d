import { sql, type Kysely } from 'kysely';

/**
 * The school holidays by zone, from the official calendar or typed in. They stand in the snapshot
 * of every school: when they change, or the town's zone does, the town's roster version grows, and
 * every process reads anew. Running code goes on and knows none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table school_holiday (
      id bigint primary key generated always as identity,
      zone text not null
        check (
          zone in ('A', 'B', 'C', 'corse', 'guadeloupe', 'martinique', 'guyane', 'reunion', 'mayotte')
        ),
      name text not null check (length(name) between 1 and 100),
      -- Days without class, both included.
      from_date date not null,
      until_date date not null check (until_date >= from_date),
      -- A new calendar takes the place of the one before, and leaves what was typed.
      by_hand boolean not null,
      unique (zone, from_date, until_date, name)
    );

    create function bump_town_roster() returns trigger language plpgsql as $$
    begin
      update school set roster_version = roster_version + 1 where id = 0;
      return null;
    end $$;

    create trigger bump_town_roster
    after insert or update or delete on school_holiday
    for each statement execute function bump_town_roster();

    create trigger bump_town_roster
    after insert or update of holiday_zone on town
    for each statement execute function bump_town_roster();
  `.execute(db);
}
