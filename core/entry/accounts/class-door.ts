import { hash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import {
  memberOf,
  ownClass,
  membersNow,
  teacherIds,
  type Member,
  type OwnClass,
} from '../../directory/own-classes.ts';
import { viewerOf } from '../../directory/viewer-of.ts';
import { dayAt } from '../../ground/clock.ts';
import { Fault } from '../../ground/fault.ts';
import { type ClassId, type SchoolId, schoolIdIn } from '../../ground/ids.ts';
import { readsByLevel } from '../../roster/reads.ts';
import { isClosed, type Roster, type SchoolClass } from '../../roster/snapshot.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import {
  addClass,
  browserRow,
  removeClass,
  saveBrowser,
} from '../../store/people/class-browsers.ts';
import { endPictureSessions, usePictures } from '../../store/people/codes.ts';
import { forgetTries, giveTryBack, takeTry, type TryLimits } from '../../store/people/tries.ts';
import type { CodeParts } from '../codes/code-parts.ts';
import { orderFor, pictureHash } from '../codes/picture-code.ts';
import { throttleKey } from '../guessing/throttle-key.ts';
import { alertTeachers } from './alert-teachers.ts';
import { byPictures } from './came-by.ts';
import type { BrowserChild, BrowserClass, ClassBrowser, Codes, PictureSignIn } from './contract.ts';

/**
 * A child who mistakes a picture now and then is never made to wait; who tries on waits longer each
 * time, a minute at most.
 */
const CHILD_LIMITS: TryLimits = { free: 5, mostSeconds: 60 };
/**
 * A whole class shares a computer: past so many wrong codes an hour it slows down for all, by half
 * a minute at most, and never shuts.
 */
const BROWSER_LIMITS: TryLimits = { free: 30, mostSeconds: 30 };

const TOKEN =
  /^([1-9]\d{0,8})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

interface ClassDoor {
  readonly school: SchoolId;
  readonly id: string;
  readonly classes: readonly ClassId[];
}

/**
 * Opens a class on a browser, and gives this browser a new secret: who copied the old one is shut
 * out.
 */
export async function openBrowser(
  { parts, viewer }: RoomVisit<CodeParts>,
  classId: ClassId,
  token: string | null,
): ReturnType<Codes['openBrowser']> {
  const own = await ownClass(parts, viewer, classId);
  if (!own) return null;
  const before = token === null ? null : await doorOf(parts, token);
  const id = before?.school === own.school ? before.id : randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const now = parts.clock();
  const expiresAt = endOfSchoolYear(now);
  await parts.store.town(async (town) => {
    await forgetTries(town, throttleKey(parts.secret, 'browser', id));
    const tx = await town.in(own.school);
    await saveBrowser(tx, { id, secretHash: digest(secret), now, expiresAt });
    await addClass(tx, id, { classId, by: viewer.addressId, at: now });
    await writeAudit(tx, viewer.addressId, 'open-class-browser', { class: classId });
  });
  return { token: `${own.school}.${id}.${secret}`, expiresAt };
}

/**
 * Shuts a class on every computer: each must be opened again by a teacher, and the pages that
 * children have open on them by their pictures end too.
 */
export async function closeBrowsers(
  parts: CodeParts,
  viewer: Viewer,
  classId: ClassId,
): Promise<boolean> {
  const own = await ownClass(parts, viewer, classId);
  if (!own) return false;
  const byHome = Map.groupBy(await membersNow(parts, own), ({ home }) => home);
  const accountsIn = (home: SchoolId) =>
    (byHome.get(home) ?? []).map(({ person }) => person.account);
  await parts.store.town(async (town) => {
    const computers = await removeClass(await town.in(own.school), classId);
    for (const home of byHome.keys())
      await endPictureSessions(await town.in(home), accountsIn(home));
    const subject = { class: classId, computers };
    await writeAudit(await town.in(own.school), viewer.addressId, 'close-class-browsers', subject);
  });
  for (const home of byHome.keys()) parts.announce(home, accountsIn(home));
  return true;
}

export async function browser(parts: CodeParts, token: string): Promise<ClassBrowser | null> {
  const door = await doorOf(parts, token);
  if (!door) return null;
  const roster = await rosterOf(parts, door.school);
  const classes: BrowserClass[] = [];
  for (const schoolClass of currentClasses(roster, door, parts.clock()))
    classes.push(await browserClass(parts, { roster, schoolClass }));
  return { classes };
}

/**
 * What is right opens at once; what is wrong counts for the child and for the computer, and at some
 * point alerts the teachers.
 */
