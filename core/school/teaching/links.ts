import { membersNow, ownClass } from '../../directory/own-classes.ts';
import { runsOn } from '../../directory/people-of.ts';
import { canonicalAddress } from '../../ground/address.ts';
import { Fault } from '../../ground/fault.ts';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import { SERVICE_LETTERS } from '../../mail/delivery/telling/service-letters.ts';
import { tellTeachers } from '../../mail/delivery/telling/tell-teachers.ts';
import { dayTrouble } from '../../roster/days.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { askOfRoadNow } from '../../store/mail/holds.ts';
import {
  agreeToSide,
  endSide,
  lockSchools,
  settleSide,
  type LinkSwitch,
  writeNewSide,
} from '../../store/schools/class-links.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { LinkWish, Ruling } from './contract.ts';
import { openSides, type Side, MAX_LINKS } from './linkable-classes.ts';
import { DONE, GONE, announceAll, taughtClass, todayAt, type TeachingParts } from './parts.ts';

/** A school year and the summer before it. */
const MAX_DAYS = 400;

interface Pair {
  readonly ours: Side;
  readonly theirs: Side;
}

/** Writes both sides in one transaction: ours has agreed, theirs not yet. */
export async function proposeLink(
  parts: TeachingParts,
  viewer: Viewer,
  { class: classId, other, from, until, moderated }: LinkWish,
): Promise<Ruling> {
  const ours = await taughtClass(parts, viewer, classId);
  if (!ours) return GONE;
  const today = todayAt(parts, ours.roster);
  const trouble =
    dayTrouble(from, { today, ahead: MAX_DAYS }) ??
    dayTrouble(until, { today, ahead: MAX_DAYS }) ??
    (until < from ? 'ends-before-it-begins' : null);
  if (trouble) return { kind: 'refused', why: trouble };
  if (openSides(ours, today).length >= MAX_LINKS) return { kind: 'refused', why: 'too-many' };
  const theirs = await sideOf(parts, other, today);
  if (!theirs) return { kind: 'refused', why: 'no-such-class' };
  if (theirs.schoolClass.id === classId) return { kind: 'refused', why: 'own-class' };
  const pair: Pair = { ours, theirs };
  const written = await inBoth(parts, pair, {
    change: async (tx, side, across) => {
      const own = side === ours;
      return writeNewSide(
        tx,
        {
          classId: side.schoolClass.id,
          other: across.schoolClass.addressId,
          agreed: own,
          moderated: own && moderated,
          from,
          until,
        },
        today,
      );
    },
    named: { viewer, act: 'propose-link', more: { from, until } },
  });
  if (!written) return { kind: 'refused', why: 'already-linked' };
  await tellTeachers(parts, {
    ...theirs,
    except: viewer.addressId,
    letter: (language) =>
      SERVICE_LETTERS[language].link.proposed({
        ...words(viewer, pair),
        own: theirs.schoolClass.name,
        from,
        until,
      }),
  });
  return DONE;
}

/**
 * A class by its list's address or by the id of it; one that is over, and anything but a class, is
 * none.
 */
async function sideOf(
  { directory, domain }: TeachingParts,
  other: LinkWish['other'],
  today: string,
): Promise<Side | null> {
  const found =
    other.kind === 'class'
      ? await directory.byId([other.id], { maxAgeMs: 0 })
      : await directory.resolve(typed(other.address, domain), { maxAgeMs: 0 });
  const [entry] = found.values();
  if (entry?.kind !== 'class') return null;
  const roster = (await directory.rosters([entry.school], { maxAgeMs: 0 })).get(entry.school);
  const schoolClass = roster?.classByAddress.get(entry.id);
  return roster && schoolClass && runsOn(schoolClass, today)
    ? { school: entry.school, roster, schoolClass }
    : null;
}

/** Somebody who types the first half means the town's domain. */
function typed(text: string, domain: string): string[] {
  const trimmed = text.trim();
  return [canonicalAddress(trimmed.includes('@') ? trimmed : `${trimmed}@${domain}`) ?? []].flat();
}

/** What a teacher answers to a proposed link. */
interface LinkAnswer {
  readonly class: ClassId;
  readonly other: AddressId;
  readonly agree: boolean;
  readonly moderated: boolean;
}

/** Their word on what was proposed to them. */
export async function answerLink(
  parts: TeachingParts,
  viewer: Viewer,
  { class: classId, other, agree, moderated }: LinkAnswer,
): Promise<Ruling> {
  const pair = await pairOf(parts, { own: await taughtClass(parts, viewer, classId), other });
  if (!pair || sideWith(pair)?.agreed !== false) return GONE;
  const today = todayAt(parts, pair.ours.roster);
  const done = await inBoth(parts, pair, {
    change: async (tx, side, across) => {
      const name = { classId: side.schoolClass.id, other: across.schoolClass.addressId };
      if (!agree) return endSide(tx, name, today);
      return side !== pair.ours || agreeToSide(tx, { ...name, moderated }, today);
    },
    named: { viewer, act: agree ? 'accept-link' : 'decline-link', more: {} },
  });
  if (!done) return GONE;
  await tellOthers({ parts, viewer }, pair, agree ? 'accepted' : 'declined');
  return DONE;
}

