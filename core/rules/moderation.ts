import type { RuleRow } from './verdict.ts';

/**
 * Messages that a teacher of the class lets go. Only what a pupil writes waits: a teacher's first
 * word to their own class would otherwise wait for that same teacher, and what an adult may write
 * to a child the relation has already said.
 */
export const MODERATION: readonly RuleRow[] = [
  {
    kind: 'hold',
    rule: 'class-moderated',
    when: (f) => f.from === 'pupil' && f.moderation === 'all',
  },
  {
    kind: 'hold',
    rule: 'first-contact',
    when: (f) => f.from === 'pupil' && f.moderation === 'first-contact' && !f.wroteBefore,
  },
];

/**
 * Words that somebody of the class should read first. What a child tells a grown-up waits for
 * nobody, whatever words it takes to tell it.
 */
export const SECOND_LOOK: readonly RuleRow[] = [
  {
    kind: 'hold',
    rule: 'doubtful-words',
    when: (f) =>
      f.from === 'pupil' &&
      (f.to === 'pupil' || f.to === 'class') &&
      f.secondLook === 'holds' &&
      f.content.doubtfulWords,
  },
];

/**
 * Of two classes that are joined by a link alone a pupil's letter to a pupil may travel. It leaves
 * once everybody who reads it first has let it go. What a child writes to a grown-up is there at
 * once.
 */
export const ROAD: readonly RuleRow[] = [
  {
    kind: 'hold',
    rule: 'on-the-road',
    when: (f) =>
      f.from === 'pupil' &&
      f.to === 'pupil' &&
      f.linkedClass !== 'none' &&
      f.linkTravels &&
      !f.sharesClass,
  },
];

/** A pupil's message waits for the school's next opening. */
export const HOURS: readonly RuleRow[] = [
  { kind: 'hold', rule: 'school-closed', when: (f) => f.from === 'pupil' && f.schoolClosed },
];
