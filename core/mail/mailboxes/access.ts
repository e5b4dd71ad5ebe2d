import type { Viewer } from '../../rules/viewer.ts';
import type { SeenMailbox } from '../../store/mail/mailbox-access.ts';
import { type ListedMailbox, SHARED } from './contract/listed.ts';
import type { Seer } from './contract/seer.ts';
import type { Right, MailboxStop } from './contract/stop.ts';
import { isReader } from './todays-reach.ts';

/**
 * All rights that mean something here, in the order in which they are told. There is no posting by
 * mailbox (`p`): who may write to whom is the roster's.
 */
export const RIGHTS = 'lrswikxtea';
/**
 * What pupils and families may have in somebody else's mailbox: to see it, to read it, to mark it
 * as read. Anything else would be a way to write past the rules.
 */
export const READER_RIGHTS = 'lrs';

/** The viewer's rights, in the order of `RIGHTS`. */
export function rightsOf(
  { granted, use, owner }: Pick<SeenMailbox, 'granted' | 'use' | 'owner'>,
  viewer: Seer,
): string {
  if (granted === null) return ownRights(viewer.role, use);
  if (viewer.hidden.has(owner)) return '';
  const reader = isReader(viewer.role);
  return keepRights(
    (right) => granted.includes(right) && (!reader || READER_RIGHTS.includes(right)),
  );
}

/** What somebody of this role has in a mailbox of their own; `use` is null for most. */
export function ownRights(role: Viewer['role'], use: SeenMailbox['use']): string {
  return keepRights(
    (right) => !(right === 'x' && use !== null) && !(right === 'a' && isReader(role)),
  );
}

/** Those of `RIGHTS` that pass, in their order. */
export function keepRights(passes: (right: string) => boolean): string {
  return [...RIGHTS].filter(passes).join('');
}

/**
 * Null where the viewer has the right. Without even `l` they don't hear that there is such a
 * mailbox.
 */
export function lacks(
  seen: SeenMailbox | null | undefined,
  viewer: Seer,
  right: Right,
): MailboxStop | null {
  const rights = seen ? rightsOf(seen, viewer) : '';
  if (rights.includes(right)) return null;
  return rights.includes('l') ? { kind: 'no-permission', right } : { kind: 'nonexistent' };
}

/**
 * A mailbox as it is told to the viewer; `prefix` is where its owner's mailboxes lie (`''` for
 * one's own).
 */
export function mailboxOf(
  seen: SeenMailbox,
  viewer: Seer,
  { prefix, hasChildren }: { readonly prefix: string; readonly hasChildren: boolean },
): ListedMailbox {
  const isOwn = seen.granted === null;
  return {
    kind: 'mailbox',
    id: seen.id,
    path: prefix + seen.name,
    use: isOwn ? (seen.use ?? seen.wishedUse) : null,
    subscribed: seen.subscribed,
    hasChildren,
    rights: rightsOf(seen, viewer),
    owner: seen.owner,
    news: { school: viewer.school, account: seen.owner },
    isOwn,
    objectId: `M${seen.id}`,
    uidValidity: seen.uidValidity,
    uidNext: seen.uidNext,
    highestModseq: seen.modseq,
    total: seen.total,
    unseen: seen.unseen,
    bytes: seen.bytes,
  };
}

/** A name as one level of a path; empty where nothing of it can be. */
export const levelOf = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[/%*\p{Cc}]/gu, ' ')
    .trim();

/**
 * Where each owner's mailboxes lie: by their name, and by their address too where two have the
 * same.
 */
export function prefixesOf(
  seen: readonly SeenMailbox[],
): ReadonlyMap<SeenMailbox['owner'], string> {
  const owners = new Map(
    seen.filter(({ granted }) => granted !== null).map((one) => [one.owner, one]),
  );
  const level = ({ ownerName, ownerLocal }: SeenMailbox): string =>
    levelOf(ownerName) || ownerLocal;
  const taken = Map.groupBy(owners.values(), level);
  return new Map(
    [...owners].map(([owner, one]) => {
      const name = level(one);
      return [
        owner,
        `${SHARED}/${(taken.get(name)?.length ?? 0) > 1 ? `${name} (${one.ownerLocal})` : name}/`,
      ];
    }),
  );
}
