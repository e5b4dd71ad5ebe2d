import { asOwner } from './migrate.ts';

/**
 * How far numbers jump: nothing that was numbered in the time that is lost has the same number as
 * something else. More than a town writes in a year.
 */
const NUMBERS_LOST_AT_MOST = 10_000_000;

/**
 * What holds after a restore, as the owner, in one transaction:
 *
 * - What was to leave stands still, for it may have left already in the time that is lost: the
 *   outbox, and drafts that waited for the scanner, which are plain drafts again. An absence that
 *   was to be told is not, and no letter is copied any more.
 * - What opens a mailbox without anybody's typing ends, for it may have been ended in that time:
 *   sessions, passwords of devices, computers of a class, the link of the first agent.
 * - Mailboxes get a new UIDVALIDITY, for their UIDs may have named other messages in that time (RFC
 *   9051 §2.3.1.1). It is the second of the restore, beyond any that was ever given; mailboxes to
 *   come are numbered from there, as their UIDVALIDITY is their number.
 * - Messages are numbered anew, since EMAILID never comes back (RFC 8474 §5.1), and so is all that
 *   the ledger or a log of that time names by its number: letters to outside, people.
 */
const STEPS: readonly string[] = [
  `update outbox set stands_still = true where finished_at is null`,
  `delete from waiting_draft`,
  `delete from due where kind in ('outbox', 'draft')`,
  `
    with told_maybe as (
      delete from absence_reply where replied_at is null returning school_id, id
    )
    delete from due d
    using told_maybe t
    where d.kind = 'absence' and d.school_id = t.school_id and d.row_id = t.id
  `,
  `
    with left_maybe as (
      delete from letter_copy where left_at is null returning school_id, id
    )
    delete from due d
    using left_maybe t
    where d.kind = 'copy' and d.school_id = t.school_id and d.row_id = t.id
  `,
  `delete from session`,
  `delete from app_password`,
  `delete from class_browser_class`,
  `delete from class_browser`,
  `delete from setup_link`,
  `
    update mailbox
    set uid_validity = greatest(uid_validity + 1, extract(epoch from now())::bigint)
  `,
  `
    select
      setval(pg_get_serial_sequence('mailbox', 'id'),
        greatest(max(id), max(uid_validity), extract(epoch from now())::bigint))
    from mailbox
  `,
  ...['message', 'outbox', 'account', 'address'].map(
    (table) => `
      select
        setval(pg_get_serial_sequence('${table}', 'id'),
          coalesce(max(id), 0) + ${NUMBERS_LOST_AT_MOST})
      from ${table}
    `,
  ),
];

interface Settled {
  /** When the last of what was committed was so; null: nothing was after the backup. */
  readonly dataUntil: Date | null;
  /** How far PostgreSQL's log was read, as `16/B374D848`. */
  readonly replayedTo: string;
  /** Messages to outside that stand still. */
  readonly standing: number;
}

/**
 * Whether this owner sees the rows of all schools: a superuser does, others only as long as they
 * are let by row security (`bypassrls`).
 */
export async function seesAllSchools(adminUrl: string): Promise<boolean> {
  return asOwner(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ sees: boolean }>(
      'select rolsuper or rolbypassrls as sees from pg_roles where rolname = current_user',
    );
    return rows[0]?.sees ?? false;
  });
}

/**
 * Makes a restored database fit to be opened. To be done once, in the first life of the server
 * after its recovery, before anybody else connects.
 */
export async function settleRestored(adminUrl: string): Promise<Settled> {
  return asOwner(adminUrl, async (admin) => {
    const replayed = await admin.query<{ at: Date | null; place: string | null }>(
      'select pg_last_xact_replay_timestamp() as at, pg_last_wal_replay_lsn()::text as place',
    );
    const { at: dataUntil = null, place = null } = replayed.rows[0] ?? {};
    await admin.query('begin');
    for (const step of STEPS) await admin.query(step);
    await admin.query('insert into restoration (at, data_until) values (now(), $1)', [dataUntil]);
    await admin.query(
      `
        insert into agent_act (agent_address_id, act, school_id, reason)
        select null, 'restore', id, coalesce($1::text, '')
        from school
        where id = 0
      `,
      [dataUntil?.toISOString() ?? null],
    );
    const stands = await admin.query<{ count: number }>(
      'select count(*)::integer as count from outbox where stands_still',
    );
    await admin.query('commit');
    return { dataUntil, replayedTo: place ?? '0/0', standing: stands.rows[0]?.count ?? 0 };
  });
}
