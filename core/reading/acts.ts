import type { MailboxId, Uid } from '../ids.ts';
import { moveSet } from '../store/mail/carrying.ts';
import type { Mailbox } from '../store/mail/contract.ts';
import { lockMailbox, setOf } from '../store/mail/entries.ts';
import { eraseEntries } from '../store/mail/erasing.ts';
import { changeFlags } from '../store/mail/flags.ts';
import { actNamed, dropAct, keepAct, type ActChange } from '../store/mail/last-act.ts';
import { uidsOfConversations } from '../store/mail/list-page.ts';
import { placesOf, uidsBelow } from '../store/mail/listing.ts';
import type { SchoolTx } from '../store/store.ts';
import type { Viewer } from '../viewer.ts';
import type { Acted, Deed, Selected } from './contract.ts';
import type { ReadingParts } from './rows.ts';

/** One act never touches more messages than this: a whole mailbox of ten years. */
const MAX_ACTED = 10_000;
/** How long an act can be taken back: the toast stays for ten seconds, its page may stay longer. */
const UNDO_MS = 10 * 60_000;

/** What a deed makes of a flag. */
const FLAGS = {
  seen: { flag: 'seen', to: true },
  unseen: { flag: 'seen', to: false },
  flagged: { flag: 'flagged', to: true },
  unflagged: { flag: 'flagged', to: false },
} as const;
/** Of a conversation its newest message alone becomes unread, or is kept. */
const NEWEST_ALONE: ReadonlySet<Deed['kind']> = new Set(['unseen', 'flagged']);

/** Does one thing with all that was chosen, in one transaction; null where nothing is there. */
export async function act(
  { store, mailEvents, clock }: ReadingParts,
  viewer: Viewer,
  selected: Selected,
  deed: Deed,
): Promise<Acted | null> {
  const acted = await store.write(viewer.school, async (tx) => {
    const mailboxes = await placesOf(tx, viewer.account);
    const chosen = await chosenUids(tx, mailboxes, selected);
    const rows = chosen.reduce((sum, { uids }) => sum + uids.length, 0);
    if (rows === 0) return null;
    const by = selected.which.kind === 'all' ? 'message' : selected.by;
    const changes: ActChange[] = [];
    for (const { mailbox, uids } of chosen) {
      const whole =
        by === 'message' || NEWEST_ALONE.has(deed.kind)
          ? uids
          : await uidsOfConversations(tx, mailbox, uids);
      changes.push(...(await change(tx, { mailbox, uids: whole, mailboxes }, deed)));
    }
    if (deed.kind === 'erase') {
      await dropAct(tx, viewer.account);
      return { id: null, deed: deed.kind, to: null, rows, by };
    }
    if (changes.length === 0) return null;
    const id = await keepAct(tx, viewer.account, {
      deed: deed.kind,
      by,
      rows,
      changes,
      at: clock(),
    });
    return { id, deed: deed.kind, to: targetOf(changes), rows, by };
  });
  if (acted !== null) mailEvents.announce(viewer.school, [viewer.account]);
  return acted;
}

/** What was chosen, mailbox by mailbox, of this account's own. */
async function chosenUids(
  tx: SchoolTx,
  mailboxes: readonly Mailbox[],
  { which }: Selected,
): Promise<{ readonly mailbox: MailboxId; readonly uids: readonly Uid[] }[]> {
  const own = new Set(mailboxes.map(({ id }) => id));
  if (which.kind === 'all') {
    if (!own.has(which.mailbox)) return [];
    const uids = await uidsBelow(tx, which.mailbox, { before: null, limit: MAX_ACTED });
    return [{ mailbox: which.mailbox, uids }];
  }
  const byMailbox = new Map<MailboxId, Uid[]>();
  for (const { mailbox, uid } of which.messages.slice(0, MAX_ACTED))
    if (own.has(mailbox)) byMailbox.set(mailbox, [...(byMailbox.get(mailbox) ?? []), uid]);
  return [...byMailbox].map(([mailbox, uids]) => ({ mailbox, uids }));
}

async function change(
  tx: SchoolTx,
  on: {
    readonly mailbox: MailboxId;
    readonly uids: readonly Uid[];
    readonly mailboxes: readonly Mailbox[];
  },
  deed: Deed,
): Promise<ActChange[]> {
  if (deed.kind === 'erase') {
    await eraseEntries(tx, on.mailbox, on.uids);
    return [];
  }
  if (deed.kind === 'move') {
    const to = on.mailboxes.find((one) =>
      typeof deed.to === 'number' ? one.id === deed.to : one.use === deed.to,
    )?.id;
    if (to === undefined || to === on.mailbox) return [];
    const { to: uids } = await moveSet(tx, on.mailbox, setOf(on.uids), to);
    return uids.length === 0
      ? []
      : [{ kind: 'moved', from: on.mailbox, to, uids: uids.map((uid) => uid as Uid) }];
  }
  const { flag, to } = FLAGS[deed.kind];
  return marked(tx, on, { flag, to });
}

async function marked(
  tx: SchoolTx,
  { mailbox, uids }: { readonly mailbox: MailboxId; readonly uids: readonly Uid[] },
  { flag, to }: { readonly flag: 'seen' | 'flagged'; readonly to: boolean },
): Promise<ActChange[]> {
  await lockMailbox(tx, mailbox);
  const { changed } = await changeFlags(tx, mailbox, setOf(uids), { [flag]: to }, null);
  return changed.length === 0
    ? []
    : [{ kind: 'marked', mailbox, uids: changed.map((uid) => uid as Uid), flag, was: !to }];
}

/** What an act has done, while it can be taken back. */
export async function lastAct(
  { store, clock }: ReadingParts,
  viewer: Viewer,
  id: string,
): Promise<Acted | null> {
  const found = await store.read(viewer.school, (tx) => actNamed(tx, viewer.account, id));
  if (found === null || clock().getTime() - found.at.getTime() > UNDO_MS) return null;
  return {
    id: found.id,
    deed: found.deed as Deed['kind'],
    to: targetOf(found.changes),
    rows: found.rows,
    by: found.by,
  };
}

function targetOf(changes: readonly ActChange[]): MailboxId | null {
  const moved = changes.find((one) => one.kind === 'moved');
  return moved === undefined ? null : moved.to;
}

/**
 * Takes an act back, once: what was moved goes where it came from, what was marked has the mark
 * that it had. What is no longer where the act put it stays where it is.
 */
export async function undo(
  { store, mailEvents, clock }: ReadingParts,
  viewer: Viewer,
  id: string,
): Promise<boolean> {
  const undone = await store.write(viewer.school, async (tx) => {
    const found = await actNamed(tx, viewer.account, id);
    if (found === null || clock().getTime() - found.at.getTime() > UNDO_MS) return false;
    const own = new Set((await placesOf(tx, viewer.account)).map((one) => one.id));
    for (const one of found.changes)
      if (one.kind === 'marked') {
        if (own.has(one.mailbox)) await marked(tx, one, { flag: one.flag, to: one.was });
      } else if (own.has(one.to) && own.has(one.from))
        await moveSet(tx, one.to, setOf(one.uids), one.from);
    await dropAct(tx, viewer.account);
    return true;
  });
  if (undone) mailEvents.announce(viewer.school, [viewer.account]);
  return undone;
}
