import { chargeOf } from '../../directory/charge.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { dayTrouble } from '../../roster/days.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { dropLeaver, leaverRow, saveLeaver, setAccountState } from '../../store/people/leavers.ts';
import { endStay } from '../leavers/leaver-due.ts';
import type { LeaveActed } from './contract.ts';
import { writeDown } from './hands.ts';
import { personIn, type PeopleParts } from './parts.ts';

/** A leave may be planned for a school year ahead. */
const FARTHEST_DAYS = 400;

interface LeaveWish {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly day: string;
}

/**
 * Says that somebody leaves. Today: sign-in and what is open end before this resolves; later: the
 * worker ends them on that day.
 */
export async function leave(
  parts: PeopleParts,
  viewer: Viewer,
  { school, account, day }: LeaveWish,
): Promise<LeaveActed> {
  const charge = await chargeOf(parts, viewer, school);
  const person = charge && personIn(charge, account);
  if (!charge || !person || person.state !== 'active') return { kind: 'missing' };
  if (person.addressId === viewer.addressId) return { kind: 'trouble', why: 'self' };
  if (dayTrouble(day, { today: charge.day, ahead: FARTHEST_DAYS }) !== null)
    return { kind: 'trouble', why: 'day' };
  const gone = await parts.store.town(async (tx) => {
    await saveLeaver(await tx.in(school), account, day);
    await writeDown(tx, charge, { act: 'plan-leave', subject: { account, day } });
    const leaver = await leaverRow(await tx.in(school), account, { lock: true });
    return leaver !== null && day === charge.day
      ? endStay(tx, { school, leaver })
      : [{ school, account }];
  });
  for (const one of gone) parts.mailEvents.announce(one.school, [one.account]);
  return { kind: 'done' };
}

/** Takes a leave back, planned or begun. */
export async function stay(
  parts: PeopleParts,
  viewer: Viewer,
  { school, account }: { readonly school: SchoolId; readonly account: AccountId },
): Promise<LeaveActed> {
  const charge = await chargeOf(parts, viewer, school);
  if (!charge || !personIn(charge, account)) return { kind: 'missing' };
  return parts.store.town(async (tx): Promise<LeaveActed> => {
    const inSchool = await tx.in(school);
    if ((await leaverRow(inSchool, account, { lock: true })) === null) return { kind: 'missing' };
    await dropLeaver(inSchool, account);
    await setAccountState(inSchool, account, 'active');
    await writeDown(tx, charge, { act: 'cancel-leave', subject: { account } });
    return { kind: 'done' };
  });
}
