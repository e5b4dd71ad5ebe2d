import type { AccountId, AddressId, MessageId, SchoolId, Uid, MailboxId } from '../core.ts';
import { Fault } from '../fault.ts';
import type { ReadMessage } from '../message/message.ts';
import { TOWN } from '../roster/directory.ts';
import type { To } from '../roster/relate.ts';
import type { Role } from '../rules/facts.ts';
import type { Origin } from '../store/database.ts';
import { insertHolds, type NewHold } from '../store/holds.ts';
import { countSending, rememberContacts } from '../store/lately.ts';
import { fullAccounts, insertMessage, place } from '../store/messages.ts';
import { eraseEntries } from '../store/entries.ts';
import { insertOutbox } from '../store/outbox.ts';
import { rosterVersions } from '../store/roster.ts';
import type { SchoolTx, Store, TownTx } from '../store/store.ts';
import { placeOfHold } from './holding.ts';
import type { Judged, Judgement } from './judge.ts';

/** What is to be stored once everything is decided. */
export interface Parcel {
  readonly judgement: Judgement;
  readonly read: ReadMessage;
  readonly raw: Buffer;
  readonly origin: Origin;
  readonly sender: { readonly addressId: AddressId | null; readonly role: Role };
  /** The sending account, with whether Sent gets a copy and which draft the message was; null for a stranger and the service. */
  readonly account: { readonly school: SchoolId; readonly account: AccountId; readonly address: string; readonly keepCopy: boolean; readonly draft: { readonly mailbox: MailboxId; readonly uid: Uid } | null } | null;
  readonly now: Date;
}

export type Kept =
  | { readonly kind: 'kept'; readonly message: MessageId; readonly rung: ReadonlyMap<SchoolId, readonly AccountId[]>; readonly outbox: readonly number[] }
  | { readonly kind: 'full'; readonly address: string; readonly school: SchoolId; readonly account: AccountId; readonly since: Date };

/** What one school gets of a parcel. */
interface Share {
  readonly inboxes: { readonly account: AccountId; readonly address: string; readonly direct: boolean }[];
  readonly holds: Omit<NewHold, 'message'>[];
}

/**
 * Stores a whole message in one transaction: in each school its bytes once and one narrow row a mailbox, held recipients,
 * what leaves for outside, the sender's copy. Throws `roster-moved` (transient) when a roster it was decided on has changed.
 */
export async function keep(store: Store, parcel: Parcel): Promise<Kept> {
  const shares = sharesOf(parcel);
  const schools = [...shares.keys()].sort((one, other) => one - other);
  return store.town(async (tx) => {
    await checkRosters(tx, parcel.judgement);
    const rung = new Map<SchoolId, readonly AccountId[]>();
    let own: MessageId | null = null;
    let any: MessageId | null = null;
    const outbox: number[] = [];
    for (const school of schools) {
      const share = shares.get(school) ?? { inboxes: [], holds: [] };
      const inSchool = await tx.in(school);
      const full = await firstFull(inSchool, share, parcel.raw.length);
      if (full) return full;
      any = await keepShare(inSchool, share, parcel, outbox);
      if (school === parcel.account?.school) own = any;
      rung.set(school, rungIn(school, share, parcel));
    }
    const message = own ?? any;
    if (message === null) throw new Fault('row-missing', 'a message for nobody', { transient: false });
    return { kind: 'kept', message, rung, outbox };
  });
}

function sharesOf({ judgement, account, now }: Parcel): Map<SchoolId, Share> {
  const shares = new Map<SchoolId, Share>();
  const shareOf = (school: SchoolId): Share => {
    const share = shares.get(school) ?? { inboxes: [], holds: [] };
    shares.set(school, share);
    return share;
  };
  if (account) shareOf(account.school);
  for (const { verdict, to, named } of judgement.judged) {
    if (to?.kind !== 'person' || !named) continue;
    if (verdict.kind === 'allow') {
      const { person, home } = to.standing;
      shareOf(home).inboxes.push({ account: person.account, address: person.address, direct: to.through === null });
    }
    if (verdict.kind === 'hold') {
      const { school, classId, until } = placeOfHold(verdict.rule, judgement.from, to, { rosters: judgement.rosters, now });
      shareOf(school).holds.push({ classId, until, rule: verdict.rule, named: named.id, recipient: to.standing.person.addressId, lifted: [] });
    }
  }
  return shares;
}

/** The roster this was decided on must be the roster of the moment that it is stored in. */
export async function checkRosters(tx: TownTx, { rosters }: Judgement): Promise<void> {
  const versions = await rosterVersions(tx, [TOWN, ...rosters.keys()]);
  for (const { school } of rosters.values()) {
    if (versions.get(school.id) !== school.version || versions.get(TOWN) !== school.townVersion) {
      throw new Fault('roster-moved', `school ${school.id}`, { transient: true });
    }
  }
}

/** Only who is named themselves can be too full: one child's full mailbox must not stop the mail of the class. */
async function firstFull(tx: SchoolTx, { inboxes }: Share, sizeBytes: number): Promise<Kept | null> {
  const direct = inboxes.filter((one) => one.direct);
  const [full] = await fullAccounts(tx, direct.map(({ account }) => account), sizeBytes);
  const who = direct.find(({ account }) => account === full?.account);
  return full && who ? { kind: 'full', address: who.address, school: tx.school, account: full.account, since: full.since } : null;
}

async function keepShare(tx: SchoolTx, { inboxes, holds }: Share, parcel: Parcel, outbox: number[]): Promise<MessageId> {
  const { read, raw, origin, sender, account } = parcel;
  const message = await insertMessage(tx, { sender, origin, read, raw });
  const isHome = account?.school === tx.school;
  const sentOf = isHome && account.keepCopy ? account.account : null;
  if (inboxes.length > 0 || sentOf !== null) {
    await place(tx, { message, sizeBytes: raw.length, inboxes: inboxes.map((one) => one.account), sentOf });
  }
  await insertHolds(tx, holds.map((hold) => ({ ...hold, message })));
  if (isHome) outbox.push(...await keepSenders(tx, message, parcel, account));
  return message;
}

/** What a message leaves behind in its sender's school: what goes outside, the rate, the contacts, and one draft fewer. Gives the outbox rows. */
async function keepSenders(tx: SchoolTx, message: MessageId, { judgement, sender }: Parcel, account: NonNullable<Parcel['account']>): Promise<readonly number[]> {
  const outside = judgement.judged.filter((one) => one.to?.kind === 'outside' && one.verdict.kind === 'allow').map(({ address }) => address);
  const rows = await insertOutbox(tx, { message, account: account.account, sender: account.address, recipients: outside });
  const named = new Map(judgement.judged.flatMap((one) => (one.named ? [[one.named.id, one.verdict.kind]] : [])));
  await countSending(tx, account.account, named.size + outside.length);
  if (sender.role === 'pupil' && sender.addressId !== null) {
    // A first message that is held is no contact yet: the next one waits for the teacher too.
    await rememberContacts(tx, sender.addressId, [...named].filter(([, kind]) => kind === 'allow').map(([id]) => id));
  }
  if (account.draft) await eraseEntries(tx, account.draft.mailbox, [account.draft.uid]);
  return rows;
}

function rungIn(school: SchoolId, { inboxes }: Share, { account }: Parcel): AccountId[] {
  const accounts = inboxes.map((one) => one.account);
  return account && account.school === school ? [...accounts, account.account] : accounts;
}

/** Whether somebody is a final recipient inside the town. */
export function isInside(judged: Judged): judged is Judged & { to: To & { kind: 'person' } } {
  return judged.to?.kind === 'person';
}
