import type { AddressId, ClassId } from '../../ground/ids.ts';
import { dayAfter } from '../days.ts';
import type { PupilLine } from '../matching/identity.ts';
import { matchPupils } from '../matching/match-pupils.ts';
import { refuse, type Match } from '../matching/match.ts';
import type { KnownPerson } from '../matching/state.ts';
import { localOf } from '../names.ts';
import { known, knownId, type ClassRef, type PersonRef } from '../ref.ts';
import {
  beginMembership,
  classNameOfRef,
  endingClasses,
  endMemberships,
  isKept,
  leaveAlone,
  newAccount,
  personLine,
  refresh,
  type PlanDraft,
} from './draft.ts';

export interface PlacementRules {
  readonly classOf: (name: string) => ClassRef | null;
  readonly byAgent: boolean;
}

/** Who each line turned out to be, and for a child in several classes the lines of the others. */
interface PlacedPupils {
  readonly refs: ReadonlyMap<PupilLine, PersonRef>;
  readonly also: ReadonlyMap<PupilLine, readonly PupilLine[]>;
}

/** Puts every pupil of the file into their class; lines that nobody can use are left out. */
export function planPupils(
  draft: PlanDraft,
  lines: readonly PupilLine[],
  placing: PlacementRules,
): PlacedPupils {
  const { matches, also } = matchPupils(draft.matching, lines);
  const refs = new Map<PupilLine, PersonRef>();
  for (const line of lines) {
    const match = matches.get(line);
    if (match === undefined || match.kind === 'none') {
      leaveAlone(draft, line);
      continue;
    }
    const ref = planPupil(draft, line, { match, others: also.get(line) ?? [], placing });
    if (ref !== null) refs.set(line, ref);
  }
  if (!placing.byAgent && lines.length > 0) dropWishes(draft);
  return { refs, also };
}

interface PlannedPupil {
  readonly match: Exclude<Match, { kind: 'none' }>;
  /** The lines that name a second class. */
  readonly others: readonly PupilLine[];
  readonly placing: PlacementRules;
}

/** One pupil, in all their classes; null where the line can't be used here. */
export function planPupil(
  draft: PlanDraft,
  line: PupilLine,
  planned: PlannedPupil,
): PersonRef | null {
  const person = placePupil(draft, line, planned);
  if (person === null) return null;
  const { classOf } = planned.placing;
  for (const other of planned.others) addClass(draft, other, { person, classOf });
  return person;
}

function placePupil(
  draft: PlanDraft,
  line: PupilLine,
  { match, others, placing: { classOf, byAgent } }: PlannedPupil,
): PersonRef | null {
  const classRef = line.className === null ? null : classOf(line.className);
  const arrive = (address: AddressId | null): PersonRef =>
    putIntoClass(draft, line, {
      person: newAccount(draft, line, { role: 'pupil', address, classRef }),
      classRef,
    });
  if (match.kind === 'new' && !hasLetters(line)) {
    refuse(draft.matching, line, 'name-without-letters');
    return null;
  }
  if (match.kind === 'new') return arrive(null);
  const { person } = match;
  if (person.account === null) return arrive(person.addressId);
  if (person.home === draft.state.school) {
    const second = others.flatMap(({ className }) =>
      className === null ? [] : (classOf(className) ?? []),
    );
    return stay(draft, line, { person, classRef, others: second });
  }
  return changeSchool(draft, [line, ...others], { person, byAgent })
    ? putIntoClass(draft, line, { person: known(person.addressId), classRef })
    : null;
}

/** An address needs a letter or a digit of the Latin alphabet. */
export function hasLetters({
  givenName,
  familyName,
}: {
  readonly givenName: string;
  readonly familyName: string;
}): boolean {
  return localOf(givenName, familyName) !== null;
}

function putIntoClass(
  draft: PlanDraft,
  line: PupilLine,
  { person, classRef }: { readonly person: PersonRef; readonly classRef: ClassRef | null },
): PersonRef {
  if (classRef !== null && beginMembership(draft, { classRef, person, role: 'pupil' }))
    draft.changing.add(line);
  return person;
}

/** A child in a second class, where the file says so. */
function addClass(
  draft: PlanDraft,
  line: PupilLine,
  { person, classOf }: { readonly person: PersonRef; readonly classOf: PlacementRules['classOf'] },
): void {
  const classRef = line.className === null ? null : classOf(line.className);
  if (classRef === null || !beginMembership(draft, { classRef, person, role: 'pupil' })) return;
  draft.changing.add(line);
  const id = knownId(person);
  const one = id === null ? undefined : draft.state.people.get(id);
  if (one !== undefined && one.account !== null)
    draft.says.joins.push({ ...personLine(draft, one, line), className: line.className });
}

