import { noun, plural } from './plural-en.ts';
import type { sentFr } from './sent-fr.ts';

/** Words of what becomes of a letter once it is sent. Part of `en.ts`. */
export const sentEn: typeof sentFr = {
  fate: 'What becomes of this message',
  mayRecall: (until) => `Until ${until} you can recall it: copies that nobody has read disappear.`,
  elsewhere: 'What went out of your school stays there.',
  recall: 'Recall this message',
  recalledByYou: (when) => `You recalled this message ${when}.`,
  recalledCopies: (copies, read) =>
    `${copies === 0 ? 'No copy was left unread' : `${plural(copies, 'unread copy was', 'unread copies were')} taken back`}; ${read === 0 ? 'nobody had read it.' : `${plural(read, 'person', 'people')} had read it and can see that it is recalled.`}`,
  recalled: {
    child: (name) => `${name} has recalled this message. What it says no longer counts.`,
    adult: (name) => `${name} has recalled this message: please disregard what it says.`,
  },
  whoRead: 'Who has read it',
  pupils: (read, all) =>
    `${read} of ${plural(all, 'pupil', 'pupils')} ${noun(read, 'has', 'have')} read it`,
  unread: (count) => (count === 1 ? 'The other pupil' : `The other ${count}`),
  wellReadBy: (said, all) => `${said} of ${all} said “I have read it”`,
  others: (said, all) => `${said} of ${all} others said “I have read it”`,
  othersHint: 'Nobody but the reader says so: you see a number, no names.',
  remind: (count) => (count === 1 ? 'Remind the other one' : `Remind the other ${count}`),
  everybody: 'Everybody has read it.',
  remindedAt: (when) => `You reminded the others ${when}. Leave them a day.`,
  nobody: 'There is nobody left to remind.',
  wellRead: { child: 'I have read it', adult: 'I have read it' },
  wellReadHint: {
    child: 'Press here to say that you have read it.',
    adult: 'The school will know that one more person has read it; nothing is said unless you do.',
  },
  saidWellRead: { child: 'You said “I have read it”.', adult: 'You said “I have read it”.' },
  heldFor: {
    child: (names, since) => `It has been waiting since ${since}, for ${names}.`,
    adult: (names, since) => `It has been waiting since ${since}, for ${names}.`,
  },
  decidedBy: {
    child: (names) => `Somebody reads it first: ${names}.`,
    adult: (names) => `It is now for ${names} to decide.`,
  },
  road: {
    going: (left, brings) => `Your letter is on its way. It left ${left} and arrives ${brings}.`,
    gone: (left, came) => `Your letter has travelled. It left ${left} and arrived ${came}.`,
    came: (from, left, came) =>
      `This letter has travelled. It left ${from} ${left} and arrived ${came}.`,
  },
  readFirst: (names) => `To help you, somebody read this message first: ${names}.`,
  reason: 'Why is this link useful?',
  reasonHint: 'The message will leave at once. Your reason stays in the school’s journal.',
  letGo: 'Let it go',
  reasonMissing: 'Say why this link is useful: a sentence is enough.',
  withdraw: { child: 'Take my message back', adult: 'Take this message back' },
  withdrawn: {
    child: 'You took this message back. It will not be sent.',
    adult: 'Taken back: this message will not go to those it was waiting for.',
  },
  tooLate: 'It is too late to recall this message: that can be done within the hour.',
};
