import { sql } from 'kysely';
import { TOWN, type AddressId, type ClassId, type SchoolId } from '../../ground/ids.ts';
import { shownSchoolName } from '../../roster/school-directory/shown-name.ts';
import { NO_CHOICE, sitesOf } from '../../roster/sites.ts';
import type {
  Correspondent,
  WithDates,
  LinkSide,
  Membership,
  Person,
  StaffPost,
  Roster,
  School,
  SchoolClass,
} from '../../roster/snapshot.ts';
import { compiledOnce } from '../compiled-once.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';
import { periodsOfTown } from '../town/holidays.ts';
import { SWITCHES_OF_A_CLASS } from './class-settings.ts';
import { switchesIn } from './school-settings.ts';

const versionsOf = compiledOnce<
  { readonly schools: readonly SchoolId[] },
  { readonly id: SchoolId; readonly version: number }
>(
  (at) =>
    sql`select id, roster_version as version from school where id = any(${at.schools}::integer[])`,
);

/** The roster version of each of these schools; a school that doesn't exist is left out. */
export async function rosterVersions(
  tx: TownTx,
  schools: readonly SchoolId[],
): Promise<Map<SchoolId, number>> {
  const { rows } = await tx.kept.executeQuery(versionsOf({ schools: [...schools] }));
  return new Map(rows.map((row) => [row.id, row.version]));
}

