import { membersNow, ownClass } from '../../directory/own-classes.ts';
import type { ClassId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { lastClassLetter } from '../../store/mail/class-letters.ts';
import type { ClassLetter } from './contract.ts';
import type { TeachingParts } from './parts.ts';

/**
 * What the viewer last wrote to a class of theirs, and which of its children of today have not
 * opened it.
 */
export async function classLetter(
  parts: TeachingParts,
  viewer: Viewer,
  classId: ClassId,
): Promise<ClassLetter | null> {
  const own = await ownClass(parts, viewer, classId);
  if (!own) return null;
  const { school, schoolClass } = own;
  const children = (await membersNow(parts, own))
    .filter(({ home }) => home === school)
    .map(({ person }) => person);
  const letter = await parts.store.read(school, (tx) =>
    lastClassLetter(tx, {
      sender: viewer.addressId,
      list: schoolClass.address,
      accounts: children.map(({ account }) => account),
    }),
  );
  if (letter === null || letter.gotIt.length === 0) return null;
  const unread = children.filter(
    ({ account }) => letter.gotIt.includes(account) && !letter.readIt.includes(account),
  );
  return {
    subject: letter.subject,
    at: letter.at,
    pupils: letter.gotIt.length,
    unread: unread.map(({ displayName, address, face }) => ({
      kind: 'child',
      name: displayName,
      address,
      face,
      cover: schoolClass.cover,
    })),
  };
}
