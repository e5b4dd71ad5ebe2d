/**
 * The product's table « Who may write to whom » as cases that a teacher could read. Each names what
 * differs from the ordinary day of `BASE`: two people of one school who have nothing else to do
 * with one another, writing plain text.
 */
import { FINE, type Facts } from '../facts.ts';

export interface Case {
  readonly when: string;
  readonly given: Partial<Facts>;
  readonly then: string;
}

export const BASE: Facts = {
  from: 'pupil',
  to: 'pupil',
  through: null,
  sameSchool: true,
  sharesClass: false,
  linkedClass: 'none',
  family: false,
  teachesChild: false,
  headOfChild: false,
  reachableStaff: false,
  pupilsReachAllTeachers: false,
  wroteLately: false,
  outsideForbidden: false,
  approvedCorrespondent: false,
  authentication: 'pass',
  senderState: 'active',
  recipientState: 'active',
  senderPaused: false,
  overRate: false,
  overNewPeople: false,
  pupilMailStopped: false,
  moderation: 'open',
  wroteBefore: true,
  schoolClosed: false,
  content: FINE,
  lifted: [],
};

const classmates: Partial<Facts> = { from: 'pupil', to: 'pupil', sharesClass: true };
const colleagues: Partial<Facts> = { from: 'teacher', to: 'teacher' };
const elsewhere: Partial<Facts> = { sameSchool: false };
const stranger: Partial<Facts> = { from: 'outside', authentication: 'none', ...elsewhere };
const penFriend: Partial<Facts> = {
  ...stranger,
  to: 'pupil',
  approvedCorrespondent: true,
  authentication: 'pass',
};

