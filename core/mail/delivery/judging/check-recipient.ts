import { EMPTY, NO_RECENT_ACTIVITY, type RecentActivity } from '../../../roster/relate.ts';
import type { Outcome } from '../../../rules/outcome.ts';
import type { Sender } from '../contract.ts';
import { copyEndAt } from '../copy-returns.ts';
import { RCPT_ROSTER_AGE_MS } from '../limits.ts';
import { domainsOf, type DeliveryParts } from '../parts.ts';
import { judge, outcomeOf } from './judge.ts';
import { recentActivityAbout } from './recent-activity.ts';

interface AtRcpt {
  readonly address: string;
  /** Whether the sender's domain says that this mail isn't its own; undefined: nobody can ask. */
  readonly disowned: (() => Promise<boolean>) | undefined;
}

/**
 * What is known of one recipient before the message has come (RCPT TO): the rules of the roster,
 * asked as if the message were fine. Whoever passes here is asked again when it has come.
 */
export async function checkRecipient(
  parts: DeliveryParts,
  sender: Sender,
  { address, disowned }: AtRcpt,
): Promise<Outcome> {
  const end = sender.kind === 'outside' ? copyEndAt(address, parts.domain) : null;
  if (end !== null) return atCopyEnd(sender, { address, end });
  const ask = async (
    recentActivity: RecentActivity,
    maxAgeMs: number,
    authentication: 'none' | 'fail' = 'none',
  ): Promise<Outcome> =>
    outcomeOf(
      await judge(parts.directory, {
        sender: sender.kind === 'account' ? sender : { ...sender, authentication },
        recipients: [address],
        content: EMPTY,
        lifted: [],
        recentActivity,
        now: parts.clock(),
        ourDomains: domainsOf(parts),
        maxAgeMs,
      }),
    ) ?? { kind: 'accepted', message: null };
  let outcome = await ask(NO_RECENT_ACTIVITY, RCPT_ROSTER_AGE_MS);
  // Anybody can give the address of a correspondent, and would read off our answers who is in the
  // class.
  if (sender.kind === 'outside' && outcome.kind === 'held' && (await disowned?.()))
    outcome = await ask(NO_RECENT_ACTIVITY, RCPT_ROSTER_AGE_MS, 'fail');
  // Nobody of ours is refused by the roster of a moment ago, nor a pupil's answer to an adult
  // without a look at recent activity.
  if (sender.kind === 'account' && outcome.kind === 'denied')
    outcome = await ask(
      sender.viewer.role === 'pupil'
        ? await recentActivityAbout(parts, sender, [address])
        : NO_RECENT_ACTIVITY,
      0,
    );
  return outcome;
}

/**
 * What answers a copy reaches nobody, and hears so. A server that tells of one has the null
 * reverse-path (RFC 3464 §2).
 */
function atCopyEnd(
  sender: Sender,
  { address, end }: { readonly address: string; readonly end: ReturnType<typeof copyEndAt> },
): Outcome {
  const isReport = sender.kind === 'outside' && sender.address === null;
  return isReport && end !== 'answer'
    ? { kind: 'accepted', message: null }
    : { kind: 'denied', refusals: [{ address, rule: 'copy-answered', words: {} }] };
}
