import { Fault } from '../../../ground/fault.ts';
import type { AccountId, AddressId, HoldId, MessageId, SchoolId } from '../../../ground/ids.ts';
import { traceIdOf } from '../../../letters/message/trace-id.ts';
import type { AddressEntry } from '../../../roster/snapshot.ts';
import type { PersonStanding } from '../../../roster/standing.ts';
import type { Refusal } from '../../../rules/outcome.ts';
import type { RuleName } from '../../../rules/verdict.ts';
import { writeAudit } from '../../../store/audit.ts';
import { ownCopyOf } from '../../../store/mail/held-elsewhere.ts';
import {
  decideHolds,
  heldTogether,
  holdOn,
  insertHolds,
  lockTogether,
  type HoldRow,
  type NewHold,
} from '../../../store/mail/holds.ts';
import type { NewMessage } from '../../../store/mail/messages.ts';
import { rememberContacts } from '../../../store/mail/recent-activity.ts';
import { storedMessages, type StoredMessage } from '../../../store/mail/stored-messages.ts';
import type { TownTx, TownWriteTx } from '../../../store/store.ts';
import { readLetter } from '../../parsing/letters.ts';
import { askAgain } from '../judging/ask-again.ts';
import { isStoredDoubtful } from '../judging/doubtful.ts';
import { withFreshRoster } from '../judging/fresh-roster.ts';
import type { JudgedRecipient, Judgement } from '../judging/judge.ts';
import { lookAgain } from '../judging/scan-again.ts';
import { whereHeld } from '../judging/where-held.ts';
import { absentOf } from '../keeping/absences.ts';
import { strangerIn } from '../keeping/acquaintance.ts';
import { arrive, type LetterReader } from '../keeping/arrive.ts';
import { isClassMail } from '../keeping/copies.ts';
import { isInside } from '../keeping/judged-letter.ts';
import { checkRosters } from '../keeping/keep.ts';
import { homeOf, passOnSent, tellSent } from '../keeping/sent-state.ts';
import type { ReleaseParts } from '../parts.ts';
import { tellDeciders, type WaitingAt } from '../telling/tell-deciders.ts';
import type { LetGo } from './contract.ts';
import { returnedNotice } from './give-back.ts';
import { tellOfReturn } from './returned-from-road.ts';

/** Who lets go: a person, by a decision of theirs, some with a reason; or the clock. */
type Releaser =
  | { readonly by: AddressId; readonly decision: string; readonly reason: string }
  | { readonly by: null };

const decisionOf = (releaser: Releaser): string | null =>
  releaser.by === null ? null : releaser.decision;

/** A held letter, and who lets it go. */
interface LetGoHold {
  readonly school: SchoolId;
  readonly id: HoldId;
  readonly releaser: Releaser;
}

/**
 * Lets go what one word holds: all recipients of one message that wait for the same class.
 * Everything is asked again except the rule just lifted; who may have it gets it, who must wait for
 * another reason waits on, what is denied by now comes back. Null when nothing of it is waiting any
 * more, be it that somebody else was quicker.
 */
export function releaseHold(
  parts: ReleaseParts,
  { school, id, releaser }: LetGoHold,
): Promise<LetGo | null> {
  return withFreshRoster(() => releaseOnce(parts, { school, id, releaser }));
}

async function releaseOnce(
  parts: ReleaseParts,
  { school, id, releaser }: LetGoHold,
): Promise<LetGo | null> {
  const found = await parts.store.read(school, async (tx) => {
    const rows = await heldTogether(tx, id);
    const hold = rows.find((row) => row.id === id);
    if ((hold?.wish?.decision ?? null) !== decisionOf(releaser)) return null;
    const message = hold && (await storedMessages(tx, [hold.message])).get(hold.message);
    return hold && message ? { hold, rows, message } : null;
  });
  if (!found) return null;
  const now = parts.clock();
  const { rule } = found.hold;
  const lifted = [...new Set([...found.hold.lifted, ...liftedBy(releaser, found.hold, now)])];
  const { judgement, named } = await askAgain(parts, {
    named: found.rows.map((row) => row.named),
    message: found.message,
    rule,
    lifted,
    content: {
      ...(await lookAgain(parts, found.message)),
      doubtfulWords: isUnread(found.hold) && isStoredDoubtful(found.message),
    },
  });
  const decision: Decision = {
    school,
    id,
    rule,
    message: found.message,
    judgement,
    named,
    lifted,
    releaser,
    now,
  };
  const done = await parts.store.town((tx) => carryOut(tx, parts, decision));
  if (done === null) return null;
  for (const [where, accounts] of done.changed) parts.mailEvents.announce(where, accounts);
  await tellDeciders(parts, [{ ...found.hold, school }, ...done.holds]);
  const { sent, left, waiting, refused } = done;
  if (rule === 'on-the-road' && refused.length > 0) await tellOfReturn(parts, judgement);
  noteLetGo(parts, decision, { sent, left, waiting: waiting.length, refused: refused.length });
  return { sent, left, waiting, refused };
}

