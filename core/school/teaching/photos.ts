import type { ClassId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { setPhotosOpen } from '../../store/schools/class-settings.ts';
import type { Ruling } from './contract.ts';
import { DONE, GONE, taughtClass, type TeachingParts } from './parts.ts';

/** Whether a class's pupils may send photos: a teacher's of theirs to open and to close. */
export async function openPhotos(
  parts: TeachingParts,
  viewer: Viewer,
  { class: classId, open }: { readonly class: ClassId; readonly open: boolean },
): Promise<Ruling> {
  const own = await taughtClass(parts, viewer, classId);
  if (!own) return GONE;
  await parts.store.write(own.school, async (tx) => {
    if (await setPhotosOpen(tx, classId, open))
      await writeAudit(tx, viewer.addressId, 'photos', { class: classId, open });
  });
  return DONE;
}
