import {
  addNeed,
  copy,
  dropLesson,
  dropNeed,
  dropSpecial,
  keepHours,
  keepLesson,
  keepSpecial,
  tick,
} from './changing.ts';
import type { Weeks } from './contract.ts';
import { given } from './giving.ts';
import type { WeekParts } from './parts.ts';
import { desk, own, week } from './reading.ts';

/** Weeks of classes, read and changed. */
export function openWeeks(parts: WeekParts): Weeks {
  return {
    own: (viewer, day) => own(parts, viewer, day),
    week: (viewer, classId, day) => week({ parts, viewer }, classId, day),
    desk: (viewer, classId, day) => desk({ parts, viewer }, classId, day),
    given: (viewer, day) => given(parts, viewer, day),
    keepHours: (viewer, classId, hours) => keepHours({ parts, viewer }, classId, hours),
    copy: (viewer, classId, from) => copy({ parts, viewer }, classId, from),
    keepLesson: (viewer, classId, kept) => keepLesson({ parts, viewer }, classId, kept),
    dropLesson: (viewer, classId, seen) => dropLesson({ parts, viewer }, classId, seen),
    keepSpecial: (viewer, classId, kept) => keepSpecial({ parts, viewer }, classId, kept),
    dropSpecial: (viewer, classId, seen) => dropSpecial({ parts, viewer }, classId, seen),
    addNeed: (viewer, classId, need) => addNeed({ parts, viewer }, classId, need),
    dropNeed: (viewer, classId, id) => dropNeed({ parts, viewer }, classId, id),
    tick: (viewer, classId, one) => tick({ parts, viewer }, classId, one),
  };
}
