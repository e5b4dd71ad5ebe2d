import type { AccountId, MailboxId } from '../../ground/ids.ts';
import type { RoomVisit } from '../../rules/viewer.ts';
import { moveSet } from '../../store/mail/carrying.ts';
import type { SpecialUse } from '../../store/mail/contract.ts';
import { erase } from '../../store/mail/erasing.ts';
import { lockMailboxes, ownMailbox, type SeenMailbox } from '../../store/mail/mailbox-access.ts';
import {
  deleteMailbox,
  dropGoneName,
  goneNames,
  insertMailboxes,
  lockNames,
  ownNames,
  renameMailbox,
  setSubscribed,
} from '../../store/mail/mailbox-names.ts';
import { copyAnnotations } from '../../store/mail/rights.ts';
import type { SchoolTx, SchoolWriteTx } from '../../store/store.ts';
import { throwingAway } from '../delivery/holding/withdraw.ts';
import { lacks, mailboxOf } from './access.ts';
import { SHARED, type ListedName, type ListedMailbox } from './contract/listed.ts';
import type { Seer } from './contract/seer.ts';
import type { MailboxOutcome, MailboxStop } from './contract/stop.ts';
import { MAX_MAILBOXES } from './limits.ts';
import { done, treeOf, type MailboxParts, type Tree } from './parts.ts';
import { above, badPath, normalPath } from './paths.ts';

/** Every UID there can be. */
export const EVERY_UID = [{ from: 1, to: 4_294_967_295 }];

export function list({ store }: MailboxParts, viewer: Seer): Promise<readonly ListedName[]> {
  return store.read(viewer.school, async (tx): Promise<readonly ListedName[]> => {
    const { mailboxes } = await treeOf(tx, viewer);
    const visible = mailboxes.filter(({ rights }) => rights.includes('l'));
    const own = visible.filter(({ isOwn }) => isOwn).sort(inOrder);
    const shared = visible
      .filter(({ isOwn }) => !isOwn)
      .sort((one, other) => collator.compare(one.path, other.path));
    const known = new Set(visible.map(({ path }) => path));
    const branches = [...new Set(shared.flatMap(({ path }) => above(path)))]
      .filter((path) => !known.has(path))
      .sort();
    const gone = (await goneNames(tx, viewer.account)).filter((path) => !known.has(path));
    return [
      ...own,
      ...branches.map((path) => ({ kind: 'branch', path }) as const),
      ...shared,
      ...gone.map((path) => ({ kind: 'gone', path }) as const),
    ];
  });
}

const collator = new Intl.Collator('fr', { numeric: true });

/** The six of every account first, each with what lies below it, then the others by name. */
function inOrder(one: ListedMailbox, other: ListedMailbox): number {
  const rank = ({ path }: ListedMailbox): number => {
    const found = FIRST.indexOf(path.split('/')[0] ?? '');
    return found < 0 ? FIRST.length : found;
  };
  return rank(one) - rank(other) || collator.compare(one.path, other.path);
}
const FIRST = ['INBOX', 'Brouillons', 'Envoyés', 'Corbeille', 'Indésirables', 'Archives'];

export function find(
  { store }: MailboxParts,
  viewer: Seer,
  path: string,
): Promise<ListedMailbox | null> {
  return store.read(viewer.school, async (tx) => (await spotAt(tx, viewer, path))?.mailbox ?? null);
}

/** A mailbox of the store, and as it is told to its viewer. */
export interface Spot {
  readonly seen: SeenMailbox;
  readonly mailbox: ListedMailbox;
}

/** What lies at a path. One's own is one row; for what others share the whole tree is looked at. */
export async function spotAt(tx: SchoolTx, viewer: Seer, path: string): Promise<Spot | null> {
  const name = normalPath(path);
  if (name.startsWith(`${SHARED}/`)) return foundIn(await treeOf(tx, viewer), name);
  const own = await ownMailbox(tx, viewer.account, name);
  return (
    own && {
      seen: own.seen,
      mailbox: mailboxOf(own.seen, viewer, { prefix: '', hasChildren: own.hasChildren }),
    }
  );
}

function foundIn({ seen, mailboxes }: Tree, path: string): Spot | null {
  const wanted = normalPath(path);
  const index = mailboxes.findIndex((one) => one.path === wanted);
  const [mailbox, its] = [mailboxes[index], seen[index]];
  return mailbox && its && mailbox.rights !== '' ? { seen: its, mailbox } : null;
}

/**
 * Where a new mailbox would lie: whose it would be, under which name there, and what is missing
 * above it.
 */
interface Site {
  readonly owner: AccountId;
  readonly name: string;
  readonly parent: MailboxId | null;
  readonly missing: readonly string[];
}

