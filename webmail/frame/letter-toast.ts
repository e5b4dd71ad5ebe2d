import type { MessageRow } from '../../core/mail/reading/contract.ts';
import type { Leaving, WithWritings } from '../../core/mail/writing/contract.ts';
import type { Refusal } from '../../core/rules/outcome.ts';
import { explain } from '../../core/rules/reasons.ts';
import { namesOf } from './parts.ts';
import { recipientsOf } from './recipients.ts';
import { conversationSubject } from './subject.ts';
import type { Toast } from './toast.ts';
import type { Visit } from './visit.ts';
import { longDate } from './when.ts';

/** Names that a toast writes out. */
const NAMED = 3;

/** A letter that leaves later than this was given an hour by its writer. */
const SOON_MS = 120_000;

/** Asks what became of the letter that this page comes after; null where it comes after none. */
export async function letterToast(
  visit: Visit<WithWritings<'leaving' | 'among'>>,
): Promise<Toast | null> {
  if (visit.sent === null) return null;
  const leaving = await visit.core.writings.leaving(visit.viewer, visit.sent);
  if (leaving === null) return null;
  return leaving.kind === 'left' ? leftToast(visit, leaving.message) : waitsToast(visit, leaving);
}

/** Handed over, and not there yet. */
const WAITS: ReadonlySet<MessageRow['state']> = new Set(['waiting', 'travelling']);

function leftToast(
  visit: Visit,
  { state, refusal, to }: Extract<Leaving, { kind: 'left' }>['message'],
): Toast {
  const { texts, audience } = visit;
  if (!WAITS.has(state) || refusal === null)
    return { kind: 'left', words: texts.toast.left[audience](namesOf(visit, to, NAMED)) };
  return { kind: 'held', words: heldWords(visit, refusal) };
}

function heldWords({ audience, clock }: Visit, { rule, words }: Refusal): string {
  const why = explain(rule, words, { ...clock, audience });
  return `${why.sentence} ${why.next}`;
}

async function waitsToast(
  visit: Visit<WithWritings<'among'>>,
  { letter, writing, at, held }: Extract<Leaving, { kind: 'waits' }>,
): Promise<Toast> {
  const { texts, audience, clock, now } = visit;
  const { shown } = await recipientsOf(visit, [], [...writing.to, ...writing.cc]);
  const names = namesOf(visit, shown, NAMED);
  const leftMs = at.getTime() - now.getTime();
  const subject = conversationSubject(visit, writing);
  const seconds = leftMs > SOON_MS ? 0 : Math.max(1, Math.round(leftMs / 1000));
  if (seconds === 0) {
    const words = texts.toast.later(subject, longDate(clock, at));
    return { kind: 'waits', letter, words, gone: '', seconds };
  }
  // Who reads it first is said at once: that it « leaves » in ten seconds would be no word of it.
  const [first] = held;
  const why = first === undefined ? null : heldWords(visit, first);
  const words = why ?? texts.toast.soon[audience](subject, names, seconds);
  return { kind: 'waits', letter, words, gone: why ?? texts.toast.left[audience](names), seconds };
}
