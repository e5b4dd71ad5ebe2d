import type { Acted, Core, Deed, MailboxId, SpecialUse, Uid, Viewer } from '../../core/core.ts';
import { USES, type Kept } from './people.ts';
import { announce, boxId, boxOf, type World } from './world.ts';

/** The last act of each account, with what every mailbox held before it. */
type Before = ReadonlyMap<SpecialUse, readonly Kept[]>;

const MARKS = {
  seen: { seen: true },
  unseen: { seen: false },
  flagged: { flagged: true },
  unflagged: { flagged: false },
} as const;

/** Acts in memory: what is undone is put back whole. */
export function actsOf(world: World): Pick<Core['mail'], 'act' | 'lastAct' | 'undo'> {
  const last = new Map<string, { readonly acted: Acted; readonly before: Before }>();
  const boxes = (viewer: Viewer) => world.byAddress.get(viewer.address)?.boxes ?? new Map();
  return {
    async act(viewer, { which }, deed) {
      const before: Before = new Map(USES.map((use) => [use, [...(boxes(viewer).get(use) ?? [])]]));
      const chosen =
        which.kind === 'all'
          ? (boxOf(world, viewer, which.mailbox) ?? []).map(({ mailbox, uid }) => ({
              mailbox,
              uid,
            }))
          : which.messages;
      const rows = chosen.filter((one) => does(world, viewer, one, deed)).length;
      if (rows === 0) return null;
      const to = deed.kind === 'move' ? targetOf(viewer, deed.to) : null;
      const acted = {
        id: deed.kind === 'erase' ? null : `act-${world.uid}-${last.size}`,
        deed: deed.kind,
        to,
        rows,
        by: 'message' as const,
        withdrawn: 0,
      };
      last.set(viewer.address, { acted, before });
      announce(world, viewer);
      return acted;
    },
    async lastAct(viewer, id) {
      const found = last.get(viewer.address)?.acted;
      return found?.id === id ? found : null;
    },
    async undo(viewer, id) {
      const found = last.get(viewer.address);
      if (found?.acted.id !== id) return false;
      for (const [use, kept] of found.before) boxes(viewer).set(use, [...kept]);
      last.delete(viewer.address);
      announce(world, viewer);
      return true;
    },
  };
}

function does(
  world: World,
  viewer: Viewer,
  { mailbox, uid }: { readonly mailbox: MailboxId; readonly uid: Uid },
  deed: Deed,
): boolean {
  const box = boxOf(world, viewer, mailbox);
  const at = box?.findIndex((kept) => kept.uid === uid) ?? -1;
  const kept = box?.[at];
  if (box === null || kept === undefined) return false;
  if (!('to' in deed)) {
    if (deed.kind === 'erase') box.splice(at, 1);
    else box[at] = { ...kept, ...MARKS[deed.kind] };
    return true;
  }
  box.splice(at, 1);
  world.uid += 1;
  const to = deed.to === 'back' ? boxId(viewer, belongs(viewer, kept)) : targetOf(viewer, deed.to);
  boxOf(world, viewer, to)?.push({ ...kept, uid: world.uid as Uid, mailbox: to });
  return true;
}

function belongs({ address }: Viewer, { isDraft, from }: Kept): SpecialUse {
  if (isDraft) return 'drafts';
  return from.address === address ? 'sent' : 'inbox';
}

function targetOf(viewer: Viewer, to: SpecialUse | MailboxId | 'back'): MailboxId {
  return typeof to === 'number' ? to : boxId(viewer, to === 'back' ? 'inbox' : to);
}
