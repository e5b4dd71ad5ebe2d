import type { AddressId, NoticeId } from '../../ground/ids.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import { hangOn, putNextDue, type NoticeRow } from './notices.ts';

/** Who answers what a pupil proposed, and when. */
interface Answering {
  readonly by: AddressId;
  readonly goneAt: Date;
}

/**
 * Hangs what a pupil proposed, as it was proposed. False: somebody else was quicker.
 */
export async function hangIdea(
  tx: SchoolTx,
  row: NoticeRow,
  { by, now, untilAt, goneAt }: Answering & { readonly now: Date; readonly untilAt: Date },
): Promise<boolean> {
  const hung = await own(tx)
    .updateTable('notice', { id: row.id, idea: 'waits' })
    .set({ idea: 'hung', posted_at: now, until_at: untilAt, gone_at: goneAt, answered_by: by })
    .returning('id')
    .executeTakeFirst();
  if (hung === undefined) return false;
  const { size_bytes: sizeBytes } = await own(tx)
    .selectFrom('message', { id: row.message })
    .select('size_bytes')
    .executeTakeFirstOrThrow();
  await hangOn(tx, row, { message: row.message, sizeBytes });
  await putNextDue(tx, row.id);
  return true;
}

/** Leaves it down, with a word for its author. False: somebody else was quicker. */
export async function refuseIdea(
  tx: SchoolTx,
  notice: NoticeId,
  { by, goneAt, answer }: Answering & { readonly answer: string },
): Promise<boolean> {
  const refused = await own(tx)
    .updateTable('notice', { id: notice, idea: 'waits' })
    .set({ idea: 'refused', answer, answered_by: by, until_at: goneAt, gone_at: goneAt })
    .returning('id')
    .executeTakeFirst();
  if (refused !== undefined) await putNextDue(tx, notice);
  return refused !== undefined;
}

/** Notes who hung an idea in other words. */
export async function noteAnswered(tx: SchoolTx, notice: NoticeId, by: AddressId): Promise<void> {
  await own(tx).updateTable('notice', { id: notice }).set({ answered_by: by }).execute();
}

/** How many of a pupil's wait for a word. */
export async function waitingIdeas(tx: SchoolTx, author: AddressId): Promise<number> {
  const { count } = await ownKept(tx)
    .selectFrom('notice', { author_address_id: author, idea: 'waits' })
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
