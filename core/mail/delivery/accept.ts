/**
 * The one way in. A letter is, at any moment, in one of these states (`State`); what a crash leaves
 * behind in each, and who cleans it:
 *
 * - *spooled*: it is being read, scanned, decided. It lies in memory only, this process's and, of
 *   what is large or packed, a sandbox's. A crash leaves nothing; the peer has no 250 and keeps its
 *   copy (RFC 5321 §6.1), a web draft is still a draft.
 * - *stored*: the transaction has committed; entries make it visible, outbox rows make it leave. A
 *   crash leaves it whole or, before the commit, not at all. A lost announcement is repaired by the
 *   next look of the page; a lost queue by the sweeper, from `due`.
 * - *begun*: stored, with rows of the outbox whose first attempt is this process's own. After a
 *   crash they are due when its lease ends, and leave then.
 * - *held*: stored, with recipients in `hold` who don't have it yet. A crash changes nothing; the
 *   clock's holds stand in `due`.
 * - *refused*: answered with a 4xx or 5xx. Nothing of it was ever written.
 * - *expunged*: its last entry is gone, and with it the message, in one transaction.
 */

import type { Readable } from 'node:stream';
import { goingFirst } from '../../ground/giving-way.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { Delivery } from './contract.ts';
import { checkRecipient } from './judging/check-recipient.ts';
import { AGAIN, withFreshRoster } from './judging/fresh-roster.ts';
import type { Limit } from './judging/recent-activity.ts';
import { askRules, type Decision } from './keeping/ask-rules.ts';
import { openStoring, type KeepOutcome, type LetterStore } from './keeping/storing.ts';
import type { Letter } from './letter.ts';
import { FULL_DAYS } from './limits.ts';
import { lookThrough, type LookThroughInput } from './look-through.ts';
import { noteOn } from './measured.ts';
import type { OwnHandover, ReleaseParts } from './parts.ts';
import { tell, type TellInput } from './tell.ts';

type State = 'spooled' | 'stored' | 'begun' | 'held' | 'refused' | 'expunged';

/** Where a letter is as its answer goes out. */
const ANSWERED = {
  accepted: 'stored',
  held: 'held',
  denied: 'refused',
  infected: 'refused',
  unscannable: 'refused',
  'scanner-silent': 'refused',
  'too-big': 'refused',
  'mailbox-full': 'refused',
  malformed: 'refused',
  'not-your-address': 'refused',
  'no-recipient': 'refused',
} as const satisfies Record<Outcome['kind'], State>;

interface AcceptParts extends ReleaseParts {
  readonly storing: LetterStore;
}

/** What a front hands over brings nothing that core alone may bring. */
const NOTHING_OF_OURS = { draft: null, absenceReply: null, paper: null, notice: null } as const;

/** What fronts call; `acceptOwn` is for core's own letters, whose draft goes with them. */
export function openDelivery(
  given: ReleaseParts,
): Delivery & { acceptOwn(handover: OwnHandover, raw: Readable): Promise<Outcome> } {
  const parts: AcceptParts = { ...given, storing: openStoring(given.store) };
  return {
    checkRecipient: (sender, address, disowned) =>
      checkRecipient(parts, sender, { address, disowned }),
    accept: (handover, raw, prove) =>
      goingFirst(() => accept(parts, { ...handover, ...NOTHING_OF_OURS }, { raw, prove })),
    acceptOwn: (handover, raw) =>
      goingFirst(() => accept(parts, handover, { raw, prove: undefined })),
  };
}

/**
 * From bytes to an outcome, in this order: what is asked of the letter itself (`lookThrough`), the
 * rules for every recipient and the one transaction that stores it (`askAndKeep`), and whoever
 * is to hear of it (`tell`). Nothing is written before the second.
 */
async function accept(
  parts: AcceptParts,
  handover: OwnHandover,
  input: LookThroughInput,
): Promise<Outcome> {
  const note = noteOn(parts, handover);
  let outcome: Outcome | null = null;
  let letter: Letter | null = null;
  try {
    const looked = await lookThrough(parts, handover, input);
    if (looked.kind === 'letter') ({ letter } = looked);
    const done: TellInput =
      looked.kind === 'letter'
        ? await askAndKeep(parts, looked.letter)
        : { ...looked, stored: null, report: null };
    await tell(parts, handover, done);
    outcome = done.outcome;
    return outcome;
  } finally {
    note(outcome, outcome !== null && ANSWERED[outcome.kind] !== 'refused', letter);
  }
}

/**
 * Decides and stores on the same roster: where it moved in between, both begin anew. What is
 * refused is refused by the roster of now. A limit that only the store sees broken, for it counts
 * this letter and those stored meanwhile, is said by the rule that it is.
 */
async function askAndKeep(parts: AcceptParts, letter: Letter): Promise<TellInput> {
  const { read, report } = letter;
  let over: Limit | null = null;
  return withFreshRoster<TellInput>(async (tries) => {
    const decision = await askRules(parts, letter, { isFirst: tries === 1, over });
    if (decision.kind === 'answered') {
      const { outcome } = decision;
      const isOld = outcome.kind === 'denied' && tries === 1;
      return isOld ? AGAIN : { outcome, read, stored: null, report: null };
    }
    const begun = performance.now();
    const kept = await parts.storing.keep(decision.letter);
    parts.metrics.observe('store', kept.kind, (performance.now() - begun) / 1000);
    if (kept.kind === 'over-limit') {
      over = kept.limit;
      return AGAIN;
    }
    const stored = kept.kind === 'kept' ? { letter: decision.letter, kept } : null;
    return { outcome: outcomeOf(kept, decision), read, stored, report };
  });
}

/** What is said of a letter that was to be stored. */
function outcomeOf(
  kept: Exclude<KeepOutcome, { readonly kind: 'over-limit' }>,
  { held, letter: { now } }: Extract<Decision, { readonly kind: 'judged' }>,
): Outcome {
  switch (kept.kind) {
    case 'kept':
      return held === null
        ? { kind: 'accepted', message: kept.message }
        : { kind: 'held', message: kept.message, held };
    case 'draft-gone':
      return { kind: 'no-recipient' }; // as for any draft that isn't there
    case 'full':
      return {
        kind: 'mailbox-full',
        address: kept.address,
        permanent: now.getTime() - kept.since.getTime() > FULL_DAYS * DAY_MS,
      };
  }
}
