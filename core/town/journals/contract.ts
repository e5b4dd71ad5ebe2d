import type { SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { TrailEntry } from '../../school/classes/contract.ts';

/** Acts by what they are about, for who looks for one kind of them. */
export const JOURNAL_KINDS = {
  opening: ['open-school', 'read-journals', 'export-journals', 'read-service-log'],
  classes: [
    'create-class',
    'change-class',
    'end-class',
    'keep-class',
    'move-pupils',
    'undo-move',
    'place-adult',
    'date-adult',
    'remove-adult',
    'rest',
    'end-rest',
    'class-switch',
    'teachers-called',
    'photos',
    'second-look',
    'phrase-made',
    'phrase-removed',
    'child-reads',
    'propose-link',
    'accept-link',
    'decline-link',
    'moderate-link',
    'travel-link',
    'end-link',
    'approve-correspondent',
    'remove-correspondent',
    'notice-post',
    'notice-change',
    'notice-take-down',
    'wall-hang',
    'wall-refuse',
    'wall-book',
    'cupboard-move',
    'cupboard-show',
    'cupboard-throw',
    'week-hours',
    'week-copied',
    'week-special',
    'box-make',
    'notice-refuse',
  ],
  letters: [
    'release',
    'give-back',
    'release-held',
    'give-back-held',
    'take-out',
    'recall',
    'stop-pupil-mail',
    'let-pupil-mail-run',
    'stop-commune-mail',
    'let-commune-mail-run',
    'close-way',
    'ask-way',
    'open-way',
    'release-outbox',
    'drop-outbox',
    'hold-outbox',
    'send-test-letter',
    'feed-made',
    'feed-ended',
    'begin-copies',
    'end-copies',
    'export-mail',
    'export-own-mail',
  ],
  entry: [
    'print-codes',
    'void-codes',
    'reset-code',
    'make-code',
    'open-class-browser',
    'close-class-browsers',
    'make-app-password',
    'revoke-app-password',
    'change-password',
    'begin-second-factor',
    'new-recovery-codes',
    'use-recovery-code',
    'end-second-factor',
    'lose-second-factor',
    'correct-address',
  ],
  families: [
    'block-guardian',
    'silence-guardian',
    'unsilence-guardian',
    'unblock-guardian',
    'family-paper',
    'family-paper-back',
    'family-yes',
    'family-no',
    'photo-word',
    'paper-ask',
    'paper-change',
    'paper-erase',
    'paper-extend',
    'paper-sign',
    'paper-slip',
    'paper-withdraw',
  ],
  rosters: [
    'roster-import',
    'roster-undo',
    'roster-rehearse',
    'move-roll-over',
    'roll-over',
    'answer-questions',
    'roster-questions-lapsed',
    'moved-away',
    'agree-moves',
    'refuse-moves',
    'plan-leave',
    'cancel-leave',
    'leaver-ended',
    'came-from-closed',
    'erase-leaver',
  ],
  settings: [
    'change-settings',
    'change-quota',
    'change-town-quota',
    'take-large-films',
    'refuse-large-films',
    'change-sites',
    'read-sites',
  ],
  town: [
    'first-agent',
    'change-town',
    'give-holidays',
    'add-holidays',
    'remove-holidays',
    'open-town',
    'add-agent',
    'remove-agent',
    'reset-agent',
    'limit-agent',
    'add-commune',
    'change-commune',
    'add-school',
    'change-school',
    'close-school',
    'reopen-school',
    'import-schools',
    'undo-schools',
    'give-domain',
    'restore',
    'upgrade',
    'new-secret',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type JournalKind = keyof typeof JOURNAL_KINDS;

/** What an agent looks for in the journals of all schools and of the agents; null: whatever. */
export interface JournalAsked {
  /** A part of the name of who did it, and of whom it was about; empty: anybody. */
  readonly who: string;
  readonly whom: string;
  readonly kind: JournalKind | null;
  /** Days of the town's clock, `YYYY-MM-DD`, both included. */
  readonly from: string | null;
  readonly until: string | null;
  /** One school's journal, or 0: that of the agents alone. */
  readonly school: SchoolId | null;
}

/** One line, of a school's journal or of the agents'. */
export type JournalEntry =
  | (TrailEntry & {
      readonly of: 'school';
      readonly school: SchoolId;
      readonly schoolName: string;
      /** Why an agent did it; null: whoever it was didn't have to say. */
      readonly reason: string | null;
    })
  | {
      readonly of: 'agents';
      readonly id: number;
      readonly at: Date;
      /** Empty: the command line. */
      readonly by: string;
      readonly act: string;
      readonly school: SchoolId;
      /** Empty: it was for the town, or the school was removed since. */
      readonly schoolName: string;
      /** Why, or whom and what it was about. */
      readonly reason: string;
    };

export interface JournalPage {
  /** The newest first. */
  readonly entries: readonly JournalEntry[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
  /** All whose journals they may look into, by name. */
  readonly schools: readonly JournalSchool[];
}

/** A school whose journal may be looked for. */
export interface JournalSchool {
  readonly id: SchoolId;
  readonly name: string;
}

/** Who did what to whom in all schools, for agents; that they looked stands there too. */
export interface Journals {
  /** A page, from where another said that the next begins, or null: from the newest. */
  search(viewer: Viewer, asked: JournalAsked, after: string | null): Promise<JournalPage | null>;
  /** The newest of all that is meant, so many at most; `next` says whether there are more. */
  whole(viewer: Viewer, asked: JournalAsked): Promise<JournalPage | null>;
}

/** The journals of the town: this record of core, or `Name` of it alone. */
export interface WithJournals<Name extends keyof Journals = keyof Journals> {
  readonly journals: Pick<Journals, Name>;
}
