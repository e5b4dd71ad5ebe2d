import { explain } from '../../../core/rules/reasons.ts';
import type { Asked } from '../../../core/school/papers/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import type { Form } from '../../http/forms.ts';

/** Files that the form could not bring, each with its reason. */
export function leftOutOf({ texts, audience }: Visit, form: Form): readonly string[] {
  return form.leftOut.map(
    ({ name, why }) => `${name}\u00a0: ${texts.write.leftOut[audience][why]}`,
  );
}

/** Why nothing was asked, a sentence each; what is wrong with a field is said beside it. */
export function unaskedSentence(
  { texts, clock, audience }: Visit,
  asked: Exclude<Asked, { readonly kind: 'asked' }>,
): readonly string[] {
  const words = texts.papers.unasked;
  switch (asked.kind) {
    case 'faulty':
    case 'missing':
      return [];
    case 'no-subject':
    case 'not-families':
    case 'nobody':
      return [words[asked.kind]];
    case 'unsent': {
      const { outcome } = asked;
      const said = { ...clock, audience };
      if (outcome.kind === 'accepted' || outcome.kind === 'held') return [];
      const reasons =
        outcome.kind === 'denied'
          ? outcome.refusals.map((one) => explain(one.rule, one.words, said))
          : [explain(outcome.kind, {}, said)];
      return [...new Set(reasons.map(({ sentence, next }) => `${sentence} ${next}`))];
    }
  }
}
