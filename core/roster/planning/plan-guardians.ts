import { folded } from '../../ground/folding.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { GuardianLine, RosterLine, PupilLine } from '../matching/identity.ts';
import { matchGuardians, type GuardianOf } from '../matching/match-adults.ts';
import { classNameOf, lineKey, refuse } from '../matching/match.ts';
import { isOn, tieOf } from '../matching/school-index.ts';
import { isSame, known, knownId, refKey, type PersonRef } from '../ref.ts';
import {
  isKept,
  learn,
  leaveAlone,
  makePresent,
  nameOf,
  newAccount,
  personLine,
  refresh,
  type PlanDraft,
} from './draft.ts';
import { hasLetters, leave } from './plan-pupils.ts';
import type { GuardianWait } from './remainder.ts';

/** A child of this school after the import, as a guardian's line may name it. */
interface Child {
  readonly ref: PersonRef | Awaited;
  readonly nameKeys: readonly string[];
  readonly classKey: string;
  readonly keys: ReadonlySet<string>;
}

/** A child whose line is in doubt, by the line's key. */
interface Awaited {
  readonly kind: 'awaited';
  readonly key: string;
}

interface PlannedGuardians {
  readonly refs: ReadonlyMap<GuardianLine, PersonRef>;
  /** Lines that are asked about, or name a child in doubt. */
  readonly waits: readonly GuardianWait[];
}

/** What the lines of guardians are planned by. */
interface GuardiansToPlan {
  readonly pupils: ReadonlyMap<PupilLine, PersonRef>;
  readonly unsettled: readonly RosterLine[];
  readonly byAgent: boolean;
}

/**
 * Gives guardians their children; ties that the file no longer has are undone, blocked ones stay as
 * they are. A child in doubt keeps the ties they have, and gets those of the file with the answer.
 */
export function planGuardians(
  draft: PlanDraft,
  lines: readonly GuardianLine[],
  { pupils, unsettled, byAgent }: GuardiansToPlan,
): PlannedGuardians {
  const named = namesakesOf(childrenOf(draft, pupils));
  const unclear = unclearBefore(draft, { unsettled, named });
  const told = lines.map((line) => ({ line, ...namedBy(draft, line, { unclear, named }) }));
  // Whose children are all in doubt is recognised with them.
  const guardians = told.filter(({ certain, awaits }) => certain.length > 0 || awaits.length === 0);
  const tied = new Set<string>();
  const { refs, asked } = tieGuardians(
    draft,
    guardians.map(({ line, certain }) => ({ line, children: certain, said: null })),
    { tied, byAgent },
  );
  // Asked about, or left out: what these children have stays.
  for (const { line, certain } of guardians)
    if (asked.has(line)) for (const child of certain) addKnown(unclear, child);
  part(draft, { tied, unclear });
  return { refs, waits: waitsOf(draft, told, { refs, asked }) };
}

/** Children whose ties stay whatever the file says: those in doubt, and those of lines refused. */
function unclearBefore(
  { matching }: PlanDraft,
  { unsettled, named }: { unsettled: readonly RosterLine[]; named: NamedChildren },
): Set<AddressId> {
  const unclear = new Set(
    matching.asked.flatMap(({ line, people }) =>
      line.kind === 'pupil' ? people.map(({ addressId }) => addressId) : [],
    ),
  );
  for (const line of unsettled)
    if (line.kind === 'guardian')
      for (const { nameKeys } of line.children) leaveUnclear(unclear, named, nameKeys);
  return unclear;
}

/** The lines that are asked about, or name a child in doubt; not those that somebody left out. */
function waitsOf(
  { matching }: PlanDraft,
  told: readonly (ReturnType<typeof namedBy> & { readonly line: GuardianLine })[],
  { refs, asked }: TiedGuardians,
): readonly GuardianWait[] {
  const isAsked = new Set<RosterLine>(matching.asked.map(({ line }) => line));
  return told
    .filter(({ line, awaits }) => isAsked.has(line) || (awaits.length > 0 && !asked.has(line)))
    .map(({ line, certain, awaits }) => ({
      line,
      person: refs.get(line) ?? null,
      children: isAsked.has(line) ? certain : [],
      awaits,
      answer: null,
    }));
}

