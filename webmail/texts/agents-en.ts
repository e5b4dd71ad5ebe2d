import type { agentsFr } from './agents-fr.ts';

/** Words of the page of the town's agents. Part of `en.ts`. */
export const agentsEn: typeof agentsFr = {
  link: 'Agents',
  title: 'The town’s agents',
  lead: 'They put the service in place, import and help all schools. What they do is written in their journal.',
  you: 'you',
  way: {
    password: 'Has a password.',
    code: 'Has a code on paper, not used yet.',
    none: 'Has neither code nor password.',
  },
  protected: 'Protected by their phone.',
  unprotected: 'Not protected by a phone yet.',
  own: 'My recovery codes',
  reset: 'Give new access',
  resetHint:
    'For somebody who lost their phone or their password. Password, phone, recovery codes and devices end at once; a new code opens the account once.',
  onPaper: 'Sheet to print (PDF)',
  onScreen: 'Show the code',
  wholeTown: 'the whole town',
  limit: 'Their communes',
  limitHint:
    'None ticked: the whole town. Else they see, change and write to schools of these communes alone, and nothing of the town.',
  limitNow: 'Save',
  remove: 'Remove',
  removeHint: (name) =>
    `${name} can no longer open anything, at once. Their mail is retained for three months.`,
  removeNow: 'Remove this agent',
  last: 'Nothing has changed: without this agent nobody could sign in for the town any more. Add somebody first, and wait until they have opened their account.',
  removeOwn: 'Nothing has changed: another agent removes you, never you yourself.',
  said: { removed: 'The agent is removed.', limited: 'It is saved, at once.', none: '' },
  add: 'Add an agent',
  addLead:
    'A code on paper opens their account once. They choose their password then, and protect it by their phone.',
  givenName: 'First name',
  familyName: 'Last name',
  address: 'Address',
  addressHint: 'Leave empty for first.last. No capitals, no accents.',
  addOnPaper: 'Add and print the sheet (PDF)',
  addOnScreen: 'Add and show the code',
  trouble: {
    name: 'Write the first name and the last name, each under 100 characters.',
    address:
      'Write letters without accents, digits, dots or hyphens. Some words, such as “postmaster”, belong to the service.',
    'address-taken': 'This address is or was somebody’s. Choose another one.',
  },
  back: 'Back to the agents',
};
