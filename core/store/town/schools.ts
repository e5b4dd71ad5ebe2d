import { sql } from 'kysely';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import type { TownTx } from '../store.ts';

interface CommuneRow {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly code: string | null;
}

interface SchoolRow {
  readonly id: SchoolId;
  readonly slug: string;
  readonly name: string;
  readonly uai: string | null;
  readonly commune: number | null;
  readonly domain: string | null;
  readonly closesOn: string | null;
}

export async function readCommunes(tx: Pick<TownTx, 'kept'>): Promise<CommuneRow[]> {
  return tx.kept
    .selectFrom('commune')
    .select(['id', 'slug', 'name', 'code'])
    .orderBy('id')
    .execute();
}

/** A school with what is in it. */
interface CountedSchool extends SchoolRow {
  readonly communeName: string | null;
  /** Accounts that have their home there. */
  readonly people: number;
  /** Whether a person or a class has, or ever had, an address there. */
  readonly hasAddresses: boolean;
  readonly timeZone: string;
}

/** The town itself left out. */
export async function readSchools(tx: Pick<TownTx, 'kept'>): Promise<CountedSchool[]> {
  const { rows } = await sql<CountedSchool>`
    select s.id, s.slug, s.name, s.uai, s.commune_id as commune, m.name as "communeName", s.domain,
      s.closes_on as "closesOn", s.time_zone as "timeZone", coalesce(home.people, 0) as people,
      coalesce(home.given, 0) > 0 as "hasAddresses"
    from school s
      left join commune m on m.id = s.commune_id
      left join (
        select school_id, count(*) as given,
          count(*) filter (where kind = 'account' and target_id is not null) as people
        from address
        where kind in ('account', 'class', 'class-families')
        group by school_id
      ) home on home.school_id = s.id
    where s.id > ${TOWN}
    order by s.id
  `.execute(tx.kept);
  return rows;
}

/** Gives its id. Call it in turn with imports. */
export async function insertCommune(tx: TownTx, commune: Omit<CommuneRow, 'id'>): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into commune (id, slug, name, code)
    select coalesce(max(id), 0) + 1, ${commune.slug}::text, ${commune.name}::text,
      ${commune.code}::text
    from commune
    returning id
  `.execute(tx.db);
  return rows[0]?.id ?? 0;
}

/** Another name, or the code that wasn't told. */
export async function updateCommune(
  tx: TownTx,
  id: number,
  change: Partial<Pick<CommuneRow, 'name' | 'code'>>,
): Promise<void> {
  await tx.db.updateTable('commune').set(change).where('id', '=', id).execute();
}

/**
 * Gives its id; on the town's clock. Call it in turn with imports. An id may have been that of a
 * school that was undone: its roster's version begins later than any that anybody remembers.
 */
export async function insertSchool(
  tx: TownTx,
  school: Omit<SchoolRow, 'id' | 'closesOn'>,
): Promise<SchoolId> {
  const id = await nextSchoolId(tx);
  await sql`
    insert into school (id, slug, name, uai, commune_id, domain, roster_version, time_zone)
    select ${id}, ${school.slug}::text, ${school.name}::text, ${school.uai}::text,
      ${school.commune}::integer, ${school.domain}::text,
      floor(extract(epoch from clock_timestamp()) * 1000), t.time_zone
    from school t
    where t.id = ${TOWN}
  `.execute(tx.db);
  return id;
}

/** What isn't named stays. */
export async function updateSchool(
  tx: TownTx,
  school: SchoolId,
  change: Partial<Omit<SchoolRow, 'id' | 'slug'>>,
): Promise<void> {
  const columns = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.uai === undefined ? {} : { uai: change.uai }),
    ...(change.commune === undefined ? {} : { commune_id: change.commune }),
    ...(change.domain === undefined ? {} : { domain: change.domain }),
    ...(change.closesOn === undefined ? {} : { closes_on: change.closesOn }),
  };
  if (Object.keys(columns).length === 0) return;
  await tx.db.updateTable('school').set(columns).where('id', '=', school).execute();
}

/**
 * Another short name for a school in which nobody has an address: its lists' addresses end with it
 * from now on.
 */
export async function updateSlug(
  tx: TownTx,
  school: SchoolId,
  { before, after }: { readonly before: string; readonly after: string },
): Promise<void> {
  await tx.db.updateTable('school').set({ slug: after }).where('id', '=', school).execute();
  await sql`
    update address
    set local = left(local, -length(${before}::text)) || ${after}::text
    where school_id = ${school} and right(local, length(${before}::text) + 1) = '.' || ${before}
  `.execute(tx.db);
}

/** The lists that answer for the whole town (RFC 5321 §4.5.1, RFC 2142). */
const TOWN_LISTS = [
  ['ville', 'town'],
  ['support', 'support'],
  ['postmaster', 'postmaster'],
  ['abuse', 'postmaster'],
] as const;

/**
 * School 0, home of the agents, with its lists, under a name that the town’s settings replace; what
 * is there already stays.
 */
export async function ensureTownSchool(tx: TownTx, domain: string): Promise<void> {
  await tx.db
    .insertInto('school')
    .values({
      id: TOWN,
      commune_id: null,
      slug: 'ville',
      name: 'La ville',
      domain: null,
      opening: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await sql`
    insert into address (domain, local, kind, school_id)
    select ${domain}, l.local, l.kind, ${TOWN}
    from unnest(${TOWN_LISTS.map(([local]) => local)}::text[],
        ${TOWN_LISTS.map(([, kind]) => kind)}::text[]) as l (local, kind)
    on conflict do nothing
  `.execute(tx.db);
}

/** The addresses of a school's lists and posts at another domain beside those that it has. */
export async function repeatSchoolLists(
  tx: TownTx,
  school: SchoolId,
  domain: string,
): Promise<void> {
  await sql`
    insert into address (domain, local, kind, school_id, target_id)
    select distinct ${domain}::text, local, kind, school_id, target_id
    from address
    where school_id = ${school}
      and kind in ('team', 'pupils', 'families', 'headship', 'office')
    on conflict do nothing
  `.execute(tx.db);
}

/** The id that the next school may have. */
export async function nextSchoolId(tx: TownTx): Promise<SchoolId> {
  const row = await tx.db
    .selectFrom('school')
    .select(sql<SchoolId>`coalesce(max(id), 0) + 1`.as('next'))
    .executeTakeFirstOrThrow();
  return row.next;
}
