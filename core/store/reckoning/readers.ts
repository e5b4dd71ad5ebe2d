import type { Database } from '../tables.ts';
import { boardReaders, strayNotices } from './boards.ts';
import { groupPapers } from './group-papers.ts';
import {
  correspondentsWays,
  listedPupils,
  listWriters,
  openedMailboxes,
  strayFiles,
  strayGifts,
  strayPapers,
  strayTicks,
} from './lists-and-mailboxes.ts';
import { waysBetween, waysWithin } from './who-may-write.ts';

/**
 * By which queries the readers of a kind of thing are counted in the proof of the night; by none,
 * and then `why` says who comes to it all the same.
 */
interface Readers {
  readonly countedBy: readonly ((...given: never[]) => Promise<unknown>)[];
  readonly why: string;
}

/** Every kind of thing that a person can read; each table says by its comment which it holds. */
export const READERS = {
  letters: {
    countedBy: [waysWithin, waysBetween, listWriters, listedPupils, correspondentsWays],
    why: 'whoever it was written to: who may write to whom is the table of the product',
  },
  mailboxes: {
    countedBy: [openedMailboxes],
    why: 'its owner, and whom a right lets in: nobody into a pupil’s',
  },
  roster: {
    countedBy: [],
    why: 'who is in which class: what the ways are reckoned from, shown to their own school',
  },
  papers: {
    countedBy: [boardReaders, groupPapers, strayPapers],
    why: 'a class’s teachers, its head, its pupils’ guardians; of a group’s its author, the head, and the guardians of whom it names',
  },
  boards: {
    countedBy: [boardReaders, strayNotices],
    why: 'a class’s pupils and teachers, or their guardians, as the roster has them; told by no row',
  },
  walls: {
    countedBy: [boardReaders, strayGifts],
    why: 'whoever reads the class’s board; what hangs is counted by whose it is',
  },
  cupboards: {
    countedBy: [boardReaders, strayFiles],
    why: 'whoever reads the class’s board, of what its teachers show them; counted by who put it there',
  },
  weeks: {
    countedBy: [boardReaders, strayTicks],
    why: 'whoever reads the class’s board; a tick is counted by whose it is',
  },
  evidence: {
    countedBy: [],
    why: 'what a child reported, read by the adults of their class and head, never by a pupil',
  },
  own: { countedBy: [], why: 'of one account, read by nobody but its owner' },
  adults: { countedBy: [], why: 'work of heads, teachers and agents, with no letter in it' },
  town: { countedBy: [], why: 'of the whole town, with nothing that a person wrote' },
} satisfies Readonly<Record<string, Readers>>;

/** What each kind of mailbox holds: one that is new doesn’t compile without its line. */
export const MAILBOX_HOLDS = {
  ...{ inbox: 'letters', sent: 'letters', archive: 'letters', trash: 'letters' },
  ...{ junk: 'letters', drafts: 'letters', later: 'letters', own: 'letters' },
} as const satisfies Readonly<
  Record<NonNullable<Database['mailbox']['use']> | 'own', keyof typeof READERS>
>;
