/**
 * The doors by which somebody might come to a child, or a child to somebody: each letter between
 * two parties goes by one of them, by who the two are and never by what was decided.
 */
export const DOORS = [
  'stranger-to-pupil',
  'correspondent-to-pupil',
  'pupil-to-stranger',
  'pupil-to-pupil-elsewhere',
  'pupil-to-pupil-here',
  'adult-elsewhere-to-pupil',
  'adult-here-to-pupil',
  'guardian-to-pupil',
  'agent-to-pupil',
  'pupil-to-adult',
  'pupil-to-guardian',
  'closed-account',
  'list-to-pupils',
  'pupil-to-list',
  'mailbox-of-a-pupil',
  'reader-of-board',
] as const;
export type Door = (typeof DOORS)[number];

/** Those by which no letter goes: somebody else reads a child's mailbox, or a board. */
export const BOARD_DOOR = 'reader-of-board' satisfies Door;
export const MAILBOX_DOOR = 'mailbox-of-a-pupil' satisfies Door;
