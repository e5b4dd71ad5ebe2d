import type { Role } from '../../rules/facts.ts';

const MB = 1_000_000;

/**
 * What each kind of account may send (the product's table). Sizes in bytes as the message travels,
 * the rate in recipients named within an hour, a list counting once; new people as those written to
 * for the first time within a day, where one of the two is a pupil: more than any class and its
 * adults are.
 */
interface Allowance {
  readonly messageBytes: number;
  readonly sendingsAnHour: number;
  readonly newPeopleADay: number;
}

/** Families have what their children have. */
const CHILD: Allowance = {
  messageBytes: 10 * MB,
  sendingsAnHour: 30,
  newPeopleADay: 40,
};
const ADULT: Allowance = {
  messageBytes: 26_214_400,
  sendingsAnHour: 200,
  newPeopleADay: 60,
};

export function allowanceOf(role: Role): Allowance {
  return role === 'pupil' || role === 'guardian' ? CHILD : ADULT;
}

/**
 * How often a delivery begins anew because the roster changed under it, before the peer is told to
 * come back.
 */
export const MAX_ROSTER_MOVES = 3;
/** A roster this old may answer RCPT TO; the storing transaction looks again. */
export const RCPT_ROSTER_AGE_MS = 1_000;
/** After so many days of being full, mail is refused for good (552) and no longer for now (452). */
export const FULL_DAYS = 3;
/** Parts that are scanned again decoded, at most; a message with more is refused as unscannable. */
export const MAX_DOUBTFUL_PARTS = 20;
