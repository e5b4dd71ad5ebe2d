import type { Reachable, WithWritings } from '../../../core/mail/writing/contract.ts';
import type { Recipient } from '../../frame/recipients.ts';
import type { Visit } from '../../frame/visit.ts';

/** The teachers of a child's own classes, among those within reach. */
export function ownTeachers(
  { viewer }: Pick<Visit, 'viewer'>,
  reach: readonly Reachable[],
): readonly Reachable[] {
  const own = new Set(viewer.classes.map(({ name }) => name));
  return reach.filter(
    ({ group, classes }) => group === 'teachers' && classes.some((name) => own.has(name)),
  );
}

/**
 * How many people get a letter to these: whoever is in a list and named beside it gets one.
 * `copies` go to addresses that aren't shown.
 */
export async function peopleIn(
  { core, viewer }: Visit<WithWritings<'headcount'>>,
  recipients: readonly Recipient[],
  copies: readonly string[],
): Promise<number> {
  const chosen = [...new Map(recipients.map((one) => [one.address, one])).values()];
  const isAlone = chosen.length + copies.length <= 1;
  if (isAlone || chosen.every(({ kind }) => kind !== 'list'))
    return chosen.reduce((sum, { count }) => sum + count, 0);
  return core.writings.headcount(viewer, { to: chosen.map(({ address }) => address), cc: copies });
}

/** Recipients, each with whether they are written to for the first time. */
export async function withFirstTimes(
  { core, viewer }: Visit<WithWritings<'strangers'>>,
  recipients: readonly Recipient[],
): Promise<readonly Recipient[]> {
  const outside = recipients.filter(({ kind }) => kind === 'outside');
  if (outside.length === 0) return recipients;
  const strangers = await core.writings.strangers(
    viewer,
    outside.map(({ address }) => address),
  );
  return recipients.map((one) => ({ ...one, firstTime: strangers.has(one.address) }));
}
