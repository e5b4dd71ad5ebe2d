/**
 * Facts about somebody and themselves: only the content is asked about, who may write to whom is
 * known when the message leaves.
 */
import type { ContentFacts, Facts } from '../rules/facts.ts';
import type { Viewer } from '../viewer.ts';

export function aboutSelf(viewer: Viewer, content: ContentFacts): Facts {
  return {
    from: viewer.role,
    to: viewer.role,
    through: null,
    sameSchool: true,
    sharesClass: true,
    linkedClass: 'none',
    family: false,
    teachesChild: false,
    headOfChild: false,
    reachableStaff: false,
    pupilsReachAllTeachers: false,
    wroteRecently: false,
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
    content,
    lifted: [],
  };
}
