import type { Outcome } from '../../core/rules/outcome.ts';
import { explain } from '../../core/rules/reasons.ts';
import type { Visit } from '../frame/visit.ts';
import type { Form } from '../http/forms.ts';

/** Files that a form could not bring, each with its reason. */
export function leftOutOf({ texts, audience }: Visit, form: Form): readonly string[] {
  return form.leftOut.map(
    ({ name, why }) => `${name}${texts.colon}${texts.write.leftOut[audience][why]}`,
  );
}

/** Why a letter has not left, and what to do, each reason once; none where it has. */
export function unsentSentences({ clock, audience }: Visit, outcome: Outcome): readonly string[] {
  if (outcome.kind === 'accepted' || outcome.kind === 'held') return [];
  const said = { ...clock, audience };
  const reasons =
    outcome.kind === 'denied'
      ? outcome.refusals.map((one) => explain(one.rule, one.words, said))
      : [explain(outcome.kind, {}, said)];
  return [...new Set(reasons.map(({ sentence, next }) => `${sentence} ${next}`))];
}
