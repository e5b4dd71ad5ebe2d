import { peopleOf } from '../../../directory/people-of.ts';
import type { AccountId, AddressId, HoldId, SchoolId } from '../../../ground/ids.ts';
import { askOthers, holdById } from '../../../store/mail/hold-decisions.ts';
import { dropDueHolds, lockTogether, type HoldRow } from '../../../store/mail/holds.ts';
import { storedHeads } from '../../../store/mail/stored-messages.ts';
import type { TownTx } from '../../../store/store.ts';
import { nextAsking, type HoldStanding } from '../judging/asking.ts';
import type { ReleaseParts } from '../parts.ts';
import { SERVICE_LETTERS } from '../telling/service-letters.ts';
import { tellDeciders } from '../telling/tell-deciders.ts';
import { giveBack } from './give-back.ts';
import { releaseHold } from './release.ts';

/**
 * What the worker does with a hold that is due: a decision takes effect, or what nobody decides is
 * put before others as well. Whoever calls it and however often: the row says what there is to do.
 */
export async function moderationDue(
  parts: ReleaseParts,
  school: SchoolId,
  id: HoldId,
): Promise<void> {
  const hold = await parts.store.read(school, (tx) => holdById(tx, id));
  const now = parts.clock();
  if (!hold?.isWaiting || (hold.wish === null && hold.askAt === null))
    await parts.store.write(school, (tx) => dropDueHolds(tx, [id]));
  else if (hold.wish !== null) {
    if (hold.wish.effectAt <= now) await takeEffect(parts, school, id);
  } else if (hold.askAt !== null && hold.askAt <= now) await goOn(parts, school, hold);
}

/**
 * Carries out what was decided about a hold, and about those that wait with it: in one transaction,
 * which does nothing where the decision was taken back by then.
 */
export async function takeEffect(parts: ReleaseParts, school: SchoolId, id: HoldId): Promise<void> {
  const hold = await parts.store.read(school, (tx) => holdById(tx, id));
  if (!hold?.isWaiting || hold.wish === null) return;
  const { kind, by, decision, note } = hold.wish;
  if (kind === 'release')
    await releaseHold(parts, { school, id, releaser: { by, decision, reason: note } });
  else await giveBack(parts, { school, message: hold.message, holds: [id], wish: hold.wish });
}

/** Told in the transaction that puts it before them: once, or not at all. */
async function goOn(parts: ReleaseParts, school: SchoolId, hold: HoldRow): Promise<void> {
  const roster = (await parts.directory.rosters([school], { maxAgeMs: 0 })).get(school);
  const now = parts.clock();
  if (!roster || hold.classId === null) return;
  const next = nextAsking(roster, hold.classId, { asked: hold.asked, now });
  const className = roster.classes.get(hold.classId)?.name ?? '';
  const notices =
    next === null ? [] : await noticesTo(parts, { school, hold, className }, next.fresh);
  const isMoved = await parts.store.town((tx) => move(tx, parts, { school, hold, next, notices }));
  if (!isMoved) return;
  for (const { home, account } of notices) parts.mailEvents.announce(home, [account]);
  await tellDeciders(parts, [{ ...hold, school }]);
}

interface ToTell {
  readonly home: SchoolId;
  readonly account: AccountId;
  readonly raw: Buffer;
}

/** A hold that goes to those who decide next. */
interface HoldMove {
  readonly school: SchoolId;
  readonly hold: HoldRow;
  readonly next: HoldStanding | null;
  readonly notices: readonly ToTell[];
}

async function move(
  tx: TownTx,
  { notices: post, clock }: ReleaseParts,
  { school, hold, next, notices }: HoldMove,
): Promise<boolean> {
  const here = await tx.in(school);
  const ids = (await lockTogether(here, [hold.id], null))
    .filter(({ asked, askAt }) => asked === hold.asked && askAt !== null && askAt <= clock())
    .map(({ id }) => id);
  if (ids.length === 0) return false;
  await askOthers(here, ids, next ?? { asked: hold.asked, askAt: null });
  for (const { home, account, raw } of notices)
    await post.place(tx, { school: home, account }, raw);
  return true;
}

interface HoldOfClass {
  readonly school: SchoolId;
  readonly hold: HoldRow;
  readonly className: string;
}

async function noticesTo(
  parts: ReleaseParts,
  { school, hold, className }: HoldOfClass,
  ids: readonly AddressId[],
): Promise<ToTell[]> {
  const message = (await parts.store.read(school, (tx) => storedHeads(tx, [hold.message]))).get(
    hold.message,
  );
  const [from] = message?.envelope.from ?? [];
  const subject = message?.envelope.subject ?? '';
  const told: ToTell[] = [];
  for (const { person, home } of (await peopleOf(parts.directory, ids)).values()) {
    if (person.state !== 'active') continue;
    const raw = await parts.notices.writeTo(
      person,
      SERVICE_LETTERS[person.language].waitsForYou({
        name: from?.name ?? from?.address ?? '',
        className,
        subject,
      }),
    );
    told.push({ home, account: person.account, raw });
  }
  return told;
}
