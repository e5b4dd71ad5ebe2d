import type { AddressEntry } from '../../../roster/snapshot.ts';
import { isCopied, type CopyFacts } from '../../../rules/copies.ts';
import type { ListKind } from '../../../rules/facts.ts';

/**
 * A copy leaves so long after its letter came: who sees at once that it went to the wrong class
 * recalls it before.
 */
export const COPY_AFTER_MS = 10 * 60_000;

/** Whether a letter that came through this list is class mail, to be copied to who asked for it. */
export function isClassMail(
  through: AddressEntry | null,
  letter: Pick<CopyFacts, 'writer' | 'automatic'>,
): boolean {
  return isCopied({ ...letter, through: listOf(through) });
}

const listOf = (entry: AddressEntry | null): ListKind | null =>
  entry === null || entry.kind === 'account' ? null : entry.kind;
