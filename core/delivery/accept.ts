/**
 * The one way in. A message is, at any moment, in one of five states; what a crash leaves behind in
 * each, and who cleans it:
 *
 * - *spooled*: it is being read, scanned, decided. It lies in this process's memory only. A crash
 *   leaves nothing; the peer has no 250 and keeps its copy (RFC 5321 §6.1), a web draft is still a
 *   draft.
 * - *stored*: the transaction has committed; entries make it visible, outbox rows make it leave. A
 *   crash leaves it whole or, before the commit, not at all. A lost announcement is repaired by the
 *   next look of the page; a lost queue by the sweeper, from `due`.
 * - *held*: stored, with recipients in `hold` who don't have it yet. A crash changes nothing; the
 *   clock's holds stand in `due`.
 * - *refused*: answered with a 4xx or 5xx. Nothing of it was ever written.
 * - *expunged*: its last entry is gone, and with it the message, in one transaction.
 */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Directory } from '../directory/directory.ts';
import { Fault } from '../fault.ts';
import type { MessageId, SchoolId } from '../ids.ts';
import type { ReadMessage } from '../message/message.ts';
import { prepareForSending, prepareFromOutside } from '../message/prepare.ts';
import type { Metrics } from '../metrics.ts';
import type { Outcome, Refusal } from '../outcome.ts';
import { NO_RECENT_ACTIVITY, type RecentActivity } from '../roster/relate.ts';
import { FINE, type ContentFacts } from '../rules/facts.ts';
import type { Scan, ScanFor, ScanResult, Scanner } from '../scan/clamd.ts';
import type { MailEvents } from '../store/mail-events.ts';
import type { DraftRef } from '../store/mail/contract.ts';
import { markFull } from '../store/mail/messages.ts';
import type { Store } from '../store/store.ts';
import { authorOf, proofOf, UNPROVEN } from './author.ts';
import type { Delivery, Handover, Proof, Sender } from './contract.ts';
import { judge, type Judgement } from './judge.ts';
import { keep, type Kept, type Limit, type Parcel } from './keep.ts';
import { allowanceOf, FULL_DAYS, MAX_ROSTER_MOVES, RCPT_ROSTER_AGE_MS } from './limits.ts';
import { readInTurn } from './reading-turns.ts';
import { receive } from './receive.ts';
import { recentActivityOf } from './recent-activity.ts';
import { scanWhole } from './scan-whole.ts';

export interface DeliveryParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly scanner: Scanner;
  readonly mailEvents: MailEvents;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Brings fresh outbox rows to the queue; not waited for. */
  readonly hurry: (school: SchoolId, rows: readonly number[]) => void;
  readonly domain: string;
  readonly maxMessageBytes: number;
  readonly clock: () => Date;
}

/** What a front of ours hands over besides: the draft that the message was. */
export interface OwnHandover extends Handover {
  readonly draft: DraftRef | null;
}

/**
 * Who has proved what. Mail of our own accounts, and from the town's own network, has nothing to
 * ask.
 */
type Prove = (message: Buffer) => Promise<Proof>;

const DAY_MS = 86_400_000;

export function openDelivery(
  parts: DeliveryParts,
): Delivery & { acceptOwn(handover: OwnHandover, raw: Readable): Promise<Outcome> } {
  const acceptOwn = (handover: OwnHandover, raw: Readable, prove?: Prove): Promise<Outcome> =>
    timed(parts, handover, () => accept(parts, handover, { raw, prove }));
  return {
    checkRecipient: (sender, address, disowned) =>
      checkRecipient(parts, sender, { address, disowned }),
    accept: (handover, raw, prove) => acceptOwn({ ...handover, draft: null }, raw, prove),
    acceptOwn,
  };
}

interface AtRcpt {
  readonly address: string;
  readonly disowned: (() => Promise<boolean>) | undefined;
}

async function checkRecipient(
  parts: DeliveryParts,
  sender: Sender,
  { address, disowned }: AtRcpt,
): Promise<Outcome> {
  const ask = async (
    recentActivity: RecentActivity,
    maxAgeMs: number,
    authentication: 'none' | 'fail' = 'none',
  ): Promise<Outcome> =>
    outcomeOf(
      await judge(parts.directory, {
        sender: sender.kind === 'account' ? sender : { ...sender, authentication },
        recipients: [address],
        content: FINE,
        lifted: [],
        recentActivity,
        now: parts.clock(),
        ourDomains: domainsOf(parts),
        maxAgeMs,
      }),
    ) ?? { kind: 'accepted', message: null };
  const first = await ask(NO_RECENT_ACTIVITY, RCPT_ROSTER_AGE_MS);
  // Anybody can give the address of a correspondent, and would read off our answers who is in the
  // class.
  if (sender.kind === 'outside' && first.kind === 'held' && (await disowned?.()))
    return ask(NO_RECENT_ACTIVITY, RCPT_ROSTER_AGE_MS, 'fail');
  if (first.kind !== 'denied' || sender.kind !== 'account') return first;
  // Nobody of ours is refused by the roster of a moment ago, nor a pupil's answer to an adult
  // without a look at what came lately.
  return ask(
    sender.viewer.role === 'pupil'
      ? await recentActivityAbout(parts, sender, [address])
      : NO_RECENT_ACTIVITY,
    0,
  );
}

