import { momentOf } from '../../ground/clock.ts';
import type { AccountId, ClassId } from '../../ground/ids.ts';
import { type Day, dayAfter, dayTrouble } from '../../roster/days.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { setPausedUntil } from '../../store/people/accounts.ts';
import { lockSchools } from '../../store/schools/class-links.ts';
import type { Ruling } from './contract.ts';
import {
  announceAll,
  DONE,
  findChild,
  GONE,
  todayAt,
  type OwnClassContext,
  type TeachingParts,
} from './parts.ts';

/** Longer than the summer's holidays; a rest is no punishment for a year. */
const MAX_REST_DAYS = 100;

interface Rest {
  readonly class: ClassId;
  readonly child: AccountId;
}

/** Puts a child's sending at rest until the first moment of a day at their class's school. */
export async function rest(
  parts: TeachingParts,
  viewer: Viewer,
  { back, ...whose }: Rest & { readonly back: Day },
): Promise<Ruling> {
  const found = await findChild(parts, viewer, whose);
  if (!found) return GONE;
  const { roster } = found.own;
  const today = todayAt(parts, roster);
  const trouble = dayTrouble(back, { today: dayAfter(today, 1), ahead: MAX_REST_DAYS });
  if (trouble) return { kind: 'refused', why: trouble };
  const until = momentOf(back, '00:00', roster.school.timeZone);
  await setRest(parts, viewer, { ...found, until });
  return DONE;
}

export async function endRest(parts: TeachingParts, viewer: Viewer, whose: Rest): Promise<Ruling> {
  const found = await findChild(parts, viewer, whose);
  if (!found || found.child.person.pausedUntil === null) return GONE;
  await setRest(parts, viewer, { ...found, until: null });
  return DONE;
}

async function setRest(
  parts: TeachingParts,
  viewer: Viewer,
  { own, child, until }: OwnClassContext & { readonly until: Date | null },
): Promise<void> {
  const { person, home } = child;
  const subject = {
    class: own.schoolClass.id,
    account: person.account,
    ...(until ? { until: until.toISOString() } : {}),
  };
  await parts.store.town(async (tx) => {
    await lockSchools(tx, [home, own.school]);
    await setPausedUntil(await tx.in(home), person.account, until);
    for (const school of new Set([home, own.school]))
      await writeAudit(await tx.in(school), viewer.addressId, until ? 'rest' : 'end-rest', subject);
  });
  announceAll(parts, [child]);
}
