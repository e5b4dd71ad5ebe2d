import { askBook, book, printBooks, shareBook } from './books.ts';
import type { Walls } from './contract.ts';
import { give, making, makings, takeBack } from './giving.ts';
import type { WallParts } from './parts.ts';
import { file, gift, list, view, waitingCount } from './reading.ts';
import { hang, refuse } from './tapping.ts';
import { ask, askChild, decline } from './wishing.ts';

/** Walls of classes, what hangs there, and their books. */
export function openWalls(parts: WallParts): Walls {
  return {
    list: (viewer) => list(parts, viewer),
    wall: (viewer, ref, before) => view({ parts, viewer }, ref, before),
    waitingCount: (viewer, ref) => waitingCount(parts, viewer, ref),
    gift: (viewer, ref) => gift(parts, viewer, ref),
    file: (viewer, ref, size) => file({ parts, viewer }, ref, size),
    makings: (viewer, ref) => makings(parts, viewer, ref),
    making: (viewer, which) => making(parts, viewer, which),
    give: (viewer, ref, which) => give({ parts, viewer }, ref, which),
    ask: (viewer, ref, which) => ask({ parts, viewer }, ref, which),
    askChild: (viewer, ref, child) => askChild({ parts, viewer }, ref, child),
    decline: (viewer, ref, which) => decline({ parts, viewer }, ref, which),
    takeBack: (viewer, ref) => takeBack(parts, viewer, ref),
    hang: (viewer, ref) => hang(parts, viewer, ref),
    refuse: (viewer, ref, word) => refuse({ parts, viewer }, ref, word),
    askBook: (viewer, ref) => askBook(parts, viewer, ref),
    shareBook: (viewer, ref, forFamilies) => shareBook({ parts, viewer }, ref, { forFamilies }),
    book: (viewer, ref) => book(parts, viewer, ref),
    printBooks: (night, print) => printBooks(parts, night, print),
  };
}
