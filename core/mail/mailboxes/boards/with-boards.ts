import type { MailboxId } from '../../../ground/ids.ts';
import { Passage } from '../../../ground/passage.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { Mailboxes } from '../contract.ts';
import { SHARED, type ListedMailbox, type ListedName } from '../contract/listed.ts';
import type { MailboxStop } from '../contract/stop.ts';
import type { OpenedParts } from '../opened.ts';
import { done } from '../parts.ts';
import { above, normalPath } from '../paths.ts';
import { asOfToday } from '../todays-reach.ts';
import { copyFrom, refused, store } from './acting.ts';
import { atBoard, shownBoards, type ShownBoard } from './at-board.ts';
import { BOARDS } from './named-boards.ts';
import { fetch, open, search, sections, since, threads } from './reading.ts';

/**
 * Mailboxes, and boards among them (decision 93). A board is told from any other mailbox by its
 * path or, once it was told of, by its id, in memory: what isn't one costs no more than before.
 */
export function withBoards(mailboxes: Mailboxes, parts: OpenedParts): Mailboxes {
  const boards = openKnownBoards(parts);
  const { known, find, idOf } = boards;
  return {
    ...mailboxes,
    async list(viewer) {
      const [names, shown] = await Promise.all([mailboxes.list(viewer), boards.list(viewer)]);
      return among(names, shown);
    },
    find: async (viewer, path) => (await find(viewer, path)) ?? mailboxes.find(viewer, path),
    async open(viewer, which) {
      const board = await idOf(viewer, which);
      if (board === null) return mailboxes.open(viewer, which);
      return open(parts, await asOfToday(parts, viewer), board);
    },
    since: (viewer, mailbox, modseq) =>
      known.has(mailbox)
        ? since({ parts, viewer }, mailbox, modseq)
        : mailboxes.since(viewer, mailbox, modseq),
    fetch: (viewer, mailbox, wish) =>
      known.has(mailbox)
        ? fetch({ parts, viewer }, mailbox, wish)
        : mailboxes.fetch(viewer, mailbox, wish),
    sections: (viewer, mailbox, wish) =>
      known.has(mailbox)
        ? sections({ parts, viewer }, mailbox, wish)
        : mailboxes.sections(viewer, mailbox, wish),
    search: (viewer, mailbox, wish) =>
      known.has(mailbox)
        ? search({ parts, viewer }, mailbox, wish)
        : mailboxes.search(viewer, mailbox, wish),
    threads: (viewer, mailbox, what) =>
      known.has(mailbox)
        ? threads({ parts, viewer }, mailbox, what)
        : mailboxes.threads(viewer, mailbox, what),
    store: (viewer, mailbox, change) =>
      known.has(mailbox)
        ? store({ parts, viewer }, mailbox, change)
        : mailboxes.store(viewer, mailbox, change),
    ...changing(mailboxes, parts, boards),
    ...beside(mailboxes, parts, known),
  };
}

/** Boards stand among what is shared, in their order, before the names that are gone. */
function among(
  names: readonly ListedName[],
  boards: readonly ListedMailbox[],
): readonly ListedName[] {
  if (boards.length === 0) return names;
  const there = names.filter(({ kind }) => kind !== 'gone');
  const gone = names.filter(({ kind }) => kind === 'gone');
  const known = new Set(there.map(({ path }) => path));
  const shown = boards.filter(({ path }) => !known.has(path));
  const branches = [SHARED, BOARDS].filter((path) => !known.has(path));
  const paths = new Set(shown.map(({ path }) => path));
  return [
    ...there,
    ...branches.map((path) => ({ kind: 'branch', path }) as const),
    ...shown,
    ...gone.filter(({ path }) => !paths.has(path)),
  ];
}

/** The boards of whoever asks, and which ids are boards. */
interface KnownBoards {
  /** Ids that were told of here: as many as the town has boards, and none becomes another thing. */
  readonly known: ReadonlySet<MailboxId>;
  readonly list: (viewer: Viewer) => Promise<readonly ListedMailbox[]>;
  readonly find: (viewer: Viewer, path: string) => Promise<ListedMailbox | null>;
  readonly idOf: (viewer: Viewer, which: string | MailboxId) => Promise<MailboxId | null>;
}

