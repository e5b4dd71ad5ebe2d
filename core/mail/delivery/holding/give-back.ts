import { peopleOf, type PersonAtSchool } from '../../../directory/people-of.ts';
import type { HoldId, Language, MessageId, SchoolId } from '../../../ground/ids.ts';
import { readBody, type Body } from '../../../letters/message/body.ts';
import { readHtml } from '../../../letters/message/html-text.ts';
import type { Person } from '../../../roster/snapshot.ts';
import { writeAudit } from '../../../store/audit.ts';
import { decideHolds, lockTogether, type HoldWish } from '../../../store/mail/holds.ts';
import { storedMessages, type StoredMessage } from '../../../store/mail/stored-messages.ts';
import { tellSent } from '../keeping/sent-state.ts';
import type { ReleaseParts } from '../parts.ts';
import { returnedText } from '../telling/notice.ts';
import { tellDeciders } from '../telling/tell-deciders.ts';

/** What of a letter is given back. */
interface GivenLetter {
  readonly school: SchoolId;
  readonly message: MessageId;
  readonly holds: readonly HoldId[];
  /** What somebody decided; null: nobody did, for too long. */
  readonly wish: HoldWish | null;
}

/**
 * Gives back what waits together, with the word of whoever decided so; the sender's notice and the
 * decision are one transaction. A stranger is told nothing (no backscatter). Nothing is done where
 * the decision was taken back, or the letter, or somebody else was quicker.
 */
export async function giveBack(
  parts: ReleaseParts,
  { school, message: id, holds, wish }: GivenLetter,
): Promise<void> {
  const message = (await parts.store.read(school, (tx) => storedMessages(tx, [id]))).get(id);
  if (!message) return;
  const { sender, notice } = await noticeOf(parts, message, wish);
  const rows = await parts.store.town(async (tx) => {
    const here = await tx.in(school);
    const waiting = await lockTogether(here, holds, wish?.decision ?? null);
    if (waiting.length === 0) return [];
    const ids = waiting.map((row) => row.id);
    const [by, note] = [wish?.by ?? null, wish?.note ?? null];
    await decideHolds(here, ids, { state: 'given-back', by, note });
    if (by !== null)
      await writeAudit(here, by, 'give-back', { message: id, withWord: note !== '' });
    await tellSent(tx, sender?.home ?? null, { school, message: id });
    if (sender && notice)
      await parts.notices.place(
        tx,
        { school: sender.home, account: sender.person.account },
        notice,
      );
    return waiting;
  });
  if (sender && rows.length > 0) parts.mailEvents.announce(sender.home, [sender.person.account]);
  await tellDeciders(
    parts,
    rows.map((row) => ({ ...row, school })),
  );
}

const LAPSED = {
  fr: 'Il attendait l’accord de quelqu’un, et personne n’a décidé pendant 30 jours.',
  en: 'It waited for somebody’s word, and nobody decided for 30 days.',
} as const satisfies Record<Language, string>;

/** Who wrote it, and what they are to read; nobody for a stranger. */
async function noticeOf(
  parts: ReleaseParts,
  message: StoredMessage,
  wish: HoldWish | null,
): Promise<{ readonly sender: PersonAtSchool | null; readonly notice: Buffer | null }> {
  const { senderAddressId } = message;
  if (senderAddressId === null) return { sender: null, notice: null };
  const asked = wish === null ? [senderAddressId] : [senderAddressId, wish.by];
  const people = await peopleOf(parts.directory, asked);
  const sender = people.get(senderAddressId) ?? null;
  if (sender === null) return { sender, notice: null };
  const given = {
    by: (wish && people.get(wish.by)?.person.displayName) ?? null,
    note: wish?.note ?? LAPSED[sender.person.language],
    missed: [],
    wasOnRoad: false,
  };
  const notice = await returnedNotice(parts, { message, sender: sender.person, given });
  return { sender, notice };
}

interface GivenBack {
  /** Who gives it back, as the sender knows them; null when a rule does. */
  readonly by: string | null;
  readonly note: string;
  /** For whom alone it comes back; empty: for everybody. */
  readonly missed: readonly string[];
  readonly wasOnRoad: boolean;
}

/** A letter that comes back, to whom, and what is said of it. */
interface ReturnedLetter {
  readonly message: StoredMessage;
  readonly sender: Person;
  readonly given: GivenBack;
}

/** What tells the sender that a message comes back, with their text: nothing they wrote is lost. */
export function returnedNotice(
  parts: ReleaseParts,
  { message, sender, given }: ReturnedLetter,
): Promise<Buffer> {
  const letter = returnedText({
    language: sender.language,
    isChild: sender.role === 'pupil',
    ...given,
    subject: message.envelope.subject ?? '',
    text: textOf(readBody(message.raw, message.structure)),
  });
  return parts.notices.writeTo(sender, letter);
}

/** What a message says, without its form. */
export function textOf({ text, html }: Body): string {
  return text ?? readHtml(html ?? '').text;
}