/**
 * A person lifts the rule. The clock lifts nothing: a school that has opened no longer holds, one
 * that hasn't holds on. But a letter that was on the road is there, and left its school while that
 * was open.
 */
function liftedBy(
  releaser: Releaser,
  { rule, until }: Pick<HoldRow, 'rule' | 'until'>,
  now: Date,
): readonly RuleName[] {
  if (releaser.by !== null) return [rule];
  const isThere = rule === 'on-the-road' && until !== null && until <= now;
  return isThere ? ['on-the-road', 'school-closed'] : [];
}

/**
 * Whether its words were put before nobody yet. What any other rule held, somebody has read, or the
 * rule that holds doubtful words had nothing to say of it: a closed way alone is asked before.
 */
const isUnread = ({ rule }: Pick<HoldRow, 'rule'>): boolean => rule === 'way-closed';

/**
 * The line that the log has of it, under the id of the letter's other lines; none where all of it
 * waits on, which the clock finds every hour.
 */
function noteLetGo(
  { log }: Pick<ReleaseParts, 'log'>,
  { school, id, message, releaser }: Decision,
  came: Readonly<Record<'sent' | 'left' | 'waiting' | 'refused', number>>,
): void {
  if (came.sent + came.left + came.refused === 0) return;
  const by = releaser.by === null ? 'clock' : 'person';
  log.info(
    { trace: traceIdOf(message.raw), school, messageId: message.id, hold: id, by, ...came },
    'held letter',
  );
}

interface Decision {
  readonly school: SchoolId;
  readonly id: HoldId;
  /** By which all of it has waited. */
  readonly rule: RuleName;
  readonly message: StoredMessage;
  readonly judgement: Judgement;
  readonly named: ReadonlyMap<AddressId, AddressEntry>;
  readonly lifted: readonly string[];
  readonly releaser: Releaser;
  readonly now: Date;
}

/** A recipient who may have it now. */
interface Going {
  readonly hold: HoldRow;
  readonly standing: PersonStanding;
}

interface Released {
  readonly changed: Map<SchoolId, AccountId[]>;
  readonly refused: Refusal[];
  readonly waiting: Refusal[];
  /** Where those who wait on do so. */
  readonly holds: WaitingAt[];
  sent: number;
  left: number;
}

/** A held recipient who is no longer among those judged, or whom the rules refuse. */
interface Missed {
  readonly hold: HoldRow;
  readonly refusal: Refusal;
}

async function carryOut(
  tx: TownWriteTx,
  parts: ReleaseParts,
  decision: Decision,
): Promise<Released | null> {
  const { school, id, judgement, named, releaser } = decision;
  checkRosters(tx, [judgement]);
  const here = await tx.in(school);
  const rows = await lockTogether(here, [id], decisionOf(releaser));
  if (rows.length === 0) return null;
  const byAddress = new Map(
    judgement.judged.filter(isInside).map((one) => [one.to.standing.person.addressId, one]),
  );
  const go: Going[] = [];
  const left: Missed[] = [];
  const none = { refused: [], waiting: [], holds: [], sent: 0, left: 0 };
  const done: Released = { changed: new Map(), ...none };
  for (const hold of rows) {
    const one = byAddress.get(hold.recipient);
    if (one?.verdict.kind === 'allow') go.push({ hold, standing: one.to.standing });
    else if (one?.verdict.kind === 'hold') await waitOn(tx, parts, { decision, hold, one, done });
    else {
      const refusal = one?.refusal ?? listRefusal(judgement, hold);
      const entry = named.get(hold.named);
      const missed = {
        hold,
        refusal: refusal ?? { address: entry?.address ?? '', rule: 'no-such-address', words: {} },
      };
      if (refusal === null && entry !== undefined && entry.kind !== 'account') left.push(missed);
      else await deny(tx, decision, { missed, done });
    }
  }
  const nobodyElse = go.length + done.waiting.length === 0;
  await passOver(tx, decision, { left, done, nobodyElse });
  const back = await tx.in(school);
  await decideHolds(
    back,
    go.map(({ hold }) => hold.id),
    { state: 'released', by: releaser.by, note: null, outcome: { kind: 'sent' } },
  );
  if (releaser.by !== null)
    await writeAudit(back, releaser.by, 'release', {
      message: decision.message.id,
      recipients: go.length,
      ...(releaser.reason === '' ? {} : { reason: releaser.reason }),
    });
  await deliverAll(tx, decision, { go, done });
  await tellSent(tx, homeOf(judgement.from), { school, message: decision.message.id });
  if (done.refused.length > 0) await tellWhoMissed(tx, parts, { decision, done });
  return done;
}

