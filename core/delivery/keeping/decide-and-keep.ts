import type { MessageId } from '../../ids.ts';
import { letterFacts } from '../../junk/facts.ts';
import type { ReadMessage } from '../../message/message.ts';
import type { Outcome } from '../../outcome.ts';
import { NO_RECENT_ACTIVITY, type Contents, type RecentActivity } from '../../roster/relate.ts';
import { type Leaving } from '../../store/mail/outbox-owed.ts';
import { freshRow } from '../../store/mail/outbox.ts';
import { markFull } from '../../store/mail/quota.ts';
import type { Proof } from '../contract.ts';
import { authorOf, proofOf } from '../judging/author.ts';
import { AGAIN, withFreshRoster } from '../judging/fresh-roster.ts';
import { judge, outcomeOf } from '../judging/judge.ts';
import { recentActivityAbout, type Limit } from '../judging/recent-activity.ts';
import { FULL_DAYS, RCPT_ROSTER_AGE_MS } from '../limits.ts';
import { domainsOf, type DeliveryParts, type OwnHandover, type ReleaseParts } from '../parts.ts';
import { tellHeld } from '../telling/held-notice.ts';
import { tellDeciders } from '../telling/tell-deciders.ts';
import { tellDelivered } from '../telling/tell-delivered.ts';
import { stopFlood } from './flood.ts';
import { keep, type Kept } from './keep.ts';
import { isLeaving, type LeavingLetters } from './leaving-letters.ts';
import { holdsOf, reversePathOf, type Parcel } from './parcel.ts';

const DAY_MS = 86_400_000;

/** What core's own letters need, and what stores those that only leave. */
export interface KeepingParts extends ReleaseParts {
  readonly leavingLetters: LeavingLetters;
}

export interface Prepared {
  readonly bytes: Buffer;
  readonly read: ReadMessage;
  /** A link in it leads elsewhere than to the site that is written on it. */
  readonly hasLyingLink: boolean;
  readonly content: Contents;
  readonly proof: Proof;
  readonly into: Parcel['into'];
  /** rspamd calls it junk. */
  readonly isSpam: boolean;
}

/**
 * Decides and stores on the same roster: where it moved in between, both begin anew. What is
 * refused is refused by the roster of now. A limit that only the store sees broken, for it counts
 * this message and those stored meanwhile, is said by the rule that it is.
 */
export async function decideAndKeep(
  parts: KeepingParts,
  handover: OwnHandover,
  prepared: Prepared,
): Promise<Outcome> {
  let over: Limit | null = null;
  return withFreshRoster<Outcome>(async (tries) => {
    const outcome = await decideOnce(parts, handover, prepared, { isFirst: tries === 1, over });
    if (outcome.kind === 'over-limit') {
      over = outcome.limit;
      return AGAIN;
    }
    return outcome.kind === 'denied' && tries === 1 ? AGAIN : outcome;
  });
}

interface Asking {
  readonly isFirst: boolean;
  readonly over: Limit | null;
}

type OverLimit = Extract<Kept, { kind: 'over-limit' }>;

async function decideOnce(
  parts: KeepingParts,
  handover: OwnHandover,
  prepared: Prepared,
  asking: Asking,
): Promise<Outcome | OverLimit> {
  const { sender, recipients, via } = handover;
  const { bytes: raw, read, content, proof, into } = prepared;
  const begun = performance.now();
  const recentActivity = await activityFor(parts, handover, asking);
  const now = parts.clock();
  const judgement = await judge(parts.directory, {
    sender: sender.kind === 'account' ? sender : authorOf(read.envelope.from, proof),
    recipients,
    content,
    lifted: [],
    recentActivity,
    now,
    ourDomains: domainsOf(parts),
    maxAgeMs: asking.isFirst ? RCPT_ROSTER_AGE_MS : 0,
  });
  const decided = outcomeOf(judgement);
  parts.metrics.observe('decide', decided?.kind ?? 'accepted', (performance.now() - begun) / 1000);
  if (decided?.kind === 'denied' || decided?.kind === 'no-recipient') return decided;
  // Nobody wrote it: nobody is asked to let it go.
  if (via === 'automatic' && decided !== null) return decided;
  const stored = await keepTimed(parts, {
    judgement,
    read,
    raw,
    now,
    origin: via,
    sender:
      sender.kind === 'account'
        ? { addressId: sender.viewer.addressId, role: sender.viewer.role }
        : { addressId: null, role: 'outside' },
    into,
    facts: sender.kind === 'account' ? null : factsOf(parts, prepared),
    handed: {
      recipients,
      provedBy: sender.kind === 'account' ? null : proofOf(read.envelope.from, proof),
    },
    account: accountOf(handover, parts.freshRows.begunUntil(raw.length)),
  });
  if (stored.kind !== 'kept') return stored;
  await tellDelivered(parts, handover, { judgement, bytes: prepared.bytes });
  return decided?.kind === 'held'
    ? heldAs(parts, handover, { held: decided.held, message: stored.message, read })
    : { kind: 'accepted', message: stored.message };
}

