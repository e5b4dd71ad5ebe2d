import type { AddressId, ClassId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { takeTurnInClass } from '../../store/schools/class-turn.ts';
import { hangItem, refuseItem, wallCounts } from '../../store/wall/wall-items.ts';
import type { GiftRef, Hung } from './contract.ts';
import { giftFor, type OwnGift } from './own-walls.ts';
import { LONGEST_WORD, MOST_HUNG, type WallParts } from './parts.ts';

/** A teacher's tap: it hangs on the wall. */
export async function hang(parts: WallParts, viewer: Viewer, ref: GiftRef): Promise<Hung> {
  const found = await giftFor({ parts, viewer }, ref, 'hang');
  if (found === null) return 'missing';
  const { name } = found.wall;
  return parts.store.write(ref.school, async (tx): Promise<Hung> => {
    await takeTurnInClass(tx, name.classId);
    if ((await wallCounts(tx, name, found.row.author)).hung >= MOST_HUNG) return 'full';
    if (!(await hangItem(tx, ref.item, parts.clock()))) return 'missing';
    await writeAudit(tx, viewer.addressId, 'wall-hang', about(found));
    return 'hung';
  });
}

/** « Pas cette fois »: it doesn't hang, or no more, and the child reads the word. */
export async function refuse(
  { parts, viewer }: RoomVisit<WallParts>,
  ref: GiftRef,
  word: string,
): Promise<boolean> {
  const found = await giftFor({ parts, viewer }, ref, 'refuse');
  if (found === null) return false;
  const said = { at: parts.clock(), word: word.trim().slice(0, LONGEST_WORD) };
  return parts.store.write(ref.school, async (tx) => {
    const isDone = await refuseItem(tx, ref.item, said);
    if (isDone) await writeAudit(tx, viewer.addressId, 'wall-refuse', about(found));
    return isDone;
  });
}

/** What the journal keeps of it: whose it is, and of which class. */
const about = ({ row }: OwnGift): { people: AddressId[]; class: ClassId } => ({
  people: [row.author],
  class: row.classId,
});
