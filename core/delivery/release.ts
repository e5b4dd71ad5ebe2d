import { Fault } from '../fault.ts';
import type { AccountId, AddressId, HoldId, MessageId, SchoolId } from '../ids.ts';
import { readBody, type Body } from '../message/body.ts';
import { readHtml } from '../message/html-text.ts';
import { worst } from '../message/kinds.ts';
import { readAnySize } from '../message/reading-pool.ts';
import type { Refusal } from '../outcome.ts';
import { NO_RECENT_ACTIVITY, type RecentActivity } from '../roster/relate.ts';
import type { AddressEntry } from '../roster/snapshot.ts';
import type { Standing } from '../roster/standing.ts';
import { FINE, type ContentFacts } from '../rules/facts.ts';
import { writeAudit } from '../store/audit.ts';
import { ownCopyOf } from '../store/mail/held-elsewhere.ts';
import {
  decideHolds,
  heldTogether,
  holdOn,
  insertHolds,
  lockTogether,
  type HoldRow,
  type NewHold,
} from '../store/mail/holds.ts';
import {
  insertMessage,
  place,
  storedMessages,
  type StoredHead,
  type StoredMessage,
} from '../store/mail/messages.ts';
import { rememberContacts } from '../store/mail/recent-activity.ts';
import type { SchoolTx, TownTx } from '../store/store.ts';
import type { DeliveryParts } from './accept.ts';
import { storedAuthor } from './author.ts';
import type { LetGo } from './contract.ts';
import { placeOfHold } from './holding.ts';
import { judge, type Asker, type Judged, type Judgement } from './judge.ts';
import { checkRosters, isInside } from './keep.ts';
import { MAX_ROSTER_MOVES } from './limits.ts';
import { returnedText, type Notices } from './notice.ts';
import { recentActivityOf } from './recent-activity.ts';
import { homeOf, passOnSent, tellSent } from './sent-state.ts';

/** Who lets go: a person, or the clock. */
export type Releaser = { readonly by: AddressId } | { readonly by: null };

export interface ReleaseParts extends DeliveryParts {
  readonly notices: Notices;
}

/**
 * Lets go what one word holds: all recipients of one message that wait for the same class.
 * Everything is asked again except the rule just lifted; who may have it gets it, who must wait for
 * another reason waits on, what is denied by now comes back. Null when nothing of it is waiting any
 * more, be it that somebody else was quicker.
 */
export async function releaseHold(
  parts: ReleaseParts,
  school: SchoolId,
  id: HoldId,
  releaser: Releaser,
): Promise<LetGo | null> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await releaseOnce(parts, school, id, releaser);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'roster-moved' || tries >= MAX_ROSTER_MOVES)
        throw error;
    }
  }
}

async function releaseOnce(
  parts: ReleaseParts,
  school: SchoolId,
  id: HoldId,
  releaser: Releaser,
): Promise<LetGo | null> {
  const found = await parts.store.read(school, async (tx) => {
    const rows = await heldTogether(tx, id);
    const hold = rows.find((row) => row.id === id);
    const message = hold && (await storedMessages(tx, [hold.message])).get(hold.message);
    return hold && message ? { hold, rows, message } : null;
  });
  if (!found) return null;
  const { rule } = found.hold;
  // A person lifts the rule. The clock lifts nothing: a school that has opened no longer holds, one
  // that hasn't holds on.
  const lifted =
    releaser.by === null ? found.hold.lifted : [...new Set([...found.hold.lifted, rule])];
  const { judgement, named } = await askAgain(parts, {
    rows: found.rows,
    message: found.message,
    rule,
    lifted,
  });
  const decision: Decision = {
    school,
    id,
    message: found.message,
    judgement,
    named,
    lifted,
    releaser,
  };
  const done = await parts.store.town((tx) => carryOut(tx, parts, decision));
  if (done === null) return null;
  for (const [where, accounts] of done.changed) parts.mailEvents.announce(where, accounts);
  const { sent, left, waiting, refused } = done;
  if (refused.length > 0) await tellWhoMissed(parts, decision, done);
  return { sent, left, waiting, refused };
}

export interface Asked {
  readonly rows: readonly HoldRow[];
  readonly message: StoredHead;
  readonly rule: string;
  readonly lifted: readonly string[];
}

/**
 * Judges held recipients of a message anew, on the roster as it is now. A list is asked about as a
 * list again: through it one may reach somebody whom one may not write to by name.
 */
export async function askAgain(
  parts: ReleaseParts,
  { rows, message, rule, lifted }: Asked,
): Promise<{
  readonly judgement: Judgement;
  readonly named: ReadonlyMap<AddressId, AddressEntry>;
}> {
  const named = await parts.directory.byId(
    rows.map((row) => row.named),
    { maxAgeMs: 0 },
  );
  const sender = senderOf(message);
  const judgement = await judge(parts.directory, {
    sender,
    recipients: [...named.values()].map(({ address }) => address),
    content: contentOf(message, rule),
    lifted,
    recentActivity: await recentActivityOfSender(parts, sender, [...named.values()]),
    now: parts.clock(),
    ourDomains: new Set([parts.domain]),
    maxAgeMs: 0,
  });
  return { judgement, named };
}

