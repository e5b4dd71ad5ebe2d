import { ACCOUNT, WAYS } from './account.ts';
import { CONTENT } from './content.ts';
import type { Facts } from './facts.ts';
import { HOURS, MODERATION, ROAD, SECOND_LOOK } from './moderation.ts';
import { relationOf, ALLOWED, REFUSED } from './relation.ts';
import { ALLOW, rulesOf, type Rule, type Verdict } from './verdict.ts';

export type { RuleName, Verdict } from './verdict.ts';

/**
 * In the order in which they are named to the user: who the two are to one another comes before
 * what is in the message.
 */
const RULES: readonly Rule[] = [
  relationOf(ALLOWED, REFUSED),
  ...rulesOf(WAYS),
  ...rulesOf(ACCOUNT),
  ...rulesOf(MODERATION),
  ...rulesOf(SECOND_LOOK),
  ...rulesOf(HOURS),
  ...rulesOf(ROAD),
  ...rulesOf(CONTENT),
];

/**
 * Whether one sender may write to one recipient and, if not, which sending rule says so.
 *
 * A server may refuse mail for reasons of its own (RFC 5321 §7.9); ours is the school's roster.
 * Every way in asks here: SMTP, submission, web, import, auto-reply, release from moderation. Pure:
 * no clock, no store, so the whole table fits in a test. A deny anywhere beats a hold anywhere;
 * among equals the first of RULES is the one named. A hold that a teacher has just lifted is passed
 * over; a deny can't be lifted.
 */
export function decide(facts: Facts): Verdict {
  return decideWith(RULES, facts);
}

/** `decide` with rules of one's choice, in their order. */
export function decideWith(rules: readonly Rule[], facts: Facts): Verdict {
  let held: Verdict = ALLOW;
  for (const rule of rules) {
    const verdict = rule(facts);
    if (verdict.kind === 'deny') return verdict;
    if (verdict.kind === 'hold' && held === ALLOW && !facts.lifted.includes(verdict.rule))
      held = verdict;
  }
  return held;
}
