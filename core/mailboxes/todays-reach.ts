import { judge } from '../delivery/judge.ts';
import type { Directory } from '../directory/directory.ts';
import { viewerOf } from '../directory/viewer-of.ts';
import type { AccountId } from '../ids.ts';
import { NO_RECENT_ACTIVITY } from '../roster/relate.ts';
import type { Verdict } from '../rules/decide.ts';
import { FINE } from '../rules/facts.ts';
import { sharersWith } from '../store/mail/rights.ts';
import type { Store } from '../store/store.ts';
import type { Viewer } from '../viewer.ts';

declare const looked: unique symbol;

/**
 * A viewer, and the owners whose mailboxes the rules hide from them. Whatever tells rights takes
 * one, and only this file makes them: to leave out the look at the rules takes a name that says so.
 */
export interface Seer extends Viewer {
  readonly hidden: ReadonlySet<AccountId>;
  readonly [looked]: true;
}

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
  { directory, clock, domain }: Omit<ReachParts, 'store'>,
  from: Viewer,
  to: string,
): Promise<Verdict['kind']> {
  const { judged } = await judge(directory, {
    sender: { kind: 'account', viewer: from },
    recipients: [to],
    content: FINE,
    lifted: [],
    recentActivity: NO_RECENT_ACTIVITY,
    now: clock(),
    ourDomains: new Set([domain]),
    maxAgeMs: 0,
  });
  const kinds = new Set(judged.map(({ verdict }) => verdict.kind));
  if (kinds.size === 0 || kinds.has('deny')) return 'deny';
  return kinds.has('hold') ? 'hold' : 'allow';
}

/**
 * The viewer, with the owners whose mailboxes they may see no more. Adults of the school see what
 * they were given until it is taken back.
 */
export async function asOfToday(parts: ReachParts, viewer: Viewer): Promise<Seer> {
  if (!isReader(viewer.role)) return seer(viewer, NOBODY);
  const sharers = await parts.store.read(viewer.school, (tx) => sharersWith(tx, viewer.account));
  const hidden = new Set<AccountId>();
  for (const { account, address } of sharers) {
    const owner = await viewerOf(parts.directory, viewer.school, address, parts.clock());
    if (!owner || (await verdictOf(parts, owner, viewer.address)) === 'deny') hidden.add(account);
  }
  return seer(viewer, hidden);
}

/**
 * The viewer in what `asOfToday` has let them open: between two looks at the rules nothing is
 * hidden, so that an act on an open mailbox asks for no more than its rights.
 */
export function asOfLastLook(viewer: Viewer): Seer {
  return seer(viewer, NOBODY);
}

const NOBODY: ReadonlySet<AccountId> = new Set();

function seer(viewer: Viewer, hidden: ReadonlySet<AccountId>): Seer {
  return { ...viewer, hidden } as Seer;
}
