import type { DrainingCounter, SignInLimits } from '../../store/people/sign-in-tries.ts';

/**
 * Wrong answers for one account that cost nothing; then waiting doubles, up to five minutes, and
 * never locks for longer.
 */
const ACCOUNT = { free: 5, mostSeconds: 300 } as const;
/**
 * From a place that the account knows, where everybody else must wait: so many are looked at all
 * the same, then two a minute. Who guesses beside the owner, in their school or on their PC, can't
 * keep them out for long.
 */
const PLACE = { free: 10, mostSeconds: 30 } as const;
/**
 * A spray is many accounts with few tries each: the first wrong answer for an account weighs as
 * much as three for the same one.
 */
const FIRST_COST = 3;
/** Ten accounts at once, then one a minute. A household that mistypes its own never comes near. */
const NETWORK: DrainingCounter = { free: 30, perSecond: 0.05, mostSeconds: 60 };
const NETWORK_GUARDED = 6;
/**
 * A network of the schools: a whole town of children mistypes there, each wrong answer counts one,
 * and nobody waits for long.
 */
const SCHOOL: DrainingCounter = { free: 1_000, perSecond: 0.5, mostSeconds: 15 };
const SCHOOL_GUARDED = 300;
/**
 * Wrong answers everywhere together; beyond, networks that nobody's account knows have less of
 * their own.
 */
const SERVICE: DrainingCounter = { free: 2_000, perSecond: 1, mostSeconds: 0 };
/**
 * Wrong answers and refused tries together that agents hear of: five hundred, and as many an hour.
 */
export const PRESSURE: DrainingCounter = { free: 500, perSecond: 500 / 3_600, mostSeconds: 0 };
/** How long a place stays known without a good sign-in: longer than the summer holidays. */
export const KNOWN_DAYS = 90;

export interface NetworkLimits extends SignInLimits {
  readonly firstCost: number;
}

const COMMON = { account: ACCOUNT, place: PLACE, service: SERVICE, knownDays: KNOWN_DAYS } as const;
/** What holds for a try from a network of the schools, and from any other. */
export const LIMITS: Readonly<Record<'school' | 'other', NetworkLimits>> = {
  school: { ...COMMON, network: SCHOOL, networkGuarded: SCHOOL_GUARDED, firstCost: 1 },
  other: { ...COMMON, network: NETWORK, networkGuarded: NETWORK_GUARDED, firstCost: FIRST_COST },
};
