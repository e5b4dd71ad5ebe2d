import type { AccountId } from '../../../core/ground/ids.ts';
import type { WithPeople } from '../../../core/school/people/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { begin, type WritePart } from './write.ts';

/** GET /family/:child/write: a letter to those who teach one's own child. */
export async function writeToTeachers(
  visit: Visit<WritePart & WithPeople<'ownSchooling'>>,
  child: AccountId,
): Promise<Answer> {
  const all = await visit.core.people.ownSchooling(visit.viewer);
  const own = all.find(({ account }) => account === child);
  if (own === undefined || own.teachers.length === 0) return MISSING;
  return begin(visit, { to: own.teachers.map(({ address }) => address) });
}
