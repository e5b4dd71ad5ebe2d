import { plural } from './plural-en.ts';
import type { questionsFr } from './questions-fr.ts';

/** Words of the pages that ask who is who. Part of `en.ts`. */
export const questionsEn: typeof questionsFr = {
  title: 'Who is who?',
  inMenu: (count) => (count === 1 ? 'question waiting' : 'questions waiting'),
  inMenuTown: (count) => (count === 1 ? 'school with questions' : 'schools with questions'),
  lead: 'The rest of the file is applied. These lines wait for your answer and change nothing until then: nobody is mixed up, nobody leaves.',
  leadTown:
    'The lines that imports could not recognise, school by school. The answer proposed rests on mail, telephone or address; nothing is done without you.',
  none: 'No question is waiting. Lines in doubt of the next import will appear here.',
  two: (name) => `Two of the name ${name}: the same person?`,
  several: (name) => `Several of the name ${name}: who is it?`,
  alone: (name) => `${name}: somebody new?`,
  kinds: { pupil: 'pupil', guardian: 'guardian', adult: 'adult of the school' },
  inFile: 'In the file',
  until: (day) => `unanswered, the question lapses on ${day}`,
  noEvidence: 'The file is gone: only the likenesses below are left.',
  clues: {
    class: 'Class',
    children: 'Children',
    parents: 'Guardians',
    email: 'Email',
    phone: 'Telephone',
    home: 'Postal address',
    birth: 'Born on',
    mailbox: 'Mailbox',
  },
  same: (name) => `It is ${name}, whom the school knows`,
  sameLine: (name) => `It is ${name}, of another line of the file`,
  elsewhere: 'It is this child, already in another school of the town',
  elsewhereNamed: (name) => `It is ${name}, of another school`,
  other: 'It is another person',
  otherHint: 'An account is made.',
  skip: 'Leave this line aside',
  skipHint: 'Nothing changes, and the next imports leave it aside too.',
  marks: {
    mail: { same: 'same email', other: 'other email' },
    phone: { same: 'same telephone', other: 'other telephone' },
    home: { same: 'same postal address', other: 'other postal address' },
    born: { same: 'same birth date', other: 'other birth date' },
    parents: { same: 'same guardians', other: 'other guardians' },
  },
  proposed: 'proposed',
  answer: 'Answer',
  accept: (n) => (n === 1 ? 'Accept the proposal' : `Accept the ${n} proposals`),
  foot: 'Answer those you know, the others wait. Can be undone like an import.',
  reason: 'Why these answers?',
  missing: { reason: 'Write why, in a few words.', answer: 'Choose at least one answer.' },
  answered: (n) =>
    n === 1
      ? 'Your answer is applied. It can be undone like an import.'
      : `${n} answers are applied. They can be undone like an import.`,
  impossible: (n) =>
    n === 1
      ? 'One answer could not be followed: the person chosen is another line’s already, somebody answered before you, or the school is closed.'
      : `${n} answers could not be followed: the people chosen are other lines’ already, somebody answered before you, or the school is closed.`,
  lapsed: (n) =>
    n === 1
      ? 'One question was left unanswered for sixty days: it is erased, and nothing changed. A new import will ask it again.'
      : `${n} questions were left unanswered for sixty days: they are erased, and nothing changed. A new import will ask them again.`,
  question: 'Question',
  says: 'The file says',
  yours: 'Your answer',
  wait: 'waits',
  ask: (n) => `${plural(n, 'question waits', 'questions wait')} for your answer.`,
  askTown: (n) => (n === 1 ? 'Questions wait in one school.' : `Questions wait in ${n} schools.`),
  see: 'Answer',
};
