import { judge } from '../delivery/judge.ts';
import { viewerOf } from '../directory/viewer-of.ts';
import type { AccountId } from '../ids.ts';
import { NO_RECENT_ACTIVITY } from '../roster/relate.ts';
import type { Verdict } from '../rules/decide.ts';
import { FINE } from '../rules/facts.ts';
import { sharersWith } from '../store/mail/rights.ts';
import type { Viewer } from '../viewer.ts';
import { isReader, type Seer } from './access.ts';
import type { MailboxParts } from './parts.ts';

/**
 * What the rules say of a letter from the one to the other: a mailbox that is shown is a letter
 * that lies there.
 */
export async function verdictOf(
  { directory, clock, domain }: MailboxParts,
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
export async function asOfToday(parts: MailboxParts, viewer: Viewer): Promise<Seer> {
  if (!isReader(viewer.role)) return viewer;
  const sharers = await parts.store.read(viewer.school, (tx) => sharersWith(tx, viewer.account));
  const hidden = new Set<AccountId>();
  for (const { account, address } of sharers) {
    const owner = await viewerOf(parts.directory, viewer.school, address, parts.clock());
    if (!owner || (await verdictOf(parts, owner, viewer.address)) === 'deny') hidden.add(account);
  }
  return hidden.size === 0 ? viewer : { ...viewer, hidden };
}
