import type { Facts } from './facts.ts';

/**
 * Rules that hold a letter. Who lets it go, or when it goes by itself, is a row of
 * `core/mail/delivery/judging/where-held.ts`: one without it doesn't compile.
 */
export type HoldRule =
  // relation: between linked classes, somebody outside
  | 'link-moderated'
  | 'approved-correspondent'
  | 'unproven-correspondent'
  // a way to a child that the proof of the night found open
  | 'way-closed'
  // moderation, hours, the road between two schools
  | 'class-moderated'
  | 'first-contact'
  | 'doubtful-words'
  | 'school-closed'
  | 'on-the-road'
  // content
  | 'locked-archive-held'
  | 'forbidden-link-held';

/** Rules that refuse a letter. */
export type DenyRule =
  // relation: somebody of whom the sender may know nothing, then those of one's own school
  | 'no-such-address'
  | 'unproven-sender'
  | 'pupil-to-outside'
  | 'outside-forbidden'
  | 'no-mail-outside'
  | 'not-in-your-class'
  | 'not-your-teacher'
  | 'staff-not-reachable'
  | 'not-your-family'
  | 'not-your-child'
  | 'not-your-childs-teacher'
  | 'guardian-to-guardian'
  | 'not-your-list'
  // account
  | 'account-suspended'
  | 'account-archived'
  | 'recipient-closed'
  | 'pupil-mail-stopped'
  | 'charter-first'
  | 'family-first'
  | 'sending-paused'
  | 'kept-apart'
  | 'too-many-messages'
  | 'too-many-new-people'
  // content
  | 'malware'
  | 'file-kind'
  | 'photo-closed'
  | 'locked-archive'
  | 'forbidden-link';

/**
 * Every rule that a refusal or a hold can name. Closed: a rule without its sentences in
 * `reasons-fr.ts` and `reasons-en.ts` doesn't compile.
 */
export type RuleName = HoldRule | DenyRule;

export type Verdict =
  | { readonly kind: 'allow' }
  | { readonly kind: 'hold'; readonly rule: HoldRule }
  | { readonly kind: 'deny'; readonly rule: DenyRule };

export const ALLOW: Verdict = { kind: 'allow' };

/** One question to the facts. A rule that has nothing to say allows. */
export type Rule = (facts: Facts) => Verdict;

/**
 * A rule as a row of a table: what it says, and when. Rows are data, so that a test can take one
 * out or turn it round; where rows ask few facts, their type says so.
 */
export type RuleRow<Asked = Facts> = Exclude<Verdict, { readonly kind: 'allow' }> & {
  readonly when: (facts: Asked) => boolean;
};

/** The rows as rules, in their order. */
export function rulesOf(rows: readonly RuleRow[]): readonly Rule[] {
  return rows.map(
    ({ when, ...verdict }) =>
      (facts) =>
        when(facts) ? verdict : ALLOW,
  );
}
