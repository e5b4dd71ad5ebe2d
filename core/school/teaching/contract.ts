import type { CodeKind } from '../../entry/codes/contract.ts';
import type { AccountId, AddressId, ClassId, Due, Reads, SchoolId } from '../../ground/ids.ts';
import type { FamilyWord } from '../../roster/before-writing.ts';
import type { ClassSwitchValue, ClassSwitches } from '../../roster/class-switches.ts';
import type { Day, Why } from '../../roster/days.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import type { CodeState } from '../../store/people/contract.ts';

/** A class that the viewer teaches today, or one of the school whose head they are. */
export interface OwnClassSummary {
  readonly id: ClassId;
  readonly school: SchoolId;
  readonly schoolName: string;
  readonly name: string;
  readonly address: string;
  readonly cover: number;
  readonly pupils: number;
  /** Some of its children, in the order in which the class is called. */
  readonly faces: readonly Face[];
  /**
   * Teaches it, co-teachers and replacements in their days included; false for a head who doesn't.
   */
  readonly teaches: boolean;
  /** Links that another class has proposed and that wait for a word of this one's teachers. */
  readonly proposals: number;
}

/** One class with all that its teachers decide about it. */
export interface OwnClassDetails extends OwnClassSummary {
  /** The clock of the class's school, and the day it is there. */
  readonly timeZone: string;
  readonly today: Day;
  readonly teachers: readonly string[];
  readonly children: readonly ClassPupil[];
  readonly links: readonly ClassLinkLine[];
  readonly correspondents: readonly ClassCorrespondent[];
  readonly switches: ClassSwitches;
  /** What the school has come before its pupils write. */
  readonly asks: { readonly charter: boolean; readonly families: boolean };
  /** How many grown-ups these children have who may write. */
  readonly guardians: number;
  /** What waits for the word of the class's teachers, whoever wrote it; null where nothing does. */
  readonly held: { readonly letters: number; readonly since: Date } | null;
  /** What pupils propose for its board and its wall that waits for its teachers. */
  readonly onBoard: number;
  /** The child who was asked for; null where nobody was, and for whoever isn't in this class. */
  readonly open: ClassChild | null;
}

export interface ClassPupil {
  readonly account: AccountId;
  readonly face: Face;
  readonly givenName: string;
  /** Until when this child's sending is at rest; null where it isn't. */
  readonly restsUntil: Date | null;
  /** Letters of theirs that wait for the class's teachers. */
  readonly heldLetters: number;
  /** Whether anybody has ever come in as this child. */
  readonly hasComeIn: boolean;
  /** What must still come before they write: their yes to the charter, their family's. */
  readonly due: readonly Due[];
  /** What the school's list says of photos of them; null: nothing. */
  readonly photoAllowed: boolean | null;
  /** What their family has said, on paper and in their accounts together. */
  readonly family: FamilyWord;
}

/** What a teacher sees of one child of their class besides. */
export interface ClassChild {
  readonly account: AccountId;
  readonly address: string;
  /** « Lina », or « Lina M. » where a class has two of them. */
  readonly calledByClassmates: string;
  /** The newest code on paper, and the kind that suits the class. */
  readonly code: CodeState | null;
  readonly advised: CodeKind;
  /** Whether their pages are of large pictures, or as those of the older ones. */
  readonly reads: Reads;
  /** Whoever is at home and may write. */
  readonly family: readonly Face[];
  readonly charterAt: Date | null;
  /** When somebody of the class noted the family's yes, given on paper. */
  readonly paperAt: Date | null;
  /** What guardians have said in their own accounts. */
  readonly answers: readonly {
    readonly name: string;
    readonly agrees: boolean;
    readonly at: Date;
  }[];
}

/** A link with another class that runs, will run, or waits for an answer. */
export interface ClassLinkLine {
  /** The id of the other class's list address: the name of this link. */
  readonly other: AddressId;
  readonly className: string;
  readonly schoolName: string;
  readonly cover: number;
  /** The other class's teachers. */
  readonly teachers: readonly string[];
  readonly from: Day;
  /** The last day. */
  readonly until: Day;
  /** `asked`: the other class has not answered yet. `proposed`: this class has not. */
  readonly state: 'asked' | 'proposed' | 'coming' | 'running';
  readonly moderatedHere: boolean;
  readonly moderatedThere: boolean;
  /** Whether what this class's pupils receive is brought on the next day of school. */
  readonly travelsHere: boolean;
  readonly travelsThere: boolean;
}

export interface ClassCorrespondent {
  readonly address: string;
  readonly until: Day;
  readonly approvedBy: string;
}

/** What a teacher last wrote to the whole class. */
export interface ClassLetter {
  readonly subject: string;
  readonly at: Date;
  /** How many of the class's children of today got it. */
  readonly pupils: number;
  /** Those of them who have not opened it. */
  readonly unread: readonly Face[];
}

export interface LinkWish {
  readonly class: ClassId;
  /**
   * The other class: the address of its list as somebody typed it, or the id that `linkable` gave.
   */
  readonly other:
    | { readonly kind: 'address'; readonly address: string }
    | { readonly kind: 'class'; readonly id: AddressId };
  readonly from: Day;
  readonly until: Day;
  /**
   * Whether this class's teachers read what pupils of the two classes write to one another first.
   */
  readonly moderated: boolean;
}

