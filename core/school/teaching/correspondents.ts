import { ownClass } from '../../directory/own-classes.ts';
import { canonicalAddress, domainOf, isWithin } from '../../ground/address.ts';
import type { ClassId } from '../../ground/ids.ts';
import { type Day, dayTrouble } from '../../roster/days.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { deleteCorrespondent, saveCorrespondent } from '../../store/schools/correspondents.ts';
import type { Ruling } from './contract.ts';
import { DONE, GONE, taughtClass, todayAt, type TeachingParts } from './parts.ts';

/** A school year and the summer after it. */
const MAX_DAYS = 400;
/** People outside who may write to one class. */
const MAX_CORRESPONDENTS = 30;

interface ApprovalWish {
  readonly class: ClassId;
  readonly address: string;
  readonly until: Day;
}

/**
 * Lets somebody outside write to a class. An address of the town is nobody outside: its rules are
 * the table's.
 */
export async function approveCorrespondent(
  parts: TeachingParts,
  viewer: Viewer,
  { class: classId, address, until }: ApprovalWish,
): Promise<Ruling> {
  const own = await taughtClass(parts, viewer, classId);
  if (!own) return GONE;
  // Compared with the sender's in lower case, as the rules do.
  const canonical = canonicalAddress(address.trim())?.toLowerCase() ?? null;
  if (canonical === null) return { kind: 'refused', why: 'not-an-address' };
  if (isWithin(domainOf(canonical), parts.domain))
    return { kind: 'refused', why: 'our-own-address' };
  const trouble = dayTrouble(until, { today: todayAt(parts, own.roster), ahead: MAX_DAYS });
  if (trouble) return { kind: 'refused', why: trouble };
  const others = (own.roster.correspondentsOf.get(classId) ?? []).filter(
    (one) => one.address !== canonical && one.until >= todayAt(parts, own.roster),
  );
  if (others.length >= MAX_CORRESPONDENTS) return { kind: 'refused', why: 'too-many' };
  await parts.store.write(own.school, async (tx) => {
    await saveCorrespondent(tx, classId, {
      address: canonical,
      until,
      approvedBy: viewer.addressId,
    });
    // Somebody outside has no id: the address is what a head must be able to read.
    await writeAudit(tx, viewer.addressId, 'approve-correspondent', {
      class: classId,
      address: canonical,
      until,
    });
  });
  return DONE;
}

export async function removeCorrespondent(
  parts: TeachingParts,
  viewer: Viewer,
  { class: classId, address }: { readonly class: ClassId; readonly address: string },
): Promise<Ruling> {
  const own = await ownClass(parts, viewer, classId);
  const canonical = canonicalAddress(address)?.toLowerCase() ?? null;
  if (!own || canonical === null) return GONE;
  const removed = await parts.store.write(own.school, async (tx) => {
    const gone = await deleteCorrespondent(tx, classId, canonical);
    if (gone)
      await writeAudit(tx, viewer.addressId, 'remove-correspondent', {
        class: classId,
        address: canonical,
      });
    return gone;
  });
  return removed ? DONE : GONE;
}
