import type { AccountId, ClassId } from '../../ground/ids.ts';
import type { Day, Why } from '../../roster/days.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { NoticingParts } from '../delivery/telling/notice.ts';

export type ReportParts = NoticingParts;

/** Puts a child's sending at rest, as the teacher of a class does on its page. */
export type PauseSending = (
  viewer: Viewer,
  rest: { readonly class: ClassId; readonly child: AccountId; readonly back: Day },
) => Promise<
  { readonly kind: 'done' | 'missing' } | { readonly kind: 'refused'; readonly why: Why }
>;

/** The toast's ten seconds, and five for an old computer to show it. */
export const TAKE_BACK_MS = 15_000;
/** No list shows more; who has more closes some first. */
export const MOST_LISTED = 100;
/** A word to a child. */
export const MAX_WORD = 500;