function openKnownBoards(parts: OpenedParts): KnownBoards {
  const known = new Set<MailboxId>();
  const told = ({ mailbox }: ShownBoard): ListedMailbox => {
    known.add(mailbox.id);
    return mailbox;
  };
  const find = async (viewer: Viewer, given: string): Promise<ListedMailbox | null> => {
    const path = normalPath(given);
    if (!path.startsWith(`${BOARDS}/`)) return null;
    return atBoard({ parts, viewer }, path, (_, shown) => Promise.resolve(told(shown)));
  };
  return {
    known,
    find,
    list: async (viewer) => (await shownBoards(parts, viewer)).map(told),
    async idOf(viewer, which) {
      if (typeof which === 'string') return (await find(viewer, which))?.id ?? null;
      return known.has(which) ? which : null;
    },
  };
}

/** What changes mailboxes, and what lies in them: refused on a board, but for copies out of it. */
function changing(
  mailboxes: Mailboxes,
  parts: OpenedParts,
  { known, find, idOf }: KnownBoards,
): Pick<
  Mailboxes,
  'create' | 'rename' | 'remove' | 'subscribe' | 'append' | 'replace' | 'copy' | 'move' | 'expunge'
> {
  const bringing = new Passage(1);
  const stopAt = async (viewer: Viewer, path: string): Promise<MailboxStop | null> =>
    (await find(viewer, path)) ? { kind: 'no-permission', right: 'x' } : null;
  return {
    async create(viewer, path, use) {
      if (await find(viewer, path)) return { kind: 'already-exists' };
      for (const one of above(normalPath(path)))
        if (await find(viewer, one)) return { kind: 'no-permission', right: 'k' };
      return mailboxes.create(viewer, path, use);
    },
    rename: async (viewer, from, to) =>
      (await stopAt(viewer, from)) ?? mailboxes.rename(viewer, from, to),
    remove: async (viewer, path) => (await stopAt(viewer, path)) ?? mailboxes.remove(viewer, path),
    /** Each is subscribed to; that somebody doesn't want to see one is kept nowhere. */
    async subscribe(viewer, path, wish) {
      if (!(await find(viewer, path))) return mailboxes.subscribe(viewer, path, wish);
      return wish === 'on' ? done(null) : { kind: 'no-permission', right: null };
    },
    async append(viewer, which, messages) {
      const board = await idOf(viewer, which);
      return board === null
        ? mailboxes.append(viewer, which, messages)
        : refused({ parts, viewer }, board, 'i');
    },
    async replace(viewer, old, by) {
      if (known.has(old.from)) return refused({ parts, viewer }, old.from, 't');
      if (known.has(by.to)) return refused({ parts, viewer }, by.to, 'i');
      return mailboxes.replace(viewer, old, by);
    },
    async copy(viewer, from, some) {
      if (known.has(some.to)) return refused({ parts, viewer }, some.to, 'i');
      if (!known.has(from)) return mailboxes.copy(viewer, from, some);
      const seer = await asOfToday(parts, viewer);
      return copyFrom({ parts, viewer: seer }, mailboxes, { board: from, bringing, ...some });
    },
    async move(viewer, from, some) {
      if (known.has(from)) return refused({ parts, viewer }, from, 't');
      if (known.has(some.to)) return refused({ parts, viewer }, some.to, 'i');
      return mailboxes.move(viewer, from, some);
    },
    async expunge(viewer, mailbox, uids) {
      if (known.has(mailbox)) return refused({ parts, viewer }, mailbox, 'e');
      return mailboxes.expunge(viewer, mailbox, uids);
    },
  };
}

/** Rights and notes: who reads a board is the roster's to say, and nothing is noted beside it. */
function beside(
  mailboxes: Mailboxes,
  parts: OpenedParts,
  known: ReadonlySet<MailboxId>,
): Pick<Mailboxes, 'rights' | 'grant' | 'grantable' | 'annotations' | 'annotate'> {
  return {
    rights: async (viewer, mailbox) =>
      known.has(mailbox)
        ? refused({ parts, viewer }, mailbox, 'a')
        : mailboxes.rights(viewer, mailbox),
    grant: async (viewer, mailbox, wish) =>
      known.has(mailbox)
        ? refused({ parts, viewer }, mailbox, 'a')
        : mailboxes.grant(viewer, mailbox, wish),
    grantable: async (viewer, mailbox, identifier) =>
      known.has(mailbox)
        ? refused({ parts, viewer }, mailbox, 'a')
        : mailboxes.grantable(viewer, mailbox, identifier),
    annotations: async (viewer, mailbox) =>
      mailbox !== null && known.has(mailbox) ? done([]) : mailboxes.annotations(viewer, mailbox),
    annotate: async (viewer, mailbox, entries) =>
      mailbox !== null && known.has(mailbox)
        ? refused({ parts, viewer }, mailbox, 'w')
        : mailboxes.annotate(viewer, mailbox, entries),
  };
}