/** Who has left the list since, and whether it has anybody else to reach. */
interface Leavers {
  readonly left: readonly Missed[];
  readonly done: Released;
  readonly nobodyElse: boolean;
}

/**
 * Those who have left the list that was written to: their letter was for whoever is in it, and has
 * reached these. Only one that would reach nobody at all comes back.
 */
async function passOver(
  tx: TownTx,
  decision: Decision,
  { left, done, nobodyElse }: Leavers,
): Promise<void> {
  if (nobodyElse) {
    for (const missed of left) await deny(tx, decision, { missed, done });
    return;
  }
  const { school, releaser } = decision;
  const ids = left.map(({ hold }) => hold.id);
  await decideHolds(await tx.in(school), ids, {
    state: 'released',
    by: releaser.by,
    note: null,
    outcome: { kind: 'left' },
  });
  done.left = left.length;
}

/** Why a list as a whole is refused by now. */
function listRefusal({ judged }: Judgement, { named }: HoldRow): Refusal | null {
  return judged.find((one) => one.to?.kind === 'list' && one.named?.id === named)?.refusal ?? null;
}

interface WaitingRecipient {
  readonly decision: Decision;
  readonly hold: HoldRow;
  readonly one: JudgedRecipient;
  readonly done: Released;
}

async function waitOn(
  tx: TownWriteTx,
  { clock }: ReleaseParts,
  { decision, hold, one, done }: WaitingRecipient,
): Promise<void> {
  if (one.verdict.kind !== 'hold' || !isInside(one)) return;
  const { school, judgement, lifted } = decision;
  const { rule } = one.verdict;
  const { from, rosters } = judgement;
  const found = whereHeld(rule, { from, to: one.to, rosters, now: clock() });
  const next = rule === 'on-the-road' ? { ...found, until: sooner(found, hold) } : found;
  const outcome = { kind: 'waits', rule } as const;
  const waits = { ...next, rule, lifted, site: one.site };
  const here = await tx.in(school);
  const { by } = decision.releaser;
  // What a person has decided stays written down beside what the clock does next.
  const goesOn = next.school === school && (by === null || next.until === null);
  if (goesOn) await holdOn(here, hold.id, { ...waits, outcome });
  else {
    await decideHolds(here, [hold.id], { state: 'released', by, note: null, outcome });
    const more = { ...hold, ...waits };
    if (next.school === school) await insertHolds(here, [more]);
    else await holdElsewhere(tx, decision, { hold: more, next: next.school });
  }
  done.holds.push({ ...next, recipient: hold.recipient });
  if (one.refusal) done.waiting.push(one.refusal);
}

/** When a letter arrives: what is asked about on its road arrives no later for it. */
function sooner({ until }: Pick<HoldRow, 'until'>, hold: HoldRow): Date | null {
  const promised = hold.rule === 'on-the-road' ? hold.until : null;
  return promised !== null && until !== null && promised < until ? promised : until;
}

/**
 * A hold that goes on in another school; back in its sender's own it lies with the copy in Sent.
 */
async function holdElsewhere(
  tx: TownWriteTx,
  { school, message, judgement, now }: Decision,
  { hold, next }: { readonly hold: Omit<NewHold, 'message'>; readonly next: SchoolId },
): Promise<void> {
  const home = homeOf(judgement.from);
  const own =
    next === home ? await ownCopyOf(await tx.in(next), { school, message: message.id }) : null;
  const letter = own === null ? await newAs(message) : lyingAs(message, own);
  const boxes = { into: 'inbox', junk: [], sentOf: null, stranger: null } as const;
  const [id] = await arrive(await tx.in(next), [
    { letter, readers: [], boxes, holds: [hold], now },
  ]);
  if (id === undefined) throw new Fault('row-missing', 'a held copy', { transient: false });
  await passOnSent(tx, home, {
    from: { school, message: message.id },
    to: { school: next, message: id },
  });
}

