import { domainOf, isWithin } from '../../ground/address.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writtenTo } from '../../store/mail/correspondents.ts';
import { knownAmong, writerOf } from '../../store/mail/known-writers.ts';
import { judgeToday } from '../delivery/judging/judge.ts';
import type { Reachable } from './contract.ts';
import type { ReachParts } from './parts.ts';

/** Addresses outside that are offered, at most. */
const MAX_OUTSIDE = 5;
/** Of those written to who bear the text, so many are looked at: most are of the town. */
const MAX_LOOKED_AT = 40;
/** The grey cover, of whoever belongs to no class. */
const NO_CLASS = 8;

/**
 * Addresses outside that a person has written to before and may write to today, by a part of the
 * name or address that stood in their own letter. Nothing is kept for it: it is what lies in Sent.
 */
export async function remembered(
  parts: ReachParts,
  viewer: Viewer,
  text: string,
): Promise<readonly Reachable[]> {
  const ours = domainOf(viewer.address);
  const found = await parts.store.read(viewer.school, (tx) =>
    writtenTo(tx, viewer.account, { text, limit: MAX_LOOKED_AT }),
  );
  const outside = found.filter(({ address }) => !isWithin(domainOf(address), ours));
  const allowed = await allowedOf(
    parts,
    viewer,
    outside.map(({ address }) => address),
  );
  return outside
    .filter(({ address }) => allowed.has(address))
    .slice(0, MAX_OUTSIDE)
    .map(({ name, address }) => ({
      kind: 'outside',
      name: name === address ? '' : name,
      address,
      face: address.slice(0, 2),
      cover: NO_CLASS,
      group: 'outside',
      listKind: null,
      count: 1,
      classes: [],
      title: '',
    }));
}

/** Those of these addresses outside that never wrote to the viewer, nor the viewer to them. */
export async function strangers(
  { store }: Pick<ReachParts, 'store'>,
  viewer: Viewer,
  addresses: readonly string[],
): Promise<ReadonlySet<string>> {
  const ours = domainOf(viewer.address);
  const outside = addresses
    .filter((address) => !isWithin(domainOf(address), ours))
    .map((address) => ({ address, writer: writerOf(address, { provedBy: 'account' }) }));
  if (outside.length === 0) return new Set();
  const known = await store.read(viewer.school, (tx) =>
    knownAmong(
      tx,
      viewer.account,
      outside.map(({ writer }) => writer),
    ),
  );
  return new Set(
    outside.flatMap(({ address, writer }) => (known.has(writer.toString('hex')) ? [] : [address])),
  );
}

async function allowedOf(
  parts: ReachParts,
  viewer: Viewer,
  recipients: readonly string[],
): Promise<ReadonlySet<string>> {
  if (recipients.length === 0) return new Set();
  const judged = await judgeToday(parts, viewer, recipients);
  return new Set(
    judged.flatMap(({ address, verdict }) => (verdict.kind === 'deny' ? [] : [address])),
  );
}