/** The deny, the hold, or null where everybody may have it. */
function outcomeOf({ judged }: Judgement): Outcome | null {
  const refusals = unique(
    judged.flatMap(({ verdict, refusal }) => (verdict.kind === 'deny' && refusal ? [refusal] : [])),
  );
  if (refusals.length > 0) return { kind: 'denied', refusals };
  const held = unique(
    judged.flatMap(({ verdict, refusal }) => (verdict.kind === 'hold' && refusal ? [refusal] : [])),
  );
  if (held.length > 0) return { kind: 'held', message: null, held };
  return judged.length === 0 ? { kind: 'no-recipient' } : null;
}

/** A list that is refused for each of its members is named once. */
function unique(refusals: readonly Refusal[]): Refusal[] {
  return [
    ...new Map(refusals.map((refusal) => [`${refusal.address} ${refusal.rule}`, refusal])).values(),
  ];
}

async function accept(
  parts: DeliveryParts,
  given: OwnHandover,
  { raw, prove }: { readonly raw: Readable; readonly prove: Prove | undefined },
): Promise<Outcome> {
  const limitBytes = limitOf(parts, given.sender);
  const received = await receive(raw, limitBytes);
  if (received.kind === 'too-big') return { kind: 'too-big', limitBytes };
  const proof = prove ? await prove(received.bytes) : UNPROVEN;
  const handover = { ...given, trace: given.trace + proof.headers };
  const prepared = prepare(parts, handover, received.bytes);
  if (prepared.kind === 'refused')
    return prepared.why === 'not-your-address'
      ? { kind: 'not-your-address' }
      : { kind: 'malformed', why: prepared.why };
  const bytes = prepared.raw;
  const read = await readInTurn(bytes, whoseScan(given));
  // too much at once to look at: for whoever sends it the same
  if (read === null) return { kind: 'scanner-silent' };
  if (read.kind === 'refused') return { kind: 'malformed', why: read.why };
  const scan: Scan = (message) => parts.scanner.scan(message, whoseScan(given));
  const scanned = await timedScan(parts, scan, { bytes, read: read.message });
  if (scanned.kind === 'silent') return { kind: 'scanner-silent' };
  if (scanned.kind === 'infected') return scanned;
  if (scanned.kind === 'unscannable' && handover.sender.kind === 'outside') return scanned;
  const content: ContentFacts = {
    ...FINE,
    unscannable: scanned.kind === 'unscannable',
    attachments: read.message.danger,
  };
  return decideAndKeep(parts, handover, { bytes, read: read.message, content, proof });
}

/**
 * Whose turns a scan takes: the account's, or those of the network that a stranger's mail comes
 * from.
 */
function whoseScan({ sender, peer }: OwnHandover): ScanFor {
  if (sender.kind === 'outside') return { kind: 'peer', ip: peer };
  return { kind: 'own', school: sender.viewer.school, account: sender.viewer.account };
}

function limitOf({ maxMessageBytes }: DeliveryParts, sender: Sender): number {
  const own =
    sender.kind === 'account' ? allowanceOf(sender.viewer.role).messageBytes : maxMessageBytes;
  return Math.min(own, maxMessageBytes);
}

function prepare(
  parts: DeliveryParts,
  { sender, trace }: OwnHandover,
  raw: Buffer,
): ReturnType<typeof prepareForSending> {
  if (sender.kind === 'outside')
    return prepareFromOutside(raw, {
      ourDomains: [...domainsOf(parts)],
      authServId: parts.domain,
      trace,
    });
  const { address, displayName, role } = sender.viewer;
  return prepareForSending(raw, {
    address,
    displayName,
    role,
    messageId: `<${randomUUID()}@${parts.domain}>`,
    date: parts.clock(),
    trace,
  });
}

function domainsOf({ domain }: DeliveryParts): ReadonlySet<string> {
  return new Set([domain]);
}

async function timedScan(
  parts: DeliveryParts,
  scan: Scan,
  { bytes, read }: Pick<Prepared, 'bytes' | 'read'>,
): Promise<ScanResult> {
  const begun = performance.now();
  const result = await scanWhole(scan, bytes, read);
  parts.metrics.observe('scan', result.kind, (performance.now() - begun) / 1000);
  return result;
}

interface Prepared {
  readonly bytes: Buffer;
  readonly read: ReadMessage;
  readonly content: ContentFacts;
  readonly proof: Proof;
}

/**
 * Decides and stores on the same roster: where it moved in between, both begin anew. What is
 * refused is refused by the roster of now. A limit that only the store sees broken, for it counts
 * this message and those stored meanwhile, is said by the rule that it is.
 */
