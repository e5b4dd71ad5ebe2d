import pino from 'pino';
import { dayAt } from '../../../ground/clock.ts';
import { TOWN, type AddressId, type SchoolId, type Uid } from '../../../ground/ids.ts';
import { CLOCK_OF } from '../../../ground/time-zones.ts';
import type { RosterFile } from '../../../roster/reading/contract.ts';
import { openRosterFiles } from '../../../roster/roster-files.ts';
import { own } from '../../../store/own.ts';
import type { Store } from '../../../store/store.ts';
import { NO_LETTER } from '../../../store/testing/bare-message.ts';
import { COMMAND_LINE, type RosterWish, type Rosters } from '../contract.ts';
import type { RosterParts } from '../parts.ts';
import { openRosters } from '../rosters.ts';
import {
  inOnde,
  ondeGuardiansCsv,
  ondePupilsCsv,
  teachersCsv,
  type WrittenGuardian,
  type WrittenPupil,
  type WrittenTeacher,
} from './onde-csv.ts';

const DOMAIN = 'ecoles.preau.test';
export const SECRET = Buffer.from('a key for tests, thirty-two bytes');

/** A child as ONDE writes one, in as few words as a test needs. */
export function pupil(
  name: string,
  className: string,
  rest: Partial<WrittenPupil> = {},
): WrittenPupil {
  const space = name.indexOf(' ');
  return {
    givenName: name.slice(0, space),
    familyName: name.slice(space + 1),
    className,
    birthDate: '2018-05-04',
    ine: null,
    cycle: 'CYCLE II',
    level: 'CP',
    commune: 'Valmont',
    ...rest,
  };
}

/** Classmates whose names and birth dates are theirs alone. */
export function classmates(className: string, family: string, count = 12): WrittenPupil[] {
  return Array.from({ length: count }, (_, index) =>
    pupil(`Enfant${'abcdefghijklmnopqrst'[index]} ${family}`, className, {
      birthDate: `2018-03-${String(index + 1).padStart(2, '0')}`,
    }),
  );
}

export function guardian(
  name: string,
  children: readonly WrittenPupil[],
  email = '',
  phone = '06 00 00 00 00',
): WrittenGuardian {
  const space = name.indexOf(' ');
  return {
    title: 'Mme',
    givenName: name.slice(0, space),
    familyName: name.slice(space + 1),
    email,
    phone,
    children,
  };
}

export function teacher(
  name: string,
  classNames: readonly string[],
  rest: Partial<WrittenTeacher> = {},
): WrittenTeacher {
  const space = name.indexOf(' ');
  return {
    title: 'Mme',
    givenName: name.slice(0, space),
    familyName: name.slice(space + 1),
    email: '',
    head: false,
    commune: 'Valmont',
    classNames,
    ...rest,
  };
}

/** The files that a school exports. */
export const csv = {
  pupils: (pupils: readonly WrittenPupil[]): RosterFile => ({
    name: 'eleves.csv',
    bytes: inOnde(ondePupilsCsv(pupils)),
  }),
  guardians: (guardians: readonly WrittenGuardian[]): RosterFile => ({
    name: 'responsables.csv',
    bytes: inOnde(ondeGuardiansCsv(guardians)),
  }),
  teachers: (teachers: readonly WrittenTeacher[]): RosterFile => ({
    name: 'enseignants.csv',
    bytes: inOnde(teachersCsv(teachers)),
  }),
};

