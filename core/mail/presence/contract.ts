import type { Portrait } from '../../ground/portraits.ts';
import type { NoticeMoment } from '../../roster/gathered-notices.ts';
import type { DayHours, OwnHours } from '../../roster/own-hours.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { OwnAbsence } from '../../store/people/contract.ts';

export type { DayHours, OwnHours };

/** What an adult has said of themselves. */
export interface OwnPresence {
  /**
   * By which those who don't read yet know them: chosen, or what chance gave. Null for a guardian
   * who has chosen none: each child of theirs may call them something else.
   */
  readonly portrait: Portrait | null;
  /** Plain text, LF; empty: none. */
  readonly signature: string;
  /** The same with its formatting (`htmlFragment`); null where it has none. */
  readonly signatureHtml: string | null;
  /** Null: they have set none, and are told of mail at any time. */
  readonly hours: OwnHours | null;
  /** The absence that runs, is to come, or was the last; null: there was never one. */
  readonly absence: OwnAbsence | null;
  /** How pupils read their name: « Madame Lefèvre »; null of who works at no school. */
  readonly calledByPupils: string | null;
}

/** What was saved, or what is wrong with it. */
export type PresenceSaved = 'saved' | PresenceTrouble;
export type PresenceTrouble =
  | 'not-theirs'
  | 'too-long'
  | 'bad-hours'
  /** A day is none, or is over a year ahead. */
  | 'bad-days'
  | 'ends-before-it-begins'
  /** The last day is over. */
  | 'over'
  | 'no-words'
  | 'no-outside-words';

/**
 * An adult: their signature, the hours in which they answer, their absence. A pupil has none of
 * them.
 */
export interface Presence {
  /** Null for a pupil. */
  of(viewer: Viewer): Promise<OwnPresence | null>;
  savePortrait(viewer: Viewer, portrait: Portrait): Promise<PresenceSaved>;
  /** `html`: what a page has of it with its formatting; read as any stranger's. */
  saveSignature(
    viewer: Viewer,
    signature: { readonly text: string; readonly html?: string },
  ): Promise<PresenceSaved>;
  /** Null: none any more. */
  saveHours(viewer: Viewer, hours: OwnHours | null): Promise<PresenceSaved>;
  /** An absence that is off needs no fit days: only its words are kept. */
  saveAbsence(viewer: Viewer, absence: OwnAbsence): Promise<PresenceSaved>;
  /** « Arrêter »: from now on nobody is answered for them; days and words are kept. */
  endAbsence(viewer: Viewer): Promise<void>;
  /**
   * Whether somebody may be told of new mail now: a notice on the desktop, a sound, a digest. To be
   * asked for each, when it would appear; what is silent then is not told later, it is in the
   * mailbox. Asks the store nothing where the roster is warm.
   */
  mayBeTold(viewer: Viewer): Promise<boolean>;
  /** When what is told together is told next, on the clock of their school. */
  nextGathering(viewer: Viewer): Promise<NoticeMoment>;
  /** When their hours begin next; null: they are within them, or have set none. */
  nextHours(viewer: Viewer): Promise<Date | null>;
  /**
   * The hours that a family or a pupil is shown, of those of these addresses who work at a school
   * and have set some. For other readers there are none.
   */
  shownHours(viewer: Viewer, addresses: readonly string[]): Promise<ReadonlyMap<string, OwnHours>>;
}

/** An adult: signature, hours, absence: this record of core, or `Name` of it alone. */
export interface WithPresence<Name extends keyof Presence = keyof Presence> {
  readonly presence: Pick<Presence, Name>;
}
