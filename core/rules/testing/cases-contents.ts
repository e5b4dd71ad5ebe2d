import { FINE } from '../facts.ts';
import { classmates, colleagues, stranger, penFriend, type Case } from './case.ts';

const other = { content: { ...FINE, attachments: 'other' } } as const;
const locked = { content: { ...FINE, unscannable: true } } as const;
const badLink = { content: { ...FINE, forbiddenLink: true } } as const;
export const CONTENTS: readonly Case[] = [
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
    when: 'a locked archive that leaves the town',
    given: { from: 'teacher', to: 'outside', ...locked },
    then: 'deny locked-archive',
  },
  {
    when: 'a forbidden link that leaves the town',
    given: { from: 'teacher', to: 'outside', ...badLink },
    then: 'deny forbidden-link',
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
  {
    when: 'a photo of a pupil whose class has not opened photos',
    given: { ...classmates, photosOpen: false, content: { ...FINE, photograph: true } },
    then: 'deny photo-closed',
  },
  {
    when: 'the same where it has',
    given: { ...classmates, content: { ...FINE, photograph: true } },
    then: 'allow',
  },
  {
    when: 'a teacher’s photo to the same class',
    given: {
      from: 'teacher',
      to: 'pupil',
      sharesClass: true,
      photosOpen: false,
      content: { ...FINE, photograph: true },
    },
    then: 'allow',
  },
  {
    when: 'a file that pupils don’t send comes before a photo',
    given: {
      ...classmates,
      photosOpen: false,
      content: { ...FINE, photograph: true, attachments: 'other' },
    },
    then: 'deny file-kind',
  },
  {
    when: 'a photo comes before a locked archive',
    given: {
      ...classmates,
      photosOpen: false,
      content: { ...FINE, photograph: true, unscannable: true },
    },
    then: 'deny photo-closed',
  },
];
