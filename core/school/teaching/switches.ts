import { membersNow } from '../../directory/own-classes.ts';
import type { ClassId } from '../../ground/ids.ts';
import type { ClassSwitchValue } from '../../roster/class-switches.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { setClassSwitch } from '../../store/schools/class-settings.ts';
import type { Ruling } from './contract.ts';
import { announceAll, DONE, GONE, taughtClass, type TeachingParts } from './parts.ts';

/** Sets a switch of a class, which its teachers alone may. */
export async function setSwitch(
  parts: TeachingParts,
  viewer: Viewer,
  { class: classId, name, value }: { readonly class: ClassId } & ClassSwitchValue,
): Promise<Ruling> {
  const own = await taughtClass(parts, viewer, classId);
  if (!own) return GONE;
  await parts.store.write(own.school, async (tx) => {
    if (await setClassSwitch(tx, classId, { name, value }))
      await writeAudit(tx, viewer.addressId, 'class-switch', { class: classId, name, value });
  });
  announceAll(parts, await membersNow(parts, own));
  return DONE;
}
