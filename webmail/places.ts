import type { MailboxId, Place, SpecialUse } from '../core/core.ts';
import { mailboxIdOf } from './ids.ts';
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
  readonly place: Place;
  readonly shelf: Shelf | null;
  /**
   * The address of this list: `/mail/inbox`, `/mail/12` for a mailbox that the person made in a
   * mail program.
   */
  readonly path: string;
  readonly title: string;
}

/** Which mailbox an address means; null for none of this person's. */
export function chosenPlace(visit: Visit, places: readonly Place[], slug: string): Chosen | null {
  const shelf = SHELVES.find((one) => one === slug) ?? null;
  if (shelf !== null) {
    const place = places.find((one) => one.use === (shelf === 'starred' ? 'inbox' : shelf));
    return place === undefined
      ? null
      : { place, shelf, path: `/mail/${shelf}`, title: visit.texts.place[visit.audience][shelf] };
  }
  const id = mailboxIdOf(slug);
  const place = id === null ? undefined : places.find((one) => one.id === id && one.use === null);
  return place === undefined
    ? null
    : { place, shelf: null, path: `/mail/${place.id}`, title: place.name };
}

/** The address of one mailbox's list. */
export function pathOf(places: readonly Place[], mailbox: MailboxId): string {
  const place = places.find((one) => one.id === mailbox);
  return `/mail/${place?.use ?? mailbox}`;
}

export function unseenIn(places: readonly Place[]): number {
  return places.find((one) => one.use === 'inbox')?.unseen ?? 0;
}
