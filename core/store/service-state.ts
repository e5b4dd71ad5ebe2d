import { sql } from 'kysely';
import { DAY_MS } from '../ground/spans.ts';
import type { TownTx } from './store.ts';

/** The database's own clock. */
export async function databaseTime(tx: TownTx): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(tx.kept);
  return rows[0]?.at ?? new Date(Number.NaN);
}

/** What the database is: its version, what it holds in bytes, the last step of its schema. */
interface DatabaseState {
  readonly version: string;
  readonly sizeBytes: number;
  /** Null: no `preau migrate` has written it down. */
  readonly lastStep: string | null;
}

/** Looks at the database as the application's role. */
export async function databaseState(tx: TownTx): Promise<DatabaseState | null> {
  const { rows } = await sql<{ version: string; size_bytes: number; last_step: string | null }>`
    select current_setting('server_version') as version,
      pg_database_size(current_database()) as size_bytes,
      obj_description('public'::regnamespace, 'pg_namespace') as last_step
  `.execute(tx.kept);
  const [row] = rows;
  return row === undefined
    ? null
    : { version: row.version, sizeBytes: row.size_bytes, lastStep: row.last_step };
}

interface Heartbeat {
  readonly role: string;
  readonly at: Date;
  readonly version: string;
}

/** Writes down that a role is alive. */
export async function beat(tx: TownTx, heart: Heartbeat): Promise<void> {
  await tx.kept
    .insertInto('heartbeat')
    .values(heart)
    .onConflict((conflict) =>
      conflict.column('role').doUpdateSet({ at: heart.at, version: heart.version }),
    )
    .execute();
}

/** When a role was last alive, and in which version; null: never. */
export async function lastBeat(
  tx: TownTx,
  role: string,
): Promise<{ readonly at: Date; readonly version: string } | null> {
  const row = await tx.kept
    .selectFrom('heartbeat')
    .select(['at', 'version'])
    .where('role', '=', role)
    .executeTakeFirst();
  return row ?? null;
}

/** Under this and a name of its own a process that hears nothing is kept, among the heartbeats. */
const DEAF = 'deaf ';
/** What a process that is gone has left behind is thrown away after so long. */
const DEAF_KEPT_MS = DAY_MS;

/** Writes down that a process hears nothing of new mail. */
export async function noteDeaf(tx: TownTx, process: string, at: Date): Promise<void> {
  await tx.db
    .deleteFrom('heartbeat')
    .where('role', 'like', `${DEAF}%`)
    .where('at', '<', new Date(at.getTime() - DEAF_KEPT_MS))
    .execute();
  await beat(tx, { role: `${DEAF}${process}`, at, version: '' });
}

/** Writes down that it hears again. */
export async function noteHearing(tx: TownTx, process: string): Promise<void> {
  await tx.db.deleteFrom('heartbeat').where('role', '=', `${DEAF}${process}`).execute();
}

/** How many processes have said since a moment that they hear nothing of new mail. */
export async function countDeaf(tx: TownTx, since: Date): Promise<number> {
  const { count } = await tx.kept
    .selectFrom('heartbeat')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('role', 'like', `${DEAF}%`)
    .where('at', '>=', since)
    .executeTakeFirstOrThrow();
  return count;
}

/** Under this, a machine's name and a role's, what a cell's machines do is kept beside them. */
const ON = 'on ';
/** A machine that is silent for so long is none of the cell any more. */
const MACHINE_KEPT_MS = 30 * DAY_MS;

/** That a role served on a machine. */
export interface MachineBeat {
  readonly machine: string;
  readonly role: string;
  readonly at: Date;
  readonly version: string;
}

/** Writes down which roles a machine of a cell serves with. */
export async function beatOnMachine(
  tx: TownTx,
  roles: readonly string[],
  { machine, at, version }: Omit<MachineBeat, 'role'>,
): Promise<void> {
  await tx.db
    .deleteFrom('heartbeat')
    .where('role', 'like', `${ON}%`)
    .where('at', '<', new Date(at.getTime() - MACHINE_KEPT_MS))
    .execute();
  for (const role of roles) await beat(tx, { role: `${ON}${machine} ${role}`, at, version });
}

/** What each machine of the cell served with last, by their names. */
export async function machineBeats(tx: TownTx): Promise<readonly MachineBeat[]> {
  const rows = await tx.kept
    .selectFrom('heartbeat')
    .select(['role', 'at', 'version'])
    .where('role', 'like', `${ON}%`)
    .orderBy('role')
    .execute();
  return rows.map(({ role: name, at, version }) => {
    const [, machine = '', role = ''] = name.split(' ');
    return { machine, role, at, version };
  });
}

