import { hash } from 'node:crypto';
import { ANIMALS, faceWith, RING_COLOURS } from '../../ground/animals.ts';
import { folded, initials } from '../../ground/folding.ts';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import type { SetAside } from '../doubts.ts';
import type { AdultLine, RosterLine, PupilLine } from '../matching/identity.ts';
import { isHere, candidatesFor, previewOf, type MatchingState } from '../matching/match.ts';
import { currentOf, isOn } from '../matching/school-index.ts';
import type { KnownClass, KnownMembership, KnownPerson, SchoolState } from '../matching/state.ts';
import type { Acts, NewAccount, NewClass, Preview, PreviewLine } from '../preview.ts';
import { known, knownId, refKey, type ClassRef, type PersonRef } from '../ref.ts';

type Growing<T> = {
  -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key];
};

/** A plan in the making. */
export interface PlanDraft {
  readonly matching: MatchingState;
  readonly state: SchoolState;
  readonly day: string;
  readonly acts: Growing<Acts>;
  readonly says: Growing<
    Pick<
      Preview,
      | 'arrives'
      | 'leaves'
      | 'movesClass'
      | 'changesSchool'
      | 'joins'
      | 'renamed'
      | 'levels'
      | 'civilities'
      | 'photos'
      | 'parted'
      | 'kept'
      | 'notRaised'
      | 'classesMade'
      | 'classesEnded'
    >
  >;
  /** Lines that changed something. */
  readonly changing: Set<RosterLine>;
  readonly classRefs: Map<string, ClassRef>;
  /** Who begins where as what, so that nobody begins twice. */
  readonly begun: Set<string>;
  readonly ended: Set<KnownMembership>;
  /** Current memberships and posts of each person here. */
  readonly current: ReadonlyMap<AddressId, readonly KnownMembership[]>;
  /** The animals of a class's pupils, by the class's `refKey`. */
  readonly facesOf: Map<string, Set<string>>;
  /** What lines that waited were to have, by line. */
  readonly setAside: ReadonlyMap<RosterLine, SetAside>;
  /** People whom a line may mean that can't be used: they lose nothing by it. */
  readonly unsettled: Map<AddressId, RosterLine>;
  /** By what those lines meant them: what two have in common is looked up once. */
  readonly leftAlone: Set<string>;
  /** Those of them who were said to stay. */
  readonly kept: Set<AddressId>;
  /** Whose photo authorisation was noted. */
  readonly photosNoted: Set<AddressId>;
  /** Classes whose change was noted. */
  readonly classesChanged: Set<ClassId>;
}

export function newDraft(
  matching: MatchingState,
  setAside: PlanDraft['setAside'] = new Map(),
): PlanDraft {
  const { state, day } = matching;
  return {
    matching,
    state,
    day,
    changing: new Set(),
    begun: new Set(),
    ended: new Set(),
    classRefs: new Map(state.classes.map(({ key, id }) => [key, known(id)])),
    acts: noActs(),
    says: nothingSaid(),
    current: currentOf(state, day),
    facesOf: facesIn(
      state,
      state.memberships.filter((one) => isOn(one, day)),
    ),
    setAside,
    unsettled: new Map(),
    leftAlone: new Set(),
    kept: new Set(),
    photosNoted: new Set(),
    classesChanged: new Set(),
  };
}

const noActs = (): PlanDraft['acts'] => ({
  accounts: [],
  names: [],
  civilities: [],
  levels: [],
  photos: [],
  moves: [],
  movesAsked: [],
  movesDropped: [],
  movesOut: [],
  classes: [],
  classChanges: [],
  membershipsBegun: [],
  membershipsEnded: [],
  postsBegun: [],
  postsEnded: [],
  guardianshipsAdded: [],
  guardianshipsRemoved: [],
  leavers: [],
  returns: [],
  present: [],
  keys: [],
});

