import { classmates, elsewhere, type Case } from './case.ts';

export const PUPILS: readonly Case[] = [
  { when: 'a pupil writes to a classmate', given: classmates, then: 'allow' },
  {
    when: 'a pupil writes to their own class',
    given: { from: 'pupil', to: 'class', sharesClass: true },
    then: 'allow',
  },
  {
    when: 'a pupil writes to their teacher',
    given: { from: 'pupil', to: 'teacher', sharesClass: true },
    then: 'allow',
  },
  {
    when: 'a pupil writes to their teacher, who is also head of another school',
    given: { from: 'pupil', to: 'head', sharesClass: true, ...elsewhere },
    then: 'allow',
  },
  { when: 'a pupil writes to the head', given: { from: 'pupil', to: 'head' }, then: 'allow' },
  {
    when: 'a pupil writes to the aide of their class',
    given: { from: 'pupil', to: 'staff', sharesClass: true },
    then: 'allow',
  },
  {
    when: 'a pupil writes to the nurse, whom the head marked reachable',
    given: { from: 'pupil', to: 'staff', reachableStaff: true },
    then: 'allow',
  },
  {
    when: 'a pupil writes to reachable staff of another school',
    given: { from: 'pupil', to: 'staff', reachableStaff: true, ...elsewhere },
    then: 'deny no-such-address',
  },
  {
    when: 'a pupil writes to a teacher of another class, and the school opened that',
    given: { from: 'pupil', to: 'teacher', pupilsReachAllTeachers: true },
    then: 'allow',
  },
  {
    when: 'the school opened that, but the teacher is of another school',
    given: { from: 'pupil', to: 'teacher', pupilsReachAllTeachers: true, ...elsewhere },
    then: 'deny no-such-address',
  },
  {
    when: 'a pupil answers a teacher who wrote recently',
    given: { from: 'pupil', to: 'teacher', wroteRecently: true },
    then: 'allow',
  },
  {
    when: 'a pupil answers staff who wrote recently',
    given: { from: 'pupil', to: 'staff', wroteRecently: true },
    then: 'allow',
  },
  {
    when: 'a pupil answers somebody of another school',
    given: { from: 'pupil', to: 'teacher', wroteRecently: true, ...elsewhere },
    then: 'deny no-such-address',
  },
  {
    when: 'a pupil writes to their mother',
    given: { from: 'pupil', to: 'guardian', family: true },
    then: 'allow',
  },
  {
    when: 'a pupil writes to their father, who teaches at another school',
    given: { from: 'pupil', to: 'teacher', family: true, ...elsewhere },
    then: 'allow',
  },
  {
    when: 'a pupil writes to their mother, who is head of another school',
    given: { from: 'pupil', to: 'head', family: true, ...elsewhere },
    then: 'allow',
  },
  {
    when: 'a pupil writes to their father, who cooks at another school',
    given: { from: 'pupil', to: 'staff', family: true, ...elsewhere },
    then: 'allow',
  },
  {
    when: 'a pupil writes to their mother, who is an agent of the town',
    given: { from: 'pupil', to: 'agent', family: true, ...elsewhere },
    then: 'allow',
  },
  {
    when: 'a pupil writes to the teacher of a linked class',
    given: { from: 'pupil', to: 'teacher', linkedClass: 'moderated', ...elsewhere },
    then: 'allow',
  },
  {
    when: 'a pupil writes to a linked class’s teacher, who is a head',
    given: { from: 'pupil', to: 'head', linkedClass: 'open', ...elsewhere },
    then: 'allow',
  },
  {
    when: 'a pupil writes to a pupil of a linked class',
    given: { linkedClass: 'open', ...elsewhere },
    then: 'allow',
  },
  {
    when: 'a pupil writes to a pupil of a linked class that a teacher moderates',
    given: { linkedClass: 'moderated', ...elsewhere },
    then: 'hold link-moderated',
  },
  {
    when: 'classmates whose classes are linked besides',
    given: { ...classmates, linkedClass: 'moderated' },
    then: 'allow',
  },
  { when: 'a pupil writes to a pupil of another class', given: {}, then: 'deny not-in-your-class' },
  {
    when: 'a pupil writes to a teacher of another class',
    given: { from: 'pupil', to: 'teacher' },
    then: 'deny not-your-teacher',
  },
  {
    when: 'a pupil writes to staff whom nobody marked reachable',
    given: { from: 'pupil', to: 'staff' },
    then: 'deny staff-not-reachable',
  },
  {
    when: 'a pupil writes to a classmate’s mother',
    given: { from: 'pupil', to: 'guardian' },
    then: 'deny not-your-family',
  },
  {
    when: 'a pupil writes to another class’s list',
    given: { from: 'pupil', to: 'class' },
    then: 'deny not-your-list',
  },
  {
    when: 'a pupil writes to a linked class’s list',
    given: { from: 'pupil', to: 'class', linkedClass: 'open', ...elsewhere },
    then: 'deny no-such-address',
  },
  {
    when: 'a pupil writes to all families of their class',
    given: { from: 'pupil', to: 'class-families', sharesClass: true },
    then: 'deny not-your-list',
  },
  {
    when: 'a pupil writes to all pupils of the school',
    given: { from: 'pupil', to: 'pupils' },
    then: 'deny not-your-list',
  },
  {
    when: 'a pupil writes to all teachers at once',
    given: { from: 'pupil', to: 'team', pupilsReachAllTeachers: true },
    then: 'deny not-your-list',
  },
  {
    when: 'a pupil writes to the post of head of their school',
    given: { from: 'pupil', to: 'headship' },
    then: 'allow',
  },
  {
    when: 'a pupil writes to the post of head of another school',
    given: { from: 'pupil', to: 'headship', ...elsewhere },
    then: 'deny no-such-address',
  },
  {
    when: 'a pupil writes to the school itself, which its whole team reads',
    given: { from: 'pupil', to: 'office', pupilsReachAllTeachers: true },
    then: 'deny not-your-list',
  },
  {
    when: 'a pupil writes outside',
    given: { from: 'pupil', to: 'outside', ...elsewhere },
    then: 'deny pupil-to-outside',
  },
  {
    when: 'a pupil writes to an agent of the town',
    given: { from: 'pupil', to: 'agent', ...elsewhere },
    then: 'deny no-such-address',
  },
  {
    when: 'a pupil writes to a pupil of another school',
    given: elsewhere,
    then: 'deny no-such-address',
  },
];
