import { Fault } from '../../../ground/fault.ts';
import type { AccountId, MessageId } from '../../../ground/ids.ts';
import { queueAbsenceReply } from '../../../store/mail/absence-replies.ts';
import { insertHolds, type NewHold } from '../../../store/mail/holds.ts';
import { queueCopies } from '../../../store/mail/letter-copies.ts';
import {
  deliverTogether,
  place,
  type Boxes,
  type NewMessage,
} from '../../../store/mail/messages.ts';
import type { SchoolWriteTx } from '../../../store/store.ts';
import { absencesToTell, type AbsentReader } from './absences.ts';
import { COPY_AFTER_MS } from './copies.ts';

/** Somebody of a school who gets a letter. */
export interface LetterReader {
  readonly account: AccountId;
  /** It is class mail: who asked for copies of it gets one. */
  readonly isClassMail: boolean;
  /** They are away, and it was to them that somebody wrote. */
  readonly absent: AbsentReader | null;
}

/** What is known of a letter that lies in a school by now: it was held there. */
type Lying = Pick<NewMessage, 'sender' | 'raw' | 'handed'> & { readonly id: MessageId };

/** A letter that comes to a school. */
export interface Arrival {
  readonly letter: NewMessage | Lying;
  readonly readers: readonly LetterReader[];
  readonly boxes: Omit<Boxes, 'inboxes'>;
  /** For whom it waits there. */
  readonly holds: readonly Omit<NewHold, 'message'>[];
  readonly now: Date;
}

/**
 * The one place where letters come to a school, whether they were just taken, are let go after a
 * hold, or only leave from there: stored where they aren't yet, put into mailboxes, held for those
 * who must wait; the absence of who gets them is told, and copies are made due. Gives their ids, in
 * their order.
 */
export async function arrive(
  tx: SchoolWriteTx,
  arrivals: readonly Arrival[],
): Promise<readonly MessageId[]> {
  const fresh = arrivals.flatMap((arrival) =>
    'id' in arrival.letter ? [] : [{ message: arrival.letter, boxes: boxesOf(arrival) }],
  );
  const stored = [...(await deliverTogether(tx, fresh))];
  const ids: MessageId[] = [];
  for (const arrival of arrivals) {
    const { letter, readers, holds, now } = arrival;
    const message = 'id' in letter ? letter.id : stored.shift();
    if (message === undefined)
      throw new Fault('row-missing', 'a letter that was stored', { transient: false });
    if ('id' in letter)
      await place(tx, {
        message,
        sizeBytes: letter.raw.length,
        role: letter.sender.role,
        ...boxesOf(arrival),
      });
    await insertHolds(
      tx,
      holds.map((hold) => ({ ...hold, message })),
    );
    for (const reply of absencesToTell(letter, readers))
      await queueAbsenceReply(tx, { ...reply, message, now });
    const accounts = readers.flatMap((one) => (one.isClassMail ? [one.account] : []));
    const at = new Date(now.getTime() + COPY_AFTER_MS);
    await queueCopies(tx, { message, accounts, now, at });
    ids.push(message);
  }
  return ids;
}

const boxesOf = ({ readers, boxes }: Arrival): Boxes => ({
  ...boxes,
  inboxes: readers.map(({ account }) => account),
});
