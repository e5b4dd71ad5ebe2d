import type { Directory } from '../../directory/directory.ts';
import { TOWN } from '../../ground/ids.ts';
import type { Notices } from '../../mail/delivery/telling/notice.ts';
import { SERVICE_LETTERS } from '../../mail/delivery/telling/service-letters.ts';

/**
 * A notice to each agent of the town, in their inbox: somebody guesses passwords. It names nobody.
 */
export async function tellAgentsOfGuessing({
  directory,
  notices,
}: {
  readonly directory: Directory;
  readonly notices: Notices;
}): Promise<void> {
  const people =
    (await directory.rosters([TOWN], { maxAgeMs: 0 })).get(TOWN)?.people.values() ?? [];
  for (const person of people)
    if (person.role === 'agent' && person.state === 'active')
      await notices.tell({ ...person, school: TOWN }, SERVICE_LETTERS[person.language].guessing);
}