async function decideAndKeep(
  parts: DeliveryParts,
  handover: OwnHandover,
  prepared: Prepared,
): Promise<Outcome> {
  let over: Limit | null = null;
  for (let tries = 1; ; tries += 1) {
    try {
      const maxAgeMs = tries > 1 ? 0 : RCPT_ROSTER_AGE_MS;
      const outcome = await decideOnce(parts, handover, prepared, { maxAgeMs, over });
      if (outcome.kind !== 'over-limit' && (outcome.kind !== 'denied' || tries > 1)) return outcome;
      if (outcome.kind !== 'over-limit') continue;
      over = outcome.limit;
      if (tries > MAX_ROSTER_MOVES) throw new Fault('roster-moved', over, { transient: true });
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'roster-moved' || tries >= MAX_ROSTER_MOVES)
        throw error;
    }
  }
}

interface Asking {
  readonly maxAgeMs: number;
  readonly over: Limit | null;
}

type OverLimit = Extract<Kept, { kind: 'over-limit' }>;

async function decideOnce(
  parts: DeliveryParts,
  handover: OwnHandover,
  { bytes, read, content, proof }: Prepared,
  { maxAgeMs, over }: Asking,
): Promise<Outcome | OverLimit> {
  const { sender, recipients, via } = handover;
  const begun = performance.now();
  const recentActivity =
    sender.kind === 'account'
      ? await recentActivityAbout(parts, sender, recipients, over)
      : NO_RECENT_ACTIVITY;
  const now = parts.clock();
  const { from } = read.envelope;
  const asker = sender.kind === 'account' ? sender : authorOf(from, proof);
  const judgement = await judge(parts.directory, {
    sender: asker,
    recipients,
    content,
    lifted: [],
    recentActivity,
    now,
    ourDomains: domainsOf(parts),
    maxAgeMs,
  });
  const decided = outcomeOf(judgement);
  parts.metrics.observe('decide', decided?.kind ?? 'accepted', (performance.now() - begun) / 1000);
  if (decided?.kind === 'denied' || decided?.kind === 'no-recipient') return decided;
  const stored = await keepTimed(parts, {
    judgement,
    read,
    raw: bytes,
    now,
    origin: via,
    sender:
      sender.kind === 'account'
        ? { addressId: sender.viewer.addressId, role: sender.viewer.role }
        : { addressId: null, role: 'outside' },
    handed: { recipients, provedBy: sender.kind === 'account' ? null : proofOf(from, proof) },
    account:
      sender.kind === 'account'
        ? {
            school: sender.viewer.school,
            account: sender.viewer.account,
            address: sender.viewer.address,
            keepCopy: via === 'web',
            draft: handover.draft,
          }
        : null,
  });
  if (stored.kind !== 'kept') return stored;
  return decided?.kind === 'held'
    ? { ...decided, message: stored.message }
    : { kind: 'accepted', message: stored.message };
}

type Stored =
  | { readonly kind: 'kept'; readonly message: MessageId }
  | OverLimit
  | Extract<Outcome, { kind: 'mailbox-full' | 'no-recipient' }>;

async function keepTimed(parts: DeliveryParts, parcel: Parcel): Promise<Stored> {
  const begun = performance.now();
  const kept = await keep(parts.store, parcel);
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
  if (parcel.account && kept.outbox.length > 0) parts.hurry(parcel.account.school, kept.outbox);
  return { kind: 'kept', message: kept.message };
}

async function recentActivityAbout(
  { store, directory }: DeliveryParts,
  { viewer }: Sender & { kind: 'account' },
  recipients: readonly string[],
  over: Limit | null = null,
): Promise<RecentActivity> {
  const entries = await directory.resolve(recipients, { maxAgeMs: RCPT_ROSTER_AGE_MS });
  return recentActivityOf(store, viewer, [...entries.values()], over);
}

async function timed(
  parts: DeliveryParts,
  { session, sender, via, recipients }: OwnHandover,
  run: () => Promise<Outcome>,
): Promise<Outcome> {
  const begun = performance.now();
  const outcome = await run().catch((error: unknown) => {
    parts.metrics.observe('accept', 'fault', (performance.now() - begun) / 1000);
    throw error;
  });
  const ms = performance.now() - begun;
  parts.metrics.observe('accept', outcome.kind, ms / 1000);
  parts.log.info(
    {
      session,
      via,
      school: sender.kind === 'account' ? sender.viewer.school : null,
      outcome: outcome.kind,
      recipientCount: recipients.length,
      messageId: outcome.kind === 'accepted' || outcome.kind === 'held' ? outcome.message : null,
      rule: rulesIn(outcome),
      ms: Math.round(ms),
    },
    'message',
  );
  return outcome;
}

function rulesIn(outcome: Outcome): readonly string[] {
  if (outcome.kind === 'denied') return [...new Set(outcome.refusals.map(({ rule }) => rule))];
  return outcome.kind === 'held' ? [...new Set(outcome.held.map(({ rule }) => rule))] : [];
}