/** Every school of the town, 0 (the town itself) left out. */
export async function allSchools(tx: TownTx): Promise<SchoolId[]> {
  const rows = await tx.kept
    .selectFrom('school')
    .select('id')
    .where('id', '>', TOWN)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Reads one school whole; null when there is none of that id. */
export async function readRoster(tx: SchoolTx): Promise<Roster | null> {
  const school = await readSchool(tx);
  if (!school) return null;
  const people = await readPeople(tx);
  const classes = await readClasses(tx);
  const memberships = await readMemberships(tx);
  const families = await ownKept(tx)
    .selectFrom('guardianship', { blocked: false })
    .select(['child_address_id', 'guardian_address_id', 'called', 'agrees', 'answered_at'])
    .execute();
  return {
    school,
    people: new Map(people.map((person) => [person.addressId, person])),
    classes: new Map(classes.map((one) => [one.id, one])),
    classByAddress: new Map(classes.map((one) => [one.addressId, one])),
    membershipsOf: grouped(
      memberships,
      (one) => one.person,
      (one) => one,
    ),
    membersOf: grouped(
      memberships,
      (one) => one.classId,
      (one) => one,
    ),
    postsOf: await readPosts(tx),
    childrenOf: grouped(
      families,
      (row) => row.guardian_address_id,
      (row) => row.child_address_id,
    ),
    guardiansOf: grouped(
      families,
      (row) => row.child_address_id,
      (row) => row.guardian_address_id,
    ),
    calledBy: new Map(
      [...Map.groupBy(families, (row) => row.child_address_id)].map(([child, rows]) => [
        child,
        new Map(
          rows.flatMap((row) =>
            row.called === null ? [] : [[row.guardian_address_id, row.called] as const],
          ),
        ),
      ]),
    ),
    answersOf: answersIn(families),
    aidesOf: await readAides(tx),
    linksOf: await readLinks(tx),
    correspondentsOf: await readCorrespondents(tx),
    apartFrom: await readApart(tx),
  };
}

function answersIn(
  families: readonly {
    readonly child_address_id: AddressId;
    readonly guardian_address_id: AddressId;
    readonly agrees: boolean | null;
    readonly answered_at: Date | null;
  }[],
): Roster['answersOf'] {
  const answers = families.flatMap((row) =>
    row.agrees === null || row.answered_at === null
      ? []
      : [
          {
            child: row.child_address_id,
            guardian: row.guardian_address_id,
            agrees: row.agrees,
            at: row.answered_at,
          },
        ],
  );
  return grouped(
    answers,
    ({ child }) => child,
    ({ guardian, agrees, at }) => ({ guardian, agrees, at }),
  );
}

async function readSchool(tx: SchoolTx): Promise<School | null> {
  const rows = await tx.kept
    .selectFrom('school')
    .selectAll()
    .where('id', 'in', [tx.school, TOWN])
    .execute();
  const row = rows.find((one) => one.id === tx.school);
  if (!row) return null;
  return {
    id: tx.school,
    name: shownSchoolName(row.name),
    slug: row.slug,
    version: row.roster_version,
    townVersion: rows.find((one) => one.id === 0)?.roster_version ?? 0,
    timeZone: row.time_zone,
    pupilMailStopped: rows.some((one) => one.pupil_mail_stopped),
    ...switchesIn(row),
    opening: row.opening,
    sites: sitesOf(
      { ...NO_CHOICE, ...row.sites },
      { ...NO_CHOICE, ...rows.find((one) => one.id === TOWN)?.sites },
    ),
    closesOn: row.closes_on,
    holidays: await periodsOfTown(tx),
  };
}

/** What is read of an account, its address and the absence that runs. */
const OF_A_PERSON = [
  'a.id',
  'a.address_id',
  'd.local',
  'd.domain',
  'a.role',
  'a.given_name',
  'a.family_name',
  'a.display_name',
  'a.civility',
  'a.face',
  'a.portrait',
  'a.language',
  'a.reads',
  'a.level',
  'a.charter_at',
  'a.paper_at',
  'a.photo_allowed',
  'a.state',
  'a.paused_until',
  'a.hours',
  'b.from_date',
  'b.until_date',
  'b.outside',
] as const;

async function readPeople(tx: SchoolTx): Promise<Person[]> {
  const rows = await tx.kept
    .selectFrom('account as a')
    .innerJoin('address as d', 'd.id', 'a.address_id')
    .leftJoin('absence as b', (join) =>
      join
        .onRef('b.school_id', '=', 'a.school_id')
        .onRef('b.account_id', '=', 'a.id')
        .on('b.is_on', '=', true),
    )
    .select(OF_A_PERSON)
    .where('a.school_id', '=', tx.school)
    .orderBy('a.id')
    .execute();
  return rows.map((row) => ({
    addressId: row.address_id,
    address: `${row.local}@${row.domain}`,
    account: row.id,
    role: row.role,
    givenName: row.given_name,
    familyName: row.family_name,
    displayName: row.display_name,
    civility: row.civility,
    face: row.face,
    portrait: row.portrait,
    language: row.language,
    reads: row.reads,
    level: row.level,
    charterAt: row.charter_at,
    paperAt: row.paper_at,
    photoAllowed: row.photo_allowed,
    state: row.state,
    pausedUntil: row.paused_until,
    hours: row.hours,
    absence: absenceIn(row),
  }));
}

function absenceIn(row: {
  readonly from_date: string | null;
  readonly until_date: string | null;
  readonly outside: 'nobody' | 'same' | 'own' | null;
}): Person['absence'] {
  const { from_date: from, until_date: until, outside } = row;
  return from === null || until === null
    ? null
    : { from, until, tellsOutside: outside !== 'nobody' };
}

async function readClasses(tx: SchoolTx): Promise<SchoolClass[]> {
  const rows = await tx.kept
    .selectFrom('class as c')
    .innerJoin('address as d', 'd.id', 'c.address_id')
    .select([
      'c.id',
      'c.name',
      'c.levels',
      'c.cover',
      'c.moderation',
      'c.address_id as addressId',
      'c.ends_on as endsOn',
      ...SWITCHES_OF_A_CLASS,
      'd.local',
      'd.domain',
    ])
    .where('c.school_id', '=', tx.school)
    .orderBy('c.id')
    .execute();
  return rows.map(({ local, domain, ...row }) => ({
    ...row,
    school: tx.school,
    address: `${local}@${domain}`,
  }));
}

async function readMemberships(tx: SchoolTx): Promise<Membership[]> {
  const rows = await ownKept(tx).selectFrom('membership').selectAll().execute();
  return rows.map((row) => ({
    classId: row.class_id,
    person: row.address_id,
    role: row.role,
    from: row.from_date,
    until: row.until_date,
  }));
}

async function readPosts(tx: SchoolTx): Promise<Map<AddressId, StaffPost[]>> {
  const rows = await ownKept(tx).selectFrom('post').selectAll().execute();
  return grouped(
    rows,
    (row) => row.address_id,
    (row) => ({
      role: row.role,
      reachableByPupils: row.reachable_by_pupils,
      from: row.from_date,
      until: row.until_date,
    }),
  );
}

async function readAides(tx: SchoolTx): Promise<Map<AddressId, WithDates<{ aide: AddressId }>[]>> {
  const rows = await ownKept(tx).selectFrom('accompaniment').selectAll().execute();
  return grouped(
    rows,
    (row) => row.pupil_address_id,
    (row) => ({
      aide: row.aide_address_id,
      from: row.from_date,
      until: row.until_date,
    }),
  );
}

async function readLinks(tx: SchoolTx): Promise<Map<ClassId, LinkSide[]>> {
  const rows = await ownKept(tx).selectFrom('class_link').selectAll().execute();
  return grouped(
    rows,
    (row) => row.class_id,
    (row) => ({
      otherClassAddress: row.other_class_address_id,
      agreed: row.agreed,
      moderated: row.moderated,
      from: row.from_date,
      until: row.until_date,
    }),
  );
}

async function readCorrespondents(tx: SchoolTx): Promise<Map<ClassId, Correspondent[]>> {
  const rows = await ownKept(tx)
    .selectFrom('correspondent')
    .select(['class_id', 'address', 'until_date'])
    .execute();
  return grouped(
    rows,
    (row) => row.class_id,
    (row) => ({ address: row.address, until: row.until_date }),
  );
}

async function readApart(tx: SchoolTx): Promise<Map<AddressId, ReadonlySet<AddressId>>> {
  const rows = await ownKept(tx)
    .selectFrom('kept_apart')
    .select(['one_address_id as one', 'other_address_id as other'])
    .execute();
  const pairs = rows.flatMap(
    ({ one, other }) =>
      [
        [one, other],
        [other, one],
      ] as const,
  );
  return new Map(
    [...Map.groupBy(pairs, ([one]) => one)].map(([one, some]) => [
      one,
      new Set(some.map(([, other]) => other)),
    ]),
  );
}

function grouped<Row, Key, Value>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  valueOf: (row: Row) => Value,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(valueOf(row));
    else groups.set(key, [valueOf(row)]);
  }
  return groups;
}
