import { type AddressId, type SchoolId, TOWN } from '../ground/ids.ts';
import { dueOf } from '../roster/before-writing.ts';
import { dictates, readsOf } from '../roster/reads.ts';
import { isAway } from '../roster/snapshot.ts';
import { standingOf } from '../roster/standing.ts';
import type { Viewer } from '../rules/viewer.ts';
import type { Directory } from './directory.ts';

/** An address, in the school where its owner is at home. */
interface OwnAddress {
  readonly home: SchoolId;
  readonly addressId: AddressId;
}

/**
 * Who somebody is today, from the roster as it stands now; null when the account is gone, not
 * active, or all its schools have closed.
 */
export function viewerOf(
  directory: Directory,
  { home, addressId }: OwnAddress,
  now: Date,
): Promise<Viewer | null> {
  return viewerSince(directory, { home, addressId, now, since: performance.now() });
}

/** The same from rosters that were looked at since a moment of `performance.now()`. */
export async function viewerSince(
  directory: Directory,
  { home, addressId, now, since }: Asked,
): Promise<Viewer | null> {
  const fresh = { since }; // each school's version is looked at once
  const entries = await directory.byId([addressId], fresh);
  const presentIn = entries.get(addressId)?.presentIn ?? [];
  const rosters = await directory.rosters([home, ...presentIn], fresh);
  const roster = rosters.get(home);
  const person = roster?.people.get(addressId);
  if (!roster || !person) return null;
  const standing = standingOf({ person, home }, [...rosters.values()], now);
  if (standing.state !== 'active') return null;
  const classes = [
    ...standing.pupilOf.values(),
    ...standing.teacherOf.values(),
    ...standing.aideOf.values(),
  ];
  return {
    school: home,
    schoolName: home === TOWN ? '' : roster.school.name,
    timeZone: roster.school.timeZone,
    account: person.account,
    addressId,
    address: person.address,
    role: person.role,
    communes: person.communes,
    displayName: person.displayName,
    givenName: person.givenName,
    face: person.face,
    language: person.language,
    reads: readsOf(person, [...standing.pupilOf.values()]),
    dictates: dictates(person, [...standing.pupilOf.values()]),
    classes: [
      ...new Map(
        classes.map(({ id, name, address, cover }) => [id, { id, name, address, cover }]),
      ).values(),
    ],
    heads: [...standing.posts.values()].includes('head'),
    mailPrograms: person.role !== 'pupil' || roster.school.pupilPrograms,
    away:
      person.absence !== null && isAway(person, now, roster.school.timeZone)
        ? { until: person.absence.until, civility: person.civility }
        : null,
    photos:
      person.role !== 'pupil' ||
      (person.photoAllowed !== false &&
        [...standing.pupilOf.values()].some(({ photosOpen }) => photosOpen)),
    writesAfter: dueOf(person, roster)[0] ?? null,
    restsUntil: person.pausedUntil !== null && person.pausedUntil > now ? person.pausedUntil : null,
  };
}

interface Asked {
  readonly home: SchoolId;
  readonly addressId: AddressId;
  readonly now: Date;
  readonly since: number;
}