/**
 * Whom a pupil may answer is asked again too. How much they have sent since is not: this message
 * was counted when it was sent.
 */
async function recentActivityOfSender(
  { store, directory }: ReleaseParts,
  sender: Asker,
  about: readonly AddressEntry[],
): Promise<RecentActivity> {
  if (sender.kind !== 'account' || sender.viewer.role !== 'pupil') return NO_RECENT_ACTIVITY;
  const { addressId, role } = sender.viewer;
  const school = (await directory.byId([addressId], { maxAgeMs: 0 })).get(addressId)?.school;
  const person =
    school === undefined
      ? undefined
      : (await directory.rosters([school], { maxAgeMs: 0 })).get(school)?.people.get(addressId);
  if (school === undefined || !person) return NO_RECENT_ACTIVITY;
  return {
    ...(await recentActivityOf(store, { school, account: person.account, addressId, role }, about)),
    overRate: false,
    overNewPeople: false,
  };
}

/** A stranger is asked about by the same address, with the same proof, as when the message came. */
function senderOf({ senderAddressId, senderRole, envelope, handed }: StoredHead): Asker {
  if (senderAddressId === null || senderRole === 'outside' || senderRole === 'system')
    return storedAuthor(envelope.from, handed?.provedBy ?? null);
  return { kind: 'account', viewer: { addressId: senderAddressId, role: senderRole } };
}

/**
 * The content is what it was; whether the scanner could look is known from the rule that held it.
 */
function contentOf({ attachments }: StoredHead, rule: string): ContentFacts {
  return {
    ...FINE,
    attachments: worst(attachments.map(({ danger }) => danger)),
    unscannable: rule === 'locked-archive-held',
  };
}

interface Decision {
  readonly school: SchoolId;
  readonly id: HoldId;
  readonly message: StoredMessage;
  readonly judgement: Judgement;
  readonly named: ReadonlyMap<AddressId, AddressEntry>;
  readonly lifted: readonly string[];
  readonly releaser: Releaser;
}

/** A recipient who may have it now. */
interface Going {
  readonly hold: HoldRow;
  readonly standing: Standing;
}

interface Done {
  readonly changed: Map<SchoolId, AccountId[]>;
  readonly refused: Refusal[];
  readonly waiting: Refusal[];
  sent: number;
  left: number;
}

/** A held recipient who is no longer among those judged, or whom the rules refuse. */
interface Missed {
  readonly hold: HoldRow;
  readonly refusal: Refusal;
}

async function carryOut(tx: TownTx, parts: ReleaseParts, decision: Decision): Promise<Done | null> {
  const { school, id, judgement, named, releaser } = decision;
  await checkRosters(tx, judgement);
  const here = await tx.in(school);
  const rows = await lockTogether(here, id);
  if (rows.length === 0) return null;
  const byAddress = new Map(
    judgement.judged.filter(isInside).map((one) => [one.to.standing.person.addressId, one]),
  );
  const go: Going[] = [];
  const left: Missed[] = [];
  const done: Done = { changed: new Map(), refused: [], waiting: [], sent: 0, left: 0 };
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
      else await deny(tx, decision, missed, done);
    }
  }
  await passOver(tx, decision, left, { done, nobodyElse: go.length + done.waiting.length === 0 });
  const back = await tx.in(school);
  await decideHolds(
    back,
    go.map(({ hold }) => hold.id),
    { state: 'released', by: releaser.by, note: null },
  );
  if (releaser.by !== null)
    await writeAudit(back, releaser.by, 'release', {
      message: decision.message.id,
      recipients: go.length,
    });
  await deliverAll(tx, decision, go, done);
  await tellSent(tx, homeOf(judgement.from), { school, message: decision.message.id });
  return done;
}

/**
 * Those who have left the list that was written to: their letter was for whoever is in it, and has
 * reached these. Only one that would reach nobody at all comes back.
 */
async function passOver(
  tx: TownTx,
  decision: Decision,
  left: readonly Missed[],
  { done, nobodyElse }: { readonly done: Done; readonly nobodyElse: boolean },
): Promise<void> {
  if (nobodyElse) {
    for (const missed of left) await deny(tx, decision, missed, done);
    return;
  }
  const { school, releaser } = decision;
  const ids = left.map(({ hold }) => hold.id);
  await decideHolds(await tx.in(school), ids, { state: 'released', by: releaser.by, note: null });
  done.left = left.length;
}

/** Why a list as a whole is refused by now. */
function listRefusal({ judged }: Judgement, { named }: HoldRow): Refusal | null {
  return judged.find((one) => one.to?.kind === 'list' && one.named?.id === named)?.refusal ?? null;
}

