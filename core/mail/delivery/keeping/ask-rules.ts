import { letterTraits, type LetterTraits } from '../../../letters/junk/traits.ts';
import { NO_RECENT_ACTIVITY, type RecentActivity } from '../../../roster/relate.ts';
import type { Outcome, Refusal } from '../../../rules/outcome.ts';
import { authorOf, proofOf } from '../judging/author.ts';
import { judge, outcomeOf } from '../judging/judge.ts';
import { recentActivityAbout, type Limit } from '../judging/recent-activity.ts';
import type { Letter } from '../letter.ts';
import { RCPT_ROSTER_AGE_MS } from '../limits.ts';
import { domainsOf, type DeliveryParts, type OwnHandover } from '../parts.ts';
import type { JudgedLetter } from './judged-letter.ts';
import { sharesOf } from './shares.ts';
import { sorted } from './sorting.ts';

/** What the rules say of a letter: that it is stored, and for whom it waits; or an answer. */
export type Decision =
  | {
      readonly kind: 'judged';
      readonly letter: JudgedLetter;
      /** Null: it waits for nobody's word. */
      readonly held: readonly Refusal[] | null;
    }
  | { readonly kind: 'answered'; readonly outcome: Outcome };

interface Asking {
  readonly isFirst: boolean;
  /** A limit that the letter was found to break. */
  readonly over: Limit | null;
}

/** Asks the rules for every recipient, on the roster of a moment ago first, then on that of now. */
export async function askRules(
  parts: DeliveryParts,
  letter: Letter,
  asking: Asking,
): Promise<Decision> {
  const { handover, raw, read, proof, into } = letter;
  const { sender, recipients, via } = handover;
  const begun = performance.now();
  const recentActivity = await activityFor(parts, handover, asking);
  const now = parts.clock();
  const judgement = await judge(parts.directory, {
    sender: sender.kind === 'account' ? sender : authorOf(read.envelope.from, proof),
    recipients,
    content: letter.content,
    lifted: [],
    recentActivity,
    now,
    ourDomains: domainsOf(parts),
    maxAgeMs: asking.isFirst ? RCPT_ROSTER_AGE_MS : 0,
  });
  const outcome = outcomeOf(judgement);
  parts.metrics.observe('decide', outcome?.kind ?? 'accepted', (performance.now() - begun) / 1000);
  // What nobody wrote nobody is asked to let go.
  if (outcome !== null && (outcome.kind !== 'held' || via === 'automatic'))
    return { kind: 'answered', outcome };
  // What hangs on a board waits for nobody: whoever may hang it up decides about it themselves.
  // What a pupil proposes waits for a teacher whatever the rules say.
  if (outcome !== null && handover.notice?.isIdea === false)
    return { kind: 'answered', outcome: { kind: 'denied', refusals: outcome.held } };
  const provedBy = sender.kind === 'account' ? null : proofOf(read.envelope.from, proof);
  const judged: Omit<JudgedLetter, 'shares'> = {
    judgement,
    read,
    raw,
    into,
    now,
    origin: via,
    sender:
      sender.kind === 'account'
        ? { addressId: sender.viewer.addressId, role: sender.viewer.role }
        : { addressId: null, role: 'outside' },
    handed: { recipients, provedBy },
    account: accountOf(handover, parts.freshRows.begunUntil(raw.length)),
  };
  const traits = sender.kind === 'account' ? null : traitsOf(parts, letter);
  const shares = await sorted(parts.store, { ...judged, shares: sharesOf(judged) }, traits);
  return {
    kind: 'judged',
    letter: { ...judged, shares },
    held: handover.notice === null ? (outcome?.held ?? null) : null,
  };
}

/**
 * What the sender did of late. The storing transaction counts an adult's letters anyway, and where
 * it finds one too many all is asked anew: before the first try there is nothing to look at.
 * Letters that tell of an absence aren't counted.
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
function accountOf(handover: OwnHandover, begunUntil: Date | null): JudgedLetter['account'] {
  const { sender, via, draft, absenceReply, paper, notice, dsnRequests = new Map() } = handover;
  if (sender.kind !== 'account') return null;
  const { school, account, addressId, address } = sender.viewer;
  return {
    school,
    account,
    addressId,
    address,
    keepCopy: via === 'web' && notice === null,
    draft,
    absenceReply,
    paper,
    notice,
    dsnRequests,
    begunUntil,
  };
}

/** What a stranger's letter says against itself. */
function traitsOf(
  parts: DeliveryParts,
  { read, hasLyingLink, proof, isSpam }: Letter,
): LetterTraits {
  return letterTraits(
    { read, hasLyingLink },
    {
      ourDomains: [...domainsOf(parts)],
      isProved: proofOf(read.envelope.from, proof) !== null,
      server: proof.server,
      rspamd: isSpam,
    },
  );
}
