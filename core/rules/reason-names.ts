import type { RuleName } from './verdict.ts';

/**
 * What can become of a message besides a rule: the other kinds of `Outcome`, and `fault` for what
 * nobody asked for.
 */
export type OutcomeName =
  | 'infected'
  | 'unscannable'
  | 'scanner-silent'
  | 'too-big'
  | 'mailbox-full'
  | 'malformed'
  | 'not-your-address'
  | 'no-recipient'
  /** Somebody answers a copy of a letter, at the address that it is from. */
  | 'copy-answered'
  | 'fault';
/** All that a text must say why of. */
export type ReasonName = RuleName | OutcomeName;

/** Children are told otherwise than grown-ups. */
export type Audience = 'child' | 'adult';

/**
 * One text in several wordings: the first whose `{words}` are all known is said; the last needs
 * none.
 */
export type Wordings = readonly [string, ...string[]];
type Reason = Readonly<Record<Audience, { readonly sentence: Wordings; readonly next: Wordings }>>;
/** The texts of one language. */
export type Reasons = Readonly<Record<ReasonName, Reason>>;
