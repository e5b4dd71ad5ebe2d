import { FINE, type Facts } from '../facts.ts';

export interface Case {
  readonly when: string;
  readonly given: Partial<Facts>;
  readonly then: string;
}

/** An ordinary day: two people of one school who have nothing else to do with one another. */
export const BASE: Facts = {
  from: 'pupil',
  to: 'pupil',
  through: null,
  sameSchool: true,
  sharesClass: false,
  linkedClass: 'none',
  linkTravels: false,
  family: false,
  teachesChild: false,
  headOfChild: false,
  reachableStaff: false,
  pupilsReachAllTeachers: false,
  wroteRecently: false,
  outsideForbidden: false,
  inAgentsArea: true,
  approvedCorrespondent: false,
  authentication: 'pass',
  senderState: 'active',
  recipientState: 'active',
  charterDue: false,
  familyDue: false,
  senderPaused: false,
  keptApart: false,
  wayClosed: false,
  overRate: false,
  overNewPeople: false,
  pupilMailStopped: false,
  moderation: 'open',
  secondLook: 'off',
  photosOpen: true,
  wroteBefore: true,
  schoolClosed: false,
  content: FINE,
  lifted: [],
};

export const classmates: Partial<Facts> = { from: 'pupil', to: 'pupil', sharesClass: true };
export const colleagues: Partial<Facts> = { from: 'teacher', to: 'teacher' };
export const elsewhere: Partial<Facts> = { sameSchool: false };
export const stranger: Partial<Facts> = { from: 'outside', authentication: 'none', ...elsewhere };
export const penFriend: Partial<Facts> = {
  ...stranger,
  to: 'pupil',
  approvedCorrespondent: true,
  authentication: 'pass',
};
