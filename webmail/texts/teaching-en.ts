import type { teachingFr } from './teaching-fr.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Words of a class's page in English. Part of `en.ts`. */
export const teachingEn: typeof teachingFr = {
  title: 'My class', headTitle: 'The class', open: 'Open the class', others: 'The school’s other classes', all: 'The school’s classes',
  pupils: (count) => plural(count, 'pupil', 'pupils'), with: (names) => `with ${names}`, nobodyTeaches: 'without a teacher today',
  proposals: (count) => plural(count, 'proposal to decide', 'proposals to decide'),
  rest: {
    title: 'Pupils', hint: 'A pupil at rest reads messages and sends none. They see when they can write again.', nobody: 'There is nobody in this class yet.',
    start: 'Rest', of: (name) => `for ${name}`, badge: (day) => `At rest, again on ${day}`, end: 'End the rest',
    question: (name) => `${name} can write again:`, tomorrow: 'Tomorrow', at: (day) => day, other: 'Another day', choose: 'Use this day',
  },
  links: {
    title: 'Link with another class', hint: 'Pupils of two classes write to each other for a period, if both their teachers agree.', none: 'No link at the moment.',
    propose: 'Propose a link', teacherOnly: 'The teacher of the class proposes or agrees to a link. You can end it.',
    dates: (from, until) => `from ${from} to ${until}`, with: (names) => `with ${names}`,
    state: { asked: 'Waits for their agreement', proposed: 'Waits for your agreement', coming: 'To come', running: 'Running' },
    readHere: 'you read first', readThere: 'the other class reads first', settle: 'Settings', read: 'Read messages first', readNoMore: 'No longer read first', end: 'End the link', takeBack: 'Take the proposal back',
    endHint: 'Pupils will no longer be able to write to each other. Messages received stay.',
    asks: (className, schoolName) => `Class ${className} (${schoolName}) proposes a link`,
    askedBy: (names, from, until) => `${names}, from ${from} to ${until}. Pupils of the two classes could write to each other and to both teachers.`,
    moderate: 'I read first what pupils of the two classes write to each other', moderateHint: 'Each message then waits under “Waiting”.', accept: 'Agree', decline: 'Decline',
    newTitle: 'Propose a link', newHint: 'The teacher of the other class gets your proposal. Nothing changes before they agree.',
    school: 'Which school?', showClasses: 'See its classes', which: 'Which class?', noClasses: 'All classes of this school are linked with yours already, or there are none.',
    address: 'Or the address of the class’s list', addressHint: 'For example ce1.pasteur', from: 'From', until: 'To', send: 'Send the proposal', back: 'Back to the class',
  },
  outside: {
    title: 'Correspondents outside', hint: 'Somebody outside (a museum, an author, a class’s godmother) can write to the pupils until a day. You read each message before it arrives. Pupils can’t answer them.',
    none: 'Nobody outside writes to this class.', teacherOnly: 'The teacher of the class approves a correspondent. You can remove them.', until: (day) => `until ${day}`, by: (name) => `approved by ${name}`, remove: 'Remove',
    add: 'Approve a correspondent', address: 'Their address', untilField: 'Until', approve: 'Approve',
  },
  said: {
    rested: 'Sending is at rest. The pupil sees it at once.', restEnded: 'The pupil can write again.', proposed: 'Your proposal has left. You will be told the answer.', accepted: 'The link is agreed.',
    declined: 'The proposal is declined. The other teacher is told.', ended: 'The link has ended.', moderated: 'Noted.', approved: 'This person can write to the class.', removed: 'This person can no longer write to the class.',
  },
  why: {
    'not-a-day': 'Choose a day.', 'past-day': 'This day has passed. Choose a day to come.', 'too-far': 'This day is too far away. Choose a nearer one.',
    'ends-before-it-begins': 'The end comes before the beginning. Change one of the two days.', 'no-such-class': 'No class of the town has this address. Choose a school, then a class.', 'own-class': 'This is your own class. Choose another.',
    'already-linked': 'A link with this class exists already, or waits for an answer. It is on the page of your class.', 'not-an-address': 'This is not a whole address. For example guide@musee.example.', 'too-many': 'This is as many as this class can have. Remove some first.', 'our-own-address': 'This address is in the schools’ mail. For another class, propose a link.',
  },
};
