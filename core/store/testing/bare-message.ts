/** A message of the store that is no letter: what a commit is asked about, and no more. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { SchoolId } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import type { Envelope, Part } from '../../letters/message/message.ts';
import { proofColumn, proofIn, type CommitProof } from '../lost-commit.ts';
import type { Store } from '../store.ts';

export const SCHOOL = 1 as SchoolId;

/** What a row of a message says where nobody asks of its letter. */
export const NO_LETTER = {
  header_id: null,
  in_reply_to: null,
  preview: '',
  envelope: jsonOf({} as Envelope),
  structure: jsonOf({} as Part),
  attachments: jsonOf([]),
  search: '',
  automatic: false,
};

/** Makes the one school that its messages are of. */
export async function makeSchool(admin: pg.Client): Promise<void> {
  await admin.query(
    `insert into commune (id, slug, name) values (1, 'c', 'C') on conflict do nothing;
     insert into school (id, commune_id, slug, name) values (1, 1, 'e', 'E')`,
  );
}

/** Resolves once committed, with the proof that the connection keeps. */
export function insertMessage(store: Store, key: string): Promise<CommitProof> {
  return store.write(SCHOOL, async ({ db }) => {
    const row = await db
      .insertInto('message')
      .values({
        ...NO_LETTER,
        school_id: SCHOOL,
        sender_role: 'system',
        origin: 'system',
        subject: key,
        size_bytes: 0,
        sha256: Buffer.from(key),
        raw: Buffer.alloc(0),
      })
      .returning(proofColumn())
      .executeTakeFirstOrThrow();
    const proof = proofIn(row);
    if (proof === null) throw new Error('no proof');
    return proof;
  });
}

/**
 * Asked in a transaction that could write, so that its COMMIT is over and isn't the one that is cut
 * next.
 */
export const isThere = (store: Store, key: string): Promise<boolean> =>
  store.write(
    SCHOOL,
    async ({ db }) =>
      (await db.selectFrom('message').select('id').where('subject', '=', key).execute()).length ===
      1,
  );

/** The backend that waits for a standby, once there is one. */
export async function waitingForStandby(admin: pg.Client): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await admin.query<{ pid: number }>(
      "select pid from pg_stat_activity where wait_event = 'SyncRep'",
    );
    if (rows[0] !== undefined) return rows[0].pid;
    await sleep(25);
  }
  throw new Error('nobody waits');
}
