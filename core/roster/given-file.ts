/**
 * What becomes of a file that somebody gives: it is kept as a draft, previewed, more is said of it,
 * and then it is applied or dropped; what it did can be taken back for some weeks. Rosters and
 * lists of schools go at this one pace; a calendar of holidays is applied as it comes.
 */
import { DAY_MS } from '../ground/spans.ts';
import type { RosterFile } from './reading/contract.ts';
import { importSentence } from './reasons.ts';

/** What nobody applied by then is erased. */
export const DRAFT_DAYS = 3;
/** As long as what was applied can be taken back, and read. */
export const UNDO_DAYS = 30;
const NAME_SIGNS = 100;

const daysFrom = (moment: Date, days: number): Date => new Date(moment.getTime() + days * DAY_MS);

export const draftEnds = (given: Date): Date => daysFrom(given, DRAFT_DAYS);
export const undoEnds = (applied: Date): Date => daysFrom(applied, UNDO_DAYS);

/** Drafts that were given before, and imports that were applied before, have ended by `now`. */
export const endedBefore = (now: Date): { readonly given: Date; readonly applied: Date } => ({
  given: daysFrom(now, -DRAFT_DAYS),
  applied: daysFrom(now, -UNDO_DAYS),
});

/** A file's name as it is kept and told of, without its folders. */
export const nameOf = ({ name }: Pick<RosterFile, 'name'>): string =>
  name.slice(name.lastIndexOf('/') + 1).slice(-NAME_SIGNS);

/** A file of which nothing can be read, with a sentence that says why and what to do. */
export function refusedFile<Reason extends string>(
  read: Parameters<typeof importSentence>[0] & { readonly reason: Reason },
  languages: readonly ('fr' | 'en')[],
): { readonly kind: 'refused'; readonly reason: Reason; readonly sentence: string } {
  const sentence = languages.map((language) => importSentence(read, language)).join(' / ');
  return { kind: 'refused', reason: read.reason, sentence };
}
