import { FINE } from '../facts.ts';
import { classmates, colleagues, elsewhere, type Case } from './case.ts';

const DOUBTFUL = { ...FINE, doubtfulWords: true };

export const WAITING: readonly Case[] = [
  {
    when: 'a pupil writes in a class where each message is read first',
    given: { ...classmates, moderation: 'all' },
    then: 'hold class-moderated',
  },
  {
    when: 'a pupil writes to a classmate for the first time, where first messages are read',
    given: { ...classmates, moderation: 'first-contact', wroteBefore: false },
    then: 'hold first-contact',
  },
  {
    when: 'the second message between the two',
    given: { ...classmates, moderation: 'first-contact' },
    then: 'allow',
  },
  {
    when: 'a first message where nothing is read first',
    given: { ...classmates, wroteBefore: false },
    then: 'allow',
  },
  {
    when: 'a teacher writes to a moderated class’s pupil',
    given: { from: 'teacher', to: 'pupil', moderation: 'all' },
    then: 'allow',
  },
  {
    when: 'a teacher’s first message to a pupil',
    given: { from: 'teacher', to: 'pupil', moderation: 'first-contact', wroteBefore: false },
    then: 'allow',
  },
  {
    when: 'a pupil writes words that a teacher reads first',
    given: { ...classmates, secondLook: 'holds', content: DOUBTFUL },
    then: 'hold doubtful-words',
  },
  {
    when: 'the same words, where they are only shown to who writes them',
    given: { ...classmates, secondLook: 'suggests', content: DOUBTFUL },
    then: 'allow',
  },
  {
    when: 'other words, where a teacher reads doubtful ones first',
    given: { ...classmates, secondLook: 'holds' },
    then: 'allow',
  },
  {
    when: 'doubtful words to the whole class',
    given: {
      from: 'pupil',
      to: 'class',
      sharesClass: true,
      secondLook: 'holds',
      content: DOUBTFUL,
    },
    then: 'hold doubtful-words',
  },
  {
    when: 'a pupil tells their teacher what was said to them',
    given: {
      from: 'pupil',
      to: 'teacher',
      sharesClass: true,
      secondLook: 'holds',
      content: DOUBTFUL,
    },
    then: 'allow',
  },
  {
    when: 'a teacher quotes doubtful words to a pupil',
    given: { from: 'teacher', to: 'pupil', secondLook: 'holds', content: DOUBTFUL },
    then: 'allow',
  },
  {
    when: 'doubtful words in a class where each message is read first',
    given: { ...classmates, moderation: 'all', secondLook: 'holds', content: DOUBTFUL },
    then: 'hold class-moderated',
  },
  {
    when: 'doubtful words after hours: the teacher first, then the clock',
    given: { ...classmates, secondLook: 'holds', content: DOUBTFUL, schoolClosed: true },
    then: 'hold doubtful-words',
  },
  {
    when: 'the way was found open to somebody who may not',
    given: { ...classmates, wayClosed: true },
    then: 'hold way-closed',
  },
  {
    when: 'what waits for the way is no teacher’s to let go before it waits',
    given: { ...classmates, wayClosed: true, moderation: 'all', lifted: ['class-moderated'] },
    then: 'hold way-closed',
  },
  {
    when: 'who may not write there is told so, whatever the way',
    given: { wayClosed: true },
    then: 'deny not-in-your-class',
  },
  {
    when: 'outside nothing can wait',
    given: { from: 'teacher', to: 'outside', ...elsewhere, wayClosed: true },
    then: 'deny no-mail-outside',
  },
  {
    when: 'a pupil writes after hours',
    given: { ...classmates, schoolClosed: true },
    then: 'hold school-closed',
  },
  {
    when: 'a teacher writes after hours',
    given: { ...colleagues, schoolClosed: true },
    then: 'allow',
  },
  {
    when: 'a pupil writes to a pupil of a linked class where letters travel',
    given: { linkedClass: 'open', linkTravels: true, ...elsewhere },
    then: 'hold on-the-road',
  },
  {
    when: 'a pupil writes to a classmate who is in the linked class besides',
    given: { ...classmates, linkedClass: 'open', linkTravels: true },
    then: 'allow',
  },
  {
    when: 'a pupil writes to the teacher of a linked class where letters travel',
    given: { from: 'pupil', to: 'teacher', linkedClass: 'open', linkTravels: true, ...elsewhere },
    then: 'allow',
  },
  {
    when: 'a teacher writes to a pupil of a linked class where letters travel',
    given: { from: 'teacher', to: 'pupil', linkedClass: 'open', linkTravels: true, ...elsewhere },
    then: 'allow',
  },
  {
    when: 'a letter that is read first takes the road afterwards',
    given: { linkedClass: 'moderated', linkTravels: true, ...elsewhere },
    then: 'hold link-moderated',
  },
  {
    when: 'the teacher let a letter go that travels',
    given: {
      linkedClass: 'moderated',
      linkTravels: true,
      lifted: ['link-moderated'],
      ...elsewhere,
    },
    then: 'hold on-the-road',
  },
  {
    when: 'a letter that travels leaves once the school opens',
    given: { linkedClass: 'open', linkTravels: true, schoolClosed: true, ...elsewhere },
    then: 'hold school-closed',
  },
  {
    when: 'a letter arrives before the school of its writer opens',
    given: {
      linkedClass: 'open',
      linkTravels: true,
      schoolClosed: true,
      lifted: ['on-the-road', 'school-closed'],
      ...elsewhere,
    },
    then: 'allow',
  },
  {
    when: 'the link ends while the letter is on the road',
    given: { linkTravels: true, lifted: ['on-the-road', 'school-closed'], ...elsewhere },
    then: 'deny no-such-address',
  },
  {
    when: 'a moderated message after hours',
    given: { ...classmates, moderation: 'all', schoolClosed: true },
    then: 'hold class-moderated',
  },
  {
    when: 'a moderated message over a moderated link',
    given: { linkedClass: 'moderated', moderation: 'all', ...elsewhere },
    then: 'hold link-moderated',
  },
  {
    when: 'paused beats moderated',
    given: { ...classmates, moderation: 'all', senderPaused: true },
    then: 'deny sending-paused',
  },
  {
    when: 'a virus beats moderated',
    given: { ...classmates, moderation: 'all', content: { ...FINE, malware: true } },
    then: 'deny malware',
  },
  {
    when: 'the teacher let it go',
    given: { ...classmates, moderation: 'all', lifted: ['class-moderated'] },
    then: 'allow',
  },
  {
    when: 'the teacher let it go, but the school is closed',
    given: { ...classmates, moderation: 'all', schoolClosed: true, lifted: ['class-moderated'] },
    then: 'hold school-closed',
  },
  {
    when: 'the teacher let it go, but the child has changed class',
    given: { moderation: 'all', lifted: ['class-moderated'] },
    then: 'deny not-in-your-class',
  },
  {
    when: 'nobody can lift a refusal',
    given: { lifted: ['not-in-your-class'] },
    then: 'deny not-in-your-class',
  },
  {
    when: 'the link’s teacher let it go',
    given: { linkedClass: 'moderated', lifted: ['link-moderated'], ...elsewhere },
    then: 'allow',
  },
];