export async function signInByPictures(
  parts: CodeParts,
  token: string,
  given: Parameters<Codes['signInByPictures']>[1],
): Promise<PictureSignIn> {
  const { watch } = parts.guessing;
  const door = await doorOf(parts, token);
  if (!door) return { kind: 'not-here' };
  const roster = await rosterOf(parts, door.school);
  const now = parts.clock();
  const schoolClass = currentClasses(roster, door, now).find(({ id }) => id === given.class);
  const member =
    schoolClass && memberOf(await membersNow(parts, { roster, schoolClass }), given.child);
  if (!schoolClass || !member) return { kind: 'not-here' };
  const { home, person: child } = member;
  const keys = {
    child: throttleKey(parts.secret, 'child', `${home}\0${child.account}`),
    browser: throttleKey(parts.secret, 'browser', door.id),
  };
  const tries = await takeBoth(parts, keys, now);
  if (tries === null) {
    watch.refused('pictures', 'child');
    return { kind: 'slow' };
  }
  const hash = pictureHash(parts.secret, { school: home, account: child.account }, given.pictures);
  const right = await parts.store.write(home, (tx) =>
    usePictures(tx, { account: child.account, hash, now }),
  );
  const viewer = right
    ? await viewerOf(parts.directory, { home, addressId: child.addressId }, now)
    : null;
  if (viewer) {
    watch.count('pictures', 'right');
    await parts.store.town(async (town) => {
      await forgetTries(town, keys.child);
      await giveTryBack(town, keys.browser);
    });
    return { kind: 'welcome', viewer, cameBy: byPictures(hash) };
  }
  await watch.wrong({ way: 'pictures', network: null, isSchool: true }, null);
  // Once for each row of wrong tries, when it begins to be slow.
  if (tries.child === CHILD_LIMITS.free + 1)
    await alertTeachers(parts, {
      roster,
      schoolClass,
      about: { kind: 'child', name: child.displayName },
    });
  if (tries.browser === BROWSER_LIMITS.free + 1)
    await alertTeachers(parts, { roster, schoolClass, about: { kind: 'computer' } });
  return {
    kind: tries.child > CHILD_LIMITS.free || tries.browser > BROWSER_LIMITS.free ? 'slow' : 'wrong',
  };
}

/**
 * Null when one of the two has to wait; a try that the child may not take isn't counted for the
 * computer.
 */
function takeBoth(
  { store }: CodeParts,
  keys: { readonly child: Buffer; readonly browser: Buffer },
  now: Date,
): Promise<{ child: number; browser: number } | null> {
  return store.town(async (town) => {
    const child = await takeTry(town, keys.child, { ...CHILD_LIMITS, now });
    if (child.kind === 'wait') return null;
    const computer = await takeTry(town, keys.browser, { ...BROWSER_LIMITS, now });
    if (computer.kind === 'wait') {
      await giveTryBack(town, keys.child);
      return null;
    }
    return { child: child.tries, browser: computer.tries };
  });
}

async function doorOf({ store, clock }: CodeParts, token: string): Promise<ClassDoor | null> {
  const [, schoolText, id, secret] = TOKEN.exec(token) ?? [];
  const school = schoolIdIn(schoolText);
  if (id === undefined || secret === undefined || school === null) return null;
  const row = await store.read(school, (tx) => browserRow(tx, id, clock()));
  return row && timingSafeEqual(row.secretHash, digest(secret))
    ? { school, id, classes: row.classes }
    : null;
}

async function rosterOf({ directory }: CodeParts, school: SchoolId): Promise<Roster> {
  const roster = (await directory.rosters([school], { maxAgeMs: 0 })).get(school);
  if (!roster) throw new Fault('row-missing', `school ${school}`, { transient: false });
  return roster;
}

function currentClasses(roster: Roster, door: ClassDoor, now: Date): SchoolClass[] {
  const day = dayAt(now, roster.school.timeZone);
  if (isClosed(roster.school, day)) return [];
  return door.classes
    .flatMap((id) => roster.classes.get(id) ?? [])
    .filter(({ endsOn }) => endsOn === null || endsOn >= day);
}

async function browserClass(
  parts: CodeParts,
  own: Pick<OwnClass, 'roster' | 'schoolClass'>,
): Promise<BrowserClass> {
  const {
    roster,
    schoolClass: { id, name, cover, levels },
  } = own;
  const children = await membersNow(parts, own);
  const teachers = teacherIds(roster, id, parts.clock()).flatMap(
    (one) => roster.people.get(one)?.displayName ?? [],
  );
  return {
    id,
    name,
    schoolName: roster.school.name,
    cover,
    teachers,
    reads: readsByLevel({ level: null }, [{ levels }]),
    children: children.map((child) => browserChild(parts.secret, child, children)),
  };
}

function browserChild(
  secret: Buffer,
  { home, person: child }: Member,
  children: readonly Member[],
): BrowserChild {
  const alike = children
    .map(({ person }) => person)
    .filter(({ givenName }) => givenName === child.givenName);
  const letters =
    alike.filter(({ familyName }) => familyName[0] === child.familyName[0]).length > 1
      ? child.familyName
      : `${child.familyName[0] ?? ''}.`;
  return {
    account: child.account,
    animal: child.face,
    name: alike.length > 1 ? `${child.givenName} ${letters}` : child.givenName,
    pictures: orderFor(secret, { school: home, account: child.account }),
  };
}

function digest(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** The last day of August: a new year begins with new classes on the computers. */
function endOfSchoolYear(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear() + (now.getUTCMonth() >= 7 ? 1 : 0), 8, 1));
}
