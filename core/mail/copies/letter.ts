import { randomUUID } from 'node:crypto';
import type { AccountId } from '../../ground/ids.ts';
import type { ReadMessage } from '../../letters/message/message.ts';
import { deliver } from '../../store/mail/messages.ts';
import { insertOutbox } from '../../store/mail/outbox-owed.ts';
import type { SchoolTx } from '../../store/store.ts';
import { copiesFrom, returnAddress } from '../delivery/copy-returns.ts';
import { readOurs, writeOurs } from '../parsing/own-letter.ts';

/** A letter of ours to somebody's own address, ready to leave. */
export interface OwnLetter {
  readonly raw: Buffer;
  readonly read: ReadMessage;
  readonly to: string;
}

interface OwnLetterWords {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * Writes one, from an address that takes no answer: nobody's absence answers it, and no other
 * program.
 */
export async function ownLetter(
  { domain, clock }: { readonly domain: string; readonly clock: () => Date },
  { to, subject, text }: OwnLetterWords,
): Promise<OwnLetter> {
  const raw = await writeOurs({
    from: copiesFrom(domain),
    to: { name: '', address: to },
    subject,
    text,
    id: `copie.${randomUUID()}`,
    date: clock(),
    domain,
    headers: { 'X-Auto-Response-Suppress': 'All' },
  });
  return { raw, read: await readOurs(raw), to };
}

interface CodeLetter {
  readonly account: AccountId;
  readonly token: string;
  readonly domain: string;
}

/**
 * Puts it into the outbox, with what else a transaction does. It lies in no mailbox: what came back
 * of it is known by the token in its reverse-path. Gives the rows to hurry.
 */
export async function postOwnLetter(
  tx: SchoolTx,
  { raw, read, to }: OwnLetter,
  from: CodeLetter,
): Promise<readonly number[]> {
  const message = await deliver(
    tx,
    { sender: { addressId: null, role: 'system' }, origin: 'system', read, raw, handed: null },
    { into: 'inbox', inboxes: [], junk: [], sentOf: null, stranger: null },
  );
  const { account, token, domain } = from;
  const sender = returnAddress({ school: tx.school, token }, domain);
  return insertOutbox(tx, { message, account, sender, recipients: [to], isCopy: true });
}
