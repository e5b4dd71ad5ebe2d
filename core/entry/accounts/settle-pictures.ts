import { setImmediate as breathe } from 'node:timers/promises';
import { membersNow, type Member, type OwnClass } from '../../directory/own-classes.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AccountId, ClassId, SchoolId } from '../../ground/ids.ts';
import { dropDueRow } from '../../store/due.ts';
import { voidPictures } from '../../store/people/codes.ts';
import type { CodeParts } from '../codes/code-parts.ts';
import { keptHashes } from '../codes/new-pictures.ts';
import { picturesBehind } from '../codes/picture-code.ts';
import { ownerOf } from '../codes/sheets.ts';
import { alertTeachers } from './alert-teachers.ts';

/**
 * Somebody has come into a class: pictures that a classmate has already are theirs no longer, and
 * the teachers are told to make new ones, two clicks away. Whoever was there first keeps theirs;
 * pictures that nobody shares stay. Gives how many ended. Idempotent.
 */
export async function settlePictures(
  parts: CodeParts,
  school: SchoolId,
  classId: ClassId,
): Promise<number> {
  const { store, directory, clock } = parts;
  const now = clock();
  const roster = (await directory.rosters([school], { maxAgeMs: 0 })).get(school);
  const schoolClass = roster?.classes.get(classId);
  const isOver =
    !roster ||
    !schoolClass ||
    (schoolClass.endsOn !== null && schoolClass.endsOn < dayAt(now, roster.school.timeZone));
  const clashing = isOver ? [] : await clashes(parts, { roster, schoolClass });
  for (const {
    member: { home, person },
    hash,
  } of clashing) {
    // Told first: told twice is better than not told.
    if (roster && schoolClass)
      await alertTeachers(parts, {
        roster,
        schoolClass,
        about: { kind: 'clash', name: person.displayName },
      });
    await store.write(home, (tx) => voidPictures(tx, person.account, hash));
  }
  await store.write(school, (tx) => dropDueRow(tx, { kind: 'pictures', row: classId, upTo: now }));
  return clashing.length;
}

/**
 * Hashes don't show who has the same pictures; with the key each of the few codes can be tried,
 * child by child.
 */
async function clashes(
  { store, secret, directory, clock }: CodeParts,
  own: Pick<OwnClass, 'roster' | 'schoolClass'>,
): Promise<{ readonly member: Member; readonly hash: Buffer }[]> {
  const members = await membersNow({ directory, clock }, own);
  const hashes = await store.readTown((tx) => keptHashes(tx, members.map(ownerOf)));
  const taken = new Map<string, AccountId>();
  const found: { readonly member: Member; readonly hash: Buffer }[] = [];
  for (const member of inOrderOfArrival(members, own)) {
    const hash = hashes.get(member.person.account);
    const pictures = hash === undefined ? null : picturesBehind(secret, ownerOf(member), hash);
    await breathe();
    if (hash === undefined || pictures === null) continue;
    if (taken.has(pictures.join())) found.push({ member, hash });
    else taken.set(pictures.join(), member.person.account);
  }
  return found;
}

function inOrderOfArrival(
  members: readonly Member[],
  { roster, schoolClass }: Pick<OwnClass, 'roster' | 'schoolClass'>,
): Member[] {
  const since = new Map(
    (roster.membersOf.get(schoolClass.id) ?? []).map(({ person, from }) => [person, from]),
  );
  const rank = ({ person }: Member): string =>
    `${since.get(person.addressId) ?? ''} ${String(person.account).padStart(12, '0')}`;
  return [...members].sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}
