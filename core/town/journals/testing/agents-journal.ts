import { TOWN } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { JournalAsked, JournalEntry, WithJournals } from '../contract.ts';

/** Whatever anybody did. */
export const EVERYTHING: JournalAsked = {
  who: '',
  whom: '',
  kind: null,
  from: null,
  until: null,
  school: null,
};

/** The newest acts of agents, as one of them sees them, their own looking left out. */
export async function agentsJournal(
  core: WithJournals<'search'>,
  viewer: Viewer,
): Promise<readonly JournalEntry[] | null> {
  const page = await core.journals.search(viewer, { ...EVERYTHING, school: TOWN }, null);
  return page && page.entries.filter(({ act }) => act !== 'read-journals');
}