interface TiedGuardians {
  readonly refs: ReadonlyMap<GuardianLine, PersonRef>;
  /** Lines that nobody was found for, or may be. */
  readonly asked: ReadonlySet<GuardianLine>;
}

/** Recognises guardians, makes those who are new, and ties them to their children. */
export function tieGuardians(
  draft: PlanDraft,
  guardians: readonly GuardianOf[],
  { tied, byAgent }: { readonly tied: Set<string>; readonly byAgent: boolean },
): TiedGuardians {
  const matches = matchGuardians(draft.matching, guardians);
  const refs = new Map<GuardianLine, PersonRef>();
  const asked = new Set<GuardianLine>();
  for (const { line, children } of guardians) {
    const match = matches.get(line);
    if (match?.kind === 'none') {
      leaveAlone(draft, line);
      asked.add(line);
    }
    const isParent = children.length > 0;
    const ref = guardianRef(draft, line, { match, refs, isParent, byAgent });
    if (ref === null) continue;
    refs.set(line, ref);
    for (const child of children) tie(draft, line, { child, guardian: ref, tied });
  }
  return { refs, asked };
}

interface GuardianFacts {
  readonly match: ReturnType<ReturnType<typeof matchGuardians>['get']>;
  readonly refs: ReadonlyMap<GuardianLine, PersonRef>;
  readonly isParent: boolean;
  readonly byAgent: boolean;
}

function guardianRef(
  draft: PlanDraft,
  line: GuardianLine,
  { match, refs, isParent, byAgent }: GuardianFacts,
): PersonRef | null {
  if (match === undefined || match.kind === 'none') return null;
  if (match.kind === 'same') {
    const ref = refs.get(match.as) ?? null;
    if (ref !== null) learn(draft, line, ref);
    return ref;
  }
  // The lines at a file's end that are organisations have no child; nor has a parent whose children
  // left.
  if (!isParent) return match.kind === 'known' ? known(match.person.addressId) : null;
  if (match.kind === 'new' && !hasLetters(line)) {
    refuse(draft.matching, line, 'name-without-letters');
    return null;
  }
  if (match.kind === 'new')
    return newAccount(draft, line, { role: 'guardian', address: null, classRef: null });
  if (match.person.account === null)
    return newAccount(draft, line, {
      role: 'guardian',
      address: match.person.addressId,
      classRef: null,
    });
  const { addressId, home, role, left } = match.person;
  // Who left another school with their last child, and has one here now, brings account and mail
  // along: only an agent's file does that.
  const isHomeless = home !== draft.state.school && role === 'guardian' && left && byAgent;
  if (isHomeless && !draft.acts.moves.some(({ address }) => address === addressId))
    draft.acts.moves.push({ address: addressId, from: home });
  if ((home === draft.state.school && role === 'guardian') || isHomeless)
    refresh(draft, line, match.person);
  if (!isHomeless) makePresent(draft, match.person);
  return known(match.person.addressId);
}

/**
 * Pupils of the file, those in doubt too, and those who are here already and stay. Whom a line in
 * doubt may mean stands in the file as that line.
 */
function childrenOf(draft: PlanDraft, pupils: ReadonlyMap<PupilLine, PersonRef>): Child[] {
  const inDoubt = draft.matching.asked.flatMap(({ line, people }) =>
    line.kind === 'pupil' ? [{ line, people }] : [],
  );
  const awaited = inDoubt.map(({ line }): [PupilLine, Awaited] => [
    line,
    { kind: 'awaited', key: lineKey(line) },
  ]);
  const fromFile = [...pupils, ...awaited].map(([line, ref]): Child => ({
    ref,
    nameKeys: line.nameKeys,
    classKey: folded(line.className ?? ''),
    keys: new Set(line.keys),
  }));
  const meant = new Set(inDoubt.flatMap(({ people }) => people.map(({ addressId }) => addressId)));
  const going = new Set(draft.acts.leavers.map(({ address }) => address));
  const met = new Set([...pupils.values()].map(knownId));
  const others = [...draft.state.people.values()].filter(
    (person) =>
      person.home === draft.state.school &&
      person.role === 'pupil' &&
      person.account !== null &&
      !person.left &&
      !met.has(person.addressId) &&
      !meant.has(person.addressId) &&
      !going.has(person.addressId),
  );
  return [
    ...fromFile,
    ...others.map((person): Child => ({
      ref: known(person.addressId),
      nameKeys: [person.nameKey],
      classKey: folded(classNameOf(draft.matching, person) ?? ''),
      keys: draft.state.keysOf.get(person.addressId) ?? new Set(),
    })),
  ];
}

