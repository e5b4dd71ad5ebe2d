import type { AccountId, MessageId } from '../../ids.ts';
import type { AddressEntry } from '../../roster/snapshot.ts';
import { isCopied, type CopyFacts } from '../../rules/copies.ts';
import type { ListKind } from '../../rules/facts.ts';
import { queueCopies } from '../../store/mail/letter-copies.ts';
import type { SchoolTx } from '../../store/store.ts';

/**
 * A copy leaves so long after its letter came: who sees at once that it went to the wrong class
 * recalls it before.
 */
const COPY_AFTER_MS = 10 * 60_000;

/** Whether a letter that came through this list is class mail, to be copied to who asked for it. */
export function isClassMail(
  through: AddressEntry | null,
  letter: Pick<CopyFacts, 'writer' | 'automatic'>,
): boolean {
  return isCopied({ ...letter, through: listOf(through) });
}

const listOf = (entry: AddressEntry | null): ListKind | null =>
  entry === null || entry.kind === 'account' ? null : entry.kind;

/**
 * Makes copies due for those readers to whom it is class mail, in the transaction that brings it to
 * them.
 */
export function noteCopies(
  tx: SchoolTx,
  readers: readonly { readonly account: AccountId; readonly isClassMail: boolean }[],
  { message, now }: { readonly message: MessageId; readonly now: Date },
): Promise<void> {
  const accounts = readers.flatMap((one) => (one.isClassMail ? [one.account] : []));
  const at = new Date(now.getTime() + COPY_AFTER_MS);
  return queueCopies(tx, { message, accounts, now, at });
}