/** Schools without anybody, ids from 1. */
export async function emptySchools(store: Store, slugs: readonly string[]): Promise<void> {
  await store.town(async (tx) => {
    await tx.db
      .insertInto('school')
      .values(
        [
          { id: TOWN, slug: 'ville', name: 'La ville' },
          ...slugs.map((slug, index) => ({
            id: (index + 1) as SchoolId,
            slug,
            name: `École ${slug}`,
          })),
        ].map((school) => ({ ...school, commune_id: null, domain: null, opening: null })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** Rosters on a clock that tests set. */
export function rostersAt(
  store: Store,
  clock: { now: Date },
): { readonly rosters: Rosters; readonly parts: RosterParts } {
  const log = pino({ level: 'silent' });
  const parts: RosterParts = {
    store,
    secret: SECRET,
    clock: () => clock.now,
    log,
    domain: DOMAIN,
    settle: async () => {},
    files: openRosterFiles({ log }),
  };
  return { rosters: openRosters(parts), parts };
}

export function wishOf(
  school: number,
  files: readonly RosterFile[],
  rest: Partial<RosterWish> = {},
): RosterWish {
  return {
    school: school as SchoolId,
    files,
    mapping: null,
    exported: null,
    year: '2026-2027',
    decisions: {},
    retyped: null,
    arrivals: null,
    by: COMMAND_LINE,
    ...rest,
  };
}

/**
 * Everything that a school's rows say, but for the version and the record of imports: two dumps are
 * equal or something changed.
 */
export async function dumpOf(store: Store, school: number): Promise<Record<string, string[]>> {
  const tables = [
    'account',
    'class',
    'membership',
    'post',
    'guardianship',
    'accompaniment',
    'leaver',
    'mailbox',
    'entry',
    'message',
  ] as const;
  return store.read(school as SchoolId, async (tx) => {
    const dump: Record<string, string[]> = {};
    for (const table of tables) {
      const rows = await own(tx).selectFrom(table).selectAll().execute();
      dump[table] = rows.map((row) => JSON.stringify(row)).sort();
    }
    return dump;
  });
}

interface Seen {
  readonly address: string;
  readonly name: string;
  readonly state: string;
  readonly classes: readonly string[];
  readonly id: AddressId;
}

/** Who is in a school on a day, by name. */
export async function peopleOf(
  store: Store,
  school: number,
  now: Date,
  role: string,
): Promise<Seen[]> {
  const day = dayAt(now, CLOCK_OF.mainland);
  return store.read(school as SchoolId, async (tx) => {
    const rows = await tx.db
      .selectFrom('account as a')
      .innerJoin('address as d', 'd.id', 'a.address_id')
      .select(['a.address_id', 'd.local', 'a.display_name', 'a.state'])
      .where('a.school_id', '=', tx.school)
      .where('a.role', '=', role as 'pupil')
      .orderBy('d.local')
      .execute();
    const memberships = await tx.db
      .selectFrom('membership as m')
      .innerJoin('class as c', (join) =>
        join.onRef('c.school_id', '=', 'm.school_id').onRef('c.id', '=', 'm.class_id'),
      )
      .select(['m.address_id', 'c.name', 'm.from_date', 'm.until_date'])
      .where('m.school_id', '=', tx.school)
      .execute();
    return rows.map((row) => ({
      id: row.address_id,
      address: row.local,
      name: row.display_name,
      state: row.state,
      classes: memberships
        .filter(
          (one) =>
            one.address_id === row.address_id &&
            one.from_date <= day &&
            (one.until_date === null || one.until_date >= day),
        )
        .map(({ name }) => name)
        .sort(),
    }));
  });
}

/**
 * One message in the inbox of each, told apart by nothing but its id; without the path that real
 * mail takes.
 */
export async function putMail(
  store: Store,
  school: number,
  locals: readonly string[],
): Promise<void> {
  await store.write(school as SchoolId, async (tx) => {
    const message = await own(tx)
      .insertInto('message', {
        sender_address_id: null,
        sender_role: 'outside',
        origin: 'mx',
        ...NO_LETTER,
        subject: 'Sortie',
        size_bytes: 5,
        sha256: Buffer.alloc(32),
        raw: Buffer.from('hello'),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const local of locals) {
      const box = await tx.db
        .selectFrom('mailbox as b')
        .innerJoin('account as a', (join) =>
          join.onRef('a.school_id', '=', 'b.school_id').onRef('a.id', '=', 'b.account_id'),
        )
        .innerJoin('address as d', 'd.id', 'a.address_id')
        .select(['b.id', 'b.uid_next'])
        .where('b.school_id', '=', tx.school)
        .where('b.use', '=', 'inbox')
        .where('d.local', '=', local)
        .executeTakeFirstOrThrow();
      await own(tx)
        .insertInto('entry', {
          mailbox_id: box.id,
          uid: box.uid_next as Uid,
          message_id: message.id,
          keywords: null,
          modseq: 2,
          size_bytes: 5,
        })
        .execute();
      await own(tx)
        .updateTable('mailbox', { id: box.id })
        .set({ uid_next: box.uid_next + 1, modseq: 2, total: 1, unseen: 1, bytes: 5 })
        .execute();
    }
  });
}
