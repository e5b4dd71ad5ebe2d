import type { Facts, ListKind, Role } from './facts.ts';

/** What decides whether a letter may be copied to a reader's own address outside. */
export interface CopyFacts {
  readonly writer: Role;
  readonly reader: Role;
  readonly readerState: Facts['recipientState'];
  /** The list that it came by; null: its reader was written to themselves. */
  readonly through: ListKind | null;
  /** A program wrote it (RFC 3834 §2): what is copied can't come round again. */
  readonly automatic: boolean;
  /** The reader's school forbids its adults to write outside. */
  readonly outsideForbidden: boolean;
}

const CLASS_MAIL: readonly (ListKind | null)[] = ['class', 'class-families', 'families'];
/** Who has class mail, and an address of their own: agents are in no class. */
const READERS: readonly Role[] = ['guardian', 'teacher', 'head', 'staff'];
/** What a child writes stays in the town. */
const WRITERS: readonly Role[] = ['teacher', 'head', 'staff'];

/** Whether a letter is class mail that grown-ups of the schools wrote themselves. */
export function isCopied({
  writer,
  through,
  automatic,
}: Pick<CopyFacts, 'writer' | 'through' | 'automatic'>): boolean {
  return CLASS_MAIL.includes(through) && WRITERS.includes(writer) && !automatic;
}

/** Whether somebody may have copies at all, whatever came for them. */
export function mayHaveCopies({
  reader,
  readerState,
  outsideForbidden,
}: Pick<CopyFacts, 'reader' | 'readerState' | 'outsideForbidden'>): boolean {
  if (readerState !== 'active' || !READERS.includes(reader)) return false;
  // The address is the family's own: what adults of a school write outside is another question.
  return reader === 'guardian' || !outsideForbidden;
}
