import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ReadMessage } from '../../letters/message/message.ts';
import { hasPhotograph } from '../../letters/message/photographs.ts';
import type { ScanFor, ScanResult } from '../../letters/scan/clamd.ts';
import { EMPTY, type Contents } from '../../roster/relate.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { IntakeResult } from '../parsing/letters.ts';
import type { MessageOrigin } from '../parsing/take-in.ts';
import { LATE, takeInTurn } from '../parsing/turns.ts';
import type { SenderProof, Sender } from './contract.ts';
import { takeReturned } from './copy-returns.ts';
import { isReadOtherwise, UNPROVEN } from './judging/author.ts';
import { isDoubtful } from './judging/doubtful.ts';
import type { Letter, LookedThrough } from './letter.ts';
import { allowanceOf } from './limits.ts';
import { timedScan } from './measured.ts';
import { domainsOf, type DeliveryParts, type OwnHandover, type ReleaseParts } from './parts.ts';
import { receive } from './receive.ts';
import { reportIn } from './telling/note-report.ts';

/** A letter's bytes, and who has proved what of it. */
export interface LookThroughInput {
  readonly raw: Readable;
  /** Not there: mail of our own, and from the town's own network, has nothing to ask. */
  readonly prove: ((message: Buffer) => Promise<SenderProof>) | undefined;
}

/**
 * All that is asked of a letter itself, before anybody asks who may have it: reads it to its end,
 * proves who sent it, gives it the headers that it lacks and reads its structure (`takeIn`), has it
 * scanned, looks for what the rules ask of its content. Writes nothing of it.
 */
export async function lookThrough(
  parts: ReleaseParts,
  before: OwnHandover,
  { raw: stream, prove }: LookThroughInput,
): Promise<LookedThrough> {
  const limitBytes = limitOf(parts, before.sender);
  const received = await receive(stream, limitBytes);
  if (received === null) return answered({ kind: 'too-big', limitBytes });
  const who = whoseScan(before);
  const recipients = await takeReturned(parts, before, { bytes: received.bytes, who });
  if (recipients === null) return answered({ kind: 'scanner-silent' });
  if (recipients.length < before.recipients.length && recipients.length === 0)
    return answered({ kind: 'accepted', message: null });
  const proof = prove ? await prove(received.bytes) : UNPROVEN;
  const handover = { ...before, recipients, trace: before.trace + proof.headers };
  const taken = await takeInTurn(parts, received, { origin: originOf(parts, handover), who });
  if (taken === null || taken.kind === 'refused') return answered(notTaken(taken));
  const {
    raw,
    read: { message: read, hasLyingLink },
  } = taken;
  if (isReadOtherwise(read.envelope.from, proof))
    return answered({ kind: 'malformed', why: 'ambiguous-from' }, read);
  const [scanned, isSpam] = await Promise.all([
    timedScan(parts, (bytes) => parts.scanner.scan(bytes, who), { raw, read }),
    askRspamd(parts, handover, { raw, proof }),
  ]);
  const refused = refusedBy(scanned, handover.sender);
  if (refused !== null) return answered(refused, read);
  const content: Contents = {
    ...EMPTY,
    ...(await parts.sites.lookUp(read.links)),
    unscannable: scanned.kind === 'unscannable',
    attachments: read.danger,
    photograph: hasPhotograph(read, parts.secret),
    doubtfulWords: await isDoubtful(parts, handover, { raw, read }),
  };
  const report = await reportIn(parts, { raw, read, proof, handover }, who);
  if (report === LATE) return answered({ kind: 'scanner-silent' }, read);
  const into: Letter['into'] = report === null ? BY_PROOF[proof.authentication] : 'archive';
  const found = { hasLyingLink, content, proof, into, isSpam, report };
  return { kind: 'letter', letter: { handover, raw, read, ...found } };
}

const answered = (outcome: Outcome, read: ReadMessage | null = null): LookedThrough => ({
  kind: 'answered',
  outcome,
  read,
});

/** Too much at once to look at (null) is, for whoever sends it, as if nobody could scan it now. */
function notTaken(taken: Extract<IntakeResult, { readonly kind: 'refused' }> | null): Outcome {
  if (taken === null) return { kind: 'scanner-silent' };
  const { why } = taken;
  return why === 'not-your-address' ? { kind: why } : { kind: 'malformed', why };
}

/** Of our own people's the rules are asked where the scanner could not look inside. */
function refusedBy(scanned: ScanResult, { kind }: Sender): Outcome | null {
  if (scanned.kind === 'silent') return { kind: 'scanner-silent' };
  if (scanned.kind === 'clean') return null;
  return scanned.kind === 'infected' || kind === 'outside' ? scanned : null;
}

/** What our own people write is nothing to ask about. */
function askRspamd(
  { rspamd }: ReleaseParts,
  { sender, peer, recipients, session }: OwnHandover,
  { raw, proof }: { readonly raw: Buffer; readonly proof: SenderProof },
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
} as const satisfies Record<SenderProof['authentication'], 'inbox' | 'junk'>;

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
function originOf(parts: DeliveryParts, { sender, trace }: OwnHandover): MessageOrigin {
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
