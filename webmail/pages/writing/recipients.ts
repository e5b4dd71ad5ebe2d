import type { Face, Reachable } from '../../../core/core.ts';
import { inWords } from '../../frame/called.ts';
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

/** Nobody has an address there (RFC 2606 §2): it was a group of the writer's, and is removed. */
const NOWHERE = '.invalid';

export interface Recipient extends Face {
  /** How many people it is: 1, or those of a list. */
  readonly count: number;
  /** What it is the list of; null for a person. */
  readonly listKind: Reachable['listKind'];
  /** Somebody outside with whom the writer has exchanged no letter yet. */
  readonly firstTime?: boolean;
}

/**
 * How the chosen addresses are shown. A child sees only people of their picker: whoever is no
 * longer there is left out and counted, as is a group that its owner has removed.
 */
export async function recipientsOf(
  visit: Visit<'writings.among'>,
  reach: readonly Reachable[],
  addresses: readonly string[],
): Promise<{ readonly shown: readonly Recipient[]; readonly gone: number }> {
  const known = new Map(reach.map((one) => [one.address, one]));
  const missing = addresses.filter((address) => !known.has(address));
  if (missing.length > 0) {
    const found = await visit.core.writings.among(visit.viewer, missing);
    for (const named of inWords(visit, found)) known.set(named.address, named);
  }
  const shown = addresses.flatMap((address) => {
    const one = known.get(address);
    const isGone = visit.audience === 'child' || address.endsWith(NOWHERE);
    return one === undefined && isGone ? [] : [one ?? stranger(address)];
  });
  return { shown, gone: addresses.length - shown.length };
}

/**
 * How many people get a letter to these: whoever is in a list and named beside it gets one.
 * `copies` go to addresses that aren't shown.
 */
export async function peopleIn(
  { core, viewer }: Visit<'writings.headcount'>,
  recipients: readonly Recipient[],
  copies: readonly string[],
): Promise<number> {
  const chosen = [...new Map(recipients.map((one) => [one.address, one])).values()];
  const isAlone = chosen.length + copies.length <= 1;
  if (isAlone || chosen.every(({ kind }) => kind !== 'list'))
    return chosen.reduce((sum, { count }) => sum + count, 0);
  return core.writings.headcount(viewer, { to: chosen.map(({ address }) => address), cc: copies });
}

/** The same, with who is written to for the first time. */
export async function withFirstTimes(
  { core, viewer }: Visit<'writings.strangers'>,
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

function stranger(address: string): Recipient {
  return {
    kind: 'outside',
    name: '',
    address,
    face: address.slice(0, 2),
    cover: 8,
    count: 1,
    listKind: null,
  };
}
