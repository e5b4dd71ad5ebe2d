import type {
  Core,
  MailboxId,
  Mailbox,
  PageFrom,
  SpecialUse,
  Uid,
  Viewer,
  WriterKind,
} from '../../core/core.ts';
import { USES, type Kept } from './people.ts';
import { actsOf } from './town-acts.ts';
import { announce, boxId, boxOf, type World } from './world.ts';

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A picture, with the words that stand for it. */
const IMAGE = /<img[^>]*alt="([^"]*)"[^>]*>/g;

/** Six mailboxes a person; `guard` throws while the store is down. */
export function mailOf(world: World, guard: () => void): Core['mail'] {
  return {
    ...actsOf(world),
    async mailboxes(viewer) {
      guard();
      return USES.map((use) => mailboxFor(world, viewer, use));
    },
    list: async (viewer, mailbox, page) =>
      newestFirst(boxOf(world, viewer, mailbox) ?? [])
        .filter((kept) => page.before === null || kept.uid < page.before)
        .slice(0, page.limit),
    async page(viewer, mailbox, { from, limit, who = null, unread = false }) {
      const open = from.kind === 'around' ? from.uid : null;
      const box =
        'use' in mailbox ? ownBox(world, viewer, mailbox.use) : boxOf(world, viewer, mailbox.id);
      const all = newestFirst(box ?? []).filter(
        (kept) =>
          kept.uid === open || ((who === null || kindOf(kept) === who) && !(unread && kept.seen)),
      );
      const start = startOf(all, from, limit);
      return {
        rows: all
          .slice(start, start + limit)
          .map((kept) => ({ ...kept, messages: 1, withOwn: false })),
        newer: start > 0,
        older: all.length > start + limit,
      };
    },
    starred: async (viewer) =>
      newestFirst(
        USES.filter((use) => use !== 'trash')
          .flatMap((use) => ownBox(world, viewer, use))
          .filter(({ flagged }) => flagged),
      ),
    read: async (...message) => keptAt(world, ...message),
    async formatted(viewer, mailbox, uid, afar) {
      const html = keptAt(world, viewer, mailbox, uid)?.html ?? null;
      if (html === null) return null;
      const isShown = afar === 'shown' && viewer.role !== 'pupil';
      return { kind: 'html', html: isShown ? html : html.replace(IMAGE, '[$1]') };
    },
    notJunk: async () => false,
    async wantPictures(viewer, mailbox, uid, wanted) {
      const box = boxOf(world, viewer, mailbox);
      const at = box?.findIndex((kept) => kept.uid === uid) ?? -1;
      const kept = box?.[at];
      if (box && kept) box[at] = { ...kept, afar: { ...kept.afar, wanted } };
      return kept !== undefined;
    },
    async download(viewer, mailbox, uid, path) {
      const kept = keptAt(world, viewer, mailbox, uid);
      const file = kept?.attachments.find((one) => one.path === path);
      return kept === null || file === undefined
        ? null
        : { name: file.name, mediaType: file.mediaType, bytes: kept.bytes.get(path) ?? PIXEL };
    },
    async original(viewer, mailbox, uid) {
      const kept = keptAt(world, viewer, mailbox, uid);
      return kept === null
        ? null
        : Buffer.from(`Subject: ${kept.subject}\r\n\r\n${kept.text ?? ''}\r\n`);
    },
    async markRead(viewer, mailbox, uid) {
      await this.mark(viewer, mailbox, [uid], { seen: true });
    },
    async mark(viewer, mailbox, uids, marks) {
      const box = boxOf(world, viewer, mailbox);
      box?.forEach((kept, index) => {
        if (uids.includes(kept.uid)) box[index] = { ...kept, ...marks };
      });
      announce(world, viewer);
    },
    async move(viewer, mailbox, uids, to) {
      if (typeof to === 'number') return;
      for (const kept of take(world, viewer, { mailbox, uids })) {
        world.uid += 1;
        const moved = { ...kept, uid: world.uid as Uid, mailbox: boxId(viewer, to) };
        ownBox(world, viewer, to).push(moved);
      }
      announce(world, viewer);
    },
    async erase(viewer, mailbox, uids) {
      take(world, viewer, { mailbox, uids });
    },
    async emptyTrash(viewer) {
      world.byAddress.get(viewer.address)?.boxes.set('trash', []);
    },
    conversation: async () => [],
    search: async (viewer, { terms }) => ({
      rows: ownBox(world, viewer, 'inbox').filter(({ subject, text }) =>
        terms.every((term) => 'text' in term && `${subject} ${text}`.includes(term.text)),
      ),
      more: false,
      thrown: 0,
      sought: { words: [], phrases: [] },
    }),
    writers: async () => [],
    room: async () => ({ usedBytes: 1_000, quotaBytes: 200_000_000, state: 'enough' }),
  };
}

/** Of which kind of people a letter is. */
function kindOf({ from, familyOf }: Kept): WriterKind {
  if (familyOf.length > 0) return 'families';
  if (from.kind === 'outside') return 'outside';
  return from.kind === 'child' ? 'pupils' : 'team';
}

const ownBox = (world: World, viewer: Viewer, use: SpecialUse): Kept[] =>
  world.byAddress.get(viewer.address)?.boxes.get(use) ?? [];

const newestFirst = (box: readonly Kept[]): Kept[] => [...box].sort((a, b) => b.uid - a.uid);

/** Where a page begins among all rows. */
function startOf(all: readonly Kept[], from: PageFrom, limit: number): number {
  if (from.kind === 'newest') return 0;
  const at = all.findIndex(({ uid }) => uid <= from.uid);
  const place = at === -1 ? all.length : at;
  if (from.kind === 'before') return all[place]?.uid === from.uid ? place + 1 : place;
  return Math.max(0, place - (from.kind === 'after' ? limit : from.above));
}

function mailboxFor(world: World, viewer: Viewer, use: SpecialUse): Mailbox {
  const box = ownBox(world, viewer, use);
  return {
    id: boxId(viewer, use),
    name: use,
    use,
    total: box.length,
    unseen: box.filter((kept) => !kept.seen).length,
  };
}

const keptAt = (world: World, viewer: Viewer, mailbox: MailboxId, uid: Uid): Kept | null =>
  boxOf(world, viewer, mailbox)?.find((kept) => kept.uid === uid) ?? null;

/** Takes messages out of their mailbox. */
function take(
  world: World,
  viewer: Viewer,
  { mailbox, uids }: { readonly mailbox: MailboxId; readonly uids: readonly Uid[] },
): Kept[] {
  const box = boxOf(world, viewer, mailbox) ?? [];
  const taken = box.filter((kept) => uids.includes(kept.uid));
  box.splice(0, box.length, ...box.filter((kept) => !uids.includes(kept.uid)));
  return taken;
}