/** What its teachers say of their own side; the other class's teachers decide for theirs. */
export async function settleLink(
  { parts, viewer }: RoomVisit<TeachingParts>,
  { class: classId, other }: { readonly class: ClassId; readonly other: AddressId },
  { act, set }: { readonly act: string; readonly set: LinkSwitch },
): Promise<Ruling> {
  const own = await taughtClass(parts, viewer, classId);
  if (!own) return GONE;
  const today = todayAt(parts, own.roster);
  const done = await parts.store.town(async (town) => {
    await lockSchools(town, [own.school]);
    const tx = await town.in(own.school);
    const changed = await settleSide(tx, { classId, other }, { set, today });
    if (changed)
      await writeAudit(tx, viewer.addressId, act, {
        class: classId,
        otherClassAddress: other,
        ...set,
      });
    return changed;
  });
  return done ? DONE : GONE;
}

/**
 * Ends both sides at once; a head may, for a class of their school. What is on the road between the
 * two comes back to who wrote it, now and not at the hour at which it would have arrived.
 */
export async function endLink(
  parts: TeachingParts,
  viewer: Viewer,
  { class: classId, other }: { readonly class: ClassId; readonly other: AddressId },
): Promise<Ruling> {
  const pair = await pairOf(parts, { own: await ownClass(parts, viewer, classId), other });
  if (!pair) return GONE;
  const today = todayAt(parts, pair.ours.roster);
  const done = await inBoth(parts, pair, {
    change: async (tx, side, across) => {
      // Ours is there or nothing is done; whatever state the other side is in, afterwards it is
      // over.
      const ended = await endSide(
        tx,
        { classId: side.schoolClass.id, other: across.schoolClass.addressId },
        today,
      );
      await askOfRoadNow(tx, parts.clock());
      return ended || side !== pair.ours;
    },
    named: { viewer, act: 'end-link', more: {} },
  });
  if (!done) return GONE;
  await tellOthers({ parts, viewer }, pair, 'ended');
  return DONE;
}

/** The two classes of a link that waits or runs; one that is over is not there. */
async function pairOf(
  parts: TeachingParts,
  { own, other }: { readonly own: Side | null; readonly other: AddressId },
): Promise<Pair | null> {
  if (!own) return null;
  const entry = (await parts.directory.byId([other], { maxAgeMs: 0 })).get(other);
  const roster =
    entry && (await parts.directory.rosters([entry.school], { maxAgeMs: 0 })).get(entry.school);
  const schoolClass = roster?.classByAddress.get(other);
  if (!entry || !roster || !schoolClass) return null;
  const pair: Pair = { ours: own, theirs: { school: entry.school, roster, schoolClass } };
  const side = sideWith(pair);
  return side && (side.until === null || side.until >= todayAt(parts, own.roster)) ? pair : null;
}

/** Our side of a link, as the roster has it. */
function sideWith({ ours, theirs }: Pair) {
  return ours.roster.linksOf
    .get(ours.schoolClass.id)
    ?.find((side) => side.otherClassAddress === theirs.schoolClass.addressId);
}

/** What an act is called in the audit of both schools. */
interface Named {
  readonly viewer: Viewer;
  readonly act: string;
  readonly more: Readonly<Record<string, unknown>>;
}

interface NamedChange {
  readonly change: (tx: SchoolTx, side: Side, across: Side) => Promise<boolean>;
  readonly named: Named;
}

/**
 * Runs `change` for both sides in one transaction, in the order of schools and classes, so that two
 * who act on one link take turns. False, and nothing is written, when it says no to either. Both
 * classes look again afterwards.
 */
async function inBoth(
  parts: TeachingParts,
  pair: Pair,
  { change, named }: NamedChange,
): Promise<boolean> {
  const { ours, theirs } = pair;
  const sides = [ours, theirs].sort(
    (one, other) => one.school - other.school || one.schoolClass.id - other.schoolClass.id,
  );
  try {
    await parts.store.town(async (tx) => {
      await lockSchools(
        tx,
        sides.map(({ school }) => school),
      );
      for (const side of sides)
        await changeSide(await tx.in(side.school), {
          side,
          across: side === ours ? theirs : ours,
          change,
          named,
        });
    });
  } catch (error) {
    if (error instanceof Fault && error.code === 'roster-moved') return false;
    throw error;
  }
  announceAll(parts, [
    ...(await membersNow(parts, ours, ['pupil', 'teacher'])),
    ...(await membersNow(parts, theirs, ['pupil', 'teacher'])),
  ]);
  return true;
}

interface Change {
  readonly side: Side;
  readonly across: Side;
  readonly change: (tx: SchoolTx, side: Side, across: Side) => Promise<boolean>;
  readonly named: Named;
}

/** A no takes back what the other side has already written. */
async function changeSide(
  tx: SchoolTx,
  { side, across, change, named: { viewer, act, more } }: Change,
): Promise<void> {
  if (!(await change(tx, side, across)))
    throw new Fault('roster-moved', `link of class ${side.schoolClass.id}`, { transient: true });
  await writeAudit(tx, viewer.addressId, act, {
    class: side.schoolClass.id,
    otherClassAddress: across.schoolClass.addressId,
    ...more,
  });
}

function words(viewer: Viewer, { ours }: Pair) {
  return {
    by: viewer.displayName,
    className: ours.schoolClass.name,
    schoolName: ours.roster.school.name,
  };
}

async function tellOthers(
  { parts, viewer }: RoomVisit<TeachingParts>,
  pair: Pair,
  what: 'accepted' | 'declined' | 'ended',
): Promise<void> {
  const { theirs } = pair;
  await tellTeachers(parts, {
    ...theirs,
    except: viewer.addressId,
    letter: (language) =>
      SERVICE_LETTERS[language].link[what]({
        ...words(viewer, pair),
        own: theirs.schoolClass.name,
      }),
  });
}
