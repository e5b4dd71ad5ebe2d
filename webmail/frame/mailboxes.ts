import type { MailboxId } from '../../core/ground/ids.ts';
import type { Mailbox, SpecialUse, WhichMailbox } from '../../core/store/mail/contract.ts';
import { mailboxIdOf } from '../ids.ts';
import type { Visit } from './visit.ts';

/** A page of messages: a mailbox, or the flagged ones of the inbox. */
export type Shelf = SpecialUse | 'starred';

const SHELVES: readonly Shelf[] = [
  'inbox',
  'sent',
  'drafts',
  'starred',
  'trash',
  'archive',
  'junk',
  'later',
];

export interface ChosenMailbox {
  readonly mailbox: Mailbox;
  readonly shelf: Shelf | null;
  /**
   * The address of this list: `/mail/inbox`, `/mail/12` for a mailbox that the person made in a
   * mail program.
   */
  readonly path: string;
  readonly title: string;
}

const shelfOf = (slug: string): Shelf | null => SHELVES.find((one) => one === slug) ?? null;

/** Which mailbox an address means, whether or not there is one; null where it means none. */
export function mailboxMeant(slug: string): WhichMailbox | null {
  const shelf = shelfOf(slug);
  if (shelf !== null) return { use: shelf === 'starred' ? 'inbox' : shelf };
  const id = mailboxIdOf(slug);
  return id === null ? null : { id };
}

/** The list that an address means; null for none of this person's. */
export function chosenMailbox(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  slug: string,
): ChosenMailbox | null {
  const meant = mailboxMeant(slug);
  if (meant === null) return null;
  const mailbox = mailboxes.find((one) =>
    'use' in meant ? one.use === meant.use : one.id === meant.id && one.use === null,
  );
  if (mailbox === undefined) return null;
  const shelf = shelfOf(slug);
  return shelf === null
    ? { mailbox, shelf, path: `/mail/${mailbox.id}`, title: mailbox.name }
    : { mailbox, shelf, path: `/mail/${shelf}`, title: visit.texts.shelf[visit.audience][shelf] };
}

/** The address of one mailbox's list. */
export function pathOf(mailboxes: readonly Mailbox[], mailbox: MailboxId): string {
  const found = mailboxes.find((one) => one.id === mailbox);
  return `/mail/${found?.use ?? mailbox}`;
}

export function unseenIn(mailboxes: readonly Mailbox[]): number {
  return mailboxes.find((one) => one.use === 'inbox')?.unseen ?? 0;
}

export function draftsIn(mailboxes: readonly Mailbox[]): number {
  return mailboxes.find((one) => one.use === 'drafts')?.total ?? 0;
}
