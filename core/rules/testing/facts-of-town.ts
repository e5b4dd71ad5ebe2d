/**
 * The facts of a made-up town, gathered once into sets: the small counterpart of what the roster
 * does with its tables.
 */
import type { ContentFacts, Facts, ListKind, Role } from '../facts.ts';
import type { OracleLetter, Party } from './oracle-people.ts';
import type { List, OraclePerson, OracleClass, OracleTown } from './town.ts';

interface Indexed {
  readonly schools: ReadonlySet<number>;
  readonly asPupil: ReadonlySet<number>;
  readonly asTeacher: ReadonlySet<number>;
  readonly asAide: ReadonlySet<number>;
  readonly children: ReadonlySet<number>;
  /** Days since each person's latest letter to this one. */
  readonly letters: ReadonlyMap<number, number>;
}

/** What `factsOf` needs to know of a town, for as many pairs as one likes. */
interface TownIndex {
  readonly town: OracleTown;
  readonly people: ReadonlyMap<number, Indexed>;
  /** Class to the classes it is linked with, and whether a teacher moderates that. */
  readonly links: ReadonlyMap<number, ReadonlyMap<number, 'open' | 'moderated'>>;
  /** Class to the classes to which its letters travel. */
  readonly roads: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Reads a town once. */
export function indexOf(town: OracleTown): TownIndex {
  const people = new Map<number, Indexed>(
    town.people.map((person) => [person.id, indexPerson(town, person)]),
  );
  return { town, people, links: indexLinks(town), roads: indexRoads(town) };
}

function indexPerson(town: OracleTown, { id, role, home, posts }: OraclePerson): Indexed {
  const current = town.classes.filter((one) => one.current);
  const inClasses = (members: 'pupils' | 'teachers' | 'aides', who: number): ReadonlySet<number> =>
    new Set(current.filter((one) => one[members].has(who)).map((one) => one.id));
  const children = new Set(
    town.guardianships.filter((one) => one.guardian === id && !one.blocked).map((one) => one.child),
  );
  const schools = new Set(posts);
  if (home !== null && role !== 'guardian') schools.add(home);
  for (const one of current)
    if (one.pupils.has(id) || one.teachers.has(id) || one.aides.has(id)) schools.add(one.school);
  // A guardian belongs to the schools of their children; a teacher who is a parent elsewhere
  // doesn't teach there.
  if (role === 'guardian')
    for (const child of children) {
      for (const one of current) if (one.pupils.has(child)) schools.add(one.school);
      const school = town.people[child]?.home;
      if (typeof school === 'number') schools.add(school);
    }
  const letters = new Map<number, number>();
  for (const one of town.letters)
    if (one.to === id)
      letters.set(one.from, Math.min(one.daysAgo, letters.get(one.from) ?? Infinity));
  return {
    schools,
    children,
    letters,
    asPupil: inClasses('pupils', id),
    asTeacher: inClasses('teachers', id),
    asAide: inClasses('aides', id),
  };
}

function indexLinks(town: OracleTown): TownIndex['links'] {
  const links = new Map<number, Map<number, 'open' | 'moderated'>>();
  const join = (from: number, to: number, moderated: boolean): void => {
    const of = links.get(from) ?? new Map<number, 'open' | 'moderated'>();
    of.set(to, moderated || of.get(to) === 'moderated' ? 'moderated' : 'open');
    links.set(from, of);
  };
  for (const {
    classes: [a, b],
    state,
    moderated,
  } of town.links) {
    if (state !== 'running') continue;
    join(a, b, moderated);
    join(b, a, moderated);
  }
  return links;
}

function indexRoads(town: OracleTown): TownIndex['roads'] {
  const roads = new Map<number, Set<number>>();
  const lead = (from: number, to: number): void => {
    roads.set(from, (roads.get(from) ?? new Set()).add(to));
  };
  for (const {
    classes: [left, right],
    state,
    travelsTo,
  } of town.links) {
    if (state !== 'running') continue;
    if (travelsTo === 'right' || travelsTo === 'both') lead(left, right);
    if (travelsTo === 'left' || travelsTo === 'both') lead(right, left);
  }
  return roads;
}

const NOBODY: Indexed = {
  schools: new Set(),
  asPupil: new Set(),
  asTeacher: new Set(),
  asAide: new Set(),
  children: new Set(),
  letters: new Map(),
};
const NONE: ReadonlySet<number> = new Set();
const MODERATIONS = ['open', 'first-contact', 'all'] as const;
const SECOND_LOOKS = ['off', 'suggests', 'holds'] as const;

function areKeptApart({ apart }: OracleTown, from: Party, to: Party): boolean {
  const [one, other] = [personOf(from), personOf(to)];
  return apart.some(
    ([a, b]) => (a === one?.id && b === other?.id) || (a === other?.id && b === one?.id),
  );
}

/** Between two pupils of one school, of whom one names the other. */
function isWayClosed(
  index: TownIndex,
  {
    sender,
    recipient,
    through,
  }: {
    readonly sender: OraclePerson | null;
    readonly recipient: OraclePerson | null;
    readonly through: ListKind | null;
  },
): boolean {
  const isThere = (one: OraclePerson | null) => one?.role === 'pupil' && one.state === 'active';
  if (through !== null || !isThere(sender) || !isThere(recipient)) return false;
  const { schools } = indexed(index, sender);
  const areTogether = [...indexed(index, recipient).schools].some((one) => schools.has(one));
  return areTogether && index.town.schools[recipient?.home ?? -1]?.closedWay === true;
}

/** Somebody said yes, and no guardian who has a say said no. */
function doesFamilyAgree({ guardianships }: OracleTown, child: OraclePerson): boolean {
  const said = guardianships
    .filter((one) => one.child === child.id && !one.blocked)
    .map(({ says }) => says);
  return !said.includes('no') && (child.agreedOnPaper || said.includes('yes'));
}

/** The facts for one sender and one recipient of the town. */
export function factsOf(
  index: TownIndex,
  { from, to, through, content, lifted }: Omit<OracleLetter, 'town'>,
): Facts {
  const [sender, recipient] = [personOf(from), personOf(to)];
  const [a, b] = [indexed(index, sender), indexed(index, recipient)];
  return {
    from: partyOf(from) as Role,
    to: partyOf(to),
    through: through,
    ...relationFacts(index, { from, to, a, b }),
    authentication: from.kind === 'outside' ? from.authentication : 'pass',
    senderState: sender?.state ?? 'active',
    recipientState: recipient?.state ?? 'active',
    charterDue:
      sender?.role === 'pupil' &&
      index.town.schools[sender.home ?? -1]?.hasCharter === true &&
      !sender.acceptedCharter,
    familyDue:
      sender?.role === 'pupil' &&
      index.town.schools[sender.home ?? -1]?.asksFamilies === true &&
      !doesFamilyAgree(index.town, sender),
    senderPaused: sender?.paused ?? false,
    keptApart: areKeptApart(index.town, from, to),
    wayClosed: isWayClosed(index, { sender, recipient, through }),
    overRate: sender?.overRate ?? false,
    overNewPeople: sender?.overNewPeople ?? false,
    pupilMailStopped:
      (sender?.role === 'pupil' || recipient?.role === 'pupil') &&
      isStopped(index.town, new Set([...a.schools, ...b.schools])),
    moderation: strictest(index, [sender, recipient], {
      of: MODERATIONS,
      asked: ({ moderation }) => moderation,
    }),
    secondLook: strictest(index, [sender, recipient], {
      of: SECOND_LOOKS,
      asked: ({ secondLook }) => secondLook,
    }),
    photosOpen: arePhotosOpen(index, sender, recipient),
    wroteBefore:
      recipient !== null &&
      sender !== null &&
      (a.letters.has(recipient.id) || b.letters.has(sender.id)),
    schoolClosed:
      sender?.role === 'pupil' && index.town.schools[sender.home ?? -1]?.closed === true,
    content: content satisfies ContentFacts,
    lifted,
  };
}

interface Pairing {
  readonly from: Party;
  readonly to: Party;
  readonly a: Indexed;
  readonly b: Indexed;
}
type RelationFacts = Pick<
  Facts,
  | 'sameSchool'
  | 'sharesClass'
  | 'linkedClass'
  | 'linkTravels'
  | 'family'
  | 'teachesChild'
  | 'headOfChild'
  | 'reachableStaff'
  | 'pupilsReachAllTeachers'
  | 'wroteRecently'
  | 'outsideForbidden'
  | 'inAgentsArea'
  | 'approvedCorrespondent'
>;

function relationFacts(index: TownIndex, pairing: Pairing): RelationFacts {
  const { from, to, a, b } = pairing;
  const [sender, recipient] = [personOf(from), personOf(to)];
  const school = index.town.schools[sender?.home ?? -1];
  const childrens = [...a.children].map((child) => index.people.get(child) ?? NOBODY);
  const guardian = sender?.role === 'guardian';
  const works =
    recipient?.role === 'teacher' || recipient?.role === 'head' || recipient?.role === 'staff';
  return {
    sameSchool: sender !== null && isSameSchool(index, pairing),
    sharesClass: doShareClass(index, pairing),
    linkedClass: linkOf(index, a, b),
    linkTravels: [...a.asPupil].some((mine) => meet(index.roads.get(mine) ?? NONE, b.asPupil)),
    family:
      (recipient !== null && a.children.has(recipient.id)) ||
      (sender !== null && b.children.has(sender.id)),
    teachesChild: guardian && childrens.some((child) => meet(child.asPupil, b.asTeacher)),
    headOfChild:
      guardian &&
      (isHeadshipOf(to, a.schools) ||
        (recipient?.role === 'head' && childrens.some((child) => meet(child.schools, b.schools)))),
    reachableStaff: recipient?.reachableByPupils ?? false,
    pupilsReachAllTeachers: school?.pupilsReachAllTeachers ?? false,
    wroteRecently:
      works && meet(a.schools, b.schools) && (a.letters.get(recipient.id) ?? Infinity) <= 30,
    outsideForbidden: school?.outsideForbidden ?? false,
    inAgentsArea: isInArea(index, from, to) || isInArea(index, to, from),
    approvedCorrespondent:
      from.kind === 'outside' && isApproved(index, { correspondent: from.id, to, b }),
  };
}

function isInArea(index: TownIndex, agent: Party, other: Party): boolean {
  const [one, another] = [personOf(agent), personOf(other)];
  if (one?.role !== 'agent') return false;
  if (one.communes === null || another?.role === 'agent') return true;
  const schools = new Set(another === null ? [] : indexed(index, another).schools);
  if (other.kind === 'list' && 'school' in other.list) schools.add(other.list.school);
  if (other.kind === 'list' && 'classId' in other.list)
    schools.add(index.town.classes[other.list.classId]?.school ?? -1);
  const communes = [...schools].map((id) => index.town.schools[id]?.commune ?? -1);
  return communes.some((commune) => one.communes?.includes(commune));
}

/** A guardian's schools are their children's. */
function isHeadshipOf(to: Party, schools: ReadonlySet<number>): boolean {
  return to.kind === 'list' && to.list.kind === 'headship' && schools.has(to.list.school);
}

function isSameSchool({ town }: TownIndex, { to, a, b }: Pairing): boolean {
  if (to.kind !== 'list') return meet(a.schools, b.schools);
  if ('school' in to.list) return a.schools.has(to.list.school);
  return 'classId' in to.list ? a.schools.has(town.classes[to.list.classId]?.school ?? -1) : true;
}

function doShareClass({ town }: TownIndex, { from, to, a, b }: Pairing): boolean {
  if (to.kind === 'list')
    return (
      to.list.kind === 'class' &&
      [a.asPupil, a.asTeacher, a.asAide].some((classes) =>
        classes.has((to.list as List & { classId: number }).classId),
      )
    );
  const aideOf = (aide: Party, pupil: Party): boolean =>
    town.accompanied.some(
      (one) => one.aide === personOf(aide)?.id && one.pupil === personOf(pupil)?.id,
    );
  return (
    meet(a.asPupil, b.asPupil) ||
    [
      [a, b],
      [b, a],
    ].some(([x = a, y = b]) => meet(x.asPupil, y.asTeacher) || meet(x.asPupil, y.asAide)) ||
    aideOf(from, to) ||
    aideOf(to, from)
  );
}

function linkOf({ links }: TownIndex, a: Indexed, b: Indexed): Facts['linkedClass'] {
  const theirs = [...b.asPupil, ...b.asTeacher];
  const found = [...a.asPupil, ...a.asTeacher].flatMap((mine) =>
    theirs.map((other) => links.get(mine)?.get(other)),
  );
  if (found.includes('moderated')) return 'moderated';
  return found.includes('open') ? 'open' : 'none';
}

function isApproved(
  { town, people }: TownIndex,
  {
    correspondent,
    to,
    b,
  }: { readonly correspondent: number; readonly to: Party; readonly b: Indexed },
): boolean {
  const approved = new Set(
    town.approvals
      .filter(
        (one) =>
          one.running && one.correspondent === correspondent && town.classes[one.classId]?.current,
      )
      .map((one) => one.classId),
  );
  if (to.kind === 'list') return 'classId' in to.list && approved.has(to.list.classId);
  return (
    meet(b.asPupil, approved) ||
    [...b.children].some((child) => meet(people.get(child)?.asPupil ?? new Set(), approved))
  );
}

function isStopped(town: OracleTown, schools: ReadonlySet<number>): boolean {
  return (
    town.pupilMailStopped ||
    [...schools].some(
      (school) => town.schools[school]?.pupilMailStopped || town.schools[school]?.communeStopped,
    )
  );
}

/** Of whoever is no pupil nobody asks. */
function arePhotosOpen(
  index: TownIndex,
  sender: OraclePerson | null,
  recipient: OraclePerson | null,
): boolean {
  if (sender?.role !== 'pupil') return true;
  const ids = [sender, recipient].flatMap((one) =>
    one?.role === 'pupil' ? [...indexed(index, one).asPupil] : [],
  );
  const open = ids.map((id) => index.town.classes[id]?.photosOpen === true);
  return sender.photos !== 'no' && open.length > 0 && !open.includes(false);
}

/** Of what the classes of these pupils say, that which is last in `of`. */
function strictest<T extends string>(
  index: TownIndex,
  both: readonly (OraclePerson | null)[],
  { of, asked }: { readonly of: readonly [T, ...T[]]; readonly asked: (one: OracleClass) => T },
): T {
  const classes = both.flatMap((person) =>
    person?.role === 'pupil' ? [...indexed(index, person).asPupil] : [],
  );
  const said = classes.flatMap((id) => index.town.classes[id] ?? []).map(asked);
  return of.findLast((one) => said.includes(one)) ?? of[0];
}

function meet(left: ReadonlySet<number>, right: ReadonlySet<number>): boolean {
  for (const one of left) if (right.has(one)) return true;
  return false;
}

const personOf = (party: Party): OraclePerson | null =>
  party.kind === 'person' ? party.person : null;
const indexed = (index: TownIndex, person: OraclePerson | null): Indexed =>
  person ? (index.people.get(person.id) ?? NOBODY) : NOBODY;

function partyOf(party: Party): Role | ListKind {
  if (party.kind === 'person') return party.person.role;
  if (party.kind === 'list') return party.list.kind;
  return party.kind === 'outside' ? 'outside' : 'system';
}
