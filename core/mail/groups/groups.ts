import { classesOf, byName, type Member } from '../../directory/own-classes.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { Person } from '../../roster/snapshot.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import {
  copiesColleagues,
  deleteOwnGroup,
  insertOwnGroup,
  ownGroupsOf,
  saveCopiesColleagues,
  updateOwnGroup,
  type OwnGroupRow,
} from '../../store/people/own-groups.ts';
import type {
  Colleagues,
  GroupClass,
  GroupSaved,
  GroupWish,
  OwnGroup,
  OwnGroups,
} from './contract.ts';
import { colleaguesOf, groupsToday, taughtClasses } from './members-today.ts';
import { COLLEAGUES, groupAddress } from './own-addresses.ts';
import { MOST_GROUPS, MOST_PUPILS, type GroupParts } from './parts.ts';

/** Signs of a name that fits on a chip. */
const MOST_SIGNS = 40;
/** The grey of who has no class. */
const GREY = 8;

/** Groups of pupils that a teacher makes for themselves, and who else teaches their classes. */
export function openGroups(parts: GroupParts): OwnGroups {
  return {
    list: (viewer) => list(parts, viewer),
    classes: (viewer) => classes(parts, viewer),
    save: (viewer, wish) => save(parts, viewer, wish),
    remove: (viewer, id) =>
      parts.store.write(viewer.school, (tx) => deleteOwnGroup(tx, viewer.account, id)),
    colleagues: (viewer) => colleagues(parts, viewer),
    setCopied: (viewer, copied) =>
      parts.store.write(viewer.school, (tx) =>
        saveCopiesColleagues(tx, viewer.account, { copied }),
      ),
  };
}

async function list(parts: GroupParts, viewer: Viewer): Promise<readonly OwnGroup[]> {
  const rows = await parts.store.read(viewer.school, (tx) =>
    ownGroupsOf(tx, viewer.account, MOST_GROUPS),
  );
  const today = await groupsToday(parts, viewer, rows);
  return today.map(({ id, name, whom, members, classes: own, people }) => ({
    id,
    name,
    whom,
    address: groupAddress(id),
    pupils: members.toSorted(byName).map((one) => childFace(one, own[0]?.schoolClass.cover)),
    count: people.length,
  }));
}

async function classes(parts: GroupParts, viewer: Viewer): Promise<readonly GroupClass[]> {
  const own = await taughtClasses(parts, viewer);
  return own.map(({ schoolClass: { id, name, cover }, pupils }) => ({
    id,
    name,
    cover,
    pupils: pupils.map((one) => childFace(one, cover)),
  }));
}

const childFace = ({ person }: Member, cover = GREY): Face => faceOf(person, 'child', cover);

const faceOf = (
  { displayName: name, address, face }: Person,
  kind: 'child' | 'adult',
  cover: number,
): Face => ({ kind, name, address, face, cover });

async function save(parts: GroupParts, viewer: Viewer, wish: GroupWish): Promise<GroupSaved> {
  const own = await parts.store.read(viewer.school, (tx) =>
    ownGroupsOf(tx, viewer.account, MOST_GROUPS),
  );
  if (wish.id !== null && !own.some(({ id }) => id === wish.id)) return { kind: 'missing' };
  const name = wish.name.normalize('NFC').trim().replace(/\s+/gu, ' ');
  if (name === '' || [...name].length > MOST_SIGNS || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(name))
    return { kind: 'no-name' };
  const wanted = new Set(wish.pupils);
  const pupils = (await taughtClasses(parts, viewer)).flatMap((one) =>
    one.pupils.flatMap(({ person }): AddressId[] =>
      wanted.has(person.address) ? [person.addressId] : [],
    ),
  );
  const group = { name, whom: wish.whom, pupils: [...new Set(pupils)] };
  if (group.pupils.length === 0) return { kind: 'nobody' };
  if (group.pupils.length > MOST_PUPILS) return { kind: 'too-many-pupils' };
  return write(parts, viewer, { id: wish.id, ...group });
}

type Writing = Omit<OwnGroupRow, 'id'> & Pick<GroupWish, 'id'>;

function write(
  { store }: GroupParts,
  viewer: Viewer,
  { id, ...group }: Writing,
): Promise<GroupSaved> {
  return store.write(viewer.school, async (tx): Promise<GroupSaved> => {
    const before = await ownGroupsOf(tx, viewer.account, MOST_GROUPS);
    const isTaken = before.some(
      (one) => one.id !== id && one.name.toLowerCase() === group.name.toLowerCase(),
    );
    if (isTaken) return { kind: 'name-taken' };
    if (id !== null)
      return (await updateOwnGroup(tx, viewer.account, { id, ...group }))
        ? { kind: 'saved', id }
        : { kind: 'missing' };
    if (before.length >= MOST_GROUPS) return { kind: 'too-many-groups' };
    return { kind: 'saved', id: await insertOwnGroup(tx, viewer.account, group) };
  });
}

async function colleagues(parts: GroupParts, viewer: Viewer): Promise<Colleagues> {
  const own = (await classesOf(parts, viewer)).filter(({ teaches }) => teaches);
  const people = await colleaguesOf(parts, viewer, own);
  const shared = own.flatMap(({ schoolClass: { id, name, cover } }) => {
    const others = people.get(id) ?? [];
    return others.length === 0
      ? []
      : [{ name, people: others.map((one) => faceOf(one, 'adult', cover)) }];
  });
  const copied =
    shared.length > 0 &&
    (await parts.store.read(viewer.school, (tx) => copiesColleagues(tx, viewer.account)));
  return { address: COLLEAGUES, copied, classes: shared };
}
