import { seenMailboxes, type SeenMailbox } from '../../store/mail/mailbox-access.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { DeliveryParts } from '../delivery/parts.ts';
import { mailboxOf, prefixesOf } from './access.ts';
import type { ListedMailbox } from './contract/listed.ts';
import type { Seer } from './contract/seer.ts';
import type { MailboxOutcome } from './contract/stop.ts';

/** What mailboxes need of the rest. */
export type MailboxParts = Pick<
  DeliveryParts,
  | 'store'
  | 'directory'
  | 'scanner'
  | 'rspamd'
  | 'mailEvents'
  | 'log'
  | 'clock'
  | 'maxMessageBytes'
  | 'domain'
>;

export const done = <T>(value: T): MailboxOutcome<T> => ({ kind: 'done', value });

/** What a viewer sees, with the paths under which they see it. */
export interface Tree {
  readonly seen: readonly SeenMailbox[];
  readonly mailboxes: readonly ListedMailbox[];
}

export async function treeOf(tx: SchoolTx, viewer: Seer): Promise<Tree> {
  const seen = await seenMailboxes(tx, viewer.account);
  const prefixes = prefixesOf(seen);
  const paths = seen.map(
    (one) => `${one.granted === null ? '' : (prefixes.get(one.owner) ?? '')}${one.name}`,
  );
  const parents = new Set(
    paths.flatMap((path) =>
      path
        .split('/')
        .slice(1)
        .map((_, count) =>
          path
            .split('/')
            .slice(0, count + 1)
            .join('/'),
        ),
    ),
  );
  return {
    seen,
    mailboxes: seen.map((one, index) => {
      const path = paths[index] ?? one.name;
      return mailboxOf(one, viewer, {
        prefix: path.slice(0, path.length - one.name.length),
        hasChildren: parents.has(path),
      });
    }),
  };
}

/**
 * One mailbox as its viewer sees it; of somebody else's the whole tree is looked at, for its path.
 */
export async function toldMailbox(
  tx: SchoolTx,
  viewer: Seer,
  seen: SeenMailbox,
): Promise<ListedMailbox> {
  if (seen.granted === null) return mailboxOf(seen, viewer, { prefix: '', hasChildren: false });
  const { mailboxes } = await treeOf(tx, viewer);
  return (
    mailboxes.find(({ id }) => id === seen.id) ??
    mailboxOf(seen, viewer, { prefix: '', hasChildren: false })
  );
}