const nothingSaid = (): PlanDraft['says'] => ({
  arrives: [],
  leaves: [],
  movesClass: [],
  changesSchool: [],
  joins: [],
  renamed: [],
  levels: [],
  civilities: [],
  photos: [],
  parted: [],
  kept: [],
  notRaised: [],
  classesMade: [],
  classesEnded: [],
});

/** Leaves those alone whom this line may mean. */
export function leaveAlone(draft: PlanDraft, line: RosterLine): void {
  for (const { by, people } of candidatesFor(draft.matching, line)) {
    if (draft.leftAlone.has(by)) continue;
    draft.leftAlone.add(by);
    for (const person of people())
      if (isHere(draft.matching, person) && !draft.unsettled.has(person.addressId))
        draft.unsettled.set(person.addressId, line);
  }
}

/** Whether somebody whom no line names stays for a line that can't be used; says so once. */
export function isKept(draft: PlanDraft, person: KnownPerson): boolean {
  const line = draft.unsettled.get(person.addressId);
  if (line === undefined) return false;
  if (!draft.kept.has(person.addressId))
    draft.says.kept.push({ ...personLine(draft, person, null), at: line.at });
  draft.kept.add(person.addressId);
  return true;
}

function facesIn(
  state: SchoolState,
  running: readonly KnownMembership[],
): Map<string, Set<string>> {
  const faces = new Map<string, Set<string>>();
  for (const { classId, person } of running) {
    const key = refKey(known(classId));
    const worn = faces.get(key) ?? new Set();
    faces.set(key, worn.add(state.people.get(person)?.face ?? ''));
  }
  return faces;
}

const COVERS = 7; // the eighth, grey, is for those without a class

/**
 * The class of that name: the one there is, opened again where it had ended, or one to be made.
 * Null for a name without a letter or a digit.
 */
export function classFor(
  draft: PlanDraft,
  name: string,
  levels: readonly string[],
): ClassRef | null {
  const key = folded(name).slice(0, 40);
  if (key === '') return null;
  const ref = draft.classRefs.get(key);
  if (ref === undefined) return newClass(draft, { name, key, levels });
  const id = knownId(ref);
  const existing = id === null ? undefined : draft.matching.index.classes.get(id);
  if (existing !== undefined) updateClass(draft, existing, levels);
  return ref;
}

function newClass(draft: PlanDraft, { name, key, levels }: Omit<NewClass, 'cover'>): ClassRef {
  const cover = 1 + ((draft.state.classes.length + draft.acts.classes.length) % COVERS);
  const ref: ClassRef = { kind: 'new', index: draft.acts.classes.length };
  draft.acts.classes.push({ name: name.replaceAll("'", '’'), key, levels, cover });
  draft.classRefs.set(key, ref);
  draft.says.classesMade.push(name);
  return ref;
}

function updateClass(draft: PlanDraft, existing: KnownClass, levels: readonly string[]): void {
  if (draft.classesChanged.has(existing.id)) return;
  const isOver = existing.endsOn !== null && existing.endsOn < draft.day;
  const next = levels.length === 0 || sameSet(levels, existing.levels) ? existing.levels : levels;
  if (!isOver && next === existing.levels) return;
  draft.classesChanged.add(existing.id);
  draft.acts.classChanges.push({
    id: existing.id,
    levels: next,
    endsOn: isOver ? null : existing.endsOn,
  });
  if (isOver) draft.says.classesMade.push(existing.name);
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}

interface AccountDraft {
  readonly role: NewAccount['role'];
  readonly address: AddressId | null;
  readonly classRef: ClassRef | null;
}

