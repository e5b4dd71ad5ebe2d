import type { Directory } from '../../directory/directory.ts';
import { byHome, peopleOf, type PersonAtSchool } from '../../directory/people-of.ts';
import { dayAt, momentOf } from '../../ground/clock.ts';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import { isClosed, type Roster } from '../../roster/snapshot.ts';
import { standingOf } from '../../roster/standing.ts';
import { writeAudit } from '../../store/audit.ts';
import { addPresence, carryAccounts } from '../../store/schools/school-move.ts';
import { saveLeavers, setClosingDue } from '../../store/town/closings.ts';
import { erasedFrom, type LeaverParts } from './leaver-due.ts';

export interface ClosingParts extends LeaverParts {
  readonly directory: Directory;
}

/** Sign-in, sending and delivery end here, by the rule that asks the day (`Standing.state`). */
const MIDNIGHT = '00:00';
/** Nobody is at school yet. */
const ERASED_AT = '00:05';

/** What became of a closing that was due. */
type ClosingSaw = 'goes-on' | 'too-early' | 'closed' | 'ended';

/** When a school that closes on a day is looked at first. */
export function closingMoment(closesOn: string, timeZone: string): Date {
  return momentOf(closesOn, MIDNIGHT, timeZone);
}

/**
 * Looks at a school that closes. From its day on, what its people have open is told to look again,
 * and ends; whoever belongs to another school as well goes there with their mail. Three months
 * later all who are left leave as leavers do, and are erased. Idempotent, and gone on with after a
 * crash: each move is a transaction, and opening the school again before the end brings all back.
 */
export async function schoolClosing(parts: ClosingParts, school: SchoolId): Promise<ClosingSaw> {
  const { store, directory, clock, log } = parts;
  const roster = (await directory.rosters([school], { maxAgeMs: 0 })).get(school);
  const day = roster && dayAt(clock(), roster.school.timeZone);
  if (!roster || day === undefined || roster.school.closesOn === null) {
    await store.town((tx) => setClosingDue(tx, school, null));
    return 'goes-on';
  }
  const { closesOn, timeZone } = roster.school;
  const dueAt = (at: Date | null) => store.town((tx) => setClosingDue(tx, school, at));
  if (!isClosed(roster.school, day)) {
    await dueAt(closingMoment(closesOn, timeZone));
    return 'too-early';
  }
  await lookAgain(parts, roster);
  const moved = await moveOn(parts, roster);
  if (day < erasedFrom(closesOn)) {
    await dueAt(momentOf(erasedFrom(closesOn), ERASED_AT, timeZone));
    log.info({ school, act: 'close-school', moved }, 'leavers');
    return 'closed';
  }
  const left = await store.write(school, (tx) => saveLeavers(tx, closesOn));
  await dueAt(null);
  log.info({ school, act: 'end-school', moved, left }, 'leavers');
  return 'ended';
}

/** Tells every process that what these people have open is to be asked about. */
async function lookAgain({ directory, announce }: ClosingParts, roster: Roster): Promise<void> {
  const there = [...roster.people.keys(), ...roster.membershipsOf.keys(), ...roster.postsOf.keys()];
  const concerned = await peopleOf(directory, [...there, ...roster.childrenOf.keys()]);
  for (const [home, accounts] of byHome(concerned.values())) announce(home, accounts);
}

/** Gives how many went to another school of theirs. */
async function moveOn(parts: ClosingParts, roster: Roster): Promise<number> {
  const { store, directory, clock, announce } = parts;
  const from = roster.school.id;
  const entries = await directory.byId([...roster.people.keys()], { maxAgeMs: 0 });
  const others = new Set([...entries.values()].flatMap(({ presentIn }) => presentIn));
  const rosters = await directory.rosters([from, ...others], { maxAgeMs: 0 });
  let moved = 0;
  for (const { id, presentIn } of entries.values()) {
    const person = roster.people.get(id);
    const theirs = [from, ...presentIn].flatMap((one) => rosters.get(one) ?? []);
    const to = person && nextSchool({ person, home: from }, theirs, clock());
    if (!person || to === undefined) continue;
    await move(store, { from, to, person: id });
    for (const home of [from, to]) announce(home, [person.account]);
    moved += 1;
  }
  return moved;
}

/** Where somebody belongs beside a school that has closed: their own place before their child's. */
function nextSchool(
  { person, home }: PersonAtSchool,
  rosters: readonly Roster[],
  now: Date,
): SchoolId | undefined {
  const { state, schools, childrensSchools } = standingOf({ person, home }, rosters, now);
  return state === 'active' ? [...schools, ...childrensSchools][0] : undefined;
}

interface PersonMove {
  readonly from: SchoolId;
  readonly to: SchoolId;
  readonly person: AddressId;
}

/** Places in the closed school stay written down, and are theirs again if it opens again. */
function move(store: ClosingParts['store'], { from, to, person }: PersonMove): Promise<void> {
  return store.town(async (tx) => {
    await carryAccounts(tx, { from, to, addresses: [person] });
    await addPresence(tx, [person], from);
    await writeAudit(await tx.in(to), null, 'came-from-closed', { people: [person], from });
  });
}
