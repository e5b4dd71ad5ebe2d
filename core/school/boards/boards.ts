import { pin, prolong, takeDown } from './acting.ts';
import type { Boards } from './contract.ts';
import type { PostingParts } from './parts.ts';
import { edit, post } from './posting.ts';
import { file, list, see, state, takenDown, unseenCount, view } from './reading.ts';

/** Boards of classes and schools, and what hangs there. */
export function openBoards(parts: PostingParts): Boards {
  return {
    list: (viewer) => list(parts, viewer),
    unseenCount: (viewer) => unseenCount(parts, viewer),
    board: (viewer, ref) => view(parts, viewer, ref),
    takenDown: (viewer, ref) => takenDown(parts, viewer, ref),
    notice: (viewer, ref) => state(parts, viewer, ref),
    post: (viewer, board, wish) => post(parts, viewer, board, wish),
    edit: (viewer, ref, wish) => edit(parts, viewer, ref, wish),
    pin: (viewer, ref, isPinned) => pin(parts, viewer, ref, isPinned),
    prolong: (viewer, ref, untilDay) => prolong(parts, viewer, ref, untilDay),
    takeDown: (viewer, ref) => takeDown(parts, viewer, ref),
    see: (viewer, notices) => see(parts, viewer, notices),
    file: (viewer, ref, path) => file(parts, viewer, ref, path),
  };
}