const PUPILS: readonly Case[] = [
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
    when: 'a pupil answers a teacher who wrote lately',
    given: { from: 'pupil', to: 'teacher', wroteLately: true },
    then: 'allow',
  },
  {
    when: 'a pupil answers staff who wrote lately',
    given: { from: 'pupil', to: 'staff', wroteLately: true },
    then: 'allow',
  },
  {
    when: 'a pupil answers somebody of another school',
    given: { from: 'pupil', to: 'teacher', wroteLately: true, ...elsewhere },
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

const ADULTS: readonly Case[] = [
  ...(['teacher', 'head', 'staff'] as const).flatMap((from): Case[] => [
    {
      when: `a ${from} writes to a pupil of their school`,
      given: { from, to: 'pupil' },
      then: 'allow',
    },
    {
      when: `a ${from} writes to a guardian of their school`,
      given: { from, to: 'guardian' },
      then: 'allow',
    },
    ...(['class', 'class-families', 'team', 'pupils', 'families'] as const).map((to): Case => ({
      when: `a ${from} writes to the ${to} list of their school`,
      given: { from, to },
      then: 'allow',
    })),
    ...(['teacher', 'head', 'staff'] as const).map((to): Case => ({
      when: `a ${from} writes to a ${to} of another school`,
      given: { from, to, ...elsewhere },
      then: 'allow',
    })),
    ...(['headship', 'office'] as const).flatMap((to): Case[] => [
      { when: `a ${from} writes to the ${to} of their school`, given: { from, to }, then: 'allow' },
      {
        when: `a ${from} writes to the ${to} of another school`,
        given: { from, to, ...elsewhere },
        then: 'allow',
      },
    ]),
    {
      when: `a ${from} writes to a pupil of a class linked with theirs`,
      given: { from, to: 'pupil', linkedClass: 'moderated', ...elsewhere },
      then: 'allow',
    },
    {
      when: `a ${from} writes to their own child, at another school`,
      given: { from, to: 'pupil', family: true, ...elsewhere },
      then: 'allow',
    },
    {
      when: `a ${from} writes outside`,
      given: { from, to: 'outside', ...elsewhere },
      then: 'allow',
    },
    {
      when: `a ${from} writes outside, which the school forbids`,
      given: { from, to: 'outside', outsideForbidden: true, ...elsewhere },
      then: 'deny outside-forbidden',
    },
    {
      when: `a ${from} writes to a pupil of another school`,
      given: { from, to: 'pupil', ...elsewhere },
      then: 'deny no-such-address',
    },
    {
      when: `a ${from} writes to a guardian of another school`,
      given: { from, to: 'guardian', ...elsewhere },
      then: 'deny no-such-address',
    },
    {
      when: `a ${from} writes to a class list of another school`,
      given: { from, to: 'class', ...elsewhere },
      then: 'deny no-such-address',
    },
    {
      when: `a ${from} writes to the whole town`,
      given: { from, to: 'town' },
      then: 'deny not-your-list',
    },
    {
      when: `a ${from} writes to an agent past the support list`,
      given: { from, to: 'agent', ...elsewhere },
      then: 'deny no-such-address',
    },
  ]),
  ...(
    [
      'pupil',
      'teacher',
      'head',
      'staff',
      'guardian',
      'agent',
      'class',
      'class-families',
      'team',
      'pupils',
      'families',
      'headship',
      'office',
      'town',
    ] as const
  ).map((to): Case => ({
    when: `an agent writes to ${to}`,
    given: { from: 'agent', to, ...elsewhere },
    then: 'allow',
  })),
  {
    when: 'an agent writes outside',
    given: { from: 'agent', to: 'outside', ...elsewhere },
    then: 'deny no-mail-outside',
  },
];

const FAMILIES: readonly Case[] = [
  {
    when: 'a guardian writes to their child',
    given: { from: 'guardian', to: 'pupil', family: true },
    then: 'allow',
  },
  {
    when: 'a guardian writes to their child’s teacher',
    given: { from: 'guardian', to: 'teacher', teachesChild: true },
    then: 'allow',
  },
  {
    when: 'a guardian writes to a head who teaches their child',
    given: { from: 'guardian', to: 'head', teachesChild: true, ...elsewhere },
    then: 'allow',
  },
  {
    when: 'a guardian writes to the head of their child’s school',
    given: { from: 'guardian', to: 'head', headOfChild: true },
    then: 'allow',
  },
  {
    when: 'a guardian writes to the post of head of their child’s school',
    given: { from: 'guardian', to: 'headship', headOfChild: true },
    then: 'allow',
  },
  {
    when: 'a guardian writes to the post of head of another school',
    given: { from: 'guardian', to: 'headship', ...elsewhere },
    then: 'deny no-such-address',
  },
  {
    when: 'a guardian writes to the post of head of a school that is not their child’s',
    given: { from: 'guardian', to: 'headship' },
    then: 'deny not-your-list',
  },
  {
    when: 'a guardian writes to the school itself',
    given: { from: 'guardian', to: 'office', headOfChild: true },
    then: 'deny not-your-list',
  },
  {
    when: 'a guardian writes to another child',
    given: { from: 'guardian', to: 'pupil' },
    then: 'deny not-your-child',
  },
  {
    when: 'a blocked guardian writes to the child',
    given: { from: 'guardian', to: 'pupil', ...elsewhere },
    then: 'deny no-such-address',
  },
  {
    when: 'a guardian writes to a teacher of another class',
    given: { from: 'guardian', to: 'teacher' },
    then: 'deny not-your-childs-teacher',
  },
  {
    when: 'a guardian writes to a head whose school is not their child’s',
    given: { from: 'guardian', to: 'head' },
    then: 'deny not-your-childs-teacher',
  },
  {
    when: 'a guardian writes to staff',
    given: { from: 'guardian', to: 'staff', reachableStaff: true },
    then: 'deny not-your-childs-teacher',
  },
  {
    when: 'a guardian writes to a teacher of another school',
    given: { from: 'guardian', to: 'teacher', ...elsewhere },
    then: 'deny no-such-address',
  },
  {
    when: 'a guardian writes to another guardian',
    given: { from: 'guardian', to: 'guardian' },
    then: 'deny guardian-to-guardian',
  },
  {
    when: 'a guardian writes to the class of their child',
    given: { from: 'guardian', to: 'class' },
    then: 'deny not-your-list',
  },
  {
    when: 'a guardian writes to all families',
    given: { from: 'guardian', to: 'families' },
    then: 'deny not-your-list',
  },
  {
    when: 'a guardian writes outside',
    given: { from: 'guardian', to: 'outside', ...elsewhere },
    then: 'deny no-mail-outside',
  },
];

const OUTSIDE: readonly Case[] = [
  ...(['teacher', 'head', 'staff', 'headship', 'office'] as const).flatMap((to): Case[] => [
    { when: `a stranger writes to a ${to}`, given: { ...stranger, to }, then: 'allow' },
    {
      when: `somebody who only bears a name that its domain disowns writes to a ${to}`,
      given: { ...stranger, to, authentication: 'fail' },
      then: 'deny unproven-sender',
    },
  ]),
  ...(
    [
      'pupil',
      'guardian',
      'agent',
      'class',
      'class-families',
      'team',
      'pupils',
      'families',
      'town',
      'support',
      'outside',
    ] as const
  ).map((to): Case => ({
    when: `a stranger writes to ${to}`,
    given: { ...stranger, to, sameSchool: to === 'town' || to === 'support' },
    then: 'deny no-such-address',
  })),
  ...(['pupil', 'guardian', 'class', 'class-families'] as const).flatMap((to): Case[] => [
    {
      when: `an approved correspondent writes to ${to}`,
      given: { ...penFriend, to },
      then: 'hold approved-correspondent',
    },
    {
      when: `somebody gives an approved address, unproven, and writes to ${to}`,
      given: { ...penFriend, to, authentication: 'none' },
      then: 'hold unproven-correspondent',
    },
    {
      when: `the teacher let a proven letter to ${to} go, and now nothing proves it`,
      given: { ...penFriend, to, authentication: 'none', lifted: ['approved-correspondent'] },
      then: 'hold unproven-correspondent',
    },
    {
      when: `a stranger whose domain stands behind them, unapproved, writes to ${to}`,
      given: { ...stranger, to, authentication: 'pass' },
      then: 'deny no-such-address',
    },
    {
      when: `somebody bears an approved correspondent’s name and writes to ${to}`,
      given: { ...penFriend, to, authentication: 'fail' },
      then: 'deny no-such-address',
    },
  ]),
  {
    when: 'an approved correspondent writes to a whole school',
    given: { ...penFriend, to: 'pupils' },
    then: 'deny no-such-address',
  },
];

const EVERYBODY = ['pupil', 'teacher', 'head', 'staff', 'guardian', 'agent'] as const;
const LISTS_FOR_ALL: readonly Case[] = [
  ...EVERYBODY.flatMap((from): Case[] => [
    { when: `a ${from} asks the support list`, given: { from, to: 'support' }, then: 'allow' },
    {
      when: `a ${from} asks the support list, which an agent answers`,
      given: { from, to: 'agent', through: 'support', ...elsewhere },
      then: 'allow',
    },
    ...(['teacher', 'head', 'staff'] as const).map((to): Case => ({
      when: `a ${from} asks the support list, which a ${to} answers`,
      given: { from, to, through: 'support', ...elsewhere },
      then: 'allow',
    })),
  ]),
  {
    when: 'the service writes to postmaster',
    given: { from: 'system', to: 'postmaster' },
    then: 'allow',
  },
  {
    when: 'an agent writes to postmaster',
    given: { from: 'agent', to: 'postmaster' },
    then: 'allow',
  },
  ...(['pupil', 'teacher', 'head', 'staff', 'guardian', 'outside'] as const).flatMap(
    (from): Case[] => [
      {
        when: `${from} writes to postmaster`,
        given: { from, to: 'postmaster', authentication: 'fail' },
        then: 'allow',
      },
      ...(['teacher', 'head', 'staff', 'agent'] as const).map((to): Case => ({
        when: `${from} writes to postmaster, which a ${to} answers`,
        given: { from, to, through: 'postmaster', authentication: 'fail', ...elsewhere },
        then: 'allow',
      })),
    ],
  ),
  {
    when: 'a stranger comes through the support list',
    given: { ...stranger, to: 'agent', through: 'support' },
    then: 'deny no-such-address',
  },
  {
    when: 'a child would be reached through the support list',
    given: { ...elsewhere, through: 'support' },
    then: 'deny no-such-address',
  },
  {
    when: 'a pupil reaches a teacher through a class list that is not theirs',
    given: { from: 'pupil', to: 'teacher', through: 'class' },
    then: 'deny not-your-teacher',
  },
  ...EVERYBODY.map((to): Case => ({
    when: `the service sends a notice to a ${to}`,
    given: { from: 'system', to, ...elsewhere },
    then: 'allow',
  })),
  {
    when: 'the service writes outside',
    given: { from: 'system', to: 'outside', ...elsewhere },
    then: 'deny no-mail-outside',
  },
  {
    when: 'somebody writes to the service itself',
    given: { from: 'teacher', to: 'system', ...elsewhere },
    then: 'deny no-such-address',
  },
  {
    when: 'somebody of the same school writes to the service itself',
    given: { from: 'teacher', to: 'system' },
    then: 'deny no-such-address',
  },
];

const ACCOUNTS: readonly Case[] = [
  {
    when: 'the sender is suspended',
    given: { ...classmates, senderState: 'suspended' },
    then: 'deny account-suspended',
  },
  {
    when: 'the sender has left',
    given: { ...classmates, senderState: 'archived' },
    then: 'deny account-archived',
  },
  {
    when: 'the classmate is suspended',
    given: { ...classmates, recipientState: 'suspended' },
    then: 'deny recipient-closed',
  },
  {
    when: 'the classmate has left',
    given: { ...classmates, recipientState: 'archived' },
    then: 'deny recipient-closed',
  },
  {
    when: 'the colleague of another school is suspended',
    given: { ...colleagues, ...elsewhere, recipientState: 'suspended' },
    then: 'deny no-such-address',
  },
  {
    when: 'a stranger writes to a teacher who has left',
    given: { ...stranger, to: 'teacher', recipientState: 'archived' },
    then: 'deny no-such-address',
  },
  {
    when: 'all pupils’ mail is stopped',
    given: { ...classmates, pupilMailStopped: true },
    then: 'deny pupil-mail-stopped',
  },
  {
    when: 'a teacher put the sender at rest',
    given: { ...classmates, senderPaused: true },
    then: 'deny sending-paused',
  },
  {
    when: 'the sender has used up the hour’s messages',
    given: { ...classmates, overRate: true },
    then: 'deny too-many-messages',
  },
  {
    when: 'the sender wrote to many new children today, and to this one never',
    given: { ...classmates, overNewPeople: true, wroteBefore: false },
    then: 'deny too-many-new-people',
  },
  {
    when: 'the same, to somebody they have written with before',
    given: { ...classmates, overNewPeople: true },
    then: 'allow',
  },
  {
    when: 'the same, to the class as a whole',
    given: {
      from: 'teacher',
      to: 'pupil',
      through: 'class',
      sameSchool: true,
      sharesClass: true,
      overNewPeople: true,
      wroteBefore: false,
    },
    then: 'allow',
  },
  {
    when: 'the same, to an adult',
    given: {
      from: 'pupil',
      to: 'teacher',
      sameSchool: true,
      sharesClass: true,
      overNewPeople: true,
      wroteBefore: false,
    },
    then: 'allow',
  },
  {
    when: 'too many messages comes before too many new people',
    given: { ...classmates, overRate: true, overNewPeople: true, wroteBefore: false },
    then: 'deny too-many-messages',
  },
  {
    when: 'stopped comes before paused, and paused before too many',
    given: { ...classmates, pupilMailStopped: true, senderPaused: true, overRate: true },
    then: 'deny pupil-mail-stopped',
  },
  {
    when: 'paused comes before too many',
    given: { ...classmates, senderPaused: true, overRate: true },
    then: 'deny sending-paused',
  },
  {
    when: 'the relation comes before the account',
    given: { senderState: 'suspended' },
    then: 'deny not-in-your-class',
  },
  {
    when: 'a stranger never learns that a pupil is stopped',
    given: { ...stranger, to: 'pupil', pupilMailStopped: true },
    then: 'deny no-such-address',
  },
];

const WAITING: readonly Case[] = [
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

const other = { content: { ...FINE, attachments: 'other' } } as const;
const locked = { content: { ...FINE, unscannable: true } } as const;
const badLink = { content: { ...FINE, forbiddenLink: true } } as const;
const CONTENTS: readonly Case[] = [
  {
    when: 'a virus between colleagues',
    given: { ...colleagues, content: { ...FINE, malware: true } },
    then: 'deny malware',
  },
  {
    when: 'a program between colleagues',
    given: { ...colleagues, content: { ...FINE, attachments: 'dangerous' } },
    then: 'deny file-kind',
  },
  { when: 'a zip between colleagues', given: { ...colleagues, ...other }, then: 'allow' },
  {
    when: 'a zip from a teacher to a pupil',
    given: { from: 'teacher', to: 'pupil', ...other },
    then: 'allow',
  },
  {
    when: 'a zip from a pupil to their teacher',
    given: { from: 'pupil', to: 'teacher', sharesClass: true, ...other },
    then: 'deny file-kind',
  },
  {
    when: 'a zip from a guardian',
    given: { from: 'guardian', to: 'teacher', teachesChild: true, ...other },
    then: 'deny file-kind',
  },
  {
    when: 'a zip from outside to a teacher',
    given: { ...stranger, to: 'teacher', ...other },
    then: 'allow',
  },
  ...(['pupil', 'guardian', 'class', 'class-families'] as const).map((to): Case => ({
    when: `a zip from an approved correspondent to ${to}`,
    given: { ...penFriend, to, ...other },
    then: 'deny file-kind',
  })),
  {
    when: 'a locked archive between colleagues',
    given: { ...colleagues, ...locked },
    then: 'hold locked-archive-held',
  },
  {
    when: 'a locked archive to a pupil',
    given: { from: 'teacher', to: 'pupil', ...locked },
    then: 'deny locked-archive',
  },
  {
    when: 'a locked archive from a pupil',
    given: { from: 'pupil', to: 'teacher', sharesClass: true, ...locked },
    then: 'deny locked-archive',
  },
  {
    when: 'a forbidden link between colleagues',
    given: { ...colleagues, ...badLink },
    then: 'hold forbidden-link-held',
  },
  {
    when: 'a forbidden link to a pupil',
    given: { from: 'teacher', to: 'pupil', ...badLink },
    then: 'deny forbidden-link',
  },
  {
    when: 'a forbidden link from a pupil',
    given: { from: 'pupil', to: 'teacher', sharesClass: true, ...badLink },
    then: 'deny forbidden-link',
  },
  {
    when: 'the account comes before the content',
    given: { ...classmates, senderPaused: true, content: { ...FINE, malware: true } },
    then: 'deny sending-paused',
  },
];

/** All of it, by the product page's headings. */
export const CASES: Readonly<Record<string, readonly Case[]>> = {
  'from a pupil': PUPILS,
  'from an adult of a school or of the town': ADULTS,
  'from a guardian': FAMILIES,
  'from outside': OUTSIDE,
  'support, postmaster and the service': LISTS_FOR_ALL,
  'the accounts': ACCOUNTS,
  'moderation and hours': WAITING,
  'the content': CONTENTS,
};
