import { TOWN } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import type { HolidayZone } from '../../roster/holiday-zones.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';
import { NO_CONTACTS, type Contacts } from './contract.ts';

interface TownRow {
  readonly name: string;
  readonly timeZone: string;
  readonly holidayZone: HolidayZone;
  readonly postmaster: string | null;
  readonly contacts: Contacts;
}

interface KeptTown extends TownRow {
  readonly openedAt: Date | null;
  readonly stepsDone: readonly string[];
}

/** Null before anybody has set the town up. */
export async function readTown(tx: Pick<TownTx, 'kept'>): Promise<KeptTown | null> {
  const row = await tx.kept
    .selectFrom('town')
    .innerJoin('school', (join) => join.on('school.id', '=', TOWN))
    .select([
      'town.name',
      'school.time_zone as timeZone',
      'holiday_zone as holidayZone',
      'postmaster',
      'contacts',
      'opened_at as openedAt',
      'steps_done as stepsDone',
    ])
    .executeTakeFirst();
  return row ? { ...row, contacts: { ...NO_CONTACTS, ...row.contacts } } : null;
}

/**
 * Settings of a town whose school 0 is there: its first step is done. Schools that kept the town's
 * time go with it.
 */
export async function saveTown(tx: TownTx, town: TownRow): Promise<void> {
  const kept = {
    name: town.name,
    holiday_zone: town.holidayZone,
    postmaster: town.postmaster,
    contacts: jsonOf(town.contacts),
  };
  await tx.db
    .insertInto('town')
    .values({ ...kept, steps_done: [] })
    .onConflict((conflict) => conflict.column('one').doUpdateSet(kept))
    .execute();
  const before = await tx.db
    .selectFrom('school')
    .select('time_zone')
    .where('id', '=', TOWN)
    .executeTakeFirstOrThrow();
  if (before.time_zone !== town.timeZone)
    await tx.db
      .updateTable('school')
      .set({ time_zone: town.timeZone })
      .where('time_zone', '=', before.time_zone)
      .execute();
  await tx.db
    .updateTable('school')
    .set({ name: town.name })
    .where('id', '=', TOWN)
    .where('name', '<>', town.name)
    .execute();
  await saveStep(tx, 'town');
}

/** Nobody guesses at a demo, and its passwords are public: its agents need no second factor. */
export async function letAgentsDoWithoutSecondFactor(tx: TownTx, name: string): Promise<void> {
  await tx.db
    .insertInto('town')
    .values({
      name,
      holiday_zone: 'A',
      steps_done: [],
      agents_need_second_factor: false,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Whether an agent does nothing before they have a second factor; so in a town without settings.
 */
export async function agentsNeedSecondFactor(tx: Pick<TownTx, 'kept'>): Promise<boolean> {
  const row = await tx.kept
    .selectFrom('town')
    .select('agents_need_second_factor as need')
    .executeTakeFirst();
  return row?.need ?? true;
}

/** Whether adults put large films and sounds into cupboards. */
export async function takesLargeFilms(tx: Pick<TownTx, 'kept'>): Promise<boolean> {
  const row = await tx.kept
    .selectFrom('town')
    .select('takes_large_films as takes')
    .executeTakeFirst();
  return row?.takes ?? false;
}

/** From now on they do, or don't. False: the town has no settings yet. */
export async function takeLargeFilms(
  tx: TownTx,
  { takes }: { readonly takes: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('town')
    .set({ takes_large_films: takes })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Whether a town has begun: there is a school, or an account of the town itself. School 0 without
 * anybody is nobody's. `tx` sees school 0.
 */
export async function hasAnybody(tx: SchoolTx): Promise<boolean> {
  const school = await tx.db
    .selectFrom('school')
    .select('id')
    .where('id', '>', TOWN)
    .executeTakeFirst();
  const account = await own(tx).selectFrom('account').select('id').executeTakeFirst();
  return school !== undefined || account !== undefined;
}

/** From here on they do. False: they did already. */
export async function needSecondFactor(tx: TownTx): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('town')
    .set({ agents_need_second_factor: true })
    .where('agents_need_second_factor', '=', false)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** False: the town has no settings yet. */
export async function saveStep(tx: TownTx, step: string): Promise<boolean> {
  const row = await tx.db.selectFrom('town').select('steps_done').forUpdate().executeTakeFirst();
  if (!row) return false;
  if (!row.steps_done.includes(step))
    await tx.db
      .updateTable('town')
      .set({ steps_done: [...row.steps_done, step] })
      .execute();
  return true;
}

/** Since when nothing is left that a town is asked before its first morning; null: something is. */
export async function readySince(tx: Pick<TownTx, 'kept'>): Promise<Date | null> {
  const row = await tx.kept.selectFrom('town').select('ready_at').executeTakeFirst();
  return row?.ready_at ?? null;
}

/** Writes down whether something is left; the first moment at which nothing was is kept. */
export async function saveReady(tx: TownTx, now: Date | null): Promise<void> {
  await tx.db
    .updateTable('town')
    .set((eb) => ({ ready_at: now === null ? null : eb.fn.coalesce('ready_at', eb.val(now)) }))
    .execute();
}

/** Keeps the first opening. False: the town has no settings yet. */
export async function saveOpening(tx: TownTx, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('town')
    .set((eb) => ({ opened_at: eb.fn.coalesce('opened_at', eb.val(now)) }))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
