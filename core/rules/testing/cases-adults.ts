import { elsewhere, type Case } from './case.ts';

export const ADULTS: readonly Case[] = [
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
  ...(['pupil', 'teacher', 'class', 'headship', 'town'] as const).map((to): Case => ({
    when: `an agent of some communes writes to ${to} elsewhere`,
    given: { from: 'agent', to, inAgentsArea: false, ...elsewhere },
    then: 'deny no-such-address',
  })),
  ...(
    [
      ['pupil', { family: true }],
      ['teacher', { teachesChild: true }],
      ['head', { headOfChild: true }],
    ] as const
  ).map(([to, given]): Case => ({
    when: `an agent of some communes, a parent elsewhere, writes to ${to}`,
    given: { from: 'agent', to, inAgentsArea: false, ...given, ...elsewhere },
    then: 'allow',
  })),
  {
    when: 'an agent writes outside',
    given: { from: 'agent', to: 'outside', ...elsewhere },
    then: 'deny no-mail-outside',
  },
];

export const FAMILIES: readonly Case[] = [
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
