import { callForHelp } from './call-for-help.ts';
import { classChild } from './class-child.ts';
import { classDetails, classSummaries } from './class-details.ts';
import { classLetter } from './class-letter.ts';
import type { Teaching } from './contract.ts';
import { approveCorrespondent, removeCorrespondent } from './correspondents.ts';
import { notePaper } from './family-paper.ts';
import { linkable, schools } from './linkable-classes.ts';
import { answerLink, endLink, proposeLink, settleLink } from './links.ts';
import type { TeachingParts } from './parts.ts';
import { notePhoto } from './photo-word.ts';
import { setReads } from './reads.ts';
import { endRest, rest } from './rest.ts';
import { setSwitch } from './switches.ts';

/** What teachers decide about their classes. Each act asks first whose right it is. */
export function openTeaching(parts: TeachingParts): Teaching {
  return {
    classes: (viewer) => classSummaries(parts, viewer),
    classDetails: (viewer, classId, child) => classDetails({ parts, viewer }, classId, child),
    classChild: (viewer, whose) => classChild(parts, viewer, whose),
    letter: (viewer, classId) => classLetter(parts, viewer, classId),
    rest: (viewer, wish) => rest(parts, viewer, wish),
    endRest: (viewer, whose) => endRest(parts, viewer, whose),
    setReads: (viewer, wish) => setReads(parts, viewer, wish),
    notePaper: (viewer, wish) => notePaper(parts, viewer, wish),
    notePhoto: (viewer, wish) => notePhoto(parts, viewer, wish),
    schools: (viewer, classId) => schools(parts, viewer, classId),
    linkable: (viewer, classId, school) => linkable({ parts, viewer }, classId, school),
    proposeLink: (viewer, wish) => proposeLink(parts, viewer, wish),
    answerLink: (viewer, answer) => answerLink(parts, viewer, answer),
    moderateLink: (viewer, { moderated, ...link }) =>
      settleLink({ parts, viewer }, link, { act: 'moderate-link', set: { moderated } }),
    travelLink: (viewer, { travels, ...link }) =>
      settleLink({ parts, viewer }, link, { act: 'travel-link', set: { travels } }),
    endLink: (viewer, link) => endLink(parts, viewer, link),
    approveCorrespondent: (viewer, approval) => approveCorrespondent(parts, viewer, approval),
    removeCorrespondent: (viewer, correspondent) =>
      removeCorrespondent(parts, viewer, correspondent),
    setSwitch: (viewer, wish) => setSwitch(parts, viewer, wish),
    callForHelp: (viewer) => callForHelp(parts, viewer),
  };
}
