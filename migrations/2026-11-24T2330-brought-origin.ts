import { sql, type Kysely } from 'kysely';

/**
 * Mail that came along from an older server is told apart from what somebody added by their mail program: nobody put it there by hand.
 * What came before stays as it was noted. Running code writes no such message, and shows one as if it had arrived.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table message drop constraint message_origin_check;
    alter table message add constraint message_origin_check check (origin in ('web', 'submission', 'mx', 'system', 'added', 'brought'));
  `.execute(db);
}
