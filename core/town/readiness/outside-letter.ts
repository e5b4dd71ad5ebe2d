import type { AccountId } from '../../ground/ids.ts';
import { readOurs, writeOurs } from '../../mail/parsing/own-letter.ts';
import { deliver } from '../../store/mail/messages.ts';
import { insertOutbox } from '../../store/mail/outbox-owed.ts';
import type { SchoolWriteTx } from '../../store/store.ts';
import type { LetterParts } from './surroundings.ts';

/** A letter of the service's own to somebody outside. */
interface OutsideLetter {
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  /** The left side of its Message-ID. */
  readonly id: string;
}

type WrittenLetter = Parameters<typeof deliver>[1];

/** Writes it, and reads it back as any letter is. */
export async function writeOutside(
  { config: { domain }, clock }: Pick<LetterParts, 'config' | 'clock'>,
  { address, subject, text, id }: OutsideLetter,
): Promise<WrittenLetter> {
  const raw = await writeOurs({
    from: `postmaster@${domain}`,
    to: { name: '', address },
    subject,
    text,
    id,
    date: clock(),
    domain,
  });
  return {
    sender: { addressId: null, role: 'system' },
    origin: 'system',
    read: await readOurs(raw),
    raw,
    handed: null,
  };
}

/** From whom and to whom a trial letter goes. */
interface TrialLetter {
  readonly account: AccountId;
  readonly address: string;
  readonly domain: string;
}

/** Puts it on its way; « Envoyés » of an agent has it, who is told where it comes back. */
export async function sendOutside(
  town: SchoolWriteTx,
  letter: WrittenLetter,
  { account, address, domain }: TrialLetter,
): ReturnType<typeof insertOutbox> {
  const message = await deliver(town, letter, {
    into: 'inbox',
    inboxes: [],
    junk: [],
    sentOf: account,
    stranger: null,
  });
  return insertOutbox(town, {
    message,
    account,
    sender: `postmaster@${domain}`,
    recipients: [address],
  });
}
