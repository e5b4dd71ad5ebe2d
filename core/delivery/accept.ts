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
import { prepareForSending, prepareFromOutside } from '../message/prepare.ts';
import type { Outcome } from '../outcome.ts';
import { NO_RECENT_ACTIVITY, type RecentActivity } from '../roster/relate.ts';
import { FINE, type ContentFacts } from '../rules/facts.ts';
import type { Scan, ScanFor, ScanResult } from '../scan/clamd.ts';
import { UNPROVEN } from './author.ts';
import type { Delivery, Proof, Sender } from './contract.ts';
import {
  decideAndKeep,
  type Prepared,
  outcomeOf,
  domainsOf,
  recentActivityAbout,
} from './decide-and-keep.ts';
import { judge } from './judge.ts';
import { allowanceOf, RCPT_ROSTER_AGE_MS } from './limits.ts';
import type { DeliveryParts, OwnHandover } from './parts.ts';
import { readInTurn } from './reading-turns.ts';
import { receive } from './receive.ts';
import { scanWhole } from './scan-whole.ts';

/**
 * Who has proved what. Mail of our own accounts, and from the town's own network, has nothing to
 * ask.
 */
type Prove = (message: Buffer) => Promise<Proof>;

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
  // without a look at recent activity.
  return ask(
    sender.viewer.role === 'pupil'
      ? await recentActivityAbout(parts, sender, [address])
      : NO_RECENT_ACTIVITY,
    0,
  );
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
