import { sql, type Kysely } from 'kysely';

/** An adult's signature may have a little formatting. Running code reads its plain lines. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account
      add column signature_html text,
      add constraint account_signature_html_check check (length(signature_html) <= 20000);
    comment on column account.signature_html is
      'The same lines with their formatting; null where they have none.'
  `.execute(db);
}
