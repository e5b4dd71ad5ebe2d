import type { MailboxId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { DeletedCount, Quota } from '../../store/mail/contract.ts';
import { seenMailbox } from '../../store/mail/mailbox-access.ts';
import { countDeleted } from '../../store/mail/mailbox-view.ts';
import { quotaOf } from '../../store/mail/quota.ts';
import { openReadyTexts } from '../../store/mail/ready-texts.ts';
import { rightsOf } from './access.ts';
import { copy, expunge, move, store as storeFlags } from './acts.ts';
import { append, appendLimit, receive, replace } from './appending.ts';
import { withBoards } from './boards/with-boards.ts';
import type { Mailboxes } from './contract.ts';
import { SHARED } from './contract/listed.ts';
import type { Seer } from './contract/seer.ts';
import { search, threads } from './finding.ts';
import { KEPT_TEXT_CHARACTERS } from './limits.ts';
import { create, discard, EVERY_UID, find, list, remove, rename, subscribe } from './names.ts';
import { open, readable, resync, since, type OpenedParts } from './opened.ts';
import type { MailboxParts } from './parts.ts';
import { fetch, structure } from './rows.ts';
import { sections } from './sections.ts';
import { annotate, annotationMarks, annotations, grant, grantable, rights } from './sharing.ts';
import { asOfLastLook, asOfToday } from './todays-reach.ts';
import { openViews } from './views.ts';

/** Mail as a mail program sees it. */
export function openMailboxes(given: MailboxParts): Mailboxes {
  const parts = {
    ...given,
    views: openViews(),
    texts: openReadyTexts({ keep: KEPT_TEXT_CHARACTERS }),
  };
  return withBoards(withOwners(parts), parts);
}

/** Those that somebody has, and those that others share. */
function withOwners(parts: OpenedParts): Mailboxes {
  const today = (viewer: Viewer) => asOfToday(parts, viewer);
  // with the look that opened the mailbox, where the viewer comes with one
  const lastLook = (viewer: Viewer | Seer) => asOfLastLook(parts, viewer);
  return {
    namespaces: { personal: '', others: `${SHARED}/`, separator: '/' },
    list: async (viewer) => list(parts, await today(viewer)),
    find: async (viewer, path) => find(parts, await today(viewer), path),
    deleted: async (viewer, mailbox) => deleted(parts, await today(viewer), mailbox),
    create: async (viewer, path, use) => create({ parts, viewer: await today(viewer) }, path, use),
    rename: async (viewer, from, to) => rename({ parts, viewer: await today(viewer) }, from, to),
    remove: async (viewer, path) => remove(parts, await today(viewer), path),
    discard: async (viewer, path) => discard(parts, await today(viewer), path),
    subscribe: async (viewer, path, on) =>
      subscribe({ parts, viewer: await today(viewer) }, path, on),
    open: async (viewer, mailbox) => open(parts, await today(viewer), mailbox),
    since: async (viewer, mailbox, modseq) =>
      since({ parts, viewer: await today(viewer) }, mailbox, modseq),
    resync: async (viewer, mailbox, from) =>
      resync({ parts, viewer: await today(viewer) }, mailbox, from),
    async *fetch(viewer, mailbox, wish) {
      yield* fetch({ parts, viewer: await lastLook(viewer) }, mailbox, wish);
    },
    async *sections(viewer, mailbox, wish) {
      yield* sections({ parts, viewer: await lastLook(viewer) }, mailbox, wish);
    },
    structure: async (viewer, mailbox, uid) =>
      structure({ parts, viewer: await lastLook(viewer) }, mailbox, uid),
    store: (viewer, mailbox, change) => storeFlags({ parts, viewer }, mailbox, change),
    receive: (viewer, raw) => receive(parts, viewer, raw),
    appendLimit: (viewer) => appendLimit(parts, viewer),
    append: (viewer, mailbox, messages) => append({ parts, viewer }, mailbox, messages),
    replace: async (viewer, old, by) => replace({ parts, viewer: await lastLook(viewer) }, old, by),
    copy: async (viewer, from, some) =>
      copy({ parts, viewer: await today(viewer) }, { from, ...some }),
    move: async (viewer, from, some) =>
      move({ parts, viewer: await lastLook(viewer) }, { from, ...some }),
    expunge: async (viewer, mailbox, uids) =>
      expunge({ parts, viewer: await lastLook(viewer) }, mailbox, uids ?? EVERY_UID),
    search: async (viewer, mailbox, wish) =>
      search({ parts, viewer: await today(viewer) }, mailbox, wish),
    threads: async (viewer, mailbox, what) =>
      threads({ parts, viewer: await today(viewer) }, mailbox, what),
    quota: async (viewer, mailbox) => quota(parts, await today(viewer), mailbox),
    ...sharing(parts, today),
  };
}

/** What is given to others, and what is noted beside a mailbox. */
function sharing(
  parts: MailboxParts,
  today: (viewer: Viewer) => Promise<Seer>,
): Pick<
  Mailboxes,
  'rights' | 'grant' | 'grantable' | 'annotations' | 'annotationMarks' | 'annotate'
> {
  return {
    rights: async (viewer, mailbox) => rights(parts, await today(viewer), mailbox),
    grant: async (viewer, mailbox, wish) =>
      grant({ parts, viewer: await today(viewer) }, mailbox, wish),
    grantable: async (viewer, mailbox, identifier) =>
      grantable({ parts, viewer: await today(viewer) }, mailbox, identifier),
    annotations: async (viewer, mailbox) => annotations(parts, await today(viewer), mailbox),
    annotationMarks: async (viewer, mailboxes) =>
      annotationMarks(parts, await today(viewer), mailboxes),
    annotate: async (viewer, mailbox, entries) =>
      annotate({ parts, viewer: await today(viewer) }, mailbox, entries),
  };
}

function deleted({ store }: MailboxParts, viewer: Seer, mailbox: MailboxId): Promise<DeletedCount> {
  return store.read(viewer.school, async (tx) =>
    (await readable(tx, viewer, mailbox)) ? countDeleted(tx, mailbox) : { total: 0, bytes: 0 },
  );
}

function quota(
  { store }: MailboxParts,
  viewer: Seer,
  mailbox: Parameters<Mailboxes['quota']>[1],
): Promise<Quota | null> {
  return store.read(viewer.school, async (tx) => {
    if (mailbox === null) return quotaOf(tx, viewer.account);
    const seen = await seenMailbox(tx, viewer.account, mailbox);
    return seen && rightsOf(seen, viewer).includes('r') ? quotaOf(tx, seen.owner) : null;
  });
}