function siteOf(tree: Tree, viewer: Seer, path: string): Site | MailboxStop {
  const bad = badPath(path);
  if (bad) return bad;
  if (foundIn(tree, path)) return { kind: 'already-exists' };
  const parents = above(path).map((one) => ({ path: one, spot: foundIn(tree, one) }));
  const nearest = parents.findLast(({ spot }) => spot !== null)?.spot ?? null;
  if (!nearest && path.split('/')[0] === SHARED) return { kind: 'cannot', why: 'shared-tree' };
  if (nearest) {
    const stop = lacks(nearest.seen, viewer, 'k');
    if (stop) return stop;
  }
  const prefix = nearest ? nearest.mailbox.path.length - nearest.seen.name.length : 0;
  const missing = parents
    .filter(({ spot }) => !spot)
    .filter(({ path: one }) => one.length > prefix)
    .map(({ path: one }) => one.slice(prefix));
  return {
    owner: nearest?.seen.owner ?? viewer.account,
    name: path.slice(prefix),
    parent: nearest?.seen.id ?? null,
    missing,
  };
}

export async function create(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  path: string,
  use: SpecialUse | null,
): Promise<MailboxOutcome<ListedMailbox>> {
  if (use === 'inbox') return { kind: 'cannot', why: 'use-taken' };
  const wanted = normalPath(path);
  const made = await parts.store.write(
    viewer.school,
    async (tx): Promise<MailboxOutcome<AccountId>> => {
      const owner = await lockTree(tx, viewer, wanted);
      const site = siteOf(await treeOf(tx, viewer), viewer, wanted);
      if ('kind' in site) return site;
      if (site.owner !== owner) return { kind: 'cannot', why: 'shared-tree' };
      const names = [...site.missing, site.name];
      const there = await ownNames(tx, owner);
      if (use === 'later' && !mayPutOff(viewer, owner, there))
        return { kind: 'cannot', why: 'use-taken' };
      if (there.length + names.length > MAX_MAILBOXES)
        return { kind: 'limit', what: 'mailboxes', limit: MAX_MAILBOXES };
      await insertMailboxes(tx, owner, { names, use, rightsOf: site.parent });
      for (const name of names) await dropSubscribed(tx, owner, name);
      return done(owner);
    },
  );
  if (made.kind !== 'done') return made;
  parts.mailEvents.announce(viewer.school, [made.value, viewer.account]);
  const mailbox = await find(parts, viewer, wanted);
  return mailbox ? done(mailbox) : { kind: 'nonexistent' };
}

/** An adult has one mailbox for what comes back later, of their own. */
function mayPutOff(
  { role, account }: Seer,
  owner: AccountId,
  there: Awaited<ReturnType<typeof ownNames>>,
): boolean {
  return role !== 'pupil' && owner === account && there.every(({ use }) => use !== 'later');
}

/** A name that was subscribed all along: its new mailbox is. */
async function dropSubscribed(tx: SchoolTx, owner: AccountId, name: string): Promise<void> {
  if (!(await dropGoneName(tx, owner, name))) return;
  const found = (await ownNames(tx, owner)).find((one) => one.name === name);
  if (found) await setSubscribed(tx, owner, { mailbox: found.id, on: true });
}

/** The account whose names a path is about, its names locked. */
async function lockTree(tx: SchoolTx, viewer: Seer, path: string): Promise<AccountId> {
  const owner = path.startsWith(`${SHARED}/`)
    ? (ownerOf(await treeOf(tx, viewer), path) ?? viewer.account)
    : viewer.account;
  await lockNames(tx, owner);
  return owner;
}

function ownerOf(tree: Tree, path: string): AccountId | null {
  return (
    [...above(path), path]
      .map((one) => foundIn(tree, one)?.seen.owner ?? null)
      .findLast((owner) => owner !== null) ?? null
  );
}

export async function rename(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  from: string,
  to: string,
): Promise<MailboxOutcome<null>> {
  const [source, target] = [normalPath(from), normalPath(to)];
  const renamed = await parts.store.write(
    viewer.school,
    async (tx): Promise<MailboxOutcome<AccountId>> => {
      await lockTree(tx, viewer, source);
      const tree = await treeOf(tx, viewer);
      const spot = foundIn(tree, source);
      const stop = renameStop(spot, viewer);
      if (!spot || stop) return stop ?? { kind: 'nonexistent' };
      if (target.startsWith(`${source}/`) && spot.seen.use !== 'inbox')
        return { kind: 'cannot', why: 'below-itself' };
      const site = siteOf(tree, viewer, target);
      if ('kind' in site) return site;
      if (site.owner !== spot.seen.owner) return { kind: 'cannot', why: 'shared-tree' };
      // INBOX stays beside what takes its messages
      const added = site.missing.length + (spot.seen.use === 'inbox' ? 1 : 0);
      if (added > 0 && (await ownNames(tx, site.owner)).length + added > MAX_MAILBOXES)
        return { kind: 'limit', what: 'mailboxes', limit: MAX_MAILBOXES };
      if (spot.seen.use === 'inbox') await emptyInbox(tx, spot.seen, site);
      else {
        await insertMailboxes(tx, site.owner, {
          names: site.missing,
          use: null,
          rightsOf: site.parent,
        });
        await renameMailbox(tx, site.owner, { from: spot.seen.name, to: site.name });
      }
      return done(spot.seen.owner);
    },
  );
  if (renamed.kind !== 'done') return renamed;
  parts.mailEvents.announce(viewer.school, [renamed.value, viewer.account]);
  return done(null);
}

