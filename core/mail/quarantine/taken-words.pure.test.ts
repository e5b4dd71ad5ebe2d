import { expect, it } from 'vitest';
import type { Envelope } from '../../letters/message/message.ts';
import { takenWords } from './taken-words.ts';

const envelope = {
  from: [{ name: 'Musée', address: 'musee@exemple.org' }],
  subject: 'La visite',
} as unknown as Envelope;

it.each([
  { timeZone: 'Europe/Paris', says: 'arrivé le 24 novembre' },
  { timeZone: 'America/Martinique', says: 'arrivé le 24 novembre' },
  { timeZone: 'Pacific/Noumea', says: 'arrivé le 25 novembre' },
])('in $timeZone a letter that was taken out is said to be $says', ({ timeZone, says }) => {
  const { text } = takenWords(
    { role: 'teacher', language: 'fr' },
    { isReader: true, envelope, receivedAt: new Date('2026-11-24T20:05:00Z'), timeZone },
  );
  expect(text).toContain(says);
});