export type Ruling =
  | { readonly kind: 'done' }
  /** Not there, or not theirs to decide: one answer. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly why: Why };

/** What became of a child's call: their teachers know, or there is nobody to be told. */
export type HelpCall = 'told' | 'nobody';

/**
 * What a teacher decides about their class, at once and written to the audit of the school, of both
 * schools where two are concerned. What protects a class (rest, an end) its head may do too; what
 * opens it to others is its teacher's word alone.
 */
export interface Teaching {
  /** A teacher's own classes; for a head all of their school, their own first. */
  classes(viewer: Viewer): Promise<readonly OwnClassSummary[]>;
  /** Null for a class that isn't theirs. A child of it may be asked for besides. */
  classDetails(
    viewer: Viewer,
    classId: ClassId,
    child?: AccountId | null,
  ): Promise<OwnClassDetails | null>;
  /** One child of a class of theirs; null for anybody else. */
  classChild(
    viewer: Viewer,
    whose: { readonly class: ClassId; readonly child: AccountId },
  ): Promise<ClassChild | null>;
  /**
   * The viewer's own last message to a class of theirs; null where there is none. Nobody else's:
   * who read what is between the two.
   */
  letter(viewer: Viewer, classId: ClassId): Promise<ClassLetter | null>;
  /**
   * Puts a child's sending at rest until the beginning of a day, at most 100 days ahead; a rest
   * that runs gets the new day.
   */
  rest(
    viewer: Viewer,
    rest: { readonly class: ClassId; readonly child: AccountId; readonly back: Day },
  ): Promise<Ruling>;
  endRest(
    viewer: Viewer,
    rest: { readonly class: ClassId; readonly child: AccountId },
  ): Promise<Ruling>;
  /**
   * Every school of the town by its name, the class's own first; null for a class that isn't theirs
   * to link.
   */
  schools(
    viewer: Viewer,
    classId: ClassId,
  ): Promise<readonly { readonly id: SchoolId; readonly name: string }[] | null>;
  /**
   * The classes of a school that this class may be linked with: names, and nobody who is in them.
   */
  linkable(
    viewer: Viewer,
    classId: ClassId,
    school: SchoolId,
  ): Promise<readonly { readonly id: AddressId; readonly name: string }[] | null>;
  /**
   * Proposes a link to the teachers of the other class, who are told; it runs once they have
   * agreed.
   */
  proposeLink(viewer: Viewer, wish: LinkWish): Promise<Ruling>;
  /** Agrees to a proposed link, or declines it; who proposed it is told. */
  answerLink(
    viewer: Viewer,
    answer: {
      readonly class: ClassId;
      readonly other: AddressId;
      readonly agree: boolean;
      readonly moderated: boolean;
    },
  ): Promise<Ruling>;
  /**
   * Reads pupils' messages of this link first, or no longer; the other class's teachers decide for
   * theirs.
   */
  moderateLink(
    viewer: Viewer,
    link: { readonly class: ClassId; readonly other: AddressId; readonly moderated: boolean },
  ): Promise<Ruling>;
  /**
   * Has what pupils of the other class write to pupils of this one brought at 8 h of its next day
   * of school, or at once.
   */
  travelLink(
    viewer: Viewer,
    link: { readonly class: ClassId; readonly other: AddressId; readonly travels: boolean },
  ): Promise<Ruling>;
  /** Ends a link, or takes a proposal back; either side may. */
  endLink(
    viewer: Viewer,
    link: { readonly class: ClassId; readonly other: AddressId },
  ): Promise<Ruling>;
  /**
   * Lets somebody outside write to the class until a day, the last one included; each message is
   * held for its teachers.
   */
  approveCorrespondent(
    viewer: Viewer,
    approval: { readonly class: ClassId; readonly address: string; readonly until: Day },
  ): Promise<Ruling>;
  removeCorrespondent(
    viewer: Viewer,
    correspondent: { readonly class: ClassId; readonly address: string },
  ): Promise<Ruling>;
  /**
   * Notes the yes of families, given on paper, of some children or all, or takes it back: for the
   * class's teachers and its head. A guardian's own no stands above it.
   */
  notePaper(
    viewer: Viewer,
    wish: {
      readonly class: ClassId;
      readonly children: readonly AccountId[] | 'all';
      readonly agrees: boolean;
    },
  ): Promise<Ruling>;
  /**
   * Corrects a child's photo authorisation: for the class's teachers and its head, as the yes on
   * paper.
   */
  notePhoto(
    viewer: Viewer,
    wish: { readonly class: ClassId; readonly child: AccountId; readonly allowed: boolean },
  ): Promise<Ruling>;
  /** Whether a child's pages are of large pictures, or as those of the older ones. */
  setReads(
    viewer: Viewer,
    wish: { readonly class: ClassId; readonly child: AccountId; readonly reads: Reads },
  ): Promise<Ruling>;
  /** Sets a switch of the class: a teacher's of it to say. */
  setSwitch(viewer: Viewer, wish: { readonly class: ClassId } & ClassSwitchValue): Promise<Ruling>;
  /**
   * « Demander de l’aide » of a child who may not write just now: their teachers get a notice, the
   * head where there is none. Null for whoever is no pupil.
   */
  callForHelp(viewer: Viewer): Promise<HelpCall | null>;
}

/**
 * A teacher: their class, its links, its correspondents: this record of core, or `Name` of it
 * alone.
 */
export interface WithTeaching<Name extends keyof Teaching = keyof Teaching> {
  readonly teaching: Pick<Teaching, Name>;
}
