/** Who the people of a made-up town are, and where: what the second opinion looks at. */
import type { List, OraclePerson, PersonRole, OracleClass, OracleTown } from './town.ts';

export type Party =
  | { readonly kind: 'person'; readonly person: OraclePerson }
  | {
      readonly kind: 'outside';
      readonly id: number;
      readonly authentication: 'pass' | 'none' | 'fail';
    }
  | { readonly kind: 'list'; readonly list: List }
  | { readonly kind: 'service' };

export interface OracleLetter {
  readonly town: OracleTown;
  readonly from: Party;
  readonly to: Party;
  readonly through: List['kind'] | null;
  readonly content: {
    readonly malware: boolean;
    readonly unscannable: boolean;
    readonly attachments: 'everyday' | 'other' | 'dangerous';
    readonly forbiddenLink: boolean;
    readonly doubtfulWords: boolean;
    readonly photograph: boolean;
  };
  readonly lifted: readonly string[];
}

export type Pair = Pick<OracleLetter, 'town' | 'from' | 'to' | 'through'>;
export type PartyTest = (party: Party, letter: Pair) => boolean;

// Who somebody is
export const roleOf = (party: Party): PersonRole | null =>
  party.kind === 'person' ? party.person.role : null;
export const are =
  (...roles: readonly PersonRole[]): PartyTest =>
  (party) =>
    roles.some((role) => role === roleOf(party));
export const pupil = are('pupil');
export const adult = are('teacher', 'head', 'staff');
export const anyAccount: PartyTest = (party) => party.kind === 'person';
export const outside: PartyTest = (party) => party.kind === 'outside';
export function idOf(party: Party): number {
  if (party.kind === 'person') return party.person.id;
  return party.kind === 'outside' ? party.id : -1;
}
export const listOf = (party: Party): List | null => (party.kind === 'list' ? party.list : null);
export const isList = (party: Party, ...kinds: readonly List['kind'][]): boolean =>
  kinds.some((kind) => kind === listOf(party)?.kind);

// Where they are
export const currentClasses = (town: OracleTown): readonly OracleClass[] =>
  town.classes.filter((one) => one.current);
export const pupilsClasses = (town: OracleTown, id: number): readonly OracleClass[] =>
  currentClasses(town).filter((one) => one.pupils.has(id));
export const childrenOf = (town: OracleTown, id: number): readonly number[] =>
  town.guardianships.filter((one) => one.guardian === id && !one.blocked).map((one) => one.child);

/**
 * Asked for the same people over and over; a town never changes, so each answer is kept beside its
 * person.
 */
const known = new WeakMap<OraclePerson, ReadonlySet<number>>();

export function schoolsOf(town: OracleTown, person: OraclePerson): ReadonlySet<number> {
  const schools =
    known.get(person) ??
    new Set(person.role === 'guardian' ? viaChildren(town, person) : workOrSchool(town, person));
  known.set(person, schools);
  return schools;
}

function workOrSchool(
  town: OracleTown,
  { id, role, home, posts }: OraclePerson,
): readonly number[] {
  const classes = currentClasses(town).filter(
    (one) => one.pupils.has(id) || one.teachers.has(id) || one.aides.has(id),
  );
  // A guardian's mail lives somewhere, but they belong where a child of theirs does: once blocked,
  // nowhere.
  const own = role === 'guardian' || home === null ? [] : [home];
  return [...own, ...posts, ...classes.map((one) => one.school)];
}

function viaChildren(town: OracleTown, { id }: OraclePerson): readonly number[] {
  const children = childrenOf(town, id);
  return town.people
    .filter((person) => children.includes(person.id))
    .flatMap((child) => workOrSchool(town, child));
}

/** Of a person those where they belong, of a list its own; the town's lists are of none. */
function placesOf(town: OracleTown, party: Party): readonly number[] {
  if (party.kind === 'person') return [...schoolsOf(town, party.person)];
  const list = listOf(party);
  if (list === null) return [];
  if ('school' in list) return [list.school];
  return town.classes
    .filter((one) => 'classId' in list && one.id === list.classId)
    .map((one) => one.school);
}

export function oneSchool({ town, from, to }: Pair): boolean {
  if (from.kind !== 'person') return false;
  const mine = schoolsOf(town, from.person);
  return (
    isList(to, 'town', 'support', 'postmaster') || placesOf(town, to).some((one) => mine.has(one))
  );
}

/** Whether an agent may be asked by somebody, and may write to them, or to a list. */
export function isTheirs(town: OracleTown, agent: Party, other: Party): boolean {
  if (agent.kind !== 'person' || agent.person.role !== 'agent') return false;
  const { communes } = agent.person;
  if (communes === null || roleOf(other) === 'agent') return true;
  return placesOf(town, other).some((id) => communes.includes(town.schools[id]?.commune ?? -1));
}
