import { sql } from 'kysely';
import { TOWN, type AddressId, type ClassId, type SchoolId } from '../../ground/ids.ts';
import type { MailStop } from '../../roster/mail-stops.ts';
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
import { stopIn } from '../town/mail-stops.ts';
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
    .select([
      'child_address_id as child',
      'guardian_address_id as guardian',
      'called',
      'agrees',
      'answered_at as at',
    ])
    .execute();
  return {
    school,
    people: new Map(people.map((person) => [person.addressId, person])),
    classes: new Map(classes.map((one) => [one.id, one])),
    classByAddress: new Map(classes.map((one) => [one.addressId, one])),
    membershipsOf: Map.groupBy(memberships, ({ person }) => person),
    membersOf: Map.groupBy(memberships, ({ classId }) => classId),
    postsOf: await readPosts(tx),
    childrenOf: valuesBy(families, 'guardian', 'child'),
    guardiansOf: valuesBy(families, 'child', 'guardian'),
    calledBy: new Map(
      [...Map.groupBy(families, ({ child }) => child)].map(([child, rows]) => [
        child,
        new Map(
          rows.flatMap(({ guardian, called }) =>
            called === null ? [] : [[guardian, called] as const],
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
    readonly child: AddressId;
    readonly guardian: AddressId;
    readonly agrees: boolean | null;
    readonly at: Date | null;
  }[],
): Roster['answersOf'] {
  const answers = families.flatMap(({ child, guardian, agrees, at }) =>
    agrees === null || at === null ? [] : [{ child, guardian, agrees, at }],
  );
  return Map.groupBy(answers, ({ child }) => child);
}

async function readSchool(tx: SchoolTx): Promise<School | null> {
  const rows = await tx.kept
    .selectFrom('school')
    .leftJoin('commune as c', 'c.id', 'school.commune_id')
    .selectAll('school')
    .select([
      'c.pupil_mail_stopped as communeStopped',
      'c.pupil_mail_stopped_until as communeUntil',
    ])
    .where('school.id', 'in', [tx.school, TOWN])
    .execute();
  const row = rows.find((one) => one.id === tx.school);
  if (!row) return null;
  return {
    id: tx.school,
    name: shownSchoolName(row.name),
    slug: row.slug,
    commune: row.commune_id,
    version: row.roster_version,
    townVersion: rows.find((one) => one.id === 0)?.roster_version ?? 0,
    timeZone: row.time_zone,
    mailStops: rows.sort((one, other) => one.id - other.id).flatMap(stopsIn),
    ...switchesIn(row),
    opening: row.opening,
    sites: sitesOf(
      { ...NO_CHOICE, ...row.sites },
      { ...NO_CHOICE, ...rows.find((one) => one.id === TOWN)?.sites },
    ),
    // those of the school and of the town
    closedDoors: rows.flatMap(({ closed_ways: ways }) => ways.map(({ door }) => door)),
    closesOn: row.closes_on,
    holidays: await periodsOfTown(tx),
  };
}

interface StopRow {
  readonly id: SchoolId;
  readonly pupil_mail_stopped: boolean;
  readonly pupil_mail_stopped_until: Date | null;
  readonly communeStopped: boolean | null;
  readonly communeUntil: Date | null;
}

/** The town's is wider than a commune's, and that than a school's. */
const stopsIn = (row: StopRow): readonly MailStop[] => [
  ...stopIn('commune', { stopped: row.communeStopped, until: row.communeUntil }),
  ...stopIn(row.id === TOWN ? 'town' : 'school', {
    stopped: row.pupil_mail_stopped,
    until: row.pupil_mail_stopped_until,
  }),
];

/** Of a row that holds for a time. */
const DATES = ['from_date as from', 'until_date as until'] as const;

/** What is read of an account, its address and the absence that runs. */
const OF_A_PERSON = [
  'a.id as account',
  'a.address_id as addressId',
  'd.local',
  'd.domain',
  'a.role',
  'a.communes',
  'a.given_name as givenName',
  'a.family_name as familyName',
  'a.display_name as displayName',
  'a.civility',
  'a.face',
  'a.portrait',
  'a.language',
  'a.reads',
  'a.level',
  'a.charter_at as charterAt',
  'a.paper_at as paperAt',
  'a.photo_allowed as photoAllowed',
  'a.state',
  'a.paused_until as pausedUntil',
  'a.hours',
  'b.from_date as from',
  'b.until_date as until',
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
  return rows.map(({ local, domain, from, until, outside, ...person }) => ({
    ...person,
    address: `${local}@${domain}`,
    absence:
      from === null || until === null ? null : { from, until, tellsOutside: outside !== 'nobody' },
  }));
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

function readMemberships(tx: SchoolTx): Promise<Membership[]> {
  return ownKept(tx)
    .selectFrom('membership')
    .select(['class_id as classId', 'address_id as person', 'role', ...DATES])
    .execute();
}

async function readPosts(tx: SchoolTx): Promise<Map<AddressId, StaffPost[]>> {
  const rows = await ownKept(tx)
    .selectFrom('post')
    .select(['address_id as person', 'role', 'reachable_by_pupils as reachableByPupils', ...DATES])
    .execute();
  return Map.groupBy(rows, ({ person }) => person);
}

async function readAides(tx: SchoolTx): Promise<Map<AddressId, WithDates<{ aide: AddressId }>[]>> {
  const rows = await ownKept(tx)
    .selectFrom('accompaniment')
    .select(['pupil_address_id as pupil', 'aide_address_id as aide', ...DATES])
    .execute();
  return Map.groupBy(rows, ({ pupil }) => pupil);
}

async function readLinks(tx: SchoolTx): Promise<Map<ClassId, LinkSide[]>> {
  const rows = await ownKept(tx)
    .selectFrom('class_link')
    .select([
      'class_id as classId',
      'other_class_address_id as otherClassAddress',
      'agreed',
      'moderated',
      'travels',
      ...DATES,
    ])
    .execute();
  return Map.groupBy(rows, ({ classId }) => classId);
}

async function readCorrespondents(tx: SchoolTx): Promise<Map<ClassId, Correspondent[]>> {
  const rows = await ownKept(tx)
    .selectFrom('correspondent')
    .select(['class_id as classId', 'address', 'until_date as until'])
    .execute();
  return Map.groupBy(rows, ({ classId }) => classId);
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

/** What one column of the rows says, by what another does. */
const valuesBy = <Row, By extends keyof Row, Of extends keyof Row>(
  rows: readonly Row[],
  by: By,
  of: Of,
): Map<Row[By], Row[Of][]> =>
  new Map(
    [...Map.groupBy(rows, (row) => row[by])].map(([key, some]) => [
      key,
      some.map((row) => row[of]),
    ]),
  );
