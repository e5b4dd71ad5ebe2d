import type {
  AdultDoubt,
  DoubtChoice,
  GuardianDoubt,
  Mark,
  Marks,
  PupilDoubt,
  Remainder,
} from '../doubts.ts';
import type { GuardianLine, IdentityKey, RosterLine, PupilLine } from '../matching/identity.ts';
import { classNameOf, lineKey, type AmbiguousLine, type MatchingState } from '../matching/match.ts';
import type { KnownPerson } from '../matching/state.ts';
import type { RosterPlan } from '../preview.ts';
import { known, type ClassRef, type PersonRef } from '../ref.ts';
import { animalFor, nameOf, type PlanDraft } from './draft.ts';

/** A line of a guardian as far as planning came with it. */
export type GuardianWait = Omit<GuardianDoubt, 'key' | 'choices'>;

/** The animals that the children in doubt would have got, by key. */
export function facesOf(
  draft: PlanDraft,
  { pupils }: Remainder,
  classOf: (name: string) => ClassRef | null,
): RosterPlan['faces'] {
  return new Map(
    pupils.map(({ key, line }) => [
      key,
      animalFor(draft, line, line.className === null ? null : classOf(line.className)),
    ]),
  );
}

/** What the lines of a file turned out to be. */
interface MatchedLines {
  readonly also: ReadonlyMap<PupilLine, readonly PupilLine[]>;
  readonly waits: readonly GuardianWait[];
  /** Who the lines of guardians turned out to be. */
  readonly refs: ReadonlyMap<RosterLine, PersonRef>;
}

/** What planning leaves open. */
export function remainderOf(draft: PlanDraft, { also, waits, refs }: MatchedLines): Remainder {
  const asked = new Map<RosterLine, AmbiguousLine>(
    draft.matching.asked.map((one) => [one.line, one]),
  );
  const sources = { refs, parentsOf: parentsIn(waits) };
  const choices = (one: AmbiguousLine): readonly DoubtChoice[] => choicesOf(draft, one, sources);
  return {
    pupils: [...asked.values()].flatMap((one): PupilDoubt[] =>
      one.line.kind === 'pupil'
        ? [untaken(draft, { ...doubt(one.line, choices(one)), also: also.get(one.line) ?? [] })]
        : [],
    ),
    adults: [...asked.values()].flatMap((one): AdultDoubt[] =>
      one.line.kind === 'adult' ? [untaken(draft, doubt(one.line, choices(one)))] : [],
    ),
    guardians: waits.map((wait): GuardianDoubt => {
      const question = asked.get(wait.line);
      return {
        ...wait,
        key: lineKey(wait.line),
        choices: question === undefined ? null : choices(question),
      };
    }),
  };
}

function doubt<L extends RosterLine>(line: L, choices: readonly DoubtChoice[]) {
  return { key: lineKey(line), line, choices };
}

/** Two lines are never one child, nor one teacher: whom a line has, no other may mean. */
export function untaken<D extends { readonly choices: readonly DoubtChoice[] }>(
  { matching }: PlanDraft,
  doubt: D,
): D {
  const choices = doubt.choices.filter(({ who }) => {
    const id = who.kind === 'known' ? who.id : null;
    return id === null || (matching.claimed.get(id) ?? null) === null;
  });
  return { ...doubt, choices };
}

interface ChoiceSources {
  readonly refs: ReadonlyMap<RosterLine, PersonRef>;
  /** The lines of guardians that name a child in doubt, by the key of the child's line. */
  readonly parentsOf: ReadonlyMap<string, readonly GuardianLine[]>;
}

/** `parentsOf` of what waits. */
export function parentsIn(
  waits: readonly Pick<GuardianWait, 'line' | 'awaits'>[],
): ChoiceSources['parentsOf'] {
  const named = waits.flatMap(({ line, awaits }) => awaits.map((key) => ({ key, line })));
  const byKey = Map.groupBy(named, ({ key }) => key);
  return new Map([...byKey].map(([key, all]) => [key, all.map(({ line }) => line)]));
}

