import { sql } from 'kysely';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { TownTx } from '../store.ts';
import type { ReportNumbers } from './contract.ts';
import { schoolNames } from './school-names.ts';

/** Whom reports about a teacher or a head go to; null: the agents. */
export async function reportContact(tx: Pick<TownTx, 'kept'>): Promise<AddressId | null> {
  const row = await tx.kept
    .selectFrom('town')
    .select('report_contact_address_id as contact')
    .executeTakeFirst();
  return row?.contact ?? null;
}

/** Whether there is somebody named, and they have an account that is open. */
export async function contactStands(tx: TownTx): Promise<'named' | 'gone' | 'nobody'> {
  const contact = await reportContact(tx);
  if (contact === null) return 'nobody';
  const home = await tx.db
    .selectFrom('address')
    .select('school_id')
    .where('id', '=', contact)
    .executeTakeFirst();
  if (home === undefined) return 'gone';
  const { db, school } = await tx.in(home.school_id);
  const account = await db
    .selectFrom('account')
    .select('state')
    .where('school_id', '=', school)
    .where('address_id', '=', contact)
    .executeTakeFirst();
  return account?.state === 'active' ? 'named' : 'gone';
}

/** Whom the town has named, and how many reports wait for them. */
export interface TownCount {
  readonly contact: AddressId | null;
  readonly forTown: number;
}

export async function townCount(tx: Pick<TownTx, 'kept'>): Promise<TownCount> {
  const { rows } = await sql<{ contact: AddressId | null; for_town: number }>`
    select (select report_contact_address_id from town) as contact,
      (select count(*)::integer from report_mark where for_town and closed_at is null) as for_town
  `.execute(tx.kept);
  return { contact: rows[0]?.contact ?? null, forTown: rows[0]?.for_town ?? 0 };
}

/** False: the town has no settings yet. */
export async function setReportContact(
  tx: Pick<TownTx, 'db'>,
  contact: AddressId | null,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('town')
    .set({ report_contact_address_id: contact })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Reports that concern the town's contact, by school; `open` alone, or the closed ones too. */
export async function townReports(
  tx: Pick<TownTx, 'db'>,
  { which, limit }: { readonly which: 'open' | 'closed'; readonly limit: number },
): Promise<{ readonly school: SchoolId; readonly id: number }[]> {
  const rows = await tx.db
    .selectFrom('report_mark')
    .select(['school_id as school', 'report_id as id'])
    .where('for_town', '=', true)
    .where('closed_at', which === 'open' ? 'is' : 'is not', null)
    .orderBy('report_id', 'desc')
    .limit(limit)
    .execute();
  return rows;
}

interface ReportPeriod {
  readonly since: Date;
  readonly until: Date;
  readonly schools: readonly SchoolId[] | null;
}

/**
 * Schools that had any, by name. What a child may still take back isn't counted. Of all schools
 * where `schools` is null, else of these, without what the town looks after: one of those may be
 * about the head who is shown the numbers, and a mark doesn't know whom it is about.
 */
export async function reportNumbers(
  tx: Pick<TownTx, 'kept'>,
  about: ReportPeriod,
): Promise<ReportNumbers[]> {
  const { rows } = await sql<ReportNumbers>`
    select k.school_id as school, s.name,
      (count(*) filter (where k.closed_at is null))::integer as open,
      (count(*) filter (where k.closed_at is not null))::integer as closed,
      percentile_cont(0.5) within group (order by extract(epoch from k.closed_at - k.at) / 3600)
        as "medianHours"
    from report_mark k join school s on s.id = k.school_id
    where k.at between ${about.since} and ${about.until}
      and (
        ${about.schools === null}
        or (k.school_id = any(${[...(about.schools ?? [])]}::integer[]) and not k.for_town)
      )
    group by k.school_id, s.name
    order by s.name
  `.execute(tx.kept);
  const names = await schoolNames(tx);
  return rows.map((row) => ({ ...row, name: names.get(row.school) ?? row.name }));
}
