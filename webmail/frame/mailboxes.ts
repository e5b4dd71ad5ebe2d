import type { MailboxId, Mailbox, SpecialUse } from '../../core/core.ts';
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
];

export interface Chosen {
  readonly mailbox: Mailbox;
  readonly shelf: Shelf | null;
  /**
   * The address of this list: `/mail/inbox`, `/mail/12` for a mailbox that the person made in a
   * mail program.
   */
  readonly path: string;
  readonly title: string;
}

/** Which mailbox an address means; null for none of this person's. */
export function chosenMailbox(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  slug: string,
): Chosen | null {
  const shelf = SHELVES.find((one) => one === slug) ?? null;
  if (shelf !== null) {
    const mailbox = mailboxes.find((one) => one.use === (shelf === 'starred' ? 'inbox' : shelf));
    return mailbox === undefined
      ? null
      : {
          mailbox,
          shelf,
          path: `/mail/${shelf}`,
          title: visit.texts.shelf[visit.audience][shelf],
        };
  }
  const id = mailboxIdOf(slug);
  const mailbox =
    id === null ? undefined : mailboxes.find((one) => one.id === id && one.use === null);
  return mailbox === undefined
    ? null
    : { mailbox, shelf: null, path: `/mail/${mailbox.id}`, title: mailbox.name };
}

/** The address of one mailbox's list. */
export function pathOf(mailboxes: readonly Mailbox[], mailbox: MailboxId): string {
  const found = mailboxes.find((one) => one.id === mailbox);
  return `/mail/${found?.use ?? mailbox}`;
}

export function unseenIn(mailboxes: readonly Mailbox[]): number {
  return mailboxes.find((one) => one.use === 'inbox')?.unseen ?? 0;
}
