import type { everythingFr } from './everything-fr.ts';
import { plural } from './plural-en.ts';

/** Words of the page that leads everywhere. Part of `en.ts`. */
export const everythingEn: typeof everythingFr = {
  link: 'See everything',
  title: 'Everything',
  school: 'My school',
  town: 'The town',
  moves: 'Changes of school',
  messages: 'Messages',
  me: 'Me',
  count: {
    drafts: (count) => plural(count, 'draft', 'drafts'),
    unread: (count) => `${count} unread`,
    held: (count) => `${count} to decide`,
    reports: (count) => `${count} to look at`,
    questions: (count) => plural(count, 'question', 'questions'),
    schools: (count) => plural(count, 'school with questions', 'schools with questions'),
    standing: (count) => plural(count, 'message', 'messages'),
  },
};
