import type { AccountId, ClassId, SchoolId, Viewer } from '../core.ts';
import { ownClass, type OwnClass } from '../accounts/code-rights.ts';
import type { Notices } from '../delivery/notice.ts';
import type { Directory } from '../roster/directory.ts';
import { dayAt, isCurrent, type Person, type Roster, type SchoolClass } from '../roster/snapshot.ts';
import type { Bell } from '../store/bell.ts';
import type { Store } from '../store/store.ts';
import type { Ruling } from './material.ts';

export interface TeachingParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly notices: Notices;
  readonly bell: Bell;
  readonly domain: string;
  readonly clock: () => Date;
}

export const DONE: Ruling = { kind: 'done' };
export const GONE: Ruling = { kind: 'missing' };

/** A class as its teacher: what opens it to others is their word alone. Null for anybody else. */
export async function taughtClass(parts: TeachingParts, viewer: Viewer, classId: ClassId): Promise<OwnClass | null> {
  const own = await ownClass(parts, viewer, classId);
  return own?.teaches ? own : null;
}

/** The day it is at a school. */
export function todayAt(parts: Pick<TeachingParts, 'clock'>, roster: Roster): string {
  return dayAt(parts.clock(), roster.school.timeZone);
}

export interface Member {
  readonly person: Person;
  /** Where their account lives: a pupil of two schools has one. */
  readonly home: SchoolId;
}

/** Who is in a class today, wherever they live; by their names. */
export async function membersWithHomes(parts: TeachingParts, { roster, schoolClass }: { readonly roster: Roster; readonly schoolClass: SchoolClass }, roles: readonly ('pupil' | 'teacher')[]): Promise<Member[]> {
  const day = todayAt(parts, roster);
  const members = (roster.membersOf.get(schoolClass.id) ?? []).filter((one) => roles.some((role) => role === one.role) && isCurrent(one, day));
  const entries = await parts.directory.byId([...new Set(members.map(({ person }) => person))], { maxAgeMs: 0 });
  const homes = await parts.directory.rosters([...entries.values()].map(({ school }) => school), { maxAgeMs: 0 });
  const found = [...entries.values()].flatMap(({ id, school }): Member[] => {
    const person = homes.get(school)?.people.get(id);
    return person?.state === 'active' ? [{ person, home: school }] : [];
  });
  return found.sort((one, other) => collator.compare(one.person.givenName, other.person.givenName) || collator.compare(one.person.familyName, other.person.familyName));
}

const collator = new Intl.Collator('fr');

/** Open pages of these people look again. */
export function ringAll({ bell }: TeachingParts, members: readonly Member[]): void {
  for (const [home, some] of Map.groupBy(members, (one) => one.home)) bell.ring(home, some.map(({ person }): AccountId => person.account));
}