/** INBOX can be renamed by its owner alone, the other system mailboxes by nobody. */
function renameStop(spot: Spot | null, viewer: Seer): MailboxStop | null {
  if (!spot) return { kind: 'nonexistent' };
  if (spot.seen.use === 'inbox' && spot.seen.granted === null) return null;
  if (spot.seen.use !== null)
    return spot.mailbox.rights.includes('l')
      ? { kind: 'cannot', why: 'system-mailbox' }
      : { kind: 'nonexistent' };
  return lacks(spot.seen, viewer, 'x');
}

/**
 * RFC 9051 §6.3.6: its messages go to the new mailbox, INBOX itself and what lies below it stay.
 */
async function emptyInbox(tx: SchoolWriteTx, inbox: SeenMailbox, site: Site): Promise<void> {
  const made = await insertMailboxes(tx, site.owner, {
    names: [...site.missing, site.name],
    use: null,
    rightsOf: site.parent,
  });
  const target = made.at(-1);
  if (target === undefined) return;
  await moveSet(tx, { from: inbox.id, uids: EVERY_UID, to: target });
  await copyAnnotations(tx, site.owner, { from: inbox.id, to: target });
}

export async function remove(
  parts: MailboxParts,
  viewer: Seer,
  path: string,
): Promise<MailboxOutcome<null>> {
  const removed = await throwingAway(
    parts.store,
    viewer,
    async (tx): Promise<MailboxOutcome<AccountId>> => {
      await lockTree(tx, viewer, normalPath(path));
      const spot = foundIn(await treeOf(tx, viewer), path);
      if (!spot) return { kind: 'nonexistent' };
      if (spot.seen.use !== null)
        return spot.mailbox.rights.includes('l')
          ? { kind: 'cannot', why: 'system-mailbox' }
          : { kind: 'nonexistent' };
      const stop = lacks(spot.seen, viewer, 'x');
      if (stop) return stop;
      const { name, owner, id } = spot.seen;
      if ((await ownNames(tx, owner)).some((one) => one.name.startsWith(`${name}/`)))
        return { kind: 'has-children' };
      await lockMailboxes(tx, viewer.account, [id]);
      await erase(tx, id, { uids: EVERY_UID, onlyDeleted: false });
      await deleteMailbox(tx, id);
      return done(owner);
    },
  );
  if (removed.kind !== 'done') return removed;
  parts.mailEvents.announce(viewer.school, [removed.value, viewer.account]);
  return done(null);
}

/**
 * Takes a mailbox and all below it away; what lay in them goes to the trash, and how many messages
 * that were.
 */
export async function discard(
  parts: MailboxParts,
  viewer: Seer,
  path: string,
): Promise<MailboxOutcome<number>> {
  const discarded = await throwingAway(
    parts.store,
    viewer,
    async (tx): Promise<MailboxOutcome<number>> => {
      const name = normalPath(path);
      await lockTree(tx, viewer, name);
      const own = await ownNames(tx, viewer.account);
      const trash = own.find(({ use }) => use === 'trash');
      const tree = own.filter((one) => one.name === name || one.name.startsWith(`${name}/`));
      if (!trash || tree.every((one) => one.name !== name)) return { kind: 'nonexistent' };
      if (tree.some(({ use }) => use !== null)) return { kind: 'cannot', why: 'system-mailbox' };
      const ids = tree.map(({ id }) => id);
      await lockMailboxes(tx, viewer.account, [...ids, trash.id]);
      let moved = 0;
      for (const id of ids) {
        moved += (await moveSet(tx, { from: id, uids: EVERY_UID, to: trash.id })).to.length;
        await deleteMailbox(tx, id);
      }
      return done(moved);
    },
  );
  if (discarded.kind === 'done') parts.mailEvents.announce(viewer.school, [viewer.account]);
  return discarded;
}

export function subscribe(
  { parts: { store }, viewer }: RoomVisit<MailboxParts, Seer>,
  path: string,
  wish: 'on' | 'off',
): Promise<MailboxOutcome<null>> {
  const on = wish === 'on';
  return store.write(viewer.school, async (tx): Promise<MailboxOutcome<null>> => {
    const spot = foundIn(await treeOf(tx, viewer), path);
    if (spot) await setSubscribed(tx, viewer.account, { mailbox: spot.seen.id, on });
    else if (on) return { kind: 'nonexistent' };
    else await dropGoneName(tx, viewer.account, normalPath(path));
    return done(null);
  });
}
