import { sql } from 'kysely';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import { partsOf } from '../../roster/matching/identity.ts';
import { anyOf } from '../any-of.ts';
import { makeDue } from '../due.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';
import type { Learned } from './contract.ts';
import type { ImportRow } from './roster-imports.ts';

/** What waits for answers of a school's last import. */
export interface RemainderRow {
  readonly importId: number;
  /** A keyed hash of all that waits. */
  readonly digest: Buffer;
  /** Sealed. */
  readonly content: Buffer;
}

/** A question, without what it asks. */
interface QuestionRow {
  readonly id: number;
  readonly importId: number;
  readonly state: QuestionState;
  readonly askedAt: Date;
  readonly expiresAt: Date;
}

type QuestionState = 'open' | 'answered' | 'lapsed' | 'replaced' | 'undone';

interface NewQuestion {
  /** A keyed hash of whom it is about. */
  readonly doubt: Buffer;
  readonly kind: 'pupil' | 'guardian' | 'adult';
  readonly askedAt: Date;
  readonly expiresAt: Date;
}

export interface GivenAnswer {
  readonly answer: 'person' | 'new' | 'skip';
  /** Who it turned out to be; null for a line left aside. */
  readonly person: AddressId | null;
}

/** The one remainder of a school; null where nothing waits. */
export async function remainderOfSchool(tx: SchoolTx): Promise<RemainderRow | null> {
  const row = await own(tx)
    .selectFrom('roster_remainder')
    .select(['import_id', 'digest', 'content'])
    .orderBy('import_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined
    ? null
    : { importId: row.import_id, digest: row.digest, content: row.content };
}

/** Puts what waits in the place of what waited before. */
export async function putRemainder(tx: SchoolTx, one: RemainderRow): Promise<void> {
  await dropRemainder(tx);
  await own(tx)
    .insertInto('roster_remainder', {
      import_id: one.importId,
      digest: one.digest,
      content: one.content,
    })
    .execute();
}

/** Nothing waits any more: what it needed is erased. */
export async function dropRemainder(tx: SchoolTx): Promise<void> {
  await own(tx).deleteFrom('roster_remainder').execute();
}

/** Gives their ids, in order. */
export async function insertQuestions(
  tx: SchoolTx,
  importId: number,
  questions: readonly NewQuestion[],
): Promise<readonly number[]> {
  if (questions.length === 0) return [];
  const rows = await own(tx)
    .insertInto(
      'roster_question',
      questions.map(({ doubt, kind, askedAt, expiresAt }) => ({
        import_id: importId,
        doubt,
        kind,
        state: 'open' as const,
        asked_at: askedAt,
        expires_at: expiresAt,
        answer: null,
        address_id: null,
        answered_by: null,
        answered_at: null,
        answer_import_id: null,
      })),
    )
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Questions of these states, oldest first. */
export async function questionsOf(
  tx: SchoolTx,
  states: readonly QuestionState[],
  limit: number,
): Promise<readonly QuestionRow[]> {
  return own(tx)
    .selectFrom('roster_question', { state: anyOf(states) })
    .select([
      'id',
      'import_id as importId',
      'state',
      'asked_at as askedAt',
      'expires_at as expiresAt',
    ])
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function countOpenQuestions(tx: SchoolTx): Promise<number> {
  const { open } = await ownKept(tx)
    .selectFrom('roster_question', { state: 'open' })
    .select((eb) => eb.cast<number>(eb.fn.countAll(), 'integer').as('open'))
    .executeTakeFirstOrThrow();
  return open;
}

/** Ends open questions without an answer. */
export async function endQuestions(
  tx: SchoolTx,
  ids: readonly number[],
  state: 'lapsed' | 'replaced' | 'undone',
): Promise<void> {
  if (ids.length === 0) return;
  await own(tx)
    .updateTable('roster_question', { id: anyOf(ids), state: 'open' })
    .set({ state })
    .execute();
}

interface CarriedAnswer extends GivenAnswer {
  readonly by: AddressId | null;
  readonly at: Date;
  readonly importId: number;
}

/** Writes an answer down, with the import that carried it out. */
export async function answerQuestion(
  tx: SchoolTx,
  id: number,
  given: CarriedAnswer,
): Promise<void> {
  await own(tx)
    .updateTable('roster_question', { id })
    .set({
      state: 'answered',
      answer: given.answer,
      address_id: given.person,
      answered_by: given.by,
      answered_at: given.at,
      answer_import_id: given.importId,
    })
    .execute();
}

/** By the hash of the doubt in hexadecimal, the last answer that was given and not taken back. */
export async function givenAnswers(tx: SchoolTx): Promise<ReadonlyMap<string, GivenAnswer>> {
  const rows = await own(tx)
    .selectFrom('roster_question', { state: 'answered' })
    .select(['doubt', 'answer', 'address_id'])
    .orderBy('id')
    .execute();
  return new Map(
    rows.flatMap(({ doubt, answer, address_id: person }) =>
      answer === null ? [] : [[doubt.toString('hex'), { answer, person }] as const],
    ),
  );
}

/** Keeps with the import of an answer what people are known by since. */
export async function keepLearned(
  tx: SchoolTx,
  importId: number,
  learned: readonly Learned[],
): Promise<void> {
  await own(tx)
    .updateTable('roster_import', { id: importId })
    .set({ lines: jsonOf({ learned }) })
    .execute();
}

/**
 * The import that carried answers out was undone: they count no more, and nobody is known by what
 * they said. `lines` are the import's.
 */
export async function takeAnswersBack(
  tx: SchoolTx,
  { id: importId, lines }: Pick<ImportRow, 'id' | 'lines'>,
): Promise<void> {
  const learned = lines !== null && 'learned' in lines ? lines.learned : [];
  const keys = learned.map(({ person, key }) => ({ person, ...partsOf(key) }));
  if (keys.length > 0)
    await sql`
      delete from identity i using unnest(${keys.map(({ kind }) => kind)}::text[],
        ${keys.map(({ hash }) => hash)}::bytea[],
        ${keys.map(({ person }) => person)}::bigint[]) as l (kind, key, person)
      where i.kind = l.kind and i.key = l.key and i.address_id = l.person
    `.execute(tx.db);
  await own(tx)
    .updateTable('roster_question', { answer_import_id: importId })
    .set({ state: 'undone' })
    .execute();
}

/** An answer that waited for another has been carried out. */
export async function settleAnswer(
  tx: SchoolTx,
  id: number,
  { person, importId }: { readonly person: AddressId | null; readonly importId: number },
): Promise<void> {
  await own(tx)
    .updateTable('roster_question', { id })
    .set({ address_id: person, answer_import_id: importId })
    .execute();
}

/** Rows that nobody asks about any more. */
export async function forgetQuestions(tx: SchoolTx, before: Date): Promise<void> {
  await own(tx)
    .deleteFrom('roster_question')
    .where('state', '<>', 'open')
    .where('asked_at', '<', before)
    .execute();
}

/**
 * There is one look at a school's questions, named by the school: when the first that is open
 * lapses. None where none is open.
 */
export async function setDueQuestions(tx: SchoolTx): Promise<void> {
  const { first } = await own(tx)
    .selectFrom('roster_question', { state: 'open' })
    .select((eb) => eb.fn.min('expires_at').as('first'))
    .executeTakeFirstOrThrow();
  if (first === null) return dropDueQuestions(tx);
  await makeDue(tx, 'roster-questions', [{ id: tx.school, at: first }]);
}

async function dropDueQuestions(tx: SchoolTx): Promise<void> {
  const open = await countOpenQuestions(tx);
  if (open > 0) return;
  await own(tx).deleteFrom('due', { kind: 'roster-questions' }).execute();
}

/**
 * The schools with open questions: each has one thing due. Those of a school that is closed wait,
 * for it may open again.
 */
export async function schoolsWithQuestions(tx: TownTx, now: Date): Promise<readonly SchoolId[]> {
  const rows = await tx.kept
    .selectFrom('due as d')
    .innerJoin('school as s', 's.id', 'd.school_id')
    .select('d.school_id')
    .where('d.kind', '=', 'roster-questions')
    .where(
      sql<boolean>`(s.closes_on is null
        or s.closes_on > (${now}::timestamptz at time zone s.time_zone)::date)`,
    )
    .orderBy('d.school_id')
    .execute();
  return rows.map((row) => row.school_id);
}
