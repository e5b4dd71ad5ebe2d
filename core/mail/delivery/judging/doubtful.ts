import { bodyTexts, inMessage } from '../../../letters/message/body.ts';
import { saysDoubtful, type AnsweredLetter } from '../../../letters/second-look/letter.ts';
import { textsShown, wordsShown } from '../../../letters/second-look/shown.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { answeredLetter } from '../../../store/mail/answered.ts';
import type { DraftRef } from '../../../store/mail/contract.ts';
import { shortBodies } from '../../../store/mail/conversation.ts';
import type { StoredMessage } from '../../../store/mail/stored-messages.ts';
import type { Store } from '../../../store/store.ts';
import type { Letter } from '../letter.ts';
import type { OwnHandover } from '../parts.ts';

/** More text than this, with its markup, is longer than anybody looks at. */
const MOST_TEXT_BYTES = 524_288;
/** A longer letter that is answered isn't compared with what is repeated of it. */
const MOST_ANSWERED_BYTES = 262_144;

/**
 * Whether a pupil's letter says what should be read again (core/letters/second-look), wherever its
 * reader may be shown it. Words of the letter that it answers are taken for that letter's where it
 * lies with the pupil and goes back to who wrote it. It is looked for only where something is
 * doubtful.
 */
export async function isDoubtful(
  { store }: { readonly store: Store },
  { sender, recipients }: Pick<OwnHandover, 'sender' | 'recipients'>,
  { raw, read }: Pick<Letter, 'raw' | 'read'>,
): Promise<boolean> {
  if (sender.kind !== 'account' || sender.viewer.role !== 'pupil') return false;
  if (hasTooMuchText(read)) return true;
  const words = wordsShown(inMessage(raw), read);
  if (!saysDoubtful(words, null)) return false;
  const { inReplyTo } = read.envelope;
  if (inReplyTo === null) return true;
  return saysDoubtful(
    words,
    await answeredBy(store, sender.viewer, { letter: inReplyTo, recipients }),
  );
}

/**
 * The same of a letter that is stored, and that nobody has read yet. What it repeats of another
 * letter counts as its own: somebody reads it once more than they must.
 */
export function isStoredDoubtful(letter: StoredMessage): boolean {
  if (letter.senderRole !== 'pupil') return false;
  return hasTooMuchText(letter) || saysDoubtful(wordsShown(inMessage(letter.raw), letter), null);
}

function hasTooMuchText({ structure }: Pick<StoredMessage, 'structure'>): boolean {
  const bytes = bodyTexts(structure).map(({ bodyStart, bodyEnd }) => bodyEnd - bodyStart);
  return bytes.reduce((sum, one) => sum + one, 0) > MOST_TEXT_BYTES;
}

/** Which letter is answered, and who gets the answer. */
interface Answering {
  readonly letter: string | DraftRef;
  readonly recipients: readonly string[];
}

/** What a letter of somebody else says that is answered to them; null for any other. */
export async function answeredBy(
  store: Store,
  viewer: Viewer,
  { letter, recipients }: Answering,
): Promise<AnsweredLetter> {
  return store.read(viewer.school, async (tx) => {
    const found = await answeredLetter(tx, viewer, letter);
    const theirs = found?.envelope.from.map(({ address }) => address.toLowerCase()) ?? [];
    if (!found || !recipients.some((one) => theirs.includes(one.toLowerCase()))) return null;
    const subject = found.envelope.subject ?? '';
    const body = (await shortBodies(tx, [found.id], MOST_ANSWERED_BYTES)).get(found.id);
    if (body === undefined) return { subject, texts: [] };
    return { subject, texts: textsShown(inMessage(body.raw), body.structure) };
  });
}
