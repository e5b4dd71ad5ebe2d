import { peopleOf, type PersonAtSchool } from '../../../directory/people-of.ts';
import type { HoldId, Language, MessageId, SchoolId } from '../../../ground/ids.ts';
import { readBody, type Body } from '../../../letters/message/body.ts';
import { readHtml } from '../../../letters/message/html-text.ts';
import type { Person } from '../../../roster/snapshot.ts';
import { writeAudit } from '../../../store/audit.ts';
import {
  decideHolds,
  heldTogether,
  lockTogether,
  type HoldWish,
} from '../../../store/mail/holds.ts';
import { storedMessages, type StoredMessage } from '../../../store/mail/stored-messages.ts';
import { tellSent } from '../keeping/sent-state.ts';
import type { ReleaseParts } from '../parts.ts';
import { returnedText } from '../telling/notice.ts';
import { tellDeciders } from '../telling/tell-deciders.ts';

/** A held letter, and how somebody gives it back. */
interface GivenHold {
  readonly school: SchoolId;
  readonly id: HoldId;
  readonly wish: HoldWish;
}

/**
 * Gives back what one decision is about, with its word; the sender's notice and the decision are
 * one transaction. A stranger is told nothing (no backscatter). False where the decision was taken
 * back, or the letter, or somebody else was quicker.
 */
export async function giveBackHold(
  parts: ReleaseParts,
  { school, id, wish }: GivenHold,
): Promise<boolean> {
  const message = await parts.store.read(school, async (tx) => {
    const [row] = await heldTogether(tx, id);
    return row && (await storedMessages(tx, [row.message])).get(row.message);
  });
  if (!message) return false;
  const { sender, notice } = await noticeOf(parts, message, wish);
  const first = await parts.store.town(async (tx) => {
    const here = await tx.in(school);
    const rows = await lockTogether(here, [id], wish.decision);
    if (rows.length === 0) return null;
    await decideHolds(
      here,
      rows.map((row) => row.id),
      { state: 'given-back', by: wish.by, note: wish.note },
    );
    await writeAudit(here, wish.by, 'give-back', {
      message: message.id,
      withWord: wish.note !== '',
    });
    await tellSent(tx, sender?.home ?? null, { school, message: message.id });
    if (sender && notice)
      await parts.notices.place(
        tx,
        { school: sender.home, account: sender.person.account },
        notice,
      );
    return rows[0] ?? null;
  });
  if (first === null) return false;
  if (sender) parts.mailEvents.announce(sender.home, [sender.person.account]);
  await tellDeciders(parts, [{ ...first, school }]);
  return true;
}

/**
 * Gives a letter back about which nobody has decided: what waits of it goes to nobody, and its
 * writer hears so, in one transaction. A stranger is told nothing (no backscatter).
 */
export async function lapse(
  parts: ReleaseParts,
  school: SchoolId,
  { message: id, holds }: { readonly message: MessageId; readonly holds: readonly HoldId[] },
): Promise<void> {
  const message = (await parts.store.read(school, (tx) => storedMessages(tx, [id]))).get(id);
  if (!message) return;
  const writer = message.senderAddressId;
  const people = writer === null ? null : await peopleOf(parts.directory, [writer]);
  const sender = (writer === null ? null : people?.get(writer)) ?? null;
  const note = LAPSED[sender?.person.language ?? 'fr'];
  const given = { by: null, note, missed: [], wasOnRoad: false };
  const notice = sender && (await returnedNotice(parts, { message, sender: sender.person, given }));
  const rows = await parts.store.town(async (tx) => {
    const here = await tx.in(school);
    const waiting = await lockTogether(here, holds, null);
    const ids = waiting.map((row) => row.id);
    await decideHolds(here, ids, { state: 'given-back', by: null, note: null });
    if (ids.length === 0 || sender === null || notice === null) return waiting;
    await tellSent(tx, sender.home, { school, message: id });
    const to = { school: sender.home, account: sender.person.account };
    await parts.notices.place(tx, to, notice);
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
  { by, note }: HoldWish,
): Promise<{ readonly sender: PersonAtSchool | null; readonly notice: Buffer | null }> {
  const { senderAddressId } = message;
  if (senderAddressId === null) return { sender: null, notice: null };
  const people = await peopleOf(parts.directory, [senderAddressId, by]);
  const sender = people.get(senderAddressId) ?? null;
  const decider = people.get(by)?.person.displayName ?? null;
  const notice =
    sender &&
    (await returnedNotice(parts, {
      message,
      sender: sender.person,
      given: {
        by: decider,
        note,
        missed: [],
        wasOnRoad: false,
      },
    }));
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
