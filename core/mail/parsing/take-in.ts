/**
 * A message on its way in, from its bytes: made fit to be kept (message/prepare.ts), read
 * (message/parse.ts), and asked for what only its whole text says. Pure; the sandbox does it for
 * all but small messages.
 */
import { hasLyingLink } from '../../letters/junk/traits.ts';
import type { ArchiveLimits } from '../../letters/message/archive/work.ts';
import type { ReadMessage } from '../../letters/message/message.ts';
import { readMessage } from '../../letters/message/parse.ts';
import {
  prepareForSending,
  prepareFromOutside,
  wholeOf,
  type PreparedMessage,
  type ReceivingServer,
  type SendingAccount,
} from '../../letters/message/prepare.ts';

/** Who a message is from, with what its header gets; plain data, as it travels to the sandbox. */
export type MessageOrigin =
  | { readonly kind: 'account'; readonly account: SendingAccount }
  | { readonly kind: 'outside'; readonly receiving: ReceivingServer };

/** What was read of a message that is to be kept. */
export interface ParsedIntake {
  readonly message: ReadMessage;
  /** Of a stranger's: a link in it leads elsewhere than to the site that is written on it. */
  readonly hasLyingLink: boolean;
}

/** A message as it will be kept, whole and in its two pieces, and what was read of it. */
export type TakenIn =
  | (Extract<PreparedMessage, { readonly kind: 'ready' }> & {
      readonly raw: Buffer;
      readonly read: ParsedIntake;
    })
  | Extract<PreparedMessage, { readonly kind: 'refused' }>;

/** Changes the header as is due, and reads what that makes. */
export function takeIn(received: Buffer, origin: MessageOrigin, limits: ArchiveLimits): TakenIn {
  const prepared =
    origin.kind === 'account'
      ? prepareForSending(received, origin.account)
      : prepareFromOutside(received, origin.receiving);
  if (prepared.kind === 'refused') return prepared;
  const raw = wholeOf(prepared);
  const read = readMessage(raw, limits);
  if (read.kind === 'refused') return read;
  const { message } = read;
  const isStrangers = origin.kind === 'outside';
  return {
    ...prepared,
    raw,
    read: { message, hasLyingLink: isStrangers && hasLyingLink(raw, message.structure) },
  };
}
