import type { LetGo } from '../../core/core.ts';
import type { Given } from '../route.ts';
import type { Visit } from '../visit.ts';

/** What was just decided, for the top of the page. */
export interface Notice {
  readonly ok: boolean;
  readonly words: string;
}

/** How many there are of each, as the address of the page after it carries them. */
type Counts = Readonly<Record<(typeof COUNTED)[number], number>>;
const COUNTED = ['sent', 'left', 'later', 'waits', 'refused'] as const;

/** What became of a message that was let go, for the address of the page that says so. */
export function letGoQuery({ sent, left, waiting, refused }: LetGo): string {
  const later = waiting.filter(({ rule }) => rule === 'school-closed').length;
  const counts: Counts = {
    sent,
    left,
    later,
    waits: waiting.length - later,
    refused: refused.length,
  };
  return COUNTED.filter((one) => counts[one] > 0)
    .map((one) => `&${one}=${counts[one]}`)
    .join('');
}

/**
 * In words: to how many it went, who waits on, who doesn't get it. Null where the address says
 * nothing of it.
 */
export function letGoWords({ texts }: Visit, query: Given): Notice | null {
  const { held } = texts;
  const sent = countOf(query['sent']);
  const left = countOf(query['left']);
  const later = countOf(query['later']);
  const waits = countOf(query['waits']);
  const refused = countOf(query['refused']);
  const goes = sent + later + waits > 0;
  const words: string[] = [];
  if (sent > 0) words.push(held.sent(sent));
  if (later > 0) words.push(held.leavesLater);
  if (waits > 0) words.push(held.waitsOn);
  if (left > 0) words.push(held.left(left));
  if (refused > 0) words.push(goes ? held.refused(refused) : held.changed);
  return words.length === 0 ? null : { ok: sent + later > 0, words: words.join(' ') };
}

function countOf(text: unknown): number {
  return typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : 0;
}
