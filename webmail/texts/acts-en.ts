import type { actsFr, Unit } from './acts-fr.ts';
import { plural } from './plural-en.ts';

const many = (count: number, unit: Unit): string => plural(count, unit, `${unit}s`);

/** Words of what is done with messages, and of the way back. Part of `en.ts`. */
export const actsEn: typeof actsFr = {
  choose: 'Tick messages, then choose',
  one: { conversation: '1 conversation chosen', message: '1 message chosen' },
  many: { conversation: '% conversations chosen', message: '% messages chosen' },
  page: 'The whole page',
  none: 'Choose nothing',
  all: (total) => `The whole folder (${plural(total, 'message', 'messages')})`,
  bar: 'For what is chosen',
  pick: (subject, name) => `Choose “${subject}”, ${name}`,
  undo: 'Undo',
  thrown: 'The message is in the bin.',
  withdrawn: (count: number) =>
    count === 1
      ? 'Taken back: it will not be sent.'
      : `${count} were waiting: they will not be sent.`,
  words: {
    archive: 'Archive',
    into: 'Move',
    read: 'Read',
    unread: 'Unread',
    junk: 'Junk',
    keep: 'Keep',
    unkeep: 'Keep no longer',
    trash: 'Delete',
    back: 'Put back',
    erase: 'Erase',
  },
  done: {
    archive: (count, unit) => `${many(count, unit)} archived.`,
    trash: (count, unit) => `${many(count, unit)} moved to the bin.`,
    into: (count, unit, folder) => `${many(count, unit)} moved to “${folder}”.`,
    seen: (count, unit) => `${many(count, unit)} marked as read.`,
    unseen: (count, unit) => `${many(count, unit)} marked as unread.`,
    flagged: (count, unit) => `${many(count, unit)} kept.`,
    unflagged: (count, unit) => `${many(count, unit)} kept no longer.`,
    'put-off': (count, unit, when) => `${many(count, unit)} put off: back ${when}.`,
    erase: (count, unit) => `${many(count, unit)} erased for good.`,
  },
  said: {
    emptied: { child: 'The bin is empty.', adult: 'The bin is empty.' },
    erased: { child: 'The message is erased for good.', adult: 'It is erased for good.' },
    undone: { child: 'It is as before.', adult: 'It is undone.' },
    stored: {
      child: 'It is among your things.',
      adult: 'It is among your things, in the cupboard.',
    },
    'taken-back': {
      child: 'The letter is back. Nobody was told.',
      adult: '',
    },
    'not-junk': {
      child: '',
      adult: 'The message is in your inbox. The next ones of this person will come there.',
    },
    'folder-name': {
      child: '',
      adult:
        'Nothing was filed. Write a short name for the folder, without slash, asterisk or percent sign.',
    },
    'folder-many': {
      child: '',
      adult: 'Nothing was filed. You have too many folders: delete one first.',
    },
    'later-unclear': {
      child: '',
      adult: 'Nothing has changed. Choose a day and an hour for it to come back.',
    },
    'later-past': {
      child: '',
      adult: 'Nothing has changed: that hour has passed. Choose one to come.',
    },
    'later-far': {
      child: '',
      adult: 'Nothing has changed: that is more than a year away. Choose a nearer day.',
    },
    'later-many': {
      child: '',
      adult:
        'Nothing has changed: a thousand messages wait in “Later” already. Bring some back, or archive some, first.',
    },
    'too-late': {
      child: 'There is no way back any more. Look in the bin.',
      adult: 'This can’t be undone any more. What was moved is in its folder.',
    },
  },
};
