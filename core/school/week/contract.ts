import type {
  AddressId,
  ClassId,
  SchoolId,
  WeekLessonId,
  WeekNeedId,
  WeekSpecialId,
} from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import type { Period } from '../../roster/holidays.ts';
import type { FeedSays } from '../../roster/week/feed-says.ts';
import type {
  DayPlan,
  Lesson,
  Need,
  NeedKind,
  PlanItem,
  Rhythm,
  Special,
  TickedThing,
} from '../../roster/week/plan.ts';
import type { WeekFault } from '../../roster/week/troubles.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import type { DayNotice } from '../../store/week/contract.ts';
import type { Stand } from '../wall/rights.ts';

/** What somebody brings along, does or hands in on a day. */
export interface DayNeed {
  readonly thing: TickedThing;
  readonly kind: NeedKind;
  readonly words: string;
  /** By the pupil whose week it is; false where it is nobody's alone. */
  readonly isTicked: boolean;
}

/** A day of a class with what is needed on it, and the notices that are about it. */
export interface WeekDay extends DayPlan {
  readonly needs: readonly DayNeed[];
  readonly notices: readonly DayNotice[];
}

/** A week of a class as it stands before somebody. */
export interface WeekView {
  readonly school: SchoolId;
  readonly classId: ClassId;
  readonly className: string;
  readonly cover: number;
  readonly timeZone: string;
  /** `2026-2027`. */
  readonly year: string;
  readonly stand: Stand;
  /** Of a guardian's: the child whose week it is. */
  readonly child: (Face & { readonly addressId: AddressId }) | null;
  /** Its own teachers. */
  readonly teachers: readonly Face[];
  /** How those are called who give single lessons. */
  readonly names: ReadonlyMap<AddressId, string>;
  /** Null: nobody has made this class a week. */
  readonly head: { readonly rhythm: Rhythm; readonly weekA: Day | null } | null;
  readonly lessons: readonly Lesson[];
  /** Those of around these days. */
  readonly specials: readonly Special[];
  readonly today: Day;
  /** From Monday to Friday; a day of the weekend too, where something is on it. */
  readonly days: readonly WeekDay[];
  /** Today itself, whichever week is shown. */
  readonly now: WeekDay | null;
  /** Holidays that begin or go on after the days that are shown began; null: none is known. */
  readonly holidays: Period | null;
  /** The next day of class after today; null: none is in sight. */
  readonly next: WeekDay | null;
}

/** A lesson that somebody gives in a class that isn't theirs. */
export interface GivenLesson extends Extract<PlanItem, { readonly kind: 'lesson' }> {
  readonly className: string;
}

/** Those of a day. */
export interface GivenDay {
  readonly day: Day;
  readonly lessons: readonly GivenLesson[];
}

/** Weeks of a colleague, or of last year, that one may begin with. */
export interface WeekSource {
  readonly classId: ClassId;
  readonly name: string;
  readonly year: string;
  readonly lessons: number;
}

/** What a teacher sees besides, who changes a week. */
export interface WeekDesk {
  readonly view: WeekView;
  /** Who may give a lesson: the adults of the school. */
  readonly colleagues: readonly { readonly addressId: AddressId; readonly name: string }[];
  /** None where the week has lessons already. */
  readonly sources: readonly WeekSource[];
}

export type WeekSaved =
  | { readonly kind: 'saved' }
  | { readonly kind: 'refused'; readonly fault: WeekFault }
  | { readonly kind: 'missing' };

/** A row that is changed, as whoever changes it saw it; null: a new one. */
export type SeenEdition<Id> = { readonly id: Id; readonly edition: number };

/**
 * Weeks of classes: read by their pupils, their families and who works there, changed by their
 * teachers and the head. Null and `missing`: not there, or not theirs.
 */
