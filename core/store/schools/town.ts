import { sql } from 'kysely';
import { TOWN, type AccountId, type AddressId, type ClassId } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import type { Day } from '../../roster/days.ts';
import type { ClassPlan, LinkPlan, TownPlanSchool, TownPlan } from '../../roster/town-plan.ts';
import { openMailboxes } from '../mail/mailboxes.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';
import { partFaces } from './faces.ts';
import { type Ids, insertRelations, type TownFoundation, idOf } from './town-relations.ts';

/**
 * The ids that addresses got, by local part; grows from school to school, so that a later school
 * may name an earlier one's people.
 */
type AddressIds = Map<string, AddressId>;

/** Whether some school is there already; the town itself (school 0) doesn't count. */
export async function hasSchools(tx: TownTx): Promise<boolean> {
  const row = await tx.db
    .selectFrom('school')
    .select('id')
    .where('id', '>', TOWN)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Writes a whole town, school by school, in the transaction given: all of it is there after the
 * commit, or none. A dozen statements a school, whatever the number of people. Calls `progress`
 * after each school.
 */
export async function writeTown(
  tx: TownTx,
  plan: TownPlan,
  settings: TownFoundation & { readonly progress: (written: number) => void },
): Promise<void> {
  await sql`
    insert into commune (id, slug, name)
    select *
    from json_to_recordset(${JSON.stringify(plan.communes)}::json) as c (id integer, slug text,
        name text)
    on conflict do nothing
  `.execute(tx.db);
  const addressIds: AddressIds = new Map();
  const classIds = new Map<string, ClassId>();
  for (const [index, school] of plan.schools.entries()) {
    await insertSchool(tx, school, settings.timeZone);
    await insertAddresses(tx, school, { domain: settings.domain, addressIds });
    const inSchool = await tx.in(school.id);
    await insertAccounts(inSchool, school, {
      passwordHash: settings.passwordHash,
      // The charter is behind the children of a made-up town.
      since: settings.yearStart,
      addressIds,
    });
    await insertClasses(inSchool, school.classes, { addressIds, classIds });
    await insertRelations(inSchool, school, { addressIds, classIds, settings });
    await partFaces(
      inSchool,
      school.memberships.flatMap(({ person, role }) =>
        role === 'pupil' ? [idOf(addressIds, person)] : [],
      ),
      settings.linkFrom,
    );
    settings.progress(index + 1);
  }
  for (const link of plan.links) await insertLink(tx, link, { addressIds, classIds, settings });
}

async function insertSchool(tx: TownTx, school: TownPlanSchool, timeZone: string): Promise<void> {
  // The town's own row may be there before any school is.
  await tx.db
    .insertInto('school')
    .values({
      id: school.id,
      commune_id: school.commune,
      slug: school.slug,
      name: school.name,
      domain: null,
      time_zone: timeZone,
      opening: school.opening === null ? null : jsonOf(school.opening),
      // A made-up town: whoever tries it may use a mail program as any of its people.
      pupil_imap: true,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ time_zone: timeZone }))
    .execute();
}

async function insertAddresses(
  tx: TownTx,
  school: TownPlanSchool,
  { domain, addressIds }: { domain: string; addressIds: AddressIds },
): Promise<void> {
  const rows = [
    ...school.accounts.map(({ local, presentIn }) => ({
      local,
      kind: 'account',
      present_in: `{${presentIn.join(',')}}`,
    })),
    ...school.lists.map(({ local, kind }) => ({ local, kind, present_in: '{}' })),
    ...school.classes.flatMap(({ local, familiesLocal }) => [
      { local, kind: 'class', present_in: '{}' },
      { local: familiesLocal, kind: 'class-families', present_in: '{}' },
    ]),
  ];
  const inserted = await sql<{ id: AddressId; local: string }>`
    insert into address (domain, local, kind, school_id, present_in)
    select ${domain}, a.local, a.kind, ${school.id}, a.present_in::integer[]
    from json_to_recordset(${JSON.stringify(rows)}::json) as a (local text, kind text,
        present_in text)
    returning id, local
  `.execute(tx.db);
  for (const { id, local } of inserted.rows) addressIds.set(local, id);
}

/** What the accounts of a new town have in common. */
interface CommonToAccounts {
  readonly passwordHash: string;
  readonly since: Day;
  readonly addressIds: AddressIds;
}