/** Under this name the last look at the chains of the journals is kept, among the heartbeats. */
const CHAINS = 'looked at chains';

/** When the chains of the journals were last looked at, and how many of their rows were wrong. */
interface ChainsNoted {
  readonly at: Date;
  readonly faults: number;
}

/**
 * Tells the other machines of a cell of a look at the chains. That alone: to where they had come
 * stands outside the database.
 */
export function noteChains(tx: TownTx, { at, faults }: ChainsNoted): Promise<void> {
  return beat(tx, { role: CHAINS, at, version: String(faults) });
}

/** The last look at the chains that a machine has told of; null: none. */
export async function lastChains(tx: TownTx): Promise<ChainsNoted | null> {
  const last = await lastBeat(tx, CHAINS);
  return last && { at: last.at, faults: Number(last.version) };
}

interface DayOfRole {
  readonly role: string;
  readonly day: string;
  readonly at: Date;
}

/** Takes what a role does once a day upon oneself; false where it was done on this day. */
export async function takeDay(
  tx: Pick<TownTx, 'kept'>,
  { role, day, at }: DayOfRole,
): Promise<boolean> {
  const { rows } = await sql`
    insert into heartbeat (role, at, version)
    values (${role}, ${at}, ${day})
    on conflict (role) do update set at = excluded.at, version = excluded.version
      where heartbeat.version <> excluded.version
    returning 1
  `.execute(tx.kept);
  return rows.length > 0;
}

/** How much of what is due has been so for some time: mail to outside, and the rest. */
interface Late {
  readonly outside: number;
  readonly inside: number;
}

/** What was due before a moment and still is, but for what waits for the night. */
export async function lateSince(tx: TownTx, before: Date): Promise<Late> {
  const { rows } = await sql<{ outside: number; inside: number }>`
    select count(*) filter (where kind = 'outbox')::integer as outside,
      count(*) filter (where kind <> 'outbox')::integer as inside
    from due
    where at < ${before} and kind <> 'erasure'
  `.execute(tx.kept);
  return rows[0] ?? { outside: 0, inside: 0 };
}

/** Whether somebody or some list of the town has an address in this domain. */
export async function isDomainOfTown(tx: TownTx, domain: string): Promise<boolean> {
  const row = await tx.kept
    .selectFrom('address')
    .select('id')
    .where('domain', '=', domain)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The last letter that an agent sent to see whether mail leaves. */
interface TestLetter {
  /** Its Message-ID. */
  readonly id: string;
  readonly recipient: string;
  readonly state: 'due' | 'sent' | 'failed';
  readonly attempts: number;
  readonly lastReply: string | null;
  readonly createdAt: Date;
}

/**
 * The newest test letter of the town, known by its Message-ID, and how many there were since a
 * moment. To be asked of the town itself (school 0).
 */
export async function testLetters(
  tx: Pick<TownTx, 'db'>,
  asked: { readonly idPrefix: string; readonly since: Date },
): Promise<{ readonly last: TestLetter | null; readonly count: number }> {
  const { rows } = await sql<TestLetterRow>`
    select m.header_id as id, o.recipient, o.state, o.attempts, o.last_reply, o.created_at,
      count(*) filter (where o.created_at >= ${asked.since}) over ()::integer as count
    from outbox o join message m on m.school_id = o.school_id
      and m.id = o.message_id
    where o.school_id = 0
      and m.origin = 'system'
      and starts_with(m.header_id, ${asked.idPrefix})
    order by o.id desc
    limit 1
  `.execute(tx.db);
  const [row] = rows;
  if (row === undefined) return { last: null, count: 0 };
  const { count, last_reply: lastReply, created_at: createdAt, ...last } = row;
  return { last: { ...last, lastReply, createdAt }, count };
}

interface ErrorSearch {
  readonly id: string;
  readonly since: Date;
  readonly limit: number;
}

/**
 * The letters from outside that have come since a moment and name this Message-ID, or bear the
 * letter along that has it; the latest first. To be asked of the town itself (school 0).
 */
export async function lettersNaming(
  tx: Pick<TownTx, 'db'>,
  { id, since, limit }: ErrorSearch,
): Promise<readonly Buffer[]> {
  const { rows } = await sql<{ raw: Buffer }>`
    select raw
    from message
    where school_id = 0
      and sender_role = 'outside'
      and received_at >= ${since}
      and position(${Buffer.from(id)}::bytea in raw) > 0
    order by id desc
    limit ${limit}
  `.execute(tx.db);
  return rows.map(({ raw }) => raw);
}

interface TestLetterRow {
  readonly id: string;
  readonly recipient: string;
  readonly state: TestLetter['state'];
  readonly attempts: number;
  readonly last_reply: string | null;
  readonly created_at: Date;
  readonly count: number;
}
