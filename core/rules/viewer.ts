/**
 * Who and what everything else speaks of: the names of rows, the person who asks, how somebody is
 * shown.
 */

import type {
  SchoolId,
  AccountId,
  AddressId,
  ClassId,
  Due,
  Language,
  Reads,
} from '../ground/ids.ts';
import type { Portrait } from '../ground/portraits.ts';
import type { Role } from './facts.ts';

/** Somebody with an account, as proven by a session or a password. */
export interface Viewer {
  readonly school: SchoolId;
  readonly schoolName: string;
  /** The clock of their home school, an IANA name: whatever is said to them goes by it. */
  readonly timeZone: string;
  readonly account: AccountId;
  readonly addressId: AddressId;
  readonly address: string;
  readonly role: Exclude<Role, 'outside' | 'system'>;
  /** Of an agent of these communes alone; null for everybody else. */
  readonly communes: readonly number[] | null;
  /** From the roster, never from the person: « Claire Lefèvre », « Lina ». */
  readonly displayName: string;
  readonly givenName: string;
  /** The animal of a pupil (`lapin`, `renard`, …), the initials of an adult. */
  readonly face: string;
  readonly language: Language;
  /** Whether a pupil has the pages of large pictures, which are heard; adults read words. */
  readonly reads: Reads;
  /** Whether a pupil is of an age to dictate to a grown-up: GS and CP; false for adults. */
  readonly dictates: boolean;
  /** Current classes, the person's own first. */
  readonly classes: readonly ClassLabel[];
  /** Whether a pupil may send photos: a class of theirs has opened it; true for adults. */
  readonly photos: boolean;
  /** What comes before a pupil may write, the first of it; null where nothing does. */
  readonly writesAfter: Due | null;
  /** Until when a teacher has put this person's sending at rest; null where it isn't. */
  readonly restsUntil: Date | null;
  /**
   * Whether they may read with a mail program (IMAP): a pupil only where the school lets its
   * pupils.
   */
  readonly mailPrograms: boolean;
  /** Whether they are the head of a school today: a teacher here may head another. */
  readonly heads: boolean;
  /** They are away today, and their mail is answered for them. */
  readonly away: Away | null;
}

/** Until which day somebody is away, `YYYY-MM-DD`; their civility, for how they are told. */
interface Away {
  readonly until: string;
  readonly civility: 'M' | 'Mme' | null;
}

/** What the browser on one's own computer says of new mail: nothing, who wrote, the subject too. */
export type NoticeDetail = 'none' | 'name' | 'subject';

/** What such a notice may be of: a letter that waits for their word, or one of these people. */
export type NoticeKind = 'held' | 'families' | 'pupils' | 'team' | 'others';

/** How somebody wants to read and write; a pupil has none of it. */
export interface ReadingHabits {
  /** Messages of a conversation stand in one row. */
  readonly byConversation: boolean;
  /** Keys act on lists and messages. */
  readonly shortcuts: boolean;
  /** As `none` where nothing is said. */
  readonly notices?: NoticeDetail;
  /** Of all where nothing is said. */
  readonly noticesOf?: readonly NoticeKind[];
  /** Pupils' letters are told of together, at noon and in the afternoon. */
  readonly pupilsGathered?: boolean;
  /** What they write to families and pupils out of their hours waits for these. */
  readonly eveningWaits?: boolean;
  /** They are offered what is left of their day, once school is over. */
  readonly ownDay?: boolean;
  /** They write with a little formatting. */
  readonly formats?: boolean;
}

/**
 * How somebody has chosen that pages look. What isn't named is as for everybody: paper then follows
 * the machine, where white paper stays white on a dark one too.
 */
export interface Comfort {
  readonly size?: 'large' | 'larger';
  readonly spacing?: 'wide' | 'wider';
  readonly font?: 'book' | 'andika' | 'opendyslexic';
  readonly paper?: 'white' | 'cream' | 'night' | 'strong';
  readonly motion?: 'none';
  /** Rows of an adult's list that take less room. */
  readonly rows?: 'dense';
  /** Once what an adult has open is put away, the next letter opens. */
  readonly after?: 'next';
}

export interface ClassLabel {
  readonly id: ClassId;
  readonly name: string;
  /** The class list's address. */
  readonly address: string;
  /** 1 to 8: the colour of the class's exercise books. */
  readonly cover: number;
}

/**
 * How a person or a list is shown: children are round and animals, adults are square and initials.
 */
export interface Face {
  readonly kind: 'child' | 'adult' | 'list' | 'outside' | 'system';
  readonly name: string;
  readonly address: string;
  /** Animal or initials. */
  readonly face: string;
  /** The colour of the class that goes with this person, 1 to 8; 8 (grey) without one. */
  readonly cover: number;
  /** How those who don't read yet see an adult of the town; no one else has one. */
  readonly portrait?: Portrait;
}

/** Whom a name belongs to here. */
export interface Namesake {
  readonly name: string;
  readonly address: string;
}

/** Whether somebody acts for the whole town, as their session knows it; core asks the roster. */
export const actsForTown = ({ role, communes }: Pick<Viewer, 'role' | 'communes'>): boolean =>
  role === 'agent' && communes === null;

/** Before whom something is shown: what a child opens does less. */
export const audienceOf = ({ role }: Pick<Viewer, 'role'>): 'child' | 'adult' =>
  role === 'pupil' ? 'child' : 'adult';

/** Who comes to a room of core, and the parts that it works with. */
export interface RoomVisit<Parts, Who = Viewer> {
  readonly parts: Parts;
  readonly viewer: Who;
}
