import { chargeOf, type Charge, type RightsParts } from '../../directory/charge.ts';
import {
  peopleOf,
  presentOrComing,
  pupilClasses,
  runsOn,
  type PersonAtSchool,
} from '../../directory/people-of.ts';
import type { AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import { runningStops } from '../../roster/mail-stops.ts';
import { isCurrent, type Membership, type Person, type Roster } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { levelsIn } from '../../store/people/code-states.ts';
import { lastUndoable } from '../../store/trail.ts';
import type { ClassSheet, ClassMember, SchoolClasses } from './contract.ts';
import { MOVE, moveOf, UNDO } from './undo.ts';

/**
 * A school whole: its running classes with their people, who is in none, and who may be put before
 * one.
 */
export async function overview(
  parts: RightsParts,
  viewer: Viewer,
  school: SchoolId,
): Promise<SchoolClasses | null> {
  const charge = await chargeOf(parts, viewer, school);
  if (!charge) return null;
  const { roster, day } = charge;
  const running = [...roster.classes.values()]
    .filter((one) => runsOn(one, day))
    .sort((one, other) => collator.compare(one.name, other.name));
  const members = running.flatMap(({ id }) => presentOrComing(roster, id, day));
  const posted = [...roster.postsOf]
    .filter(([, posts]) => posts.some((post) => isCurrent(post, day)))
    .map(([id]) => id);
  const people = await peopleOf(parts.directory, [
    ...members.map(({ person }) => person),
    ...posted,
  ]);
  const { levels, last } = await parts.store.read(school, async (tx) => ({
    levels: await levelsIn(tx),
    last: await lastUndoable(tx, charge.by, { act: MOVE, undo: UNDO }),
  }));
  const classes = running.map((one): ClassSheet => {
    const placed = (role: Membership['role']): ClassMember[] =>
      presentOrComing(roster, one.id, day)
        .filter((member) => member.role === role)
        .flatMap((member) =>
          placedOf(charge, people, { member, cover: one.cover, own: levels.ofPupils }),
        )
        .sort(byFamilyName(people));
    return {
      id: one.id,
      name: one.name,
      address: one.address,
      cover: one.cover,
      levels: levels.ofClasses.get(one.id) ?? [],
      moderation: one.moderation,
      endsOn: one.endsOn,
      pupils: placed('pupil'),
      teachers: placed('teacher'),
      aides: placed('aide'),
    };
  });
  return {
    school,
    schoolName: roster.school.name,
    today: day,
    classes,
    unplaced: unplaced(charge, levels.ofPupils),
    mailStop: runningStops(roster.school.mailStops, parts.clock())[0] ?? null,
    adults: posted
      .flatMap((id) => adultOf(charge, people, id))
      .sort((one, other) => collator.compare(one.name, other.name)),
    lastMove: last && moved(roster, last.subject),
  };
}

const collator = new Intl.Collator('fr');

interface ClassPlace {
  readonly member: Membership;
  readonly cover: number;
  readonly own: ReadonlyMap<AddressId, string>;
}

function placedOf(
  { roster, day }: Charge,
  people: ReadonlyMap<AddressId, PersonAtSchool>,
  { member, cover, own }: ClassPlace,
): ClassMember[] {
  const person = people.get(member.person)?.person;
  if (
    !person ||
    person.state === 'archived' ||
    (member.role === 'pupil' && person.state !== 'active')
  )
    return [];
  const others = (roster.membershipsOf.get(member.person) ?? []).filter(
    (one) => one.role === member.role && one.classId !== member.classId && isCurrent(one, day),
  );
  return [
    {
      id: member.person,
      face: faceOf(person, cover),
      level: own.get(member.person) ?? null,
      from: member.from,
      until: member.until,
      others: namesOfClasses(
        roster,
        others.map(({ classId }) => classId),
        day,
      ),
    },
  ];
}

function namesOfClasses(roster: Roster, ids: readonly ClassId[], day: string): string[] {
  return [...new Set(ids)].flatMap((id) => {
    const one = roster.classes.get(id);
    return one && runsOn(one, day) ? [one.name] : [];
  });
}

function faceOf(person: Person, cover: number): ClassMember['face'] {
  return {
    kind: person.role === 'pupil' ? 'child' : 'adult',
    name: person.displayName,
    address: person.address,
    face: person.face,
    cover,
  };
}

/** By family name, as a class's list is kept; two of one name by address. */
function byFamilyName(people: ReadonlyMap<AddressId, PersonAtSchool>) {
  return (one: ClassMember, other: ClassMember): number => {
    const [first, second] = [people.get(one.id)?.person, people.get(other.id)?.person];
    return (
      collator.compare(first?.familyName ?? '', second?.familyName ?? '') ||
      collator.compare(first?.givenName ?? '', second?.givenName ?? '') ||
      one.id - other.id
    );
  };
}

function unplaced(
  { roster, day, school }: Charge,
  own: ReadonlyMap<AddressId, string>,
): ClassMember[] {
  const alone = [...roster.people.values()].filter(
    (one) =>
      one.role === 'pupil' &&
      one.state === 'active' &&
      pupilClasses(roster, one.addressId, day).length === 0,
  );
  const found = new Map(
    alone.map((person): [AddressId, PersonAtSchool] => [
      person.addressId,
      { person, home: school },
    ]),
  );
  return alone
    .map((person) => ({
      id: person.addressId,
      face: faceOf(person, 8),
      level: own.get(person.addressId) ?? null,
      from: day,
      until: null,
      others: [],
    }))
    .sort(byFamilyName(found));
}

function adultOf(
  { roster, day }: Charge,
  people: ReadonlyMap<AddressId, PersonAtSchool>,
  id: AddressId,
): SchoolClasses['adults'] {
  const person = people.get(id)?.person;
  if (!person || person.state !== 'active') return [];
  const taught = (roster.membershipsOf.get(id) ?? [])
    .filter((one) => one.role === 'teacher' && isCurrent(one, day))
    .map(({ classId }) => classId);
  const posts = (roster.postsOf.get(id) ?? [])
    .filter((post) => isCurrent(post, day))
    .map(({ role }) => role);
  const post = (['head', 'teacher'] as const).find((one) => posts.includes(one)) ?? 'staff';
  return [{ id, name: person.displayName, post, teaches: namesOfClasses(roster, taught, day) }];
}

function moved(
  roster: Roster,
  subject: Readonly<Record<string, unknown>>,
): SchoolClasses['lastMove'] {
  const { pupils, to } = moveOf(subject);
  return {
    names: pupils
      .map(({ pupil }) => roster.people.get(pupil)?.displayName ?? '')
      .filter((name) => name !== ''),
    to: to === null ? null : (roster.classes.get(to)?.name ?? null),
  };
}
