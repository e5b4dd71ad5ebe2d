import { sql, type Kysely } from 'kysely';

/**
 * What isn't seen in the name of a table or a column is said beside it, where whoever looks into the
 * database reads it too. Running code goes on with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    comment on table absence is 'Somebody is away, and these words answer for them.';
    comment on table absence_reply is 'Whom somebody''s absence was told, and at which message.';
    comment on column account.charter_at is 'When a pupil accepted the charter.';
    comment on column account.paper_at is
      'When an adult of the class noted the family''s yes, given on paper.';
    comment on column account.photo_allowed is
      'What a roster file says of a pupil''s photo authorisation.';
    comment on table acknowledgement is '« Bien lu », as its reader tapped it.';
    comment on table backup_notice is 'What an agent was last told of the backups.';
    comment on column class_phrase.drawing is
      'A drawing of ours; null where the picture is the class''s own.';
    comment on table copy_address is 'Where somebody wants copies of class mail.';
    comment on column entry.first_time is
      'Whether it is the first letter of somebody who isn''t of the school.';
    comment on column entry.sender_role is 'Of who wrote it; null for what was never received.';
    comment on column expunged.uids is 'A multirange in its text form: {[1,4),[7,8)}.';
    comment on column guardianship.agrees is
      'Whether they agree that the child writes; null: they haven''t said.';
    comment on column guardianship.called is 'What the child calls them.';
    comment on table held_elsewhere is 'The sender''s side of what another school holds.';
    comment on column kept_apart.one_address_id is 'The smaller of the two numbers.';
    comment on table letter_copy is 'What is to leave for a copy address, or has.';
    comment on column letter_template.account_id is 'Null: of the school, for all its adults.';
    comment on column outbox.is_copy is
      'A copy, or a code for one, which nobody of the town wrote.';
    comment on column outbox.ret is
      'What was asked to be told (RFC 3461 §4): RET, ENVID, NOTIFY and ORCPT.';
    comment on column outbox.sender is
      'The reverse-path; null: none, since nobody wrote it (RFC 3834 §3.3).';
    comment on table refused_letter is
      'Letters from outside that were refused for what is in them; never the letters.';
    comment on column report.account_id is
      'The child''s account then; it may have moved or gone since.';
    comment on column report.came_from is 'Where its copies lay, for a way back.';
    comment on column report.child_address_id is
      'Null: from before reports were more than a notice.';
    comment on column report.level is
      'Who is told: 0 nobody yet, 1 its adults, 2 co-teachers, 3 the head, 4 the town.';
    comment on column report.message_id is
      'The letter, kept whole: no road takes a message that a report names.';
    comment on column report.told is 'Who has had a notice; of the level as it is now.';
    comment on column report.told_from is
      'Until then the child may take it back, and nobody sees it.';
    comment on column report.word is 'What the child is told at the end.';
    comment on column report.writer_address_id is 'Null: somebody outside, or nobody knows.';
    comment on table report_mark is
      'Of each report that there is one, when, and whether it is over; for numbers, of nobody.';
    comment on table restoration is 'Each time that the database was restored from a backup.';
    comment on column town.report_contact_address_id is
      'Whom a report of a teacher''s or a head''s letter goes to; null: the agents.';
  `.execute(db);
}
