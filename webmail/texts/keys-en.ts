import type { keysFr } from './keys-fr.ts';

/** Words of the sheet of keys, and of how one reads. Part of `en.ts`. */
export const keysEn: typeof keysFr = {
  title: 'Keyboard and reading',
  link: 'Keyboard and reading',
  lead: 'One key is enough, without Ctrl or Alt, while you are not writing.',
  off: 'Keys are off.',
  stop: 'Turn keys off',
  start: 'Use keys',
  then: 'then',
  groups: {
    move: {
      title: 'Move',
      keys: [
        [['J'], 'Next row'],
        [['K'], 'Row before'],
        [['O'], 'Open (or Enter)'],
        [['/'], 'Search'],
        [['G', 'R'], 'Go to the inbox'],
        [['G', 'A'], 'Go to the archive'],
        [['G', 'S'], 'Go to sent'],
        [['?'], 'This page'],
      ],
    },
    act: {
      title: 'Act',
      keys: [
        [['C'], 'Write'],
        [['R'], 'Reply'],
        [['A'], 'Reply to all'],
        [['F'], 'Forward'],
        [['E'], 'Archive'],
        [['M'], 'Move to a folder'],
        [['B'], 'Put off until later'],
        [['#'], 'Delete'],
      ],
    },
    choose: {
      title: 'Choose',
      keys: [
        [['X'], 'Tick the row'],
        [['U'], 'Mark as unread, or read'],
        [['S'], 'Keep, or keep no longer'],
        [['Z'], 'Undo the last act'],
      ],
    },
    day: {
      title: 'My day',
      keys: [
        [['J'], 'Next line'],
        [['K'], 'Line before'],
        [['O'], 'Read'],
        [['R'], 'Answer'],
        [['E'], 'Done: archive, decide, remind'],
        [['B'], 'Put off until tomorrow'],
      ],
    },
    held: {
      title: 'Messages to decide',
      keys: [
        [['J'], 'Next message'],
        [['K'], 'Message before'],
        [['L'], 'Let it go'],
        [['R'], 'Give back with a word'],
        [['X'], 'Tick the message'],
        [['Z'], 'Undo the decision'],
      ],
    },
  },
  list: {
    title: 'The list of messages',
    lead: 'Messages that answer one another share a row, with their number, or each has its own.',
    conversations: 'By conversation',
    messages: 'One message a row',
  },
};
