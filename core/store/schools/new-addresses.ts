import { sql } from 'kysely';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import { numberedLocal } from '../../roster/names.ts';
import { anyOf } from '../any-of.ts';
import type { SchoolTx, TownTx } from '../store.ts';

export interface AddressWriter {
  readonly school: SchoolId;
  readonly slug: string;
  readonly domain: string;
  /** From which day the acts hold, `YYYY-MM-DD`. */
  readonly day: string;
}

/** People of one name in a town; far more than any has. */
const MOST_HOMONYMS = 10_000;

/** Ids that nobody else gets, in order. */
export async function takeIds<Id extends number>(
  tx: TownTx | SchoolTx,
  table: 'account' | 'class',
  count: number,
): Promise<Id[]> {
  const { rows } = await sql<{
    id: Id;
  }>`
    select nextval(${`${table}_id_seq`}::regclass) as id
    from generate_series(1, ${count})
  `.execute(tx.db);
  return rows.map(({ id }) => id);
}

/**
 * For each, in order, the name itself or the name with the number after the highest ever given: one
 * that was given is never given again, and one that is reserved never.
 */
export async function freeLocals(
  tx: TownTx | SchoolTx,
  { domain, plains }: { readonly domain: string; readonly plains: readonly string[] },
  {
    isReserved = () => false,
    setAside = new Set(),
  }: {
    readonly isReserved?: (local: string) => boolean;
    /** Locals that are somebody's to come. */
    readonly setAside?: ReadonlySet<string>;
  } = {},
): Promise<string[]> {
  const stems = [...new Set(plains.map(stemOf))];
  // A limit in each of the two keeps the planner at one look into an index a name, however little
  // it knows of a table that just grew.
  const { rows } = await sql<{ local: string }>`
    select found.local
    from unnest(${stems}::text[]) as s (stem)
      cross join lateral (
        select local
        from address
        where domain = ${domain} and rtrim(local, '0123456789') = s.stem
        limit ${MOST_HOMONYMS}
      ) found
    union
    select found.local
    from unnest(${[...plains]}::text[]) as p (plain)
      cross join lateral (
        select local from address where domain = ${domain} and local = p.plain limit 1
      ) found
  `.execute(tx.db);
  const taken = new Set([...rows.map(({ local }) => local), ...setAside]);
  const highest = new Map<string, number>();
  for (const local of taken) {
    const stem = local.replace(/(?<![0-9])[0-9]+$/, '');
    highest.set(
      stem,
      Math.max(highest.get(stem) ?? 1, Number(local.slice(stem.length, stem.length + 6) || 1)),
    );
  }
  return plains.map((plain) => {
    const stem = stemOf(plain);
    const number =
      taken.has(plain) || isReserved(plain) ? Math.max(2, (highest.get(stem) ?? 1) + 1) : 1;
    if (number > 1) highest.set(stem, number);
    const local = numberedLocal(plain, number);
    taken.add(local);
    return local;
  });
}

/** Those of these that somebody has, or had. */
export async function takenLocals(
  tx: TownTx,
  domain: string,
  locals: readonly string[],
): Promise<ReadonlySet<string>> {
  if (locals.length === 0) return new Set();
  const rows = await tx.db
    .selectFrom('address')
    .select('local')
    .where('domain', '=', domain)
    .where('local', '=', anyOf(locals))
    .execute();
  return new Set(rows.map(({ local }) => local));
}

/** What stands before a homonym's number. */
function stemOf(plain: string): string {
  return numberedLocal(plain, 2).slice(0, -1);
}

export interface NewAddress {
  readonly kind: 'account' | 'class' | 'class-families';
  readonly local: string;
  readonly target: number;
}

/** Gives their ids by local part. */
export async function insertAddresses(
  tx: TownTx | SchoolTx,
  { domain, school }: Pick<AddressWriter, 'domain' | 'school'>,
  addresses: readonly NewAddress[],
): Promise<ReadonlyMap<string, AddressId>> {
  if (addresses.length === 0) return new Map();
  const { rows } = await sql<{ id: AddressId; local: string }>`
    insert into address (domain, local, kind, school_id, target_id)
    select ${domain}, a.local, a.kind, ${school}, a.target
    from unnest(${addresses.map(({ local }) => local)}::text[],
        ${addresses.map(({ kind }) => kind)}::text[],
        ${addresses.map(({ target }) => target)}::bigint[]) as a (local, kind, target)
    returning id, local
  `.execute(tx.db);
  return new Map(rows.map(({ id, local }) => [local, id]));
}

const SCHOOL_LISTS = [
  ['team', 'equipe'],
  ['pupils', 'eleves'],
  ['families', 'familles'],
  ['headship', 'direction'],
  ['office', 'ecole'],
] as const;

/**
 * The lists of a whole school, `equipe.<school>@` and its sisters, and the addresses of its posts,
 * `direction.<school>@` and `ecole.<school>@`, with the first people who come by a file.
 */
export async function openSchoolLists(
  tx: SchoolTx,
  { school, slug, domain }: Omit<AddressWriter, 'day'>,
): Promise<void> {
  await sql`
    insert into address (domain, local, kind, school_id)
    select ${domain}, l.word || '.' || ${slug}::text, l.kind, ${school}
    from unnest(${SCHOOL_LISTS.map(([kind]) => kind)}::text[],
        ${SCHOOL_LISTS.map(([, word]) => word)}::text[]) as l (kind, word)
    where not exists (select from address a where a.school_id = ${school} and a.kind = l.kind)
    on conflict do nothing
  `.execute(tx.db);
}

/** Every school's short name: the last part of its lists' addresses. */
export async function slugs(tx: TownTx): Promise<Set<string>> {
  const rows = await tx.db.selectFrom('school').select('slug').execute();
  return new Set(rows.map(({ slug }) => slug));
}
