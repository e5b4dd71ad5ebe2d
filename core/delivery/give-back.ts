import { readBody, type Body } from '../message/body.ts';
import { readHtml } from '../message/html-text.ts';
import type { Standing } from '../roster/standing.ts';
import type { StoredMessage } from '../store/mail/stored-messages.ts';
import { returnedText } from './notice.ts';
import type { ReleaseParts } from './parts.ts';

interface GivenBack {
  /** Who gives it back, as the sender knows them; null when a rule does. */
  readonly by: string | null;
  readonly note: string;
  /** For whom alone it comes back; empty: for everybody. */
  readonly missed: readonly string[];
}

/**
 * Tells the sender that a message comes back, with their text: nothing they wrote is lost. A
 * stranger is told nothing (no backscatter).
 */
export async function tellSender(
  parts: ReleaseParts,
  message: StoredMessage,
  sender: Standing,
  given: GivenBack,
): Promise<void> {
  const { person, home } = sender;
  const letter = returnedText({
    language: person.language,
    isChild: person.role === 'pupil',
    ...given,
    subject: message.envelope.subject ?? '',
    text: textOf(readBody(message.raw, message.structure)),
  });
  const raw = await parts.notices.write({
    to: { name: person.displayName, address: person.address },
    ...letter,
  });
  await parts.notices.deliver(home, person.account, raw, async () => {});
}

/** What a message says, without its form. */
export function textOf({ text, html }: Body): string {
  return text ?? readHtml(html ?? '').text;
}
