import type {
  AdultDoubt,
  Choice,
  GuardianDoubt,
  Mark,
  Marks,
  PupilDoubt,
  Remainder,
} from '../doubts.ts';
import type { GuardianLine, IdentityKey, Line, PupilLine } from '../matching/identity.ts';
import { classNameOf, lineKey, type Asked } from '../matching/match.ts';
import type { Plan } from '../preview.ts';
import { known, type ClassRef, type PersonRef } from '../ref.ts';
import { animalFor, nameOf, type Draft } from './draft.ts';
import type { KnownPerson, SchoolState } from './state.ts';

/** A line of a guardian as far as planning came with it. */
export type GuardianWait = Omit<GuardianDoubt, 'key' | 'choices'>;

/** The animals that the children in doubt would have got, by key. */
export function facesOf(
  draft: Draft,
  { pupils }: Remainder,
  classOf: (name: string) => ClassRef | null,
): Plan['faces'] {
  return new Map(
    pupils.map(({ key, line }) => [
      key,
      animalFor(draft, line, line.className === null ? null : classOf(line.className)),
    ]),
  );
}

/** What planning leaves open. */
export function remainderOf(
  draft: Draft,
  {
    also,
    waits,
    refs,
  }: {
    readonly also: ReadonlyMap<PupilLine, readonly PupilLine[]>;
    readonly waits: readonly GuardianWait[];
    /** Who the lines of guardians turned out to be. */
    readonly refs: ReadonlyMap<Line, PersonRef>;
  },
): Remainder {
  const asked = new Map<Line, Asked>(draft.matching.asked.map((one) => [one.line, one]));
  const choices = (one: Asked): readonly Choice[] => choicesOf(draft, one, { refs, waits });
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

function doubt<L extends Line>(line: L, choices: readonly Choice[]) {
  return { key: lineKey(line), line, choices };
}

/** Two lines are never one child, nor one teacher: whom a line has, no other may mean. */
export function untaken<D extends { readonly choices: readonly Choice[] }>(
  { matching }: Draft,
  doubt: D,
): D {
  const choices = doubt.choices.filter(({ who }) => {
    const id = who.kind === 'known' ? who.id : null;
    return id === null || (matching.claimed.get(id) ?? null) === null;
  });
  return { ...doubt, choices };
}

interface Around {
  readonly refs: ReadonlyMap<Line, PersonRef>;
  readonly waits: readonly GuardianWait[];
}

export function choicesOf(
  draft: Draft,
  { line, people, lines }: Asked,
  { refs, waits }: Around,
): readonly Choice[] {
  const key = lineKey(line);
  const parents = waits.filter(({ awaits }) => awaits.includes(key)).map((wait) => wait.line);
  const known = people.map((person) => knownChoice(draft, line, { person, parents }));
  const earlier = lines.map((one): Omit<Choice, 'id'> => ({
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
  { state, matching }: Draft,
  line: Line,
  { person, parents }: { person: KnownPerson; parents: readonly GuardianLine[] },
): Omit<Choice, 'id'> {
  const family = familyOf(state, person);
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
      person.role === 'pupil' ? parentsMark(state, parents, family) : null,
    ),
  };
}

function familyOf(state: SchoolState, person: KnownPerson): readonly KnownPerson[] {
  const ids = state.guardianships.flatMap(({ child, guardian }) => {
    if (child === person.addressId) return [guardian];
    return guardian === person.addressId ? [child] : [];
  });
  return [...new Set(ids)].flatMap((id) => state.people.get(id) ?? []);
}

function homeOf({ home }: Line): readonly IdentityKey[] {
  return home === null ? [] : [home];
}

function marksOf(line: Line, theirs: ReadonlySet<IdentityKey>, parents: Mark): Marks {
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
  state: SchoolState,
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
  return ours.some((key) => theirs.includes(key)) ? 'same' : 'other';
}
