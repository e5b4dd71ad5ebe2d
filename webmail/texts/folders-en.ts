import type { foldersFr } from './folders-fr.ts';
import { plural } from './plural-en.ts';

/** Words of one's own folders. Part of `en.ts`. */
export const foldersEn: typeof foldersFr = {
  title: 'My folders',
  lead: 'The same as in your mail program. A folder may hold others.',
  none: 'You have no folder yet.',
  make: 'New folder',
  name: 'Name of the folder',
  inside: 'In',
  top: 'No other folder',
  create: 'Make the folder',
  count: (messages) => (messages === 0 ? 'empty' : plural(messages, 'message', 'messages')),
  change: 'Rename',
  changeOf: (name) => ` the folder “${name}”`,
  save: 'Save',
  remove: 'Delete',
  removeOf: (name) => ` the folder “${name}”`,
  fate: (messages, below) => {
    const folders =
      below === 0 ? '' : ` ${plural(below, 'folder within it goes', 'folders within it go')} too.`;
    if (messages === 0) return `It holds no message.${folders}`;
    const mail = plural(messages, 'message goes', 'messages go');
    return `${mail} to the bin, where you find them until you empty it.${folders}`;
  },
  removeNow: 'Delete the folder',
  said: {
    made: 'The folder is made.',
    changed: 'The folder is saved.',
    removed: 'The folder is deleted. What it held is in the bin.',
  },
  makeInto: 'Create and file',
  find: 'Find a folder',
  edit: 'Manage my folders',
  noneFits: 'No folder of that name.',
  why: {
    'bad-name':
      'This can’t be the name of a folder. Write letters and digits, no slash, asterisk or percent sign.',
    'already-exists': 'There is a folder of that name in that place. Choose another name.',
    'below-itself': 'A folder can’t lie within itself. Choose another folder.',
    depth: 'A folder that lies within another holds none. Choose one of the first level.',
    long: (most) => `This name is too long. Write ${most} characters at most.`,
    many: (most) => `You have ${most} folders, and there can be no more. Delete one first.`,
    gone: 'This folder is no longer there. It may have been deleted elsewhere.',
  },
};
