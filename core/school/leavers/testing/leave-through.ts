import type { AccountId, SchoolId } from '../../../ground/ids.ts';
import { eraseLeaver, leaverDue, type LeaverParts } from '../leaver-due.ts';

/** Looks at a leave that is due as the queue does, and erases by night who is then to be. */
export async function leaveThrough(parts: LeaverParts, school: SchoolId, account: AccountId) {
  const saw = await leaverDue(parts, school, account);
  return saw === 'to-erase' ? eraseLeaver(parts, school, account) : saw;
}
