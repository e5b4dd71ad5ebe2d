import { classesOf } from '../../directory/own-classes.ts';
import type { ClassId } from '../../ground/ids.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { ownGroupsOf } from '../../store/people/own-groups.ts';
import { colleaguesOf, groupsToday, type GroupToday } from '../groups/members-today.ts';
import { COLLEAGUES, groupAddress, groupIn, isOwnAddress } from '../groups/own-addresses.ts';
import { MOST_GROUPS } from '../groups/parts.ts';
import type { Reachable, Writing } from './contract.ts';
import type { ReachParts } from './parts.ts';

/** The grey of who has no class. */
const GREY = 8;
/** Of the people of a group, those whom the rules let the viewer write to today. */
export type AllowedAddresses = (addresses: readonly string[]) => Promise<ReadonlySet<string>>;

/** The viewer's own groups as they are offered, each with how many people it stands for today. */
export async function ownGroupsInReach(
  parts: ReachParts,
  viewer: Viewer,
  allowed: AllowedAddresses,
): Promise<readonly Reachable[]> {
  const groups = await groupsOf(parts, viewer);
  if (groups.length === 0) return [];
  const all = groups.flatMap(({ people }) => people.map(({ address }) => address));
  const may = await allowed([...new Set(all)]);
  return groups.map(({ id, name, classes, people }) => ({
    kind: 'list',
    name,
    address: groupAddress(id),
    face: 'own-group',
    cover: classes[0]?.schoolClass.cover ?? GREY,
    group: 'own-groups',
    listKind: 'own-group',
    count: people.filter(({ address }) => may.has(address)).length,
    classes: [...new Set(classes.map(({ schoolClass }) => schoolClass.name))],
    title: 'own-group',
  }));
}

async function groupsOf(parts: ReachParts, viewer: Viewer): Promise<readonly GroupToday[]> {
  if (viewer.role === 'pupil' || viewer.role === 'guardian') return [];
  const rows = await parts.store.read(viewer.school, (tx) =>
    ownGroupsOf(tx, viewer.account, MOST_GROUPS),
  );
  return groupsToday(parts, viewer, rows);
}

/** To whom a letter goes, with people in the place of what means something to its writer alone. */
export interface SpelledOut {
  readonly kind: 'spelled-out';
  /** What its header names: a group's people aren't shown to one another. */
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** Everybody it is handed over for. */
  readonly recipients: readonly string[];
  readonly hidesSome: boolean;
}

/**
 * Puts today's people in the place of groups and of « the other teachers ». A group that its writer
 * has removed is refused: what was meant by it nobody knows.
 */
export async function spelledOut(
  { parts, viewer }: RoomVisit<ReachParts>,
  { to, cc }: Pick<Writing, 'to' | 'cc'>,
  allowed: AllowedAddresses,
): Promise<SpelledOut | Extract<Outcome, { kind: 'denied' }>> {
  const named = { to: to.filter(isNamed), cc: cc.filter(isNamed) };
  const own = [...new Set([...to, ...cc])].filter(isOwnAddress);
  if (own.length === 0) return { ...withEach(named.to, named.cc, []), hidesSome: false };
  const groups = await groupsOf(parts, viewer);
  const wanted = own
    .filter((address) => address !== COLLEAGUES)
    .map((address) => ({
      address,
      group: groups.find(({ id }) => id === groupIn(address)),
    }));
  const gone = wanted.filter(({ group }) => group === undefined);
  if (gone.length > 0)
    return {
      kind: 'denied',
      refusals: gone.map(({ address }) => ({ address, rule: 'no-such-address', words: {} })),
    };
  const chosen = wanted.flatMap(({ group }) => group ?? []);
  const people = chosen.flatMap((one) => one.people.map(({ address }) => address));
  const others = own.includes(COLLEAGUES)
    ? await otherTeachers(parts, viewer, { named: [...named.to, ...named.cc], groups: chosen })
    : [];
  const may = await allowed([...new Set([...people, ...others])]);
  const hidden = people.filter((address) => may.has(address));
  const copies = others.filter((address) => may.has(address) && !named.to.includes(address));
  return { ...withEach(named.to, [...named.cc, ...copies], hidden), hidesSome: hidden.length > 0 };
}

const isNamed = (address: string): boolean => !isOwnAddress(address);

function withEach(
  to: readonly string[],
  cc: readonly string[],
  hidden: readonly string[],
): Omit<SpelledOut, 'hidesSome'> {
  return {
    kind: 'spelled-out',
    to,
    cc: [...new Set(cc)],
    recipients: [...new Set([...to, ...cc, ...hidden])],
  };
}

/**
 * The other teachers of the classes whose families, or of whose pupils a group, are written to. A
 * letter to the class itself reaches them anyway: they are in its list.
 */
async function otherTeachers(
  parts: ReachParts,
  viewer: Viewer,
  { named, groups }: { readonly named: readonly string[]; readonly groups: readonly GroupToday[] },
): Promise<string[]> {
  const entries = [...(await parts.directory.resolve(named, { maxAgeMs: 0 })).values()];
  const listed = (kind: 'class' | 'class-families'): Set<ClassId> =>
    new Set(entries.flatMap((one) => (one.kind === kind ? (one.target ?? []) : [])));
  const families = listed('class-families');
  const whole = listed('class');
  const ofGroups = new Set(
    groups.flatMap(({ classes }) => classes.map(({ schoolClass }) => schoolClass.id)),
  );
  const own = (await classesOf(parts, viewer)).filter(
    ({ teaches, schoolClass: { id } }) =>
      teaches && !whole.has(id) && (families.has(id) || ofGroups.has(id)),
  );
  const people = await colleaguesOf(parts, viewer, own);
  return [...new Set([...people.values()].flat().map(({ address }) => address))];
}