/**
 * What the sender did of late. The storing transaction counts an adult's letters anyway, and where
 * it finds one too many all is asked anew: before the first try there is nothing to look at. What
 * tells of an absence it doesn't count.
 */
async function activityFor(
  parts: DeliveryParts,
  { sender, recipients, absenceReply }: OwnHandover,
  { isFirst, over }: Asking,
): Promise<RecentActivity> {
  if (sender.kind !== 'account') return NO_RECENT_ACTIVITY;
  const isCountedLater = sender.viewer.role !== 'pupil' && absenceReply === null;
  if (isFirst && isCountedLater) return NO_RECENT_ACTIVITY;
  return recentActivityAbout(parts, sender, recipients, over);
}

/** The sending account, and what goes with its letter. */
function accountOf(handover: OwnHandover, begunUntil: Date | null): Parcel['account'] {
  const { sender, via, draft, absenceReply, dsnRequests = new Map() } = handover;
  if (sender.kind !== 'account') return null;
  const { school, account, address } = sender.viewer;
  return {
    school,
    account,
    address,
    keepCopy: via === 'web',
    draft,
    absenceReply,
    dsnRequests,
    begunUntil,
  };
}

/** What a stranger's letter says against itself. */
function factsOf(
  parts: DeliveryParts,
  { read, hasLyingLink, proof, isSpam }: Prepared,
): Parcel['facts'] {
  return letterFacts(
    { read, hasLyingLink },
    {
      ourDomains: [...domainsOf(parts)],
      isProved: proofOf(read.envelope.from, proof) !== null,
      server: proof.server,
      rspamd: isSpam,
    },
  );
}

/** Of a page it is the page that says so. */
async function heldAs(
  parts: ReleaseParts,
  { sender, via }: OwnHandover,
  { held, message, read }: Pick<HeldOutcome, 'held' | 'message'> & Pick<Prepared, 'read'>,
): Promise<Outcome> {
  if (via === 'submission' && sender.kind === 'account')
    await tellHeld(parts, sender.viewer, { held, subject: read.envelope.subject ?? '' });
  return { kind: 'held', message, held };
}

type HeldOutcome = Extract<Outcome, { kind: 'held' }>;

type Stored =
  | { readonly kind: 'kept'; readonly message: MessageId }
  | OverLimit
  | Extract<Outcome, { kind: 'mailbox-full' | 'no-recipient' }>;

async function keepTimed(parts: KeepingParts, parcel: Parcel): Promise<Stored> {
  const begun = performance.now();
  const kept = isLeaving(parcel)
    ? await parts.leavingLetters.keep(parcel)
    : await keep(parts.store, parcel);
  parts.metrics.observe('store', kept.kind, (performance.now() - begun) / 1000);
  if (kept.kind === 'over-limit') return kept;
  // As for any draft that isn't there.
  if (kept.kind === 'draft-gone') return { kind: 'no-recipient' };
  if (kept.kind === 'full') {
    await parts.store.write(kept.school, (tx) => markFull(tx, kept.account, kept.since));
    return {
      kind: 'mailbox-full',
      address: kept.address,
      permanent: parts.clock().getTime() - kept.since.getTime() > FULL_DAYS * DAY_MS,
    };
  }
  for (const [school, accounts] of kept.changed) parts.mailEvents.announce(school, accounts);
  await tellDeciders(parts, holdsOf(parcel));
  if (parcel.account && kept.outside) {
    const { school, account } = parcel.account;
    const { leaving, traffic } = kept.outside;
    const isStopped = await stopFlood(parts, { school, account, traffic });
    if (!isStopped) leave(parts.freshRows, parcel, { leaving, message: kept.message });
  }
  return { kind: 'kept', message: kept.message };
}

/** Lets go what leaves for outside: what is begun with what is in hand, the rest as it is due. */
function leave(
  freshRows: DeliveryParts['freshRows'],
  { account: writer, raw, now }: Parcel,
  { leaving, message }: { readonly leaving: readonly Leaving[]; readonly message: MessageId },
): void {
  if (writer === null) return;
  const { school, account, dsnRequests, begunUntil: until } = writer;
  const sender = reversePathOf(writer);
  for (const { id, recipient, isBegun } of leaving) {
    const dsn = dsnRequests.get(recipient);
    const row = freshRow({ id, account, message, sender, recipient, dsn, createdAt: now });
    if (isBegun && until !== null) freshRows.send({ school, row, raw, until });
    else freshRows.hurry(school, [id]);
  }
}
