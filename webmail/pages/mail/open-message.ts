import type { Afar } from '../../../core/letters/message/afar.ts';
import type { LaterTimes, MessageView } from '../../../core/mail/reading/contract.ts';
import type { SentFate } from '../../../core/mail/sent/contract.ts';
import type { Draft } from '../../../core/mail/writing/contract.ts';
import type { ChosenMailbox } from '../../frame/mailboxes.ts';
import type { Visit } from '../../frame/visit.ts';
import { searchPath, type SearchView } from '../search/load.ts';
import { filtered, type Filter } from './list-filter.ts';

/** A message that is being read, and where. */
export interface OpenMessage {
  readonly message: MessageView;
  readonly chosen: ChosenMailbox;
  /** This part of its folder stands beside it. */
  readonly filter: Filter;
  /** Where this message lives: `/mail/inbox/42`. */
  readonly at: string;
  /** Whether its reader has just asked for its pictures from elsewhere. */
  readonly pictures: Afar;
  /** The search that found it, which stays beside it; null: its folder does. */
  readonly searched: SearchView | null;
  /** When who wrote it answers, in words; null where nothing is said of it to this reader. */
  readonly answers: string | null;
}

/** The same with all that is told of it. */
export interface LoadedMessage extends OpenMessage {
  /** When it comes back, of what waits for that; undefined: at no hour. */
  readonly returnsAt: Date | undefined;
  /** The hours at which it may come back; null for a child. */
  readonly later: LaterTimes | null;
  /** What became of it, where its reader has sent it. */
  readonly fate: SentFate | null;
  /** The answer that is begun in its conversation; its words alone where it is a few lines. */
  readonly begun: { readonly draft: Draft; readonly quick: string | null } | null;
  /** When an answer of this evening leaves, where it waits for the morning. */
  readonly evening: Date | null;
  /** Whether they have said « Bien lu »; null where nobody asks. */
  readonly wellRead: boolean | null;
}

/** Where one goes back to: what was found, or its folder. */
export function backOf(
  { texts, audience }: Visit,
  { chosen, filter, searched }: OpenMessage,
): { readonly path: string; readonly title: string } {
  return searched === null
    ? { path: filtered(chosen.path, filter), title: chosen.title }
    : { path: searchPath(searched.read.text), title: texts.search.back[audience] };
}

/**
 * Whether an answer to everybody adds somebody, the other recipients or the list, and its writer
 * lets it.
 */
export function answersAll({ viewer }: Visit, { to, cc, answers }: MessageView): boolean {
  return answers === 'everyone' && [...to, ...cc].some((face) => face.address !== viewer.address);
}

/**
 * Whom the rules let nobody of this role answer is offered no answer: a pupil and a family don't
 * write outside. Nor is a child who writes to nobody, before their family's yes or at rest; the
 * charter leads them on to their answer.
 */
export function answerable({ viewer }: Visit, shown: MessageView, chosen: ChosenMailbox): boolean {
  if (viewer.writesAfter === 'family' || viewer.restsUntil !== null) return false;
  if (shown.from.kind === 'outside' && (viewer.role === 'pupil' || viewer.role === 'guardian'))
    return false;
  return (
    shown.from.kind !== 'system' &&
    shown.answers !== 'none' &&
    chosen.shelf !== 'sent' &&
    chosen.shelf !== 'trash'
  );
}
