import { memberOf, membersNow, ownClass } from '../../directory/own-classes.ts';
import type { AccountId, ClassId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { setPhotoAllowed } from '../../store/people/accounts.ts';
import { lockSchools } from '../../store/schools/class-links.ts';
import type { Ruling } from './contract.ts';
import { announceAll, DONE, GONE, type TeachingParts } from './parts.ts';

interface PhotoNote {
  readonly class: ClassId;
  readonly child: AccountId;
  readonly allowed: boolean;
}

/**
 * Corrects what a child's family says of photos, where the column of the school's file is wrong or
 * the family has changed its mind. The next file that says something else is listed in its preview.
 */
export async function notePhoto(
  parts: TeachingParts,
  viewer: Viewer,
  wish: PhotoNote,
): Promise<Ruling> {
  const own = await ownClass(parts, viewer, wish.class);
  const member = own && memberOf(await membersNow(parts, own), wish.child);
  if (!own || !member) return GONE;
  const { home, person } = member;
  if (person.photoAllowed === wish.allowed) return DONE;
  await parts.store.town(async (tx) => {
    await lockSchools(tx, [home, own.school]);
    await setPhotoAllowed(await tx.in(home), person.account, { allowed: wish.allowed });
    for (const school of new Set([home, own.school]))
      await writeAudit(await tx.in(school), viewer.addressId, 'photo-word', {
        class: own.schoolClass.id,
        people: [person.addressId],
        allowed: wish.allowed,
      });
  });
  announceAll(parts, [member]);
  return DONE;
}
