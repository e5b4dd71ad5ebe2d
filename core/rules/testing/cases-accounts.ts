import { classmates, colleagues, elsewhere, stranger, type Case } from './case.ts';

export const ACCOUNTS: readonly Case[] = [
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
    when: 'a pupil who has not accepted the charter yet',
    given: { ...classmates, charterDue: true },
    then: 'deny charter-first',
  },
  {
    when: 'the same, to their own teacher',
    given: { from: 'pupil', to: 'teacher', sharesClass: true, charterDue: true },
    then: 'deny charter-first',
  },
  {
    when: 'a pupil whose family has not said yes where the school asks it',
    given: { ...classmates, familyDue: true },
    then: 'deny family-first',
  },
  {
    when: 'stopped comes before the charter, and the charter before the family',
    given: { ...classmates, pupilMailStopped: true, charterDue: true, familyDue: true },
    then: 'deny pupil-mail-stopped',
  },
  {
    when: 'the charter comes before the family, which a child can’t ask by a tap',
    given: { ...classmates, charterDue: true, familyDue: true },
    then: 'deny charter-first',
  },
  {
    when: 'the family comes before a rest',
    given: { ...classmates, familyDue: true, senderPaused: true },
    then: 'deny family-first',
  },
  {
    when: 'a teacher put the sender at rest',
    given: { ...classmates, senderPaused: true },
    then: 'deny sending-paused',
  },
  {
    when: 'an adult keeps two classmates apart',
    given: { ...classmates, keptApart: true },
    then: 'deny kept-apart',
  },
  {
    when: 'two who are kept apart, by way of the list of their class',
    given: { ...classmates, through: 'class', keptApart: true },
    then: 'deny kept-apart',
  },
  {
    when: 'paused comes before kept apart',
    given: { ...classmates, senderPaused: true, keptApart: true },
    then: 'deny sending-paused',
  },
  {
    when: 'kept apart comes before too many',
    given: { ...classmates, keptApart: true, overRate: true },
    then: 'deny kept-apart',
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
