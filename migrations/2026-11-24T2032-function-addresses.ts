import { sql, type Kysely } from 'kysely';

/**
 * Addresses of posts: `direction.<school>@` and `ecole.<school>@`, which lead to whoever holds them today. Schools that have their
 * lists get them now, where nobody else has the name. Code that runs beside it and doesn't know these kinds answers them as it
 * answers a fault, until it is started anew.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table address drop constraint address_kind_check;
    alter table address add constraint address_kind_check
      check (kind in ('account', 'class', 'class-families', 'team', 'pupils', 'families', 'headship', 'office', 'town', 'support', 'postmaster'));

    insert into address (domain, local, kind, school_id)
    select team.domain, post.word || '.' || school.slug, post.kind, school.id
    from school join address team on team.school_id = school.id and team.kind = 'team'
      cross join (values ('headship', 'direction'), ('office', 'ecole')) as post (kind, word)
    on conflict (domain, local) do nothing;
  `.execute(db);
}
