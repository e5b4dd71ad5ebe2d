import type { Language } from '../../../ground/ids.ts';
import type { Refusal } from '../../../rules/outcome.ts';
import { explain } from '../../../rules/reasons.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { ReleaseParts } from '../parts.ts';
import type { ServiceWords } from './notice.ts';
import { SERVICE_LETTERS } from './service-letters.ts';

/** Names written out in one notice; more are a number. */
const MAX_NAMED = 6;

/**
 * A mail program drops the words of a 250, so that a letter that is held looks sent: its writer
 * hears of it by a notice. The letter is taken by then, and stays so whatever becomes of that.
 */
export async function tellHeld(
  parts: ReleaseParts,
  viewer: Viewer,
  { held, subject }: { readonly held: readonly Refusal[]; readonly subject: string },
): Promise<void> {
  try {
    await parts.notices.tell(viewer, heldText(viewer, { held, subject, now: parts.clock() }));
  } catch (error) {
    parts.log.warn({ err: error, school: viewer.school }, 'a writer was not told of a held letter');
  }
}

interface HeldNotice {
  readonly held: readonly Refusal[];
  readonly subject: string;
  readonly now: Date;
}

/** What the notice says: the sentence of each rule once, and for whom it holds the letter. */
function heldText(
  { language, role, timeZone }: Pick<Viewer, 'language' | 'role' | 'timeZone'>,
  { held, subject, now }: HeldNotice,
): ServiceWords {
  const audience = role === 'pupil' ? 'child' : 'adult';
  const says = SERVICE_LETTERS[language].held[audience];
  const reasons = Map.groupBy(held, ({ rule, words }) => {
    const { sentence, next } = explain(rule, words, { language, timeZone, audience, now });
    return `${sentence} ${next}`;
  });
  const paragraphs = [...reasons].map(
    ([reason, those]) => `${reason}\n${says.whom(namesOf(those, language))}`,
  );
  const isOnRoad = held.every(({ rule }) => rule === 'on-the-road');
  return {
    subject: (isOnRoad ? says.road : says.subject)(subject),
    text: [...paragraphs, says.end].join('\n\n'),
  };
}

function namesOf(held: readonly Refusal[], language: Language): string {
  const names = [...new Set(held.map(({ address, words }) => words['name'] ?? address))];
  const more = names.length - MAX_NAMED;
  const shown = names.slice(0, MAX_NAMED).join(', ');
  return more > 0 ? `${shown} ${SERVICE_LETTERS[language].moreNames(more)}` : shown;
}
