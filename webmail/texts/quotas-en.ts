import { plural } from './plural-en.ts';
import type { quotasFr } from './quotas-fr.ts';

/** Words of the page of how much room there is in mailboxes. Part of `en.ts`. */
export const quotasEn: typeof quotasFr = {
  title: 'Room in mailboxes',
  lead: 'How many messages each may have in their mailbox. At 80 % they are told once; a full mailbox takes no more: whoever writes is asked to come back for three days, then the message goes back to them.',
  done: 'It is changed, at once.',
  near: (people: number) =>
    people === 0
      ? 'No mailbox is 80 % full'
      : plural(people, 'mailbox nearly full', 'mailboxes nearly full'),
  percent: (percent: number) => `${percent} %`,
  full: (day: string) => `full, since ${day}`,
  used: (used: string, quota: string) => `${used} of ${quota}`,
  change: 'Change',
  ofRoles: 'By role',
  roles: {
    pupil: 'Pupils',
    guardian: 'Families',
    teacher: 'Teachers',
    head: 'Heads',
    staff: 'Other adults',
    agent: 'Agents',
  },
  inTown: (role: string, size: string) => `${role}: ${size}`,
  inSchool: (role: string, school: string, size: string) => `${role}, ${school}: ${size}`,
  role: 'For',
  where: 'Where',
  size: 'Room in megabytes',
  sizeHint: 'Empty: as elsewhere. 1,000 megabytes are a gigabyte.',
  reason: 'Reason',
  reasonHint: 'It is written in the journal.',
  save: 'Change the room',
  ofPerson: 'For one person',
  address: 'Their address',
  addressHint: 'The whole of it, or only what stands before the @.',
  films: {
    title: 'Films and sounds of cupboards',
    lead: 'A file of a cupboard has 25 MB at most. Films and sounds of adults may have up to 200 MB, some ten minutes of film: this takes room on the disk and in each backup.',
    takes: 'Adults put in films and sounds of up to 200 MB',
    save: 'Save',
  },
  trouble: {
    size: 'Write a whole number of megabytes, from 10 to 50,000, or nothing.',
    reason: 'Write why, in a few words.',
    role: 'Choose for whom.',
    school: 'Choose a school of the list.',
    address: 'Nobody of the town has this address.',
  },
};
