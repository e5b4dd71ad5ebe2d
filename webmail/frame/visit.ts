import type { WallClock } from '../../core/ground/clock.ts';
import type { LetterId } from '../../core/ground/ids.ts';
import type { Audience } from '../../core/rules/reasons.ts';
import type { Comfort, ReadingHabits, Viewer } from '../../core/rules/viewer.ts';
import type { Texts } from '../texts/fr.ts';

/**
 * One request of somebody signed in: who, in which words, at what time. Made once by the server and
 * handed to the page, with the parts of core that the page names: a view, which names none, asks
 * core nothing.
 */
export interface Visit<Part extends object = object> {
  readonly core: Part;
  readonly viewer: Viewer;
  readonly audience: Audience;
  /** How they read: a child's list is always one message a row. */
  readonly habits: ReadingHabits;
  /** How they have chosen that pages look. */
  readonly comfort: Comfort;
  readonly texts: Texts;
  readonly now: Date;
  /**
   * How the page says a moment: by the clock of the viewer's school, in their language. A page of
   * another school goes by that school's (`atSchool`).
   */
  readonly clock: WallClock;
  /**
   * The form token of this session, masked anew for every answer (compressed pages must not repeat
   * a secret, BREACH).
   */
  readonly csrf: string;
  /** What the session's cookie holds: to close it, and to tell it from the others. */
  readonly sessionToken: string;
  /**
   * Where this page stands, to come back to in another language; the inbox for an answer to a form.
   */
  readonly here: string;
  /**
   * Whether an adult has said that this computer is theirs: only then may the page's storage keep a
   * text that no draft holds yet.
   */
  readonly ownComputer: boolean;
  /** The letter that was just handed in: the page says what becomes of it. */
  readonly sent: LetterId | null;
  /** The page from which one came here, to go back to; the inbox where nobody says. */
  readonly cameFrom: string;
  /** Whether the server has a voice: what has none of the browser's own is read aloud by it. */
  readonly hasVoice: boolean;
  /** Hashed addresses of stylesheets, scripts and sprites. */
  readonly asset: (name: string) => string;
}

/** Pupils are spoken to as children, everybody else as adults. */
export const audienceOf = ({ role }: Pick<Viewer, 'role'>): Audience =>
  role === 'pupil' ? 'child' : 'adult';

/** The same visit to a page of a school: its moments go by that school's clock. */
export function atSchool<V extends Pick<Visit, 'clock'>>(
  visit: V,
  { timeZone }: { readonly timeZone: string },
): V {
  return { ...visit, clock: { ...visit.clock, timeZone } };
}