/** Children of one name, by what tells them apart. */
interface Namesakes {
  readonly all: readonly Child[];
  readonly byKey: ReadonlyMap<string, readonly Child[]>;
  readonly byClass: ReadonlyMap<string, readonly Child[]>;
  /** Their ties stay: a line that may mean one of several was refused. */
  isUnclear: boolean;
}

type NamedChildren = ReadonlyMap<string, Namesakes>;

function namesakesOf(children: readonly Child[]): NamedChildren {
  const named = children.flatMap((child) => child.nameKeys.map((name) => ({ name, child })));
  return new Map(
    [...Map.groupBy(named, ({ name }) => name)].map(([name, group]) => {
      const all = group.map(({ child }) => child);
      const keyed = all.flatMap((child) => [...child.keys].map((key) => ({ key, child })));
      const byKey = [...Map.groupBy(keyed, ({ key }) => key)].map(
        ([key, same]) => [key, same.map(({ child }) => child)] as const,
      );
      const byClass = Map.groupBy(all, ({ classKey }) => classKey);
      return [name, { all, byKey: new Map(byKey), byClass, isUnclear: false }];
    }),
  );
}

/** Leaves all children of these names the ties that they have. */
function leaveUnclear(
  unclear: Set<AddressId>,
  named: NamedChildren,
  nameKeys: readonly string[],
): void {
  for (const name of nameKeys) {
    const namesakes = named.get(name);
    if (namesakes === undefined || namesakes.isUnclear) continue;
    namesakes.isUnclear = true;
    for (const { ref } of namesakes.all) addKnown(unclear, ref);
  }
}

/**
 * The children that a line names, each once. One that isn't here, or may be one of several, is
 * refused and the line goes on without; those several keep the ties they have.
 */
function namedBy(
  draft: PlanDraft,
  line: GuardianLine,
  { named, unclear }: { named: NamedChildren; unclear: Set<AddressId> },
): { readonly certain: readonly PersonRef[]; readonly awaits: readonly string[] } {
  const certain: PersonRef[] = [];
  const awaits = new Set<string>();
  for (const child of line.children) {
    const [only, another] = closest(named, child);
    if (only === undefined) refuse(draft.matching, line, 'child-unknown');
    else if (another !== undefined) {
      refuse(draft.matching, line, 'child-ambiguous');
      leaveUnclear(unclear, named, child.nameKeys);
    } else addChild(only.ref, { certain, awaits });
  }
  return { certain, awaits: [...awaits] };
}

function addChild(
  child: Child['ref'],
  { certain, awaits }: { certain: PersonRef[]; awaits: Set<string> },
): void {
  if (child.kind === 'awaited') awaits.add(child.key);
  else if (!certain.some((one) => isSame(one, child))) certain.push(child);
}

/**
 * Of several of one name: who has the source's own key, else who is in the class. Two of them where
 * there are more.
 */
function closest(
  named: NamedChildren,
  { nameKeys, key, classKey }: GuardianLine['children'][number],
): readonly Child[] {
  const groups = nameKeys.flatMap((name) => named.get(name) ?? []);
  const byKey = key === null ? [] : twoOf(groups.map((group) => group.byKey.get(key) ?? []));
  if (byKey.length > 0) return byKey;
  const all = twoOf(groups.map((group) => group.all));
  const inClass =
    classKey === null ? [] : twoOf(groups.map((group) => group.byClass.get(classKey) ?? []));
  return all.length > 1 && inClass.length > 0 ? inClass : all;
}