async function waitOn(
  tx: TownTx,
  { clock }: ReleaseParts,
  { decision, hold, one, done }: { decision: Decision; hold: HoldRow; one: Judged; done: Done },
): Promise<void> {
  if (one.verdict.kind !== 'hold' || !isInside(one)) return;
  const { school, judgement, lifted } = decision;
  const { rule } = one.verdict;
  const next = placeOfHold(rule, judgement.from, one.to, {
    rosters: judgement.rosters,
    now: clock(),
  });
  if (next.school === school) {
    await holdOn(await tx.in(school), hold.id, { ...next, rule, lifted });
  } else {
    await decideHolds(await tx.in(school), [hold.id], {
      state: 'released',
      by: decision.releaser.by,
      note: null,
    });
    await holdElsewhere(tx, decision, { ...hold, ...next, rule, lifted }, next.school);
  }
  if (one.refusal) done.waiting.push(one.refusal);
}

/**
 * A hold that goes on in another school; back in its sender's own it lies with the copy in Sent.
 */
async function holdElsewhere(
  tx: TownTx,
  { school, message, judgement }: Decision,
  hold: Omit<NewHold, 'message'>,
  next: SchoolId,
): Promise<void> {
  const home = homeOf(judgement.from);
  const own =
    next === home ? await ownCopyOf(await tx.in(next), { school, message: message.id }) : null;
  const there = await tx.in(next);
  const id = own ?? (await copyInto(there, message));
  await insertHolds(there, [{ ...hold, message: id }]);
  await passOnSent(tx, home, {
    from: { school, message: message.id },
    to: { school: next, message: id },
  });
}

async function deny(
  tx: TownTx,
  { school, releaser }: Decision,
  { hold, refusal }: Missed,
  done: Done,
): Promise<void> {
  const here = await tx.in(school);
  await decideHolds(here, [hold.id], { state: 'given-back', by: releaser.by, note: null });
  done.refused.push(refusal);
}

/**
 * The message goes where it was held, and with its bytes into the other schools of its recipients.
 */
async function deliverAll(
  tx: TownTx,
  { school, message, judgement }: Decision,
  go: readonly Going[],
  done: Done,
): Promise<void> {
  const homes = Map.groupBy(go, ({ standing }) => standing.home);
  for (const home of [...homes.keys()].sort((one, other) => one - other)) {
    const here = await tx.in(home);
    const accounts = (homes.get(home) ?? []).map(({ standing }) => standing.person.account);
    const id = home === school ? message.id : await copyInto(here, message);
    await place(here, {
      message: id,
      sizeBytes: message.raw.length,
      inboxes: accounts,
      sentOf: null,
    });
    done.changed.set(home, accounts);
    done.sent += accounts.length;
  }
  const { from } = judgement;
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

async function copyInto(tx: SchoolTx, message: StoredMessage): Promise<MessageId> {
  const read = await readAnySize(message.raw);
  if (read.kind === 'refused')
    throw new Fault('row-missing', `message ${message.id}: ${read.why}`, { transient: false });
  return insertMessage(tx, {
    sender: { addressId: message.senderAddressId, role: message.senderRole },
    origin: message.origin,
    read: read.message,
    raw: message.raw,
    handed: message.handed,
  });
}

/** The sender hears for whom it comes back; where it goes to others all the same, that it does. */
async function tellWhoMissed(
  parts: ReleaseParts,
  { message, judgement: { from } }: Decision,
  { refused, waiting, sent }: Done,
): Promise<void> {
  if (from.kind !== 'person') return;
  const missed =
    sent + waiting.length === 0
      ? []
      : [...new Set(refused.map(({ address, words }) => words['name'] ?? address))];
  await tellSender(parts, message, from.standing, { by: null, note: '', missed });
}

interface Word {
  /** Who gives it back, as the sender knows them; null when a rule does. */
  readonly by: string | null;
  readonly note: string;
  /** For whom alone it comes back; empty: for everybody. */
  readonly missed: readonly string[];
}

/**
 * Tells the sender that a message comes back, with their text: nothing they wrote is lost. A
 * stranger is told nothing (no backscatter).
 */
export async function tellSender(
  parts: ReleaseParts,
  message: StoredMessage,
  sender: Standing,
  word: Word,
): Promise<void> {
  const { person, home } = sender;
  const letter = returnedText({
    language: person.language,
    isChild: person.role === 'pupil',
    ...word,
    subject: message.envelope.subject ?? '',
    text: textOf(readBody(message.raw, message.structure)),
  });
  const raw = await parts.notices.write({
    to: { name: person.displayName, address: person.address },
    ...letter,
  });
  await parts.notices.deliver(home, person.account, raw, async () => {});
}

/** What a message says, without its form. */
export function textOf({ text, html }: Body): string {
  return text ?? readHtml(html ?? '').text;
}
