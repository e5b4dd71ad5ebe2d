import { pin, prolong, takeDown } from './acting.ts';
import { openBareSchools } from './bare-schools.ts';
import type { Boards } from './contract.ts';
import { drafts } from './drafts.ts';
import { hangIdea, ownIdeas, refuseIdea, seeAnswers } from './ideas.ts';
import type { PostingParts } from './parts.ts';
import { edit, post, propose } from './posting.ts';
import { file, ideas, list, news, see, state, takenDown, view } from './reading.ts';
import { remindMe, remindUnseen } from './reminding.ts';

/** Boards of classes and schools, and what hangs there. */
export function openBoards(given: Omit<PostingParts, 'bare'>): Boards {
  const parts: PostingParts = { ...given, bare: openBareSchools(given) };
  return {
    list: (viewer) => list(parts, viewer),
    news: (viewer) => news(parts, viewer),
    board: (viewer, ref) => view(parts, viewer, ref),
    takenDown: (viewer, ref) => takenDown(parts, viewer, ref),
    notice: (viewer, ref) => state(parts, viewer, ref),
    drafts: (viewer) => drafts(parts, viewer),
    post: (viewer, board, wish) => post({ parts, viewer }, board, wish),
    edit: (viewer, ref, wish) => edit({ parts, viewer }, ref, wish),
    ideas: (viewer) => ideas(parts, viewer),
    ownIdeas: (viewer) => ownIdeas(parts, viewer),
    propose: (viewer, board, wish) => propose({ parts, viewer }, board, wish),
    hangIdea: (viewer, ref) => hangIdea(parts, viewer, ref),
    refuseIdea: (viewer, ref, words) => refuseIdea({ parts, viewer }, ref, words),
    seeAnswers: (viewer) => seeAnswers(parts, viewer),
    pin: (viewer, ref, isPinned) => pin({ parts, viewer }, ref, { isPinned }),
    prolong: (viewer, ref, untilDay) => prolong({ parts, viewer }, ref, untilDay),
    remindMe: (viewer, ref, day) => remindMe({ parts, viewer }, ref, day),
    remindUnseen: (viewer, ref) => remindUnseen(parts, viewer, ref),
    takeDown: (viewer, ref) => takeDown(parts, viewer, ref),
    see: (viewer, notices) => see(parts, viewer, notices),
    file: (viewer, ref, path) => file({ parts, viewer }, ref, path),
  };
}
