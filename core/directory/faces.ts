import { domainOf } from '../ground/address.ts';
import { dayAt } from '../ground/clock.ts';
import { type AddressId, type SchoolId, TOWN } from '../ground/ids.ts';
import type { HeaderAddress as HeaderAddress } from '../letters/message/message.ts';
import { isCurrent, type AddressEntry, type Person, type Roster } from '../roster/snapshot.ts';
import type { Role } from '../rules/facts.ts';
import type { Face, Viewer } from '../rules/viewer.ts';
import { nameForChild } from './child-names.ts';
import type { Directory } from './directory.ts';
import { portraitOf } from './portrait.ts';

/** The colour of who has no class. */
const GREY = 8;

/** How people and lists are shown to one viewer; everybody of a page is looked up at once. */
export interface Faces {
  /** Who sent: by the roster where it is somebody of the town, else by the header. */
  sender(sender: {
    readonly addressId: AddressId | null;
    readonly role: Role;
    readonly from: readonly HeaderAddress[];
  }): Face;
  /**
   * Who is named in To or Cc. A child of a school that isn't the viewer's keeps the name in the
   * header.
   */
  named(address: HeaderAddress): Face;
  /** An address of the town; null for any other. */
  known(address: string): Face | null;
  /** The first names of the children of the viewer's school whose guardian somebody is. */
  familyOf(addressId: AddressId | null): readonly string[];
}

interface AskedFaces {
  readonly addresses: readonly string[];
  readonly ids: readonly AddressId[];
  readonly now: Date;
}

/** Looks up faces for the given addresses and ids; both may be of any school. */
export async function openFaces(
  directory: Directory,
  viewer: Viewer,
  wanted: AskedFaces,
): Promise<Faces> {
  const fresh = { maxAgeMs: FACE_AGE_MS };
  const byAddress = await directory.resolve(
    [...new Set(wanted.addresses.map((address) => address.toLowerCase()))],
    fresh,
  );
  const byId = await directory.byId([...new Set(wanted.ids)], fresh);
  const rosters = await directory.rosters(
    [viewer.school, ...[...byAddress.values(), ...byId.values()].map(({ school }) => school)],
    fresh,
  );
  const home = rosters.get(viewer.school);
  const faceOf = (entry: AddressEntry): Face | null =>
    faceOfEntry(entry, rosters, {
      viewer,
      roster: home,
      now: wanted.now,
    });
  const known = (address: string): Face | null => {
    const entry = byAddress.get(address.toLowerCase());
    return entry ? faceOf(entry) : null;
  };
  return {
    known,
    familyOf: (addressId) =>
      (addressId === null ? [] : (home?.childrenOf.get(addressId) ?? [])).flatMap(
        (child) => home?.people.get(child)?.givenName ?? [],
      ),
    sender({ addressId, role, from }) {
      const entry = addressId === null ? undefined : byId.get(addressId);
      return (
        (entry && faceOf(entry)) ?? strangerFace(from[0], role === 'system' ? 'system' : 'outside')
      );
    },
    named(header) {
      const entry = byAddress.get(header.address.toLowerCase());
      const face = entry ? faceOf(entry) : null;
      const isNear = entry && (entry.school === viewer.school || face?.kind !== 'child');
      return (isNear ? face : null) ?? strangerFace(header, 'outside');
    },
  };
}

/** A name may be a second old. */
const FACE_AGE_MS = 1_000;

function faceOfEntry(
  entry: AddressEntry,
  rosters: ReadonlyMap<SchoolId, Roster>,
  shown: Shown,
): Face | null {
  const roster = rosters.get(entry.school);
  if (!roster) return null;
  if (entry.kind !== 'account') return listFace(entry, roster);
  const person = roster.people.get(entry.id);
  return person ? personFace(person, roster, shown) : null;
}

/** To whom, and when, a person is shown; `roster` is that of the reader's own school. */
interface Shown {
  readonly viewer: Pick<Viewer, 'role' | 'addressId'>;
  readonly roster: Roster | undefined;
  readonly now: Date;
}

/**
 * A person, with the colour of their first class of today. Children know people by names of their
 * own.
 */
export function personFace(person: Person, roster: Roster, shown: Shown): Face {
  const { viewer, now } = shown;
  const day = dayAt(now, roster.school.timeZone);
  const name =
    viewer.role === 'pupil'
      ? nameForChild(person, roster, {
          addressId: viewer.addressId,
          roster: shown.roster ?? roster,
          now,
        })
      : person.displayName;
  const membership = roster.membershipsOf.get(person.addressId)?.find((one) => isCurrent(one, day));
  const cover = (membership && roster.classes.get(membership.classId)?.cover) ?? GREY;
  return {
    kind: person.role === 'pupil' ? 'child' : 'adult',
    name,
    address: person.address,
    // Beside « Maman » the letters of another name would be a riddle.
    face: name === person.displayName || person.role !== 'guardian' ? person.face : initials(name),
    cover,
    ...(person.role === 'pupil'
      ? {}
      : { portrait: portraitOf(person, { called: name, roster, day }) }),
  };
}

/**
 * A list: its class's name and colour, or its school's. The page has the word for what kind of list
 * it is, by its address.
 */
export function listFace(entry: AddressEntry, roster: Roster): Face {
  const schoolClass = [...roster.classes.values()].find(
    ({ id }) => id === entry.target && (entry.kind === 'class' || entry.kind === 'class-families'),
  );
  const name = schoolClass?.name ?? (entry.school === TOWN ? entry.address : roster.school.name);
  return {
    kind: 'list',
    name,
    address: entry.address,
    face: entry.kind,
    cover: schoolClass?.cover ?? GREY,
  };
}

function strangerFace(header: HeaderAddress | undefined, kind: 'outside' | 'system'): Face {
  const address = withoutLookAlikes(header?.address ?? '');
  const name = header?.name || address;
  return { kind, name, address, face: initials(name), cover: GREY };
}

/** A domain in letters that only look like ours shows as what it is (Punycode, RFC 3492). */
function withoutLookAlikes(address: string): string {
  const at = address.lastIndexOf('@');
  const isPlain = at < 0 || /^[\x20-\x7e]*$/.test(address.slice(at + 1));
  return isPlain ? address : `${address.slice(0, at)}@${domainOf(address)}`;
}

function initials(name: string): string {
  return name
    .split(/[\s.@_-]+/u)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
}
