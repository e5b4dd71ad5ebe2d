import type { Directory } from '../../directory/directory.ts';
import { viewerOf } from '../../directory/viewer-of.ts';
import type { AccountId } from '../../ground/ids.ts';
import type { Verdict } from '../../rules/decide.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { sharersWith } from '../../store/mail/rights.ts';
import type { Store } from '../../store/store.ts';
import { judgeToday } from '../delivery/judging/judge.ts';
import { LOOKED, type Seer } from './contract/seer.ts';

interface ReachParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: () => Date;
  readonly domain: string;
}

/**
 * Whether somebody of this role is only ever a reader of other people's mailboxes, and never gives
 * rights to theirs.
 */
export function isReader(role: Viewer['role']): boolean {
  return role === 'pupil' || role === 'guardian';
}

/**
 * What the rules say of a letter from the one to the other: a mailbox that is shown is a letter
 * that lies there.
 */
export async function verdictOf(
  parts: Omit<ReachParts, 'store'>,
  from: Viewer,
  to: string,
): Promise<Verdict['kind']> {
  const judged = await judgeToday(parts, from, [to]);
  const kinds = new Set(judged.map(({ verdict }) => verdict.kind));
  if (kinds.size === 0 || kinds.has('deny')) return 'deny';
  return kinds.has('hold') ? 'hold' : 'allow';
}

/**
 * The viewer, with the owners whose mailboxes they may see no more. Adults of the school see what
 * they were given until it is taken back.
 */
export async function asOfToday(parts: ReachParts, viewer: Viewer): Promise<Seer> {
  if (!isReader(viewer.role)) return { ...viewer, hidden: NOBODY, [LOOKED]: true };
  const sharers = await parts.store.read(viewer.school, (tx) => sharersWith(tx, viewer.account));
  const hidden = new Set<AccountId>();
  for (const { account, address } of sharers) {
    const owner = await viewerOf(
      parts.directory,
      { home: viewer.school, addressId: address },
      parts.clock(),
    );
    if (!owner || (await verdictOf(parts, owner, viewer.address)) === 'deny') hidden.add(account);
  }
  return { ...viewer, hidden, [LOOKED]: true };
}

const NOBODY: ReadonlySet<AccountId> = new Set();

/** The look that a viewer comes with, or one of today. */
export async function asOfLastLook(parts: ReachParts, viewer: Viewer | Seer): Promise<Seer> {
  return LOOKED in viewer ? viewer : asOfToday(parts, viewer);
}