export function choicesOf(
  draft: PlanDraft,
  { line, people, lines }: AmbiguousLine,
  { refs, parentsOf }: ChoiceSources,
): readonly DoubtChoice[] {
  const parents = parentsOf.get(lineKey(line)) ?? [];
  const known = people.map((person) => knownChoice(draft, line, { person, parents }));
  const earlier = lines.map((one): Omit<DoubtChoice, 'id'> => ({
    who: refs.get(one) ?? { kind: 'line', key: lineKey(one) },
    name: `${one.givenName} ${one.familyName}`,
    className: null,
    address: null,
    here: true,
    family: [],
    sameAs: { key: lineKey(one), at: one.at },
    marks: marksOf(line, new Set([...one.keys, ...homeOf(one)]), null),
  }));
  return [...known, ...earlier].map((choice, id) => ({ id, ...choice }));
}

function knownChoice(
  { state, matching }: PlanDraft,
  line: RosterLine,
  { person, parents }: { person: KnownPerson; parents: readonly GuardianLine[] },
): Omit<DoubtChoice, 'id'> {
  const family = familyOf(matching, person);
  const holder = matching.claimed.get(person.addressId) ?? null;
  return {
    who: known(person.addressId),
    name: nameOf(person),
    className: classNameOf(matching, person),
    address: person.address,
    here: person.home === state.school,
    family: family.map(nameOf),
    sameAs: holder === null ? null : { key: lineKey(holder), at: holder.at },
    marks: marksOf(
      line,
      state.keysOf.get(person.addressId) ?? new Set(),
      person.role === 'pupil' ? parentsMark(matching, parents, family) : null,
    ),
  };
}

/** So many of a family tell two people apart; a school's mistake may give a child thousands. */
const MOST_FAMILY = 50;

function familyOf(
  { state, index }: MatchingState,
  { addressId }: KnownPerson,
): readonly KnownPerson[] {
  const guardians = index.tiesOfChild.get(addressId)?.slice(0, MOST_FAMILY) ?? [];
  const children = index.tiesOfGuardian.get(addressId)?.slice(0, MOST_FAMILY) ?? [];
  const ids = [...guardians.map(({ guardian }) => guardian), ...children.map(({ child }) => child)];
  return [...new Set(ids)].flatMap((id) => state.people.get(id) ?? []);
}

function homeOf({ home }: RosterLine): readonly IdentityKey[] {
  return home === null ? [] : [home];
}

function marksOf(line: RosterLine, theirs: ReadonlySet<IdentityKey>, parents: Mark): Marks {
  const ours = [...line.keys, ...homeOf(line)];
  const mark = (kind: string): Mark => compared(ofKind(ours, kind), ofKind([...theirs], kind));
  return {
    mail: mark('mail'),
    phone: mark('phone'),
    home: mark('home'),
    born: mark('born'),
    parents,
  };
}

/** By mail address or telephone, the parents of the line against those of the child. */
function parentsMark(
  { state }: MatchingState,
  lines: readonly GuardianLine[],
  family: readonly KnownPerson[],
): Mark {
  const reach = (keys: readonly IdentityKey[]) => [
    ...ofKind(keys, 'mail'),
    ...ofKind(keys, 'phone'),
  ];
  return compared(
    reach(lines.flatMap(({ keys }) => keys)),
    reach(family.flatMap(({ addressId }) => [...(state.keysOf.get(addressId) ?? [])])),
  );
}

function ofKind(keys: readonly IdentityKey[], kind: string): readonly IdentityKey[] {
  return keys.filter((key) => key.startsWith(`${kind}:`));
}

function compared(ours: readonly IdentityKey[], theirs: readonly IdentityKey[]): Mark {
  if (ours.length === 0 || theirs.length === 0) return null;
  const known = new Set(theirs);
  return ours.some((key) => known.has(key)) ? 'same' : 'other';
}