interface StayingPupil {
  readonly person: KnownPerson;
  readonly classRef: ClassRef | null;
  readonly others: readonly ClassRef[];
}

/**
 * A pupil of this school: another class where the file says another; a second class that the head
 * gave stays while the file's is theirs.
 */
function stay(
  draft: PlanDraft,
  line: PupilLine,
  { person, classRef, others }: StayingPupil,
): PersonRef {
  refresh(draft, line, person);
  const { addressId } = person;
  const running = (draft.current.get(addressId) ?? []).filter(({ role }) => role === 'pupil');
  if (classRef !== null && !running.some(({ classId }) => classId === knownId(classRef))) {
    const staying = others.map(knownId);
    const [former] = running.filter(({ classId }) => !staying.includes(classId));
    endMemberships(
      draft,
      addressId,
      ({ role, classId }) => role === 'pupil' && !staying.includes(classId),
    );
    beginMembership(draft, { classRef, person: known(addressId), role: 'pupil' });
    const fromClass = former === undefined ? null : classNameOfRef(draft, known(former.classId));
    draft.says.movesClass.push({
      ...personLine(draft, person, line),
      className: line.className,
      fromClass,
    });
    draft.changing.add(line);
  }
  return known(addressId);
}

/** Children whom a newer file of the school no longer names are no longer asked for. */
function dropWishes({ state, matching, says, acts }: PlanDraft): void {
  const named = new Set(says.changesSchool.map(({ address }) => address));
  for (const [id, how] of state.movesAsked)
    if (
      how === 'waiting' &&
      !matching.claimed.has(id) &&
      !named.has(state.people.get(id)?.address ?? null)
    )
      acts.movesDropped.push(id);
}

/**
 * From another school of the town. A head's import only asks for it: the child and the mail are
 * another school's until an agent agrees.
 */
function changeSchool(
  draft: PlanDraft,
  lines: readonly PupilLine[],
  { person, byAgent }: { readonly person: KnownPerson; readonly byAgent: boolean },
): boolean {
  const [line] = lines;
  if (line === undefined) return false;
  draft.says.changesSchool.push({
    ...personLine(draft, person, line),
    className: line.className,
    fromSchool: person.home,
    waitsForAgent: !byAgent,
  });
  draft.changing.add(line);
  if (!byAgent && !draft.state.movesAsked.has(person.addressId))
    draft.acts.movesAsked.push({ address: person.addressId, lines });
  if (!byAgent) return false;
  draft.acts.moves.push({ address: person.addressId, from: person.home });
  refresh(draft, line, person);
  return true;
}

/**
 * Pupils whom no line names leave, and the classes that the file no longer has end, with all who
 * were in them.
 */
export function planLeavers(draft: PlanDraft, named: ReadonlySet<ClassId>): void {
  for (const person of draft.state.people.values()) {
    const isHere =
      person.home === draft.state.school &&
      person.role === 'pupil' &&
      person.account !== null &&
      !person.left &&
      person.state !== 'archived';
    if (isHere && !draft.matching.claimed.has(person.addressId) && !isKept(draft, person))
      leave(draft, person);
  }
  const keeping = [...draft.unsettled.keys()]
    .flatMap((id) => draft.current.get(id) ?? [])
    .map(({ classId }) => classId);
  const ending = new Set(endingClasses(draft, new Set([...named, ...keeping])));
  draft.acts.classChanges = draft.acts.classChanges.filter(({ id }) => !ending.has(id));
  for (const { id, name, levels } of draft.state.classes) {
    if (!ending.has(id)) continue;
    draft.acts.classChanges.push({ id, levels, endsOn: dayAfter(draft.day, -1) });
    draft.says.classesEnded.push(name);
  }
  for (const person of draft.current.keys())
    endMemberships(draft, person, ({ classId }) => ending.has(classId));
}

/**
 * Suspended from that day on, out of all classes and family ties here; a blocked guardian stays
 * blocked should the child come back.
 */
export function leave(draft: PlanDraft, person: KnownPerson): void {
  const { addressId, account } = person;
  draft.says.leaves.push(personLine(draft, person, null));
  endMemberships(draft, addressId, () => true);
  if (account !== null) draft.acts.leavers.push({ address: addressId, account });
  for (const { child, guardian, blocked } of draft.matching.index.tiesOfChild.get(addressId) ?? [])
    if (!blocked) draft.acts.guardianshipsRemoved.push({ child, guardian });
}