async function deny(
  tx: TownTx,
  { school, releaser }: Decision,
  { missed: { hold, refusal }, done }: { readonly missed: Missed; readonly done: Released },
): Promise<void> {
  const here = await tx.in(school);
  await decideHolds(here, [hold.id], {
    state: 'given-back',
    by: releaser.by,
    note: null,
    outcome: { kind: 'refused', rule: refusal.rule },
  });
  done.refused.push(refusal);
}

/**
 * The message goes where it was held, and with its bytes into the other schools of its recipients.
 */
async function deliverAll(
  tx: TownWriteTx,
  decision: Decision,
  { go, done }: { readonly go: readonly Going[]; readonly done: Released },
): Promise<void> {
  const { school, message, judgement, now } = decision;
  const { from } = judgement;
  const homes = Map.groupBy(go, ({ standing }) => standing.home);
  for (const home of [...homes.keys()].sort((one, other) => one - other)) {
    const readers = (homes.get(home) ?? []).map((one) => readerOf(one, decision));
    const writer = strangerIn(home, from, {
      author: message.envelope.from[0]?.address,
      provedBy: message.handed?.provedBy ?? null,
    });
    const letter = home === school ? lyingAs(message, message.id) : await newAs(message);
    const newTo = readers.map(({ account }) => account);
    const stranger = writer === null ? null : { writer, newTo };
    const boxes = { into: 'inbox', junk: [], sentOf: null, stranger } as const;
    await arrive(await tx.in(home), [{ letter, readers, boxes, holds: [], now }]);
    done.changed.set(home, newTo);
    done.sent += readers.length;
  }
  if (from.kind === 'person' && from.standing.person.role === 'pupil') {
    const { addressId } = from.standing.person;
    await rememberContacts(
      await tx.in(from.standing.home),
      [...new Set(go.map(({ hold }) => hold.named))].map((to) => ({ from: addressId, to })),
    );
    done.changed.set(from.standing.home, [
      ...(done.changed.get(from.standing.home) ?? []),
      from.standing.person.account,
    ]);
  }
}

/**
 * Who gets it: whether it is class mail to them, and whether they, written to themselves, are away
 * now.
 */
function readerOf(
  { hold, standing: { person, home } }: Going,
  { message, named, judgement, now }: Decision,
): LetterReader {
  const letter = { writer: message.senderRole, automatic: message.automatic };
  const isDirect = hold.named === hold.recipient;
  return {
    account: person.account,
    isClassMail: !isDirect && isClassMail(named.get(hold.named) ?? null, letter),
    absent: isDirect ? absentOf(person, judgement.rosters.get(home), now) : null,
  };
}

/** As it lies in a school. */
const lyingAs = (message: StoredMessage, id: MessageId) => ({
  id,
  sender: { addressId: message.senderAddressId, role: message.senderRole },
  raw: message.raw,
  handed: message.handed,
});

/** As it comes into a school where it doesn't lie. */
async function newAs(message: StoredMessage): Promise<NewMessage> {
  const read = await readLetter(message.raw);
  if (read.kind === 'refused')
    throw new Fault('row-missing', `message ${message.id}: ${read.why}`, { transient: false });
  const { senderAddressId: addressId, senderRole: role, origin, raw, handed } = message;
  return { sender: { addressId, role }, origin, read: read.message, raw, handed };
}

/** The sender hears for whom it comes back; where it goes to others all the same, that it does. */
async function tellWhoMissed(
  tx: TownTx,
  parts: ReleaseParts,
  { decision, done }: Pick<WaitingRecipient, 'decision' | 'done'>,
): Promise<void> {
  const {
    message,
    rule,
    judgement: { from },
  } = decision;
  const { refused, waiting, sent, changed } = done;
  if (from.kind !== 'person') return;
  const { person, home } = from.standing;
  const missed =
    sent + waiting.length === 0
      ? []
      : [...new Set(refused.map(({ address, words }) => words['name'] ?? address))];
  const given = { by: null, note: '', missed, wasOnRoad: rule === 'on-the-road' };
  const notice = await returnedNotice(parts, { message, sender: person, given });
  await parts.notices.place(tx, { school: home, account: person.account }, notice);
  changed.set(home, [...(changed.get(home) ?? []), person.account]);
}
