import { sql, type Kysely } from 'kysely';

/** Whether somebody is offered what is left of their day, once school is over. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account add column own_day boolean not null default true;
    comment on column account.own_day is 'A teacher wants to be offered what is left of the day.'
  `.execute(db);
}
