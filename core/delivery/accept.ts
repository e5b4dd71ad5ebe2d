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
import { hasPhotograph } from '../message/photographs.ts';
import type { Outcome } from '../outcome.ts';
import type { Origin } from '../parsing/take-in.ts';
import { takeInTurn } from '../parsing/turns.ts';
import { EMPTY, type Contents } from '../roster/relate.ts';
import type { Scan, ScanFor } from '../scan/clamd.ts';
import { acceptReturned } from './accept-returned.ts';
import type { Delivery, Proof, Sender } from './contract.ts';
import { UNPROVEN } from './judging/author.ts';
import { checkRecipient } from './judging/check-recipient.ts';
import { isDoubtful } from './judging/doubtful.ts';
import { decideAndKeep, type KeepingParts } from './keeping/decide-and-keep.ts';
import { openLeavingLetters } from './keeping/leaving-letters.ts';
import { allowanceOf } from './limits.ts';
import { timed, timedScan } from './measured.ts';
import { domainsOf, type DeliveryParts, type OwnHandover, type ReleaseParts } from './parts.ts';
import { receive } from './receive.ts';
import { tellOfRefused } from './telling/note-refused.ts';
import { noteReport, reportIn } from './telling/note-report.ts';

/**
 * Who has proved what. Mail of our own accounts, and from the town's own network, has nothing to
 * ask.
 */
type Prove = (message: Buffer) => Promise<Proof>;

/** What fronts call; `acceptOwn` is for core's own letters, whose draft goes with them. */
export function openDelivery(
  given: ReleaseParts,
): Delivery & { acceptOwn(handover: OwnHandover, raw: Readable): Promise<Outcome> } {
  const parts: KeepingParts = { ...given, leavingLetters: openLeavingLetters(given.store) };
  const acceptOwn = (handover: OwnHandover, raw: Readable, prove?: Prove): Promise<Outcome> =>
    timed(parts, handover, () => accept(parts, handover, { raw, prove }));
  return {
    checkRecipient: (sender, address, disowned) =>
      checkRecipient(parts, sender, { address, disowned }),
    async accept(handover, raw, prove) {
      const own = { ...handover, draft: null, absenceReply: null };
      const returned = await acceptReturned(parts, own, raw, (recipients, rest) =>
        acceptOwn({ ...own, recipients }, rest, prove),
      );
      return returned ?? acceptOwn(own, raw, prove);
    },
    acceptOwn,
  };
}

/**
 * From bytes to an outcome, in this order: read to the end, prove who sent it, give it the headers
 * that it lacks and read its structure (`takeIn`), scan it, and only then ask the rules for every
 * recipient and store it, in one transaction (`decideAndKeep`). Each step may end it with its own
 * outcome; nothing is written before the last.
 */
async function accept(
  parts: KeepingParts,
  given: OwnHandover,
  { raw, prove }: { readonly raw: Readable; readonly prove: Prove | undefined },
): Promise<Outcome> {
  const limitBytes = limitOf(parts, given.sender);
  const received = await receive(raw, limitBytes);
  if (received.kind === 'too-big') return { kind: 'too-big', limitBytes };
  const proof = prove ? await prove(received.bytes) : UNPROVEN;
  const handover = { ...given, trace: given.trace + proof.headers };
  const origin = originOf(parts, handover);
  const taken = await takeInTurn(parts, received.bytes, { origin, who: whoseScan(given) });
  // too much at once to look at: for whoever sends it the same
  if (taken === null) return { kind: 'scanner-silent' };
  if (taken.kind === 'refused')
    return taken.why === 'not-your-address'
      ? { kind: 'not-your-address' }
      : { kind: 'malformed', why: taken.why };
  const {
    raw: bytes,
    read: { message: read, hasLyingLink },
  } = taken;
  const scan: Scan = (message) => parts.scanner.scan(message, whoseScan(given));
  const [scanned, isSpam] = await Promise.all([
    timedScan(parts, scan, { bytes, read }),
    askRspamd(parts, handover, { raw: bytes, proof }),
  ]);
  if (scanned.kind === 'silent') return { kind: 'scanner-silent' };
  const isStrangers = handover.sender.kind === 'outside';
  const noted = { recipients: handover.recipients, read };
  if (scanned.kind === 'infected' || (scanned.kind === 'unscannable' && isStrangers)) {
    if (isStrangers) await tellOfRefused(parts, noted, scanned);
    return scanned;
  }
  const content: Contents = {
    ...EMPTY,
    ...(await parts.sites.lookUp(read.links)),
    unscannable: scanned.kind === 'unscannable',
    attachments: read.danger,
    photograph: hasPhotograph(read, parts.secret),
    doubtfulWords: await isDoubtful(parts, handover, { bytes, read }),
  };
  const letter = { bytes, read, hasLyingLink, content, proof };
  const report = await reportIn(parts, handover, letter);
  const into = report === null ? BY_PROOF[proof.authentication] : 'archive';
  const outcome = await decideAndKeep(parts, handover, { ...letter, into, isSpam });
  if (report !== null && outcome.kind === 'accepted') await noteReport(parts, report);
  if (isStrangers) await tellOfRefused(parts, noted, outcome);
  return outcome;
}

/** What our own people write is nothing to ask about. */
function askRspamd(
  { rspamd }: ReleaseParts,
  { sender, peer, recipients, session }: OwnHandover,
  { raw, proof }: { readonly raw: Buffer; readonly proof: Proof },
): Promise<boolean> {
  if (sender.kind === 'account') return Promise.resolve(false);
  const { helo = null, hostname = null } = proof.names ?? {};
  const { address: from } = sender;
  return rspamd.isJunk({ raw, ip: peer, helo, hostname, from, recipients, session });
}

/** Where a letter comes by what is known of its sender; what fails is refused by the rules. */
const BY_PROOF = {
  pass: 'inbox',
  none: 'inbox',
  quarantine: 'junk',
  fail: 'inbox',
} as const satisfies Record<Proof['authentication'], 'inbox' | 'junk'>;

/**
 * Whose turns a scan takes: the account's, or those of the network that a stranger's mail comes
 * from.
 */
function whoseScan({ sender, peer }: OwnHandover): ScanFor {
  if (sender.kind === 'outside') return { kind: 'peer', ip: peer };
  return { kind: 'own', school: sender.viewer.school, account: sender.viewer.account };
}

/** In bytes: what the sender's role may send, and never more than the town takes. */
function limitOf({ maxMessageBytes }: DeliveryParts, sender: Sender): number {
  const own =
    sender.kind === 'account' ? allowanceOf(sender.viewer.role).messageBytes : maxMessageBytes;
  return Math.min(own, maxMessageBytes);
}

/** How it will be kept: strangers keep their words, our own people get our headers. */
function originOf(parts: DeliveryParts, { sender, trace }: OwnHandover): Origin {
  if (sender.kind === 'outside') {
    const { domain } = parts;
    const ourDomains = [...domainsOf(parts)];
    return { kind: 'outside', receiving: { ourDomains, authServId: domain, trace } };
  }
  const { address, displayName, role } = sender.viewer;
  const messageId = `<${randomUUID()}@${parts.domain}>`;
  const account = { address, displayName, role, messageId, date: parts.clock(), trace };
  return { kind: 'account', account };
}
