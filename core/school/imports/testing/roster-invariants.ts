import { expect } from 'vitest';
import { dayAt } from '../../../ground/clock.ts';
import type { AddressId, SchoolId } from '../../../ground/ids.ts';
import { EMPTY, factsOf, NO_RECENT_ACTIVITY } from '../../../roster/relate.ts';
import { isCurrent, type Roster } from '../../../roster/snapshot.ts';
import { standingOf } from '../../../roster/standing.ts';
import { decide } from '../../../rules/decide.ts';
import { own } from '../../../store/own.ts';
import { readRoster } from '../../../store/schools/roster.ts';
import type { Store } from '../../../store/store.ts';
import { dumpOf } from './school-files.ts';

interface Expected {
  readonly schools: readonly SchoolId[];
  readonly now: Date;
  /** Whose an address has been so far; what is there now is added. */
  readonly seen: Map<number, string>;
  readonly mails: number;
}

/**
 * Expects of a few schools that no address is reused and no mail lost, that memberships are dated,
 * guardians leave with their last child and the rules agree; how many guardians have left.
 */
export async function rosterInvariants(
  store: Store,
  { schools, now, seen, mails }: Expected,
): Promise<number> {
  const addresses = await store.town((tx) =>
    tx.db
      .selectFrom('address')
      .selectAll()
      .where('kind', '=', 'account')
      .where('school_id', 'in', schools)
      .execute(),
  );
  const who = await store.town(async (tx) => {
    const names = new Map<number, string>();
    for (const school of schools)
      for (const row of await (
        await tx.in(school)
      ).db
        .selectFrom('account')
        .select(['address_id', 'display_name'])
        .where('school_id', '=', school)
        .execute()) {
        expect(names.has(row.address_id)).toBe(false); // one home
        names.set(row.address_id, row.display_name);
      }
    return names;
  });
  for (const [address, name] of who) expect(seen.get(address) ?? name).toBe(name);
  for (const [address, name] of who) seen.set(address, name);
  for (const { id, target_id } of addresses) expect(target_id !== null).toBe(who.has(id));
  let entries = 0;
  const rosters = new Map<SchoolId, Roster>();
  for (const school of schools) {
    const dump = await dumpOf(store, school);
    entries += dump['entry']?.length ?? 0;
    for (const row of dump['membership'] ?? [])
      expect((JSON.parse(row) as { from_date: string }).from_date).toMatch(/^\d{4}-\d\d-\d\d$/);
    const roster = await store.read(school, readRoster);
    if (roster !== null) rosters.set(school, roster);
  }
  expect(entries).toBe(mails);
  rulesAgree(rosters, now);
  for (const roster of rosters.values()) facesDiffer(roster, now);
  return guardiansLeaveWithTheLast(store, schools);
}

/** No two children of a class look alike. */
function facesDiffer(roster: Roster, now: Date): void {
  const day = dayAt(now, roster.school.timeZone);
  for (const [classId, members] of roster.membersOf) {
    const faces = members
      .filter((one) => one.role === 'pupil' && isCurrent(one, day))
      .flatMap(({ person }) => roster.people.get(person)?.face ?? []);
    expect(faces.length, `class ${classId}`).toBe(new Set(faces).size);
  }
}

/**
 * Who is a guardian still has a child who hasn't left, or is looked at again; and nobody has left
 * who has one.
 */
async function guardiansLeaveWithTheLast(
  store: Store,
  schools: readonly SchoolId[],
): Promise<number> {
  const bound = new Set<number>();
  const guardians: {
    readonly id: number;
    readonly hasLeft: boolean;
    readonly account: number;
    readonly home: number;
  }[] = [];
  for (const school of schools)
    await store.read(school, async (tx) => {
      const accounts = await tx.db
        .selectFrom('account as a')
        .leftJoin('leaver as l', (join) =>
          join.onRef('l.school_id', '=', 'a.school_id').onRef('l.account_id', '=', 'a.id'),
        )
        .select(['a.id', 'a.address_id', 'a.role', 'a.state', 'l.left_on'])
        .where('a.school_id', '=', school)
        .execute();
      const here = new Set(
        accounts
          .filter(({ state, left_on }) => state === 'active' || left_on === null)
          .map(({ address_id }) => address_id),
      );
      for (const tie of await own(tx).selectFrom('guardianship').selectAll().execute())
        if (here.has(tie.child_address_id)) bound.add(tie.guardian_address_id);
      guardians.push(
        ...accounts
          .filter(({ role }) => role === 'guardian')
          .map((one) => ({
            id: one.address_id,
            hasLeft: one.left_on !== null,
            account: one.id,
            home: school,
          })),
      );
    });
  const looked = new Set(
    (
      await store.town((tx) =>
        tx.db
          .selectFrom('due')
          .select(['school_id', 'row_id'])
          .where('kind', '=', 'leaver')
          .execute(),
      )
    ).map(({ school_id, row_id }) => `${school_id} ${row_id}`),
  );
  for (const { id, hasLeft, account, home } of guardians) {
    expect(hasLeft && bound.has(id)).toBe(false);
    expect(hasLeft || bound.has(id) || looked.has(`${home} ${account}`)).toBe(true);
  }
  return guardians.filter(({ hasLeft }) => hasLeft).length;
}

/**
 * Two pupils who have accepted the charter may write to one another exactly when both are active
 * and share a class that runs today.
 */
function rulesAgree(rosters: ReadonlyMap<SchoolId, Roster>, now: Date): void {
  const all = [...rosters.values()];
  const pupils = all.flatMap((roster) =>
    [...roster.people.values()]
      .filter(({ role }) => role === 'pupil')
      .map((person) => ({ ...person, charterAt: now }))
      .map((person) => standingOf({ person, home: roster.school.id }, all, now)),
  );
  const day = now.toISOString().slice(0, 10);
  const classesOf = (person: AddressId) =>
    new Set(
      all.flatMap((roster) =>
        (roster.membershipsOf.get(person) ?? [])
          .filter(
            (one) =>
              one.from <= day &&
              (one.until === null || one.until >= day) &&
              (roster.classes.get(one.classId)?.endsOn ?? '9999') >= day,
          )
          .map(({ classId }) => classId),
      ),
    );
  for (const one of pupils)
    for (const other of pupils) {
      if (one === other) continue;
      const shared = [...classesOf(one.person.addressId)].some((id) =>
        classesOf(other.person.addressId).has(id),
      );
      const facts = factsOf(
        { kind: 'person', standing: one },
        { kind: 'person', standing: other, through: null },
        {
          rosters,
          now,
          recentActivity: NO_RECENT_ACTIVITY,
          content: EMPTY,
          lifted: [],
          ourDomains: new Set(),
        },
      );
      const allowed = decide(facts).kind === 'allow';
      expect(allowed).toBe(
        shared && one.person.state === 'active' && other.person.state === 'active',
      );
    }
}
