import { membersNow } from '../../directory/own-classes.ts';
import type { ClassId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { setTeachersCalled } from '../../store/schools/class-settings.ts';
import type { Ruling } from './contract.ts';
import { announceAll, DONE, GONE, taughtClass, type TeachingParts } from './parts.ts';

/** Whether the children of a class say « Maîtresse » and « Maître », or the name. */
export async function callTeachers(
  parts: TeachingParts,
  viewer: Viewer,
  { class: classId, by }: { readonly class: ClassId; readonly by: 'name' | 'title' },
): Promise<Ruling> {
  const own = await taughtClass(parts, viewer, classId);
  if (!own) return GONE;
  await parts.store.write(own.school, async (tx) => {
    if (await setTeachersCalled(tx, classId, by))
      await writeAudit(tx, viewer.addressId, 'teachers-called', { class: classId, by });
  });
  announceAll(parts, await membersNow(parts, own));
  return DONE;
}
