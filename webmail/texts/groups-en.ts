import type { groupsFr } from './groups-fr.ts';
import { plural } from './plural-en.ts';

/** Words of a teacher's own groups. Part of `en.ts`. */
export const groupsEn: typeof groupsFr = {
  title: 'My groups',
  short: 'Pupils of your classes under a name of yours: reading, sport, homework.',
  lead: 'Pupils of your classes under a name that you alone see. Whoever leaves the class leaves the group. In a message to a group nobody sees who else gets it.',
  manage: 'Manage my groups',
  none: 'You have no group yet.',
  noClass: 'No class is yours at the moment: there is nobody to group.',
  make: 'New group',
  changeTitle: (name) => `Change “${name}”`,
  name: 'Name of the group',
  nameHint: 'For example reading group. It leaves with no message.',
  whom: 'To whom messages go',
  whoms: {
    pupils: 'To the pupils',
    families: 'To their families',
    both: 'To the pupils and their families',
  },
  pupils: 'Pupils',
  save: 'Save the group',
  write: 'Write',
  change: 'Change',
  of: (name) => ` “${name}”`,
  remove: 'Delete',
  removeFate: 'Messages that were sent stay. One that is scheduled for this group will not leave.',
  removeNow: 'Delete the group',
  count: (people) => plural(people, 'person', 'people'),
  empty: 'Nobody of this group is in your classes any more.',
  back: 'All my groups',
  toLetter: 'Write a message',
  said: {
    saved: 'The group is saved. You find it under “To” when you write.',
    removed: 'The group is deleted.',
  },
  why: {
    'no-name': 'Give the group a name of at most 40 characters.',
    'name-taken': 'You have a group of this name already. Choose another one.',
    nobody: 'Tick at least one pupil.',
    'too-many-pupils': 'A group has at most 60 pupils. For a whole class, write to the class.',
    'too-many-groups': 'You have 40 groups and can have no more. Delete one first.',
  },
};
