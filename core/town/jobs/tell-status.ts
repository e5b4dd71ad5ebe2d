import type { AccountId, SchoolId } from '../../ground/ids.ts';
import type { Notices } from '../../mail/delivery/telling/notice.ts';
import { successReport } from '../../mail/delivery/telling/success-report.ts';
import type { DsnRequest } from '../../store/mail/contract.ts';
import {
  finishOutbox,
  toldIn,
  markSent,
  noteDelayTold,
  outboxRow,
  rawOfMessage,
  type OutboxRow,
} from '../../store/mail/outbox.ts';
import { Rollback, type SchoolTx, type Store } from '../../store/store.ts';
import { delayReport, failureReport } from './failure-report.ts';
import type { Schedule } from './schedule.ts';
import type { RowName } from './sent-journal.ts';

/** What telling a sender needs. */
export interface StatusParts {
  readonly store: Store;
  readonly schedule: Schedule;
  readonly now: () => Date;
  /** The town’s: who signs a bounce. */
  readonly domain: string;
  readonly deliverNotice: Notices['deliver'];
  /** A copy to somebody's own address came back, to this reverse-path. */
  readonly copyReturned: (address: string) => Promise<void>;
}

/** Whether a sender wants to hear that it was taken: who said nothing doesn't. */
export const asksOfSuccess = ({ notify }: DsnRequest): boolean =>
  notify?.includes('SUCCESS') === true;

/** Whether a sender wants to hear of what went wrong: who said nothing does. */
const isAsked = ({ notify }: DsnRequest, of: 'FAILURE' | 'DELAY'): boolean =>
  notify === null || notify.includes(of);

/** Somebody else has marked the row, and told of it, at the same moment. */
const TOLD = new Rollback('told already');

interface StatusNotice {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly notice: Buffer;
}

/** Tells and marks in one commit; false where `mark` finds that it was before: nothing is told. */
async function tellOnce(
  telling: StatusParts,
  to: StatusNotice,
  mark: (tx: SchoolTx) => Promise<boolean>,
): Promise<boolean> {
  try {
    await telling.deliverNotice(to, to.notice, async (tx) => {
      if (!(await mark(tx))) throw TOLD;
    });
    return true;
  } catch (error) {
    if (error !== TOLD) throw error;
    return false;
  }
}

/** A row of the outbox that is told of, with the letter that it is of. */
interface FailedLetter {
  readonly name: RowName;
  readonly row: OutboxRow;
  readonly original: Buffer;
}

/**
 * The bounce, to the account itself and never to an address on the wire. A crash before it is
 * stored leaves the row failed, unfinished and due: the sweeper brings it back here. Stored and
 * finished are one commit, so it is told once, by however many. What left with the null
 * reverse-path nobody wrote, and nobody is told of (RFC 5321 §4.5.5), nor is who asked not to be
 * (NOTIFY, RFC 3461 §4.1).
 */
export async function tellFailure(
  telling: StatusParts,
  { name, row, original }: FailedLetter,
): Promise<void> {
  const { store, domain, schedule } = telling;
  const { sender, dsn } = row;
  if (row.isCopy && sender !== null) await telling.copyReturned(sender);
  if (sender === null || row.isCopy || !isAsked(dsn, 'FAILURE')) {
    await store.write(name.school, (tx) => finishOutbox(tx, name.row));
    return;
  }
  const { language } = await store.read(name.school, (tx) => toldIn(tx, row.account));
  const failedAt = telling.now();
  const reply = row.lastReply ?? '';
  const bounce = failureReport({
    domain,
    messageId: `<bounce.${name.school}.${name.row}@${domain}>`,
    sender,
    recipient: row.recipient,
    language,
    reply,
    gaveUp:
      !/^5\d\d/.test(reply) &&
      failedAt.getTime() - row.createdAt.getTime() >= schedule.giveUpAfterMs,
    failedAt,
    original,
    dsn,
  });
  await tellOnce(telling, { school: name.school, account: row.account, notice: bounce }, (tx) =>
    finishOutbox(tx, name.row),
  );
}

/**
 * Tells once, after some hours, that a message is late, to the account itself: of two who come at
 * one moment the second tells nothing. After a crash it is told at the next attempt.
 */
export async function tellDelay(
  telling: StatusParts,
  { name, row, original }: FailedLetter,
): Promise<void> {
  const { store, schedule, domain } = telling;
  const { sender, dsn } = row;
  const at = telling.now();
  const ageMs = at.getTime() - row.createdAt.getTime();
  if (sender === null || row.isCopy || row.delayTold || ageMs < schedule.tellDelayAfterMs) return;
  if (!isAsked(dsn, 'DELAY')) return;
  const told = await store.read(name.school, (tx) => toldIn(tx, row.account));
  const notice = delayReport({
    domain,
    messageId: `<delay.${name.school}.${name.row}@${domain}>`,
    sender,
    recipient: row.recipient,
    ...told,
    reply: row.lastReply ?? '',
    at,
    triedUntil: new Date(row.createdAt.getTime() + schedule.giveUpAfterMs),
    original,
    dsn,
  });
  await tellOnce(telling, { school: name.school, account: row.account, notice }, (tx) =>
    noteDelayTold(tx, name.row),
  );
}

/**
 * Tells who asked for it that the peer has taken a message, and marks the row sent, in one commit:
 * of two that come at one moment the second tells nothing. False where nobody is to be told, or
 * the row was marked before.
 */
export async function tellTaken(
  telling: StatusParts,
  name: RowName,
  reply: string,
): Promise<boolean> {
  const { store, domain } = telling;
  const row = await store.read(name.school, (tx) => outboxRow(tx, name.row));
  if (row === null || row.sender === null || row.state === 'sent') return false;
  const { sender, dsn } = row;
  if (!asksOfSuccess(dsn)) return false;
  const told = await store.read(name.school, (tx) => toldIn(tx, row.account));
  const original = await store.read(name.school, (tx) => rawOfMessage(tx, row.message));
  const report = successReport({
    domain,
    messageId: `<relayed.${name.school}.${name.row}@${domain}>`,
    sender,
    ...told,
    at: telling.now(),
    recipients: [{ address: row.recipient, writtenAs: dsn.orcpt, kind: 'relayed', reply }],
    envid: dsn.envid,
    original: original ?? Buffer.alloc(0),
  });
  return tellOnce(telling, { school: name.school, account: row.account, notice: report }, (tx) =>
    markSent(tx, { id: name.row, reply }),
  );
}