async function insertAccounts(
  tx: SchoolTx,
  school: TownPlanSchool,
  { passwordHash, since, addressIds }: CommonToAccounts,
): Promise<void> {
  const rows = school.accounts.map((account) => ({
    address_id: idOf(addressIds, account.local),
    role: account.role,
    given_name: account.givenName,
    family_name: account.familyName,
    display_name: account.displayName,
    civility: account.civility,
    level: account.level,
    photo_allowed: account.photoAllowed,
    face: account.face,
    quota_bytes: account.quotaBytes,
  }));
  const inserted = await sql<{ id: AccountId; address_id: AddressId }>`
    insert into
      account (school_id, address_id, role, given_name, family_name, display_name, civility,
        level, photo_allowed, face, quota_bytes, password_hash, charter_at)
    select ${tx.school}, a.*, ${passwordHash}::text,
      case when a.role = 'pupil' then ${since}::date end
    from json_to_recordset(${JSON.stringify(rows)}::json) as a (address_id bigint, role text,
        given_name text, family_name text, display_name text, civility text, level text,
        photo_allowed boolean, face text,
        quota_bytes bigint)
    returning id, address_id
  `.execute(tx.db);
  await openMailboxes(
    tx,
    inserted.rows.map(({ id }) => id),
  );
  await sql`
    update address
    set target_id = account.id
    from account
    where account.school_id = ${tx.school}
      and account.address_id = address.id
      and address.school_id = ${tx.school}
      and address.kind = 'account'
  `.execute(tx.db);
}

async function insertClasses(
  tx: SchoolTx,
  classes: readonly ClassPlan[],
  ids: { addressIds: AddressIds; classIds: Map<string, ClassId> },
): Promise<void> {
  if (classes.length === 0) return;
  const inserted = await own(tx)
    .insertInto(
      'class',
      classes.map((one) => ({
        name: one.name,
        levels: [...one.levels],
        cover: one.cover,
        moderation: one.moderation,
        address_id: idOf(ids.addressIds, one.local),
        ends_on: null,
      })),
    )
    .returning(['id', 'address_id'])
    .execute();
  const byAddress = new Map(inserted.map((row) => [row.address_id, row.id]));
  const targets = classes.map((one) => {
    const id = idOf(byAddress, idOf(ids.addressIds, one.local));
    ids.classIds.set(one.local, id);
    return {
      id,
      list: idOf(ids.addressIds, one.local),
      families: idOf(ids.addressIds, one.familiesLocal),
    };
  });
  await sql`
    update address
    set target_id = t.id
    from json_to_recordset(${JSON.stringify(targets)}::json) as t (id bigint, list bigint,
        families bigint)
    where address.id in (t.list, t.families)
  `.execute(tx.db);
}

/** Both sides of a link, each in its own school; both have agreed. */
async function insertLink(
  tx: TownTx,
  { sides: [one, other] }: LinkPlan,
  { addressIds, classIds, settings }: Ids,
): Promise<void> {
  for (const [side, opposite] of [
    [one, other],
    [other, one],
  ] as const) {
    const inSchool = await tx.in(side.school);
    await own(inSchool)
      .insertInto('class_link', {
        class_id: idOf(classIds, side.classLocal),
        other_class_address_id: idOf(addressIds, opposite.classLocal),
        agreed: true,
        moderated: side.moderated,
        from_date: settings.linkFrom,
        until_date: settings.linkUntil,
      })
      .execute();
  }
}

interface ClassChange {
  pupil: string;
  from: string;
  to: string;
  domain: string;
  lastDay: Day;
}

/**
 * Ends somebody's membership of one class with `lastDay` and begins another the day after. Local
 * parts name person and classes. Both classes are of this school. A membership that began after
 * `lastDay` is as good as never there: it ends before it began.
 */
export async function changeClass(tx: SchoolTx, move: ClassChange): Promise<void> {
  await sql`
    update membership m
    set until_date = ${move.lastDay}::date
    from class c join address list on list.id = c.address_id, address person
    where m.school_id = ${tx.school}
      and c.school_id = ${tx.school}
      and m.class_id = c.id
      and m.address_id = person.id
      and m.until_date is null
      and list.domain = ${move.domain}
      and list.local = ${move.from}
      and person.domain = ${move.domain}
      and person.local = ${move.pupil}
  `.execute(tx.db);
  await sql`
    insert into membership (school_id, class_id, address_id, role, from_date)
    select ${tx.school}, c.id, person.id, 'pupil', ${move.lastDay}::date + 1
    from class c join address list on list.id = c.address_id, address person
    where c.school_id = ${tx.school}
      and list.domain = ${move.domain}
      and list.local = ${move.to}
      and person.domain = ${move.domain}
      and person.local = ${move.pupil}
    on conflict do nothing
  `.execute(tx.db);
}

/** Gives every account of a school one password; null where there is no such school. */
export async function setPasswords(
  tx: TownTx,
  { slug, passwordHash }: { slug: string; passwordHash: string },
): Promise<{ school: number; accounts: number } | null> {
  const school = await tx.db
    .selectFrom('school')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirst();
  if (!school) return null;
  const inSchool = await tx.in(school.id);
  const changed = await own(inSchool)
    .updateTable('account')
    .set({ password_hash: passwordHash })
    .executeTakeFirst();
  return { school: school.id, accounts: Number(changed.numUpdatedRows) };
}
