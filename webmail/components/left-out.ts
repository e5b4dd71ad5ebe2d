import type { Outcome } from '../../core/rules/outcome.ts';
import { explain } from '../../core/rules/reasons.ts';
import type { Visit } from '../frame/visit.ts';

/** Why a file was left out of a draft, in one sentence. */
export function leftOutSentence(visit: Visit, outcome: Outcome): string {
  const { texts, audience, clock } = visit;
  const said = texts.write.leftOut[audience];
  switch (outcome.kind) {
    case 'infected':
      return said.infected;
    case 'too-big':
    case 'mailbox-full':
      return said['too-big'];
    case 'scanner-silent':
      return said.silent;
    case 'denied': {
      const why = outcome.refusals[0];
      return why === undefined
        ? said.kind
        : explainBoth(explain(why.rule, why.words, { ...clock, audience }));
    }
    case 'accepted':
    case 'held':
    case 'unscannable':
    case 'malformed':
    case 'not-your-address':
    case 'no-recipient':
      return said.kind;
  }
}

const explainBoth = ({
  sentence,
  next,
}: {
  readonly sentence: string;
  readonly next: string;
}): string => `${sentence} ${next}`;
