/**
 * What the sending rules look at, for one sender and one recipient. Loaded by the caller; the rules
 * have no store and no clock.
 *
 * A list is a recipient too: `decide` is asked once for the list (may this sender use it?) with
 * `to` naming the kind of list, and once for each member it expands to, with `through` naming the
 * list.
 */

/**
 * Who somebody is. `head` is a teacher with a head's rights; `outside` is any address that is no
 * account; `system` is the service's own notices.
 */
export type Role =
  | 'pupil'
  | 'teacher'
  | 'head'
  | 'staff'
  | 'guardian'
  | 'agent'
  | 'outside'
  | 'system';

/**
 * The lists of the town. `class`: pupils and teachers of one class; `class-families`: the guardians
 * of one class; `team`: the adults of one school; `pupils`, `families`: all pupils, all guardians
 * of one school; `town`: everybody; `headship`, `office`: the addresses of posts,
 * `direction.<school>@` and `ecole.<school>@`, which lead to whoever holds them today, the school's
 * head and its team; `support`: the town's help desk; `postmaster`: postmaster@ and abuse@ (RFC
 * 5321 §4.5.1, RFC 2142).
 */
export type ListKind =
  | 'class'
  | 'class-families'
  | 'team'
  | 'pupils'
  | 'families'
  | 'headship'
  | 'office'
  | 'town'
  | 'support'
  | 'postmaster';

/**
 * A class's moderation: `first-contact` holds the first message between two people, `all` every
 * pupil's message.
 */
export type ModerationMode = 'open' | 'first-contact' | 'all';

/**
 * A class's second look at what its pupils write (core/letters/second-look): none, shown to who
 * writes, or also held for its teachers.
 */
type SecondLook = 'off' | 'suggests' | 'holds';

export interface Facts {
  readonly from: Role;
  readonly to: Role | ListKind;
  /** The list that named this recipient, or null when they were named themselves. */
  readonly through: ListKind | null;

  // The relation, as the roster says today.
  /**
   * Both belong to one school today (home, post or class there; a guardian by a child of theirs
   * there, unless blocked, not by where their mail lives; who works elsewhere is no colleague by
   * being a parent); a list belongs to its school; true for a list of the town.
   */
  readonly sameSchool: boolean;
  /**
   * A current class holds both: as pupils, or one as pupil and the other as its teacher or aide (or
   * as the pupil's own aide); or `to` is the class list of a current class of the sender.
   */
  readonly sharesClass: boolean;
  /**
   * A current, agreed class link joins a class of the one (as pupil or teacher) with a class of the
   * other; `moderated` if either teacher moderates it.
   */
  readonly linkedClass: 'none' | 'open' | 'moderated';
  /** Over such a link letters are brought to the recipient's class on its next day of school. */
  readonly linkTravels: boolean;
  /** One is the guardian of the other, and not blocked. */
  readonly family: boolean;
  /** The sender is a guardian and the recipient a teacher of a current class of their child. */
  readonly teachesChild: boolean;
  /**
   * The sender is a guardian and the recipient the head of their child's school, or the address of
   * that post.
   */
  readonly headOfChild: boolean;
  /** The recipient is staff whom the head marked reachable by all pupils. */
  readonly reachableStaff: boolean;
  /** The school lets its pupils write to all its teachers. */
  readonly pupilsReachAllTeachers: boolean;
  /**
   * The recipient, an adult of the sender's school, wrote to the sender within the last 30 days.
   */
  readonly wroteRecently: boolean;
  /** The sender's school forbids its adults to write outside. */
  readonly outsideForbidden: boolean;
  /**
   * Of the two one is an agent, in whose area the other is: for an agent of the whole town
   * everybody; for one of some communes whoever belongs to a school there today, the lists of those
   * schools, and all agents.
   */
  readonly inAgentsArea: boolean;
  /**
   * The sender is an outside correspondent whom a teacher approved for a class of the recipient (or
   * for the class whose list `to` is): by the From address, of which there is one; at RCPT TO,
   * where nothing else is known, by the reverse-path.
   */
  readonly approvedCorrespondent: boolean;
  /**
   * What SPF, DKIM and DMARC said of an outside sender; `pass` for an account. `pass`: the domain
   * of the From address stands behind it. `fail`: its own policy asks to reject. `none`: nothing
   * proves it, or nothing is known yet.
   */
  readonly authentication: 'pass' | 'none' | 'fail';

  // The accounts.
  readonly senderState: 'active' | 'suspended' | 'archived';
  readonly recipientState: 'active' | 'suspended' | 'archived';
  /** The sender is a pupil whose school has a charter, and has not accepted it yet. */
  readonly charterDue: boolean;
  /** The sender is a pupil whose school asks the families first, and theirs has not said yes. */
  readonly familyDue: boolean;
  /** A teacher put the sender's sending at rest, until a date still to come. */
  readonly senderPaused: boolean;
  /** Both are pupils, and an adult keeps the two apart until one lifts it; the same both ways. */
  readonly keptApart: boolean;
  /**
   * The proof of the night found that this way lets somebody to a child, or a child to somebody,
   * whom the table doesn't: until it is shown to be mended, what would take it waits.
   */
  readonly wayClosed: boolean;
  /** The sender has used up the hour's messages of their role (a list counts once). */
  readonly overRate: boolean;
  /** The sender has begun to write to as many new people within a day as their role may. */
  readonly overNewPeople: boolean;
  /**
   * The switch: all pupils' mail of the sender's or the recipient's school, or of the whole town,
   * is stopped, and one of the two is a pupil.
   */
  readonly pupilMailStopped: boolean;

  // Moderation and hours.
  /**
   * The strictest moderation among the pupil's classes that bear on this message; `open` where no
   * pupil is concerned.
   */
  readonly moderation: ModerationMode;
  /** The strictest second look among the pupil's classes that bear on this message. */
  readonly secondLook: SecondLook;
  /**
   * Every class that bears on this message has opened photos, and the family of the pupil who sends
   * has not refused photos of them; true where no pupil sends.
   */
  readonly photosOpen: boolean;
  /** The two have written to one another before (a list is one correspondent). */
  readonly wroteBefore: boolean;
  /** The sender is a pupil and their school is outside its opening hours. */
  readonly schoolClosed: boolean;

  // The content, once it is known; at RCPT TO it is all `fine`.
  readonly content: ContentFacts;

  /**
   * Rules whose hold a teacher has just lifted, or whose waiting time is over: everything else is
   * asked again.
   */
  readonly lifted: readonly string[];
}

export interface ContentFacts {
  /** A virus, by clamd. */
  readonly malware: boolean;
  /** The scanner could not look inside: a locked archive or a limit hit. Never clean. */
  readonly unscannable: boolean;
  /**
   * The worst attachment kind: `everyday` (pictures, sound, short film, PDF, ODF and OOXML without
   * macros, text), `other`, or `dangerous` (executable, script, macro).
   */
  readonly attachments: 'everyday' | 'other' | 'dangerous';
  /** A link to a site on the forbidden list. */
  readonly forbiddenLink: boolean;
  /** A pupil's words that may hurt, frighten, or tell what one keeps for oneself. */
  readonly doubtfulWords: boolean;
  /** A picture or a film that no page of ours has made: it may be a photograph. */
  readonly photograph: boolean;
}

/** Nothing in it, nothing wrong with it. */
export const FINE: ContentFacts = {
  malware: false,
  unscannable: false,
  attachments: 'everyday',
  forbiddenLink: false,
  doubtfulWords: false,
  photograph: false,
};