export interface Weeks {
  /** Of each class before which somebody stands the week around a day; a guardian's, by child. */
  own(viewer: Viewer, day: Day | null): Promise<readonly WeekView[]>;
  /** One of them. */
  week(viewer: Viewer, classId: ClassId, day: Day | null): Promise<WeekView | null>;
  /** The same for who may change it. */
  desk(viewer: Viewer, classId: ClassId, day: Day | null): Promise<WeekDesk | null>;
  /** What the viewer gives in classes that aren't theirs, in the week around a day. */
  given(viewer: Viewer, day: Day | null): Promise<readonly GivenDay[]>;
  keepHours(
    viewer: Viewer,
    classId: ClassId,
    hours: { readonly rhythm: Rhythm; readonly weekA: Day | null },
  ): Promise<WeekSaved>;
  /** Begins a week with the lessons of another; nothing is taken from one that has its own. */
  copy(
    viewer: Viewer,
    classId: ClassId,
    from: Pick<WeekSource, 'classId' | 'year'>,
  ): Promise<WeekSaved>;
  keepLesson(
    viewer: Viewer,
    classId: ClassId,
    kept: {
      readonly lesson: Omit<Lesson, 'id' | 'edition'>;
      /** What stands there, as it was seen; null: it is new. */
      readonly seen: SeenEdition<WeekLessonId> | null;
    },
  ): Promise<WeekSaved>;
  dropLesson(viewer: Viewer, classId: ClassId, seen: SeenEdition<WeekLessonId>): Promise<WeekSaved>;
  keepSpecial(
    viewer: Viewer,
    classId: ClassId,
    kept: {
      readonly special: Omit<Special, 'id' | 'edition'>;
      /** What stands there, as it was seen; null: it is new. */
      readonly seen: SeenEdition<WeekSpecialId> | null;
    },
  ): Promise<WeekSaved>;
  dropSpecial(
    viewer: Viewer,
    classId: ClassId,
    seen: SeenEdition<WeekSpecialId>,
  ): Promise<WeekSaved>;
  addNeed(viewer: Viewer, classId: ClassId, need: Omit<Need, 'id'>): Promise<WeekSaved>;
  dropNeed(viewer: Viewer, classId: ClassId, id: WeekNeedId): Promise<WeekSaved>;
  /** A pupil ticks something for themselves, or takes the tick back. */
  tick(viewer: Viewer, classId: ClassId, tick: NeedTick): Promise<boolean>;
}

export interface NeedTick {
  readonly day: Day;
  readonly thing: TickedThing;
  readonly isOn: boolean;
}

/** Weeks of classes: this record of core, or `Name` of it alone. */
export interface WithWeeks<Name extends keyof Weeks = keyof Weeks> {
  readonly weeks: Pick<Weeks, Name>;
}

/** The private feed of somebody, as its page shows it: without its address, shown once. */
export interface WeekFeed {
  readonly says: readonly FeedSays[];
  readonly madeAt: Date;
  /** When an agenda read it last. */
  readonly readAt: Date | null;
}

/** `unknown`: nobody's. `gone`: it was somebody's once. */
export type FeedAnswer =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'feed'; readonly etag: string; readonly body: () => Promise<Buffer> };

/** Private feeds: an adult's, over all their children or all their classes. */
export interface WeekFeeds {
  own(viewer: Viewer): Promise<WeekFeed | null>;
  /** Makes one, and shuts the one before. Its name in an address; null for pupils and agents. */
  renew(viewer: Viewer, says: readonly FeedSays[] | null): Promise<string | null>;
  /** What is in it; false where there is none. */
  say(viewer: Viewer, says: readonly FeedSays[]): Promise<boolean>;
  end(viewer: Viewer): Promise<boolean>;
  /** By its name in an address, to whoever has it. */
  read(name: string): Promise<FeedAnswer>;
}

/** Feeds: this record of core, or `Name` of it alone. */
export interface WithWeekFeeds<Name extends keyof WeekFeeds = keyof WeekFeeds> {
  readonly weekFeeds: Pick<WeekFeeds, Name>;
}
