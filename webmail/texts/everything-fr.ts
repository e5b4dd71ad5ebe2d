import { plural } from './plural-fr.ts';

/** Words of the page that leads everywhere. Part of `fr.ts`. */
export const everythingFr = {
  link: 'Tout voir',
  title: 'Tout voir',
  school: 'Mon école',
  town: 'La ville',
  moves: 'Changements d’école',
  messages: 'Messages',
  me: 'Moi',
  count: {
    drafts: (count: number) => plural(count, 'brouillon', 'brouillons'),
    unread: (count: number) => plural(count, 'non lu', 'non lus'),
    held: (count: number) => `${count} à décider`,
    reports: (count: number) => `${count} à regarder`,
    questions: (count: number) => plural(count, 'question', 'questions'),
    schools: (count: number) =>
      plural(count, 'école avec des questions', 'écoles avec des questions'),
    standing: (count: number) => plural(count, 'message', 'messages'),
  },
};
