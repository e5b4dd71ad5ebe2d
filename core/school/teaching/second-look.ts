import type { ClassId } from '../../ground/ids.ts';
import type { SecondLook } from '../../rules/facts.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { setSecondLook } from '../../store/schools/class-settings.ts';
import type { Ruling } from './contract.ts';
import { DONE, GONE, taughtClass, type TeachingParts } from './parts.ts';

/** Whether what a class's pupils write is looked at twice, and whether doubtful words wait. */
export async function lookTwice(
  parts: TeachingParts,
  viewer: Viewer,
  { class: classId, look }: { readonly class: ClassId; readonly look: SecondLook },
): Promise<Ruling> {
  const own = await taughtClass(parts, viewer, classId);
  if (!own) return GONE;
  await parts.store.write(own.school, async (tx) => {
    if (await setSecondLook(tx, classId, look))
      await writeAudit(tx, viewer.addressId, 'second-look', { class: classId, look });
  });
  return DONE;
}