/** An account to be made, or made again for an address that is somebody's for good. */
export function newAccount(
  draft: PlanDraft,
  line: RosterLine,
  { role, address, classRef }: AccountDraft,
): PersonRef {
  const { givenName, familyName } = line;
  const face =
    role === 'pupil' ? animalFor(draft, line, classRef) : initials(givenName, familyName);
  const index = draft.acts.accounts.length;
  const local = draft.setAside.get(line)?.local ?? null;
  const civility = line.kind === 'adult' ? line.civility : null;
  const level = line.kind === 'pupil' ? levelIn(line) : null;
  const photo = line.kind === 'pupil' ? line.photo : null;
  const who = { address, role, givenName, familyName, civility, level, photo };
  draft.acts.accounts.push({ ...who, face, local });
  const person: PersonRef = address === null ? { kind: 'new', index } : known(address);
  learn(draft, line, person);
  draft.changing.add(line);
  draft.says.arrives.push(previewOf(line));
  return person;
}

/** Longer is no level. */
const MOST_SIGNS_OF_LEVEL = 40;
const levelIn = ({ level }: PupilLine): string | null =>
  level !== null && level.length <= MOST_SIGNS_OF_LEVEL ? level : null;

/**
 * An animal that nobody of the class has, with a ring where all animals are worn, chosen by the
 * name alone so that two previews agree; or the one that was set aside.
 */
export function animalFor(draft: PlanDraft, line: RosterLine, classRef: ClassRef | null): string {
  const start = hash('sha256', line.nameKey, 'buffer').readUInt32BE(0) % ANIMALS.length;
  const key = classRef === null ? null : refKey(classRef);
  const worn = (key === null ? undefined : draft.facesOf.get(key)) ?? new Set<string>();
  const wanted = draft.setAside.get(line)?.face ?? null;
  const animal = wanted !== null && !worn.has(wanted) ? wanted : faceInTurn(start, worn);
  if (key !== null) draft.facesOf.set(key, worn.add(animal));
  return animal;
}

/** The first from there on that nobody wears; where all are worn, the first of all. */
function faceInTurn(start: number, worn: ReadonlySet<string>): string {
  const first = ANIMALS[start] ?? ANIMALS[0];
  for (let index = 0; index < ANIMALS.length * RING_COLOURS; index += 1) {
    const animal = ANIMALS[(start + index) % ANIMALS.length] ?? first;
    const face = faceWith(animal, 1 + Math.floor(index / ANIMALS.length));
    if (!worn.has(face)) return face;
  }
  return first;
}

/** Remembers by what this person is known from now on. */
export function learn(draft: PlanDraft, line: RosterLine, person: PersonRef): void {
  const id = knownId(person);
  const learnt = id === null ? undefined : draft.state.keysOf.get(id);
  const keys = line.home == null ? line.keys : [...line.keys, line.home];
  for (const key of keys) if (!learnt?.has(key)) draft.acts.keys.push({ person, key });
}

/**
 * Somebody who is there already: what the file knows better of them, and whether they come back.
 */
export function refresh(draft: PlanDraft, line: RosterLine, person: KnownPerson): void {
  learn(draft, line, known(person.addressId));
  if (
    person.nameKey !== line.nameKey &&
    !(line.kind === 'pupil' && line.nameKeys.includes(person.nameKey))
  ) {
    draft.acts.names.push({
      address: person.addressId,
      givenName: line.givenName,
      familyName: line.familyName,
    });
    draft.says.renamed.push({ ...personLine(draft, person, line), formerName: nameOf(person) });
    draft.changing.add(line);
  }
  if (line.kind === 'adult') noteCivility(draft, line, person);
  if (line.kind === 'pupil') {
    noteLevel(draft, line, person);
    notePhoto(draft, line, person);
  }
  if (person.left) {
    draft.acts.returns.push(person.addressId);
    draft.changing.add(line);
  }
}

function noteCivility(draft: PlanDraft, line: AdultLine, person: KnownPerson): void {
  const { civility } = line;
  if (civility === null || civility === person.civility) return;
  draft.acts.civilities.push({ address: person.addressId, civility });
  draft.says.civilities.push({ ...personLine(draft, person, line), civility });
  draft.changing.add(line);
}

