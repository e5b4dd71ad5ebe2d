import { ask } from './asking.ts';
import { circleInNumbers, circleOf } from './circle.ts';
import type { Papers } from './contract.ts';
import { file, list, openOf, state } from './desk.ts';
import { draftedIn, drafts, keepDraft } from './drafting.ts';
import { enter, extend, remind, withdraw } from './entering.ts';
import { evidence } from './evidence.ts';
import { answer, slip, slips } from './family.ts';
import { handIn, leave } from './leaving.ts';
import type { AskingParts } from './parts.ts';
import { questionTo } from './questions.ts';
import { photo } from './sheet-photo.ts';
import { waitingCount } from './waiting.ts';

/** Papers that families sign, from the letter that asks to the answer. */
export function openPapers(parts: AskingParts): Papers {
  return {
    async circle(viewer, recipients) {
      const circle = await circleOf(parts, viewer, recipients);
      return circle && circleInNumbers(parts, circle);
    },
    keep: (viewer, writing, from) => keepDraft({ parts, viewer }, writing, from),
    drafts: (viewer) => drafts(parts, viewer),
    draftedIn: ({ slip }) => draftedIn(slip),
    handIn: (viewer, draft, at) => handIn(parts, viewer, { ...draft, at }),
    leave: (viewer, draft) => leave(parts, viewer, draft),
    ask: (viewer, asking) => ask({ parts, viewer }, asking, null),
    change: (viewer, ref, asking) => ask({ parts, viewer }, asking, ref),
    list: (viewer, before) => list(parts, viewer, before),
    openOf: (viewer, classId) => openOf(parts, viewer, classId),
    state: (viewer, ref) => state(parts, viewer, ref),
    remind: (viewer, ref, child) => remind({ parts, viewer }, ref, child),
    enter: (viewer, ref, entered) => enter({ parts, viewer }, ref, entered),
    extend: (viewer, ref, until) => extend({ parts, viewer }, ref, until),
    withdraw: (viewer, ref) => withdraw(parts, viewer, ref),
    file: (viewer, ref, which) => file({ parts, viewer }, ref, which),
    photo: (viewer, ref, answer) => photo({ parts, viewer }, ref, answer),
    evidence: (viewer, ref) => evidence(parts, viewer, ref),
    slips: (viewer) => slips(parts, viewer),
    waitingCount: (viewer) => waitingCount(parts, viewer),
    slip: (viewer, ref) => slip(parts, viewer, ref),
    questionTo: (viewer, ref) => questionTo(parts, viewer, ref),
    answer: (viewer, ref, given) => answer({ parts, viewer }, ref, given),
  };
}
