import type { Charge } from '../../directory/charge.ts';
import type { Directory } from '../../directory/directory.ts';
import { peopleOf, presentOrComing, runsOn } from '../../directory/people-of.ts';
import { canonicalAddress } from '../../ground/address.ts';
import type { AddressId } from '../../ground/ids.ts';
import { dayTrouble } from '../../roster/days.ts';
import { isCurrent } from '../../roster/snapshot.ts';
import { beginMemberships, endMemberships, setLastDay } from '../../store/schools/class-acts.ts';
import { addPresence } from '../../store/schools/school-move.ts';
import { NOT_THERE, trouble, type DeedOutcome } from './act.ts';
import type { AdultMembership } from './contract.ts';

/** How far ahead a replacement is planned. */
const AHEAD_DAYS = 730;
const ADULTS: ReadonlySet<string> = new Set(['teacher', 'head', 'staff']);

/**
 * Puts a teacher or an aide before a class for a time; for one who is there, changes the last day.
 */
export async function decideMembership(
  directory: Directory,
  charge: Charge,
  membership: AdultMembership,
): Promise<DeedOutcome> {
  const { roster, day } = charge;
  const { role, until } = membership;
  const schoolClass = roster.classes.get(membership.class);
  if (!schoolClass || !runsOn(schoolClass, day)) return NOT_THERE;
  const adult = await findAdult(directory, charge, membership);
  if (adult === null)
    return typeof membership.adult === 'string' ? trouble('no-such-adult') : NOT_THERE;
  const from = membership.from ?? day;
  if (
    [from, ...(until === null ? [] : [until])].some(
      (one) => dayTrouble(one, { today: day, ahead: AHEAD_DAYS }) !== null,
    ) ||
    (until !== null && until < from)
  )
    return trouble('dates');
  const memberships = { classId: membership.class, people: [adult], role };
  const isThere = (roster.membersOf.get(membership.class) ?? []).some(
    (one) => one.person === adult && one.role === role && isCurrent(one, day),
  );
  return {
    kind: 'deed',
    act: isThere ? 'date-adult' : 'place-adult',
    turn: 'school',
    shows: membership.class,
    pupils: [adult],
    classes: [membership.class],
    subject: {
      class: membership.class,
      people: [adult],
      role,
      ...(isThere ? {} : { fromDay: from }),
      ...(until === null ? {} : { untilDay: until }),
    },
    write: async (tx, town) => {
      if (isThere) return setLastDay(tx, memberships, { day, until });
      await beginMemberships(tx, memberships, { from, until });
      return addPresence(town, [adult], charge.school);
    },
  };
}

/**
 * By id: somebody with a post here, or in the class already. By address: any grown-up of a school
 * of the town.
 */
async function findAdult(
  directory: Directory,
  { roster, day }: Charge,
  { adult, class: classId }: AdultMembership,
): Promise<AddressId | null> {
  const id = typeof adult === 'string' ? await findAddress(directory, adult) : adult;
  if (id === null) return null;
  const person = (await peopleOf(directory, [id])).get(id)?.person;
  if (!person || person.state !== 'active' || !ADULTS.has(person.role)) return null;
  const isHere =
    (roster.postsOf.get(id) ?? []).some((post) => isCurrent(post, day)) ||
    presentOrComing(roster, classId, day).some((one) => one.person === id && one.role !== 'pupil');
  return typeof adult === 'string' || isHere ? id : null;
}

async function findAddress(directory: Directory, typed: string): Promise<AddressId | null> {
  const address = canonicalAddress(typed.trim());
  if (address === null) return null;
  return (await directory.resolve([address], { maxAgeMs: 0 })).get(address)?.id ?? null;
}

/** Ends an adult's time with a class at once. */
export function decideRemoval(
  { roster, day }: Charge,
  {
    class: classId,
    role,
    adult,
  }: Pick<AdultMembership, 'class' | 'role'> & { readonly adult: AddressId },
): DeedOutcome {
  if (!roster.classes.has(classId) || !isPlaced()) return NOT_THERE;
  return {
    kind: 'deed',
    act: 'remove-adult',
    turn: 'school',
    shows: classId,
    pupils: [adult],
    classes: [classId],
    subject: { class: classId, people: [adult], role },
    write: (tx) => endMemberships(tx, { classId, people: [adult], role }, day),
  };

  function isPlaced(): boolean {
    return presentOrComing(roster, classId, day).some(
      (one) => one.person === adult && one.role === role,
    );
  }
}
