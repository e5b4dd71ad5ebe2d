import {
  type ClassId,
  type HoldId,
  type MessageId,
  NO_ADDRESS,
  type SchoolId,
} from '../../../ground/ids.ts';
import { EMPTY } from '../../../roster/relate.ts';
import type { RuleName } from '../../../rules/verdict.ts';
import { waitingHolds, wordKey } from '../../../store/mail/holds-to-decide.ts';
import { holdOn, lockTogether, type HoldRow } from '../../../store/mail/holds.ts';
import { storedHeads, type StoredHead } from '../../../store/mail/stored-messages.ts';
import { askAgain } from '../judging/ask-again.ts';
import { firstAsking, NOBODY_ELSE, type HoldStanding } from '../judging/asking.ts';
import { withFreshRoster } from '../judging/fresh-roster.ts';
import type { JudgedRecipient, Judgement } from '../judging/judge.ts';
import { whereHeld } from '../judging/where-held.ts';
import { isInside } from '../keeping/judged-letter.ts';
import { checkRosters } from '../keeping/keep.ts';
import { homeOf, tellSent } from '../keeping/sent-state.ts';
import type { ReleaseParts } from '../parts.ts';

/**
 * Messages that wait for teachers of a few classes; beyond it somebody has let them lie for years.
 */
const MOST_HELD = 2_000;

/**
 * After classes have changed, finds for each message held for one of them the class whose teachers
 * decide now. Nothing goes and nothing comes back by this: what was put before a grown-up waits for
 * a grown-up's word, whose word alone may change, and when it is said every rule is asked again. So
 * a move taken back leaves held mail as it was.
 */
export async function reassignHolds(
  parts: ReleaseParts,
  school: SchoolId,
  classes: readonly ClassId[],
): Promise<void> {
  const { rows, messages } = await parts.store.read(school, async (tx) => {
    const who = { classes, headed: [], isHead: false, ofOthers: false, recipient: NO_ADDRESS };
    const found = await waitingHolds(tx, who, MOST_HELD);
    return {
      rows: found,
      messages: await storedHeads(tx, [...new Set(found.map(({ message }) => message))]),
    };
  });
  for (const group of Map.groupBy(rows, wordKey).values()) {
    const [first] = group;
    const message = first && messages.get(first.message);
    if (first && message) await reassignGroup(parts, { school, group, message });
  }
}

interface Group {
  readonly school: SchoolId;
  readonly group: readonly HoldRow[];
  readonly message: StoredHead;
}

async function reassignGroup(
  parts: ReleaseParts,
  { school, group, message }: Group,
): Promise<void> {
  const [first] = group;
  if (!first) return;
  const { id, rule, lifted } = first;
  await withFreshRoster(async () => {
    const { judgement } = await askAgain(parts, {
      named: group.map(({ named }) => named),
      message,
      rule,
      lifted,
      content: EMPTY, // asked when it is let go
    });
    await moveGroup(parts, { school, judgement, id, message: message.id });
  });
}

interface GroupMove {
  readonly school: SchoolId;
  readonly judgement: Judgement;
  readonly id: HoldId;
  readonly message: MessageId;
}

async function moveGroup(
  parts: ReleaseParts,
  { school, judgement, id, message }: GroupMove,
): Promise<void> {
  await parts.store.town(async (tx) => {
    checkRosters(tx, [judgement]);
    const here = await tx.in(school);
    for (const hold of await lockTogether(here, [id], null)) {
      const one = judgement.judged.find(
        (judged) => isInside(judged) && judged.to.standing.person.addressId === hold.recipient,
      );
      const next = whereNext(hold, one, { judgement, school, now: parts.clock() });
      if (next.classId !== hold.classId || next.rule !== hold.rule)
        await holdOn(here, hold.id, {
          ...hold,
          ...next,
          until: null,
          decider: null,
          ...askingIn(judgement, { school, classId: next.classId, now: parts.clock() }),
        });
    }
    await tellSent(tx, homeOf(judgement.from), { school, message });
  });
}

/** Whose people are to decide, and from when. */
interface DecidingClass {
  readonly school: SchoolId;
  readonly classId: ClassId | null;
  readonly now: Date;
}

/** Before another class's people it begins anew. */
function askingIn({ rosters }: Judgement, { school, classId, now }: DecidingClass): HoldStanding {
  const roster = rosters.get(school);
  return roster && classId !== null ? firstAsking(roster, classId, now) : NOBODY_ELSE;
}

interface JudgedToday {
  readonly judgement: Judgement;
  readonly school: SchoolId;
  readonly now: Date;
}

/**
 * Where the rules of today would hold it; where they hold it no more, the class that its child is
 * in now; without one, where it is: the head decides there.
 */
function whereNext(
  hold: HoldRow,
  one: JudgedRecipient | undefined,
  { judgement: { from, rosters }, school, now }: JudgedToday,
): { readonly classId: ClassId | null; readonly rule: RuleName } {
  if (one && isInside(one) && one.verdict.kind === 'hold') {
    const held = whereHeld(one.verdict.rule, { from, to: one.to, rosters, now });
    if (held.school === school && held.classId !== null)
      return { classId: held.classId, rule: one.verdict.rule };
  }
  const parties = [
    from.kind === 'person' ? from.standing : null,
    one && isInside(one) ? one.to.standing : null,
  ];
  const child = parties.find((party) => party?.person.role === 'pupil');
  if (!child || (hold.classId !== null && child.pupilOf.has(hold.classId))) return hold;
  const own = [...child.pupilOf.values()].find(
    ({ id }) => rosters.get(school)?.classes.has(id) === true,
  );
  return { classId: own?.id ?? hold.classId, rule: hold.rule };
}
