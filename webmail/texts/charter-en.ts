import type { charterFr } from './charter-fr.ts';
import { noun, plural } from './plural-en.ts';

/** Words of the charter and of the families' yes. Part of `en.ts`. */
export const charterEn: typeof charterFr = {
  title: 'The mail charter',
  lead: 'Read it well, then say yes.',
  lines: [
    'I write to my class, my teachers and my family.',
    'I write kind words.',
    'My code is mine. I keep it to myself.',
    'I don’t give my address or my number.',
    'Does a letter bother me? I touch “This bothers me”. A grown-up helps me.',
    'A grown-up of the school may read a letter to help me.',
  ],
  yes: 'Yes, I agree',
  accepted: 'You have said yes to this charter.',
  adult: 'This is what each pupil reads, or hears, before they write for the first time.',
  read: 'Read the charter',
  littleYes: 'Yes',
  desk: {
    title: 'The charter and the families',
    now: {
      charter: (accepted, all) =>
        `charter accepted by ${plural(accepted, 'pupil', 'pupils')} of ${all}`,
      families: (yes, all) => `${yes} yes of ${all}`,
      missing: (counted, names) => `${counted}, still missing: ${names}`,
    },
    charter: (accepted, all) =>
      `Charter: ${plural(accepted, 'pupil', 'pupils')} of ${all} ${noun(accepted, 'has', 'have')} accepted it.`,
    charterAll: 'Charter: all pupils have accepted it.',
    missing: (names) => `Still missing: ${names}.`,
    families: (yes, all) =>
      `Families: ${yes} of ${all} ${noun(yes, 'has', 'have')} said yes. Without it the pupil reads and doesn’t write.`,
    familiesAll: 'Families: all have said yes.',
    refused: (names) => `A guardian says no from their account: ${names}.`,
    whose: 'Which papers have come back with a yes?',
    note: 'Note these',
    noteAll: 'The whole class said yes',
    paper: 'Paper for the families (PDF)',
  },
  child: {
    title: 'Charter and family',
    charter: (day) => `Charter accepted on ${day}`,
    noCharter: 'Charter not accepted yet',
    paper: (day) => `The family’s yes, on paper, noted on ${day}`,
    yes: (name, day) => `${name} said yes in their account on ${day}`,
    no: (name, day) => `${name} said no in their account on ${day}`,
    nothing: 'The family has said nothing yet',
    note: 'Note the yes on paper',
    takeBack: 'Take this yes back',
  },
  due: 'the family’s yes is awaited',
  paper: {
    title: 'School mail',
    fileName: (className) => `families-${className}`,
    about: (child, className, school) => `${child}, class ${className}, ${school}`,
    lead: [
      'Dear parents,',
      'Your child can write and receive messages with Préau, the mail of the town’s schools. They write only to their class, to adults of their school and to their family, and to pupils of another class where both teachers agree. No stranger can write to them: somebody from outside can only where their teacher has approved them, and the teacher reads each of their messages first. There are no advertisements and no tracking, and messages stay on the town’s servers.',
      'The school asks for the family’s yes. Without it your child reads their messages and doesn’t write. You can take it back whenever you like, by a word to the teacher or from your account, page “My children”.',
    ],
    give: 'To give back to the teacher',
    yes: 'Yes, my child may write with Préau.',
    no: 'No, my child reads their messages and doesn’t write.',
    name: 'Name of the guardian',
    date: 'Date',
    sign: 'Signature',
  },
  guardian: {
    asked: (child) => `May ${child} write?`,
    lead: (child) =>
      `The school asks for your yes. Without it, ${child} reads messages and doesn’t write. You can change your mind whenever you like.`,
    yes: 'Yes',
    no: 'No',
    family: {
      yes: 'The family has said yes.',
      no: 'A guardian has said no: the child reads and doesn’t write.',
      nothing: 'Your answer is awaited.',
    },
    saved: 'Your answer holds at once.',
    banner: (children) => `The school awaits your yes before ${children} may write.`,
    answer: 'Answer',
  },
};
