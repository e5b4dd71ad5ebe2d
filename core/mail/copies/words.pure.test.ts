import { expect, it } from 'vitest';
import { copyText } from './words.ts';

const COPIED = {
  author: 'Claire Lefèvre',
  to: 'Familles du CE1 A',
  subject: 'La sortie',
  at: new Date('2026-11-24T20:05:00Z'),
  text: 'À jeudi.',
  files: [],
  page: 'https://courrier.exemple.fr/mail/inbox/4',
  settings: 'https://courrier.exemple.fr/copies',
};

it.each([
  { timeZone: 'Europe/Paris', says: 'mardi 24 novembre à 21:05' },
  { timeZone: 'America/Martinique', says: 'mardi 24 novembre à 16:05' },
  { timeZone: 'Pacific/Noumea', says: 'mercredi 25 novembre à 07:05' },
])('a copy to a reader of $timeZone says that its letter came $says', ({ timeZone, says }) => {
  expect(copyText({ language: 'fr', timeZone }, COPIED).text).toContain(`Le : ${says}`);
});