function noteLevel(draft: PlanDraft, line: PupilLine, person: KnownPerson): void {
  const level = levelIn(line);
  if (level === null || level === person.level) return;
  draft.acts.levels.push({ address: person.addressId, level });
  draft.says.levels.push({ ...personLine(draft, person, line), formerLevel: person.level, level });
  draft.changing.add(line);
}

/** A child in two classes has two lines; what the first says holds. */
function notePhoto(draft: PlanDraft, line: PupilLine, person: KnownPerson): void {
  const { photo: allowed } = line;
  const isNoted = draft.photosNoted.has(person.addressId);
  if (allowed === null || allowed === person.photo || isNoted) return;
  draft.photosNoted.add(person.addressId);
  draft.acts.photos.push({ address: person.addressId, allowed });
  draft.says.photos.push({ ...personLine(draft, person, line), allowed });
  draft.changing.add(line);
}

/** Makes somebody whose home is elsewhere present here. */
export function makePresent(draft: PlanDraft, person: KnownPerson): void {
  const { addressId, home, presentIn } = person;
  if (
    home !== draft.state.school &&
    !presentIn.includes(draft.state.school) &&
    !draft.acts.present.includes(addressId)
  )
    draft.acts.present.push(addressId);
}

export function endMemberships(
  draft: PlanDraft,
  person: AddressId,
  which: (one: KnownMembership) => boolean,
): void {
  for (const one of draft.current.get(person) ?? [])
    if (which(one) && !draft.ended.has(one)) {
      draft.ended.add(one);
      draft.acts.membershipsEnded.push(one);
    }
}

/** Who is to be in which class, as what. */
interface BegunMembership {
  readonly classRef: ClassRef;
  readonly person: PersonRef;
  readonly role: KnownMembership['role'];
}

export function beginMembership(
  draft: PlanDraft,
  { classRef, person, role }: BegunMembership,
): boolean {
  const id = knownId(person);
  const running = id === null ? [] : (draft.current.get(id) ?? []);
  const isThere = running.some((one) => one.classId === knownId(classRef) && one.role === role);
  const begun = `${role} ${refKey(classRef)} ${refKey(person)}`;
  if (isThere || draft.begun.has(begun)) return false;
  draft.begun.add(begun);
  draft.acts.membershipsBegun.push({ classRef, person, role });
  return true;
}

export function classNameOfRef(draft: PlanDraft, ref: ClassRef): string | null {
  const named =
    ref.kind === 'known' ? draft.matching.index.classes.get(ref.id) : draft.acts.classes[ref.index];
  return named?.name ?? null;
}

export function nameOf(person: KnownPerson): string {
  return `${person.givenName} ${person.familyName}`;
}

/** Somebody known, as a preview shows them. */
export function personLine(
  { current, matching }: PlanDraft,
  person: KnownPerson,
  line: RosterLine | null,
): PreviewLine {
  const [first] = current.get(person.addressId) ?? [];
  const kind = person.role === 'pupil' || person.role === 'guardian' ? person.role : 'adult';
  const className = (first && matching.index.classes.get(first.classId)?.name) ?? null;
  return {
    kind,
    name: line === null ? nameOf(person) : `${line.givenName} ${line.familyName}`,
    className,
    address: person.address,
    at: line?.at ?? null,
  };
}

/** The classes that end: with pupils today, and with none in the file. */
export function endingClasses(draft: PlanDraft, named: ReadonlySet<ClassId>): ClassId[] {
  const filled = new Set(
    draft.state.memberships
      .filter((one) => one.role === 'pupil' && isOn(one, draft.day))
      .map(({ classId }) => classId),
  );
  return draft.state.classes
    .filter(
      ({ id, endsOn }) =>
        filled.has(id) && !named.has(id) && (endsOn === null || endsOn >= draft.day),
    )
    .map(({ id }) => id);
}
