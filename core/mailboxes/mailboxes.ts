import type { Quota } from '../store/mail/contract.ts';
import { seenMailbox } from '../store/mail/mailbox-access.ts';
import { countDeleted } from '../store/mail/mailbox-view.ts';
import { quotaOf } from '../store/mail/quota.ts';
import { openReadyTexts } from '../store/mail/ready-texts.ts';
import type { Viewer } from '../viewer.ts';
import { rightsOf, SHARED } from './access.ts';
import { copy, expunge, move, store as storeFlags } from './acts.ts';
import { append, appendLimit, receive, replace } from './appending.ts';
import type { Mailboxes } from './contract.ts';
import { search, threads } from './finding.ts';
import { KEPT_TEXT_CHARACTERS } from './limits.ts';
import { create, EVERY_UID, find, list, remove, rename, subscribe } from './names.ts';
import { open, readable, resync, since } from './opened.ts';
import type { MailboxParts } from './parts.ts';
import { fetch, structure } from './rows.ts';
import { sections } from './sections.ts';
import { annotate, annotationMarks, annotations, grant, grantable, rights } from './sharing.ts';
import { asOfLastLook, asOfToday, type Seer } from './todays-reach.ts';
import { openViews } from './views.ts';

/** Mail as a mail program sees it. */
export function openMailboxes(given: MailboxParts): Mailboxes {
  const parts = {
    ...given,
    views: openViews(),
    texts: openReadyTexts({ keep: KEPT_TEXT_CHARACTERS }),
  };
  // whoever sees a mailbox by its path, opens it, searches it or looks again; what it opened ends
  // with the next look
  const today = (viewer: Viewer) => asOfToday(parts, viewer);
  return {
    namespaces: { personal: '', others: `${SHARED}/`, separator: '/' },
    list: async (viewer) => list(parts, await today(viewer)),
    find: async (viewer, path) => find(parts, await today(viewer), path),
    deleted: (viewer, mailbox) =>
      parts.store.read(viewer.school, async (tx) =>
        (await readable(tx, asOfLastLook(viewer), mailbox))
          ? countDeleted(tx, mailbox)
          : { total: 0, bytes: 0 },
      ),
    create: (viewer, path, use) => create(parts, asOfLastLook(viewer), path, use),
    rename: (viewer, from, to) => rename(parts, asOfLastLook(viewer), from, to),
    remove: (viewer, path) => remove(parts, asOfLastLook(viewer), path),
    subscribe: (viewer, path, on) => subscribe(parts, asOfLastLook(viewer), path, on),
    open: async (viewer, mailbox) => open(parts, await today(viewer), mailbox),
    since: async (viewer, mailbox, modseq) => since(parts, await today(viewer), mailbox, modseq),
    resync: async (viewer, mailbox, from) => resync(parts, await today(viewer), mailbox, from),
    fetch: (viewer, mailbox, uids, columns, options = {}) =>
      fetch(parts, asOfLastLook(viewer), mailbox, uids, columns, options.changedSince ?? null),
    sections: (viewer, mailbox, uids, wishes) =>
      sections(parts, asOfLastLook(viewer), mailbox, uids, wishes),
    structure: (viewer, mailbox, uid) => structure(parts, asOfLastLook(viewer), mailbox, uid),
    store: (viewer, mailbox, change) => storeFlags(parts, asOfLastLook(viewer), mailbox, change),
    receive: (viewer, raw) => receive(parts, viewer, raw),
    appendLimit: (viewer) => appendLimit(parts, viewer),
    append: (viewer, mailbox, messages) => append(parts, asOfLastLook(viewer), mailbox, messages),
    replace: (viewer, from, uid, to, message) =>
      replace(parts, asOfLastLook(viewer), from, uid, { to, message }),
    copy: async (viewer, from, uids, to) => copy(parts, await today(viewer), from, uids, to),
    move: (viewer, from, uids, to) => move(parts, asOfLastLook(viewer), from, uids, to),
    expunge: (viewer, mailbox, uids) =>
      expunge(parts, asOfLastLook(viewer), mailbox, uids ?? EVERY_UID),
    search: async (viewer, mailbox, what, order) =>
      search(parts, await today(viewer), mailbox, what, order),
    threads: async (viewer, mailbox, what) => threads(parts, await today(viewer), mailbox, what),
    quota: (viewer, mailbox) => quota(parts, asOfLastLook(viewer), mailbox),
    rights: (viewer, mailbox) => rights(parts, asOfLastLook(viewer), mailbox),
    grant: (viewer, mailbox, identifier, change) =>
      grant(parts, asOfLastLook(viewer), mailbox, identifier, change),
    grantable: (viewer, mailbox, identifier) =>
      grantable(parts, asOfLastLook(viewer), mailbox, identifier),
    annotations: (viewer, mailbox) => annotations(parts, asOfLastLook(viewer), mailbox),
    annotationMarks: (viewer, mailboxes) => annotationMarks(parts, asOfLastLook(viewer), mailboxes),
    annotate: (viewer, mailbox, entries) => annotate(parts, asOfLastLook(viewer), mailbox, entries),
  };
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
