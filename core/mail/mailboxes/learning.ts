import type { MailboxId } from '../../ground/ids.ts';
import type { SeenMailbox } from '../../store/mail/mailbox-access.ts';
import { learnFromMove } from '../reading/junk.ts';
import type { Seer } from './contract/seer.ts';
import type { MailboxParts } from './parts.ts';

type Mailbox = Pick<SeenMailbox, 'id' | 'use' | 'granted'>;

/** Letters that a program has carried from one mailbox to another, and where they are now. */
interface Carried {
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly uids: readonly number[];
}

/**
 * What an adult says of letters by carrying them into their Indésirables, or out of them; what goes
 * from there into the trash says nothing. They are carried by then, and stay so whatever becomes of
 * that.
 */
export async function learnFromCarrying(
  parts: MailboxParts,
  viewer: Seer,
  { from, to, uids }: Carried,
): Promise<void> {
  const isOwn = from.granted === null && to.granted === null;
  const [was, is] = [from.use === 'junk', to.use === 'junk'];
  if (!isOwn || was === is || to.use === 'trash') return;
  await learn(parts, viewer, { mailbox: to.id, uids, isJunk: is });
}

/** Of letters among Indésirables, that they are none ($NotJunk); where they lie is another act. */
export async function learnFromKeywords(
  parts: MailboxParts,
  viewer: Seer,
  { mailbox, uids }: { readonly mailbox: Mailbox; readonly uids: readonly number[] },
): Promise<void> {
  if (mailbox.granted !== null || mailbox.use !== 'junk') return;
  await learn(parts, viewer, { mailbox: mailbox.id, uids, isJunk: false });
}

interface Lesson {
  readonly mailbox: MailboxId;
  readonly uids: readonly number[];
  readonly isJunk: boolean;
}

async function learn(parts: MailboxParts, viewer: Seer, lesson: Lesson): Promise<void> {
  if (viewer.role === 'pupil') return;
  try {
    await learnFromMove(parts, viewer, lesson);
  } catch (error) {
    parts.log.warn({ err: error, school: viewer.school }, 'nothing was learned of moved letters');
  }
}
