import {
  classesOf,
  memberOf,
  membersNow,
  ownClass,
  pupilIds,
  type Member,
  type OwnClass,
} from '../../directory/own-classes.ts';
import type { AccountId, AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import { dueOf, familyWord } from '../../roster/before-writing.ts';
import { holidayYearOf } from '../../roster/holidays.ts';
import type { LinkSide, Roster } from '../../roster/snapshot.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { waitingBySender, type WaitingOfSender } from '../../store/boards/waiting.ts';
import { neverCameIn } from '../../store/people/code-states.ts';
import { correspondentsOf } from '../../store/schools/correspondents.ts';
import { childOf } from './class-child.ts';
import type {
  OwnClassDetails,
  OwnClassSummary,
  ClassCorrespondent,
  ClassLinkLine,
  ClassPupil,
} from './contract.ts';
import { openSides } from './linkable-classes.ts';
import { todayAt, type TeachingParts } from './parts.ts';

/** So many look out of the cover of a class's book. */
const FACES = 5;

/** Those one teaches come first. */
export async function classSummaries(
  parts: TeachingParts,
  viewer: Viewer,
): Promise<OwnClassSummary[]> {
  const all = await Promise.all(
    (await classesOf(parts, viewer)).map((own) => deskClass(parts, own)),
  );
  return all.sort((one, other) => Number(other.teaches) - Number(one.teaches));
}

async function deskClass(
  parts: TeachingParts,
  { school, roster, schoolClass, teaches }: OwnClass,
): Promise<OwnClassSummary> {
  const { id, name, address, cover } = schoolClass;
  const today = todayAt(parts, roster);
  const proposals = openSides({ roster, schoolClass }, today).filter(
    ({ agreed }) => !agreed,
  ).length;
  const members = await membersNow(parts, { roster, schoolClass });
  return {
    id,
    school,
    schoolName: roster.school.name,
    name,
    address,
    cover,
    pupils: members.length,
    faces: members.slice(0, FACES).map(({ person }) => ({
      kind: 'child',
      name: person.displayName,
      address: person.address,
      face: person.face,
      cover,
    })),
    teaches,
    proposals,
  };
}

export async function classDetails(
  { parts, viewer }: RoomVisit<TeachingParts>,
  classId: ClassId,
  account: AccountId | null = null,
): Promise<OwnClassDetails | null> {
  const own = await ownClass(parts, viewer, classId);
  if (!own) return null;
  const members = await membersNow(parts, own);
  const child = account === null ? undefined : memberOf(members, account);
  const teachers = await membersNow(parts, own, ['teacher']);
  return {
    ...(await deskClass(parts, own)),
    timeZone: own.roster.school.timeZone,
    today: todayAt(parts, own.roster),
    teachers: teachers.map(({ person }) => person.displayName),
    ...(await childrenOf(parts, own, members)),
    open: child === undefined ? null : await childOf(parts, { own, child }),
    links: await linksOf(parts, own),
    correspondents: await outsideOf(parts, own),
    switches: own.schoolClass,
    asks: { charter: own.roster.school.hasCharter, families: own.roster.school.asksFamilies },
  };
}

/** The children with what a teacher must know at a glance, and what is counted over all of them. */
async function childrenOf(
  parts: TeachingParts,
  own: OwnClass,
  members: readonly Member[],
): Promise<Pick<OwnClassDetails, 'children' | 'guardians' | 'held' | 'onBoard'>> {
  const now = parts.clock();
  const homes = await homesOf(parts, members);
  const [waiting, strangers] = await Promise.all([waitingIn(parts, own), neverIn(parts, members)]);
  const heldOf = new Map(waiting.map(({ sender, letters }) => [sender, letters]));
  const children = members.map(({ home, person }) => {
    const { account, addressId, givenName, displayName, address, face, pausedUntil } = person;
    const roster = homes.get(home);
    return {
      account,
      givenName,
      face: {
        kind: 'child' as const,
        name: displayName,
        address,
        face,
        cover: own.schoolClass.cover,
      },
      restsUntil: pausedUntil !== null && pausedUntil > now ? pausedUntil : null,
      heldLetters: heldOf.get(addressId) ?? 0,
      hasComeIn: !strangers.has(account),
      photoAllowed: person.photoAllowed,
      due: dueOf(person, roster),
      family: roster === undefined ? 'nothing' : familyWord(person, roster),
    } satisfies ClassPupil;
  });
  const onBoard = waiting.reduce((sum, one) => sum + one.onBoard, 0);
  return { children, guardians: countGuardians(homes, members), held: allHeld(waiting), onBoard };
}

function waitingIn(
  { store, clock }: TeachingParts,
  { school, roster, schoolClass: { id: classId } }: OwnClass,
): Promise<readonly WaitingOfSender[]> {
  const { name: year } = holidayYearOf(todayAt({ clock }, roster));
  const pupils = pupilIds(roster, classId, clock());
  return store.read(school, (tx) => waitingBySender(tx, { classId, year }, pupils));
}

function allHeld(waiting: readonly WaitingOfSender[]): OwnClassDetails['held'] {
  const oldest = waiting.flatMap(({ since }) => since ?? []).sort((one, other) => +one - +other)[0];
  const letters = waiting.reduce((sum, one) => sum + one.letters, 0);
  return oldest === undefined ? null : { letters, since: oldest };
}

/** Asked where each account lives. */
async function neverIn(
  { store }: TeachingParts,
  members: readonly Member[],
): Promise<Set<AccountId>> {
  const asked = [...Map.groupBy(members, ({ home }) => home)].map(([home, some]) =>
    store.read(home, (tx) =>
      neverCameIn(
        tx,
        some.map(({ person }) => person.account),
      ),
    ),
  );
  return new Set((await Promise.all(asked)).flatMap((some) => [...some]));
}

/** The rosters of where the children's accounts live. */
function homesOf(
  { directory }: TeachingParts,
  members: readonly Member[],
): Promise<ReadonlyMap<SchoolId, Roster>> {
  return directory.rosters(
    members.map(({ home }) => home),
    { maxAgeMs: 1_000 },
  );
}

/** One who has two children here counts once. */
function countGuardians(homes: ReadonlyMap<SchoolId, Roster>, members: readonly Member[]): number {
  return new Set(
    members.flatMap(({ home, person }) => homes.get(home)?.guardiansOf.get(person.addressId) ?? []),
  ).size;
}

async function linksOf(parts: TeachingParts, own: OwnClass): Promise<ClassLinkLine[]> {
  const today = todayAt(parts, own.roster);
  const links: ClassLinkLine[] = [];
  for (const side of openSides(own, today)) {
    const link = await linkOf(parts, own, { side, today });
    if (link) links.push(link);
  }
  return links.sort(
    (one, other) =>
      ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || one.from.localeCompare(other.from),
  );
}

/** What waits for this class's word comes first. */
const ORDER: readonly ClassLinkLine['state'][] = ['proposed', 'asked', 'running', 'coming'];

async function linkOf(
  parts: TeachingParts,
  own: OwnClass,
  { side, today }: { readonly side: LinkSide; readonly today: string },
): Promise<ClassLinkLine | null> {
  const other = side.otherClassAddress;
  const entry = (await parts.directory.byId([other], { maxAgeMs: 0 })).get(other);
  const roster =
    entry && (await parts.directory.rosters([entry.school], { maxAgeMs: 0 })).get(entry.school);
  const schoolClass = roster?.classByAddress.get(other);
  if (!roster || !schoolClass || side.until === null) return null;
  const theirs = roster.linksOf
    .get(schoolClass.id)
    ?.find(({ otherClassAddress }) => otherClassAddress === own.schoolClass.addressId);
  const teachers = await membersNow(parts, { roster, schoolClass }, ['teacher']);
  return {
    other,
    state: linkState(side, theirs, today),
    className: schoolClass.name,
    schoolName: roster.school.name,
    cover: schoolClass.cover,
    teachers: teachers.map(({ person }) => person.displayName),
    from: side.from,
    until: side.until,
    moderatedHere: side.moderated,
    moderatedThere: theirs?.moderated ?? false,
    travelsHere: side.travels,
    travelsThere: theirs?.travels ?? false,
  };
}

async function outsideOf(
  { store, directory, clock }: TeachingParts,
  { school, roster, schoolClass }: OwnClass,
): Promise<ClassCorrespondent[]> {
  const rows = await store.read(school, (tx) =>
    correspondentsOf(tx, schoolClass.id, todayAt({ clock }, roster)),
  );
  const entries = await directory.byId(
    rows.map(({ approvedBy }) => approvedBy),
    { maxAgeMs: 60_000 },
  );
  const homes = await directory.rosters(
    [...entries.values()].map(({ school: home }) => home),
    { maxAgeMs: 60_000 },
  );
  const nameOf = (id: AddressId): string =>
    homes.get(entries.get(id)?.school ?? school)?.people.get(id)?.displayName ??
    entries.get(id)?.address ??
    '';
  return rows.map(({ address, until, approvedBy }) => ({
    address,
    until,
    approvedBy: nameOf(approvedBy),
  }));
}

function linkState(
  ours: LinkSide,
  theirs: LinkSide | undefined,
  today: string,
): ClassLinkLine['state'] {
  if (!ours.agreed) return 'proposed';
  if (!theirs?.agreed) return 'asked';
  return ours.from > today ? 'coming' : 'running';
}
