import { elsewhere, stranger, penFriend, type Case } from './case.ts';

export const OUTSIDE: readonly Case[] = [
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
export const LISTS_FOR_ALL: readonly Case[] = [
  ...EVERYBODY.flatMap((from): Case[] => [
    { when: `a ${from} asks the support list`, given: { from, to: 'support' }, then: 'allow' },
    {
      when: `a ${from} asks the support list, which an agent answers`,
      given: { from, to: 'agent', through: 'support', ...elsewhere },
      then: 'allow',
    },
    {
      when: `a ${from} asks the support list, which an agent of other communes answers`,
      given: { from, to: 'agent', through: 'support', inAgentsArea: false, ...elsewhere },
      then: 'deny no-such-address',
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
    when: 'a stranger writes to postmaster, which an agent of some communes answers',
    given: { ...stranger, to: 'agent', through: 'postmaster', inAgentsArea: false },
    then: 'deny no-such-address',
  },
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
