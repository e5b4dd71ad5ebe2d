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

/** Every kind of thing that a person can read; boards and files get theirs when they come. */
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

/** What each table holds: one that is new doesn’t compile without its line. */
export const TABLE_HOLDS = {
  ...{ message: 'letters', entry: 'letters', outbox: 'letters', hold: 'letters' },
  ...{ held_elsewhere: 'letters', sending: 'letters', annotation: 'letters' },
  ...{ acknowledgement: 'letters', absence_reply: 'letters', letter_copy: 'letters' },
  ...{ brought_message: 'letters', waiting_draft: 'letters', refused_letter: 'letters' },
  ...{ put_off_letter: 'letters', awaited_answer: 'letters' },
  ...{ mailbox: 'mailboxes', mailbox_right: 'mailboxes', expunged: 'mailboxes' },
  ...{ gone_subscription: 'mailboxes', last_act: 'mailboxes' },
  ...{ account: 'roster', address: 'roster', class: 'roster', membership: 'roster' },
  ...{ post: 'roster', guardianship: 'roster', accompaniment: 'roster', leaver: 'roster' },
  ...{ class_link: 'roster', correspondent: 'roster', kept_apart: 'roster', identity: 'roster' },
  ...{ contact: 'roster', known_writer: 'roster', absence: 'roster', move_wish: 'roster' },
  ...{ paper: 'papers', paper_answer: 'papers', paper_child: 'papers', paper_file: 'papers' },
  ...{ paper_number: 'papers', paper_reminder: 'papers', paper_version: 'papers' },
  ...{ paper_photo: 'papers' },
  ...{ board: 'boards', notice: 'boards', notice_words: 'boards', notice_place: 'boards' },
  ...{ notice_seen: 'boards', notice_reminder: 'boards' },
  ...{ wall_item: 'walls', wall_book: 'walls', wall_book_piece: 'walls', wall_wish: 'walls' },
  ...{ cupboard: 'cupboards', cupboard_item: 'cupboards', cupboard_version: 'cupboards' },
  ...{ hand_in_box: 'cupboards', hand_in: 'cupboards', hand_in_file: 'cupboards' },
  ...{ notebook_page: 'own', coming_piece: 'own' },
  ...{ stored_body: 'cupboards', stored_body_piece: 'cupboards' },
  ...{ away_body: 'letters', gone_body: 'town' },
  ...{ class_week: 'weeks', week_lesson: 'weeks', week_special: 'weeks', week_need: 'weeks' },
  ...{ week_tick: 'weeks', week_feed: 'own' },
  ...{ report: 'evidence', report_step: 'evidence', report_mark: 'evidence' },
  ...{ session: 'own', second_factor: 'own', recovery_code: 'own', app_password: 'own' },
  ...{ activation_code: 'own', picture_code: 'own', copy_address: 'own', own_group: 'own' },
  ...{ letter_template: 'own', trouble_notice: 'own', known_place: 'own' },
  ...{ audit: 'adults', agent_act: 'adults', chain_link: 'adults', code_sheet: 'adults' },
  ...{ class_phrase: 'adults', class_browser: 'adults', class_browser_class: 'adults' },
  ...{ roster_batch: 'adults', roster_batch_school: 'adults', roster_change: 'adults' },
  ...{ roster_draft: 'adults', roster_import: 'adults', roster_mapping: 'adults' },
  ...{ roster_question: 'adults', roster_remainder: 'adults', roster_source: 'adults' },
  ...{ school_import: 'adults', setup_link: 'adults' },
  ...{ commune: 'town', school: 'town', town: 'town', town_hour: 'town', due: 'town' },
  ...{ heartbeat: 'town', isolation_proof: 'town', night_job: 'town', restoration: 'town' },
  ...{ reported_source: 'town', reported_tls: 'town', school_holiday: 'town', throttle: 'town' },
  ...{ secret_mark: 'town', signing_key: 'town', site_block: 'town', site_list: 'town' },
  ...{ site_update: 'town', unreadable_letter: 'town' },
} as const satisfies Readonly<Record<keyof Database, keyof typeof READERS>>;

/** What each kind of mailbox holds: one that is new doesn’t compile without its line. */
export const MAILBOX_HOLDS = {
  ...{ inbox: 'letters', sent: 'letters', archive: 'letters', trash: 'letters' },
  ...{ junk: 'letters', drafts: 'letters', later: 'letters', own: 'letters' },
} as const satisfies Readonly<
  Record<NonNullable<Database['mailbox']['use']> | 'own', keyof typeof READERS>
>;
