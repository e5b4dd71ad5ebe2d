import { plural } from './plural-en.ts';
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
  tooLate: 'It is too late to recall this message: that can be done within the hour.',
};