/** Two at most of these children, each once; none stands twice in one list. */
function twoOf(lists: readonly (readonly Child[])[]): readonly Child[] {
  return [...new Set(lists.flatMap((list) => list.slice(0, 2)))].slice(0, 2);
}

/** Whoever is to be made has no tie that could stay. */
function addKnown(ids: Set<AddressId>, ref: Child['ref']): void {
  const id = ref.kind === 'awaited' ? null : knownId(ref);
  if (id !== null) ids.add(id);
}

function tieKey(child: PersonRef, guardian: PersonRef): string {
  return `${refKey(child)} ${refKey(guardian)}`;
}

interface Tie {
  readonly child: PersonRef;
  readonly guardian: PersonRef;
  readonly tied: Set<string>;
}

function tie(draft: PlanDraft, line: GuardianLine, { child, guardian, tied }: Tie): void {
  const key = tieKey(child, guardian);
  if (tied.has(key)) return;
  tied.add(key);
  // Blocked or not: it is there, and a file changes nothing about that.
  const [childId, guardianId] = [knownId(child), knownId(guardian)];
  const isThere =
    childId !== null &&
    guardianId !== null &&
    draft.matching.index.ties.has(tieOf(childId, guardianId));
  if (isThere) return;
  draft.acts.guardianshipsAdded.push({ child, guardian });
  if (!draft.changing.has(line)) {
    const person = guardianId === null ? undefined : draft.state.people.get(guardianId);
    if (person !== undefined) draft.says.joins.push(personLine(draft, person, line));
    draft.changing.add(line);
  }
}

/**
 * With their last child a guardian leaves too, unless they have a post or, here or in another
 * school of the town, another child.
 */
export function planGuardiansWhoLeave(draft: PlanDraft): void {
  const { state, acts } = draft;
  const going = new Set(acts.leavers.map(({ address }) => address));
  const removed = new Set(
    acts.guardianshipsRemoved.map(({ child, guardian }) => `${child} ${guardian}`),
  );
  const stays = (child: AddressId): boolean => {
    const person = state.people.get(child);
    return person !== undefined && person.account !== null && !person.left && !going.has(child);
  };
  const bound = new Set([
    ...acts.guardianshipsAdded.map(({ guardian }) => knownId(guardian)),
    ...acts.postsBegun.map(({ person }) => knownId(person)),
    ...state.posts.filter((post) => isOn(post, draft.day)).map(({ person }) => person),
    ...state.guardianships
      .filter(({ child, guardian }) => stays(child) && !removed.has(`${child} ${guardian}`))
      .map(({ guardian }) => guardian),
  ]);
  for (const id of new Set(
    state.guardianships.filter(({ child }) => going.has(child)).map(({ guardian }) => guardian),
  )) {
    const person = state.people.get(id);
    if (
      person === undefined ||
      bound.has(id) ||
      person.home !== state.school ||
      person.role !== 'guardian' ||
      person.account === null ||
      person.left ||
      person.placedIn.length > 0
    )
      continue;
    leave(draft, person);
  }
}

/** Ties of children who stay that the file no longer has. */
function part(
  draft: PlanDraft,
  { tied, unclear }: { tied: ReadonlySet<string>; unclear: ReadonlySet<AddressId> },
): void {
  const removed = new Set(
    draft.acts.guardianshipsRemoved.map(({ child, guardian }) => `${child} ${guardian}`),
  );
  for (const { child, guardian, blocked } of draft.state.guardianships) {
    if (blocked || removed.has(`${child} ${guardian}`)) continue;
    if (tied.has(tieKey(known(child), known(guardian)))) continue;
    const [one, other] = [draft.state.people.get(child), draft.state.people.get(guardian)];
    if (
      one === undefined ||
      other === undefined ||
      one.home !== draft.state.school ||
      isKept(draft, other) ||
      unclear.has(child)
    )
      continue;
    draft.acts.guardianshipsRemoved.push({ child, guardian });
    draft.says.parted.push({ child: nameOf(one), guardian: nameOf(other) });
  }
}
