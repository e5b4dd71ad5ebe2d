import { sql } from 'kysely';
import type { AddressId, ClassId, PaperId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { Database } from '../tables.ts';
import type { PaperFileBytes } from './contract.ts';
import { fileBytesOf, type PaperRow } from './papers.ts';

type AnswerTable = Database['paper_answer'];

/** An answer as it was given: rows are added and never changed. */
export interface AnswerRow {
  readonly id: number;
  readonly paper: PaperId;
  readonly version: number;
  readonly pupil: AddressId;
  /** Null: somebody without an account here, whose name stood on a paper slip. */
  readonly signer: AddressId | null;
  readonly signerName: string;
  readonly says: AnswerTable['says'];
  readonly option: number | null;
  readonly words: string | null;
  readonly note: string;
  readonly at: Date;
  readonly way: AnswerTable['way'];
  /** Whose account it was entered from. */
  readonly by: AddressId;
  readonly slipHash: string;
  readonly hash: string;
  /** SHA-256 of the photo of the sheet that it was taken from; null: there is none. */
  readonly photo: string | null;
}

/** One that is about to be added. */
export type NewAnswer = Omit<AnswerRow, 'id'>;

/** What goes with an answer besides. */
interface BesideAnswer {
  /** The name that is signed from here on, where the child came after the letter. */
  readonly childName: string;
  readonly photo: PaperFileBytes | null;
}

/**
 * Locks a paper that is about to be answered, until the transaction's end: of two answers at once
 * the second reads what the first has left, and no letter changes its words meanwhile. Null: there
 * is none any more.
 */
export async function lockPaper(
  tx: SchoolTx,
  paper: PaperId,
): Promise<Pick<PaperRow, 'version' | 'withdrawnAt' | 'numbersGoneAt'> | null> {
  const row = await own(tx)
    .selectFrom('paper', { id: paper })
    .select(['version', 'withdrawn_at', 'numbers_gone_at'])
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row === undefined
    ? null
    : {
        version: row.version,
        withdrawnAt: row.withdrawn_at,
        numbersGoneAt: row.numbers_gone_at,
      };
}

/** What the same signer last said to the same words for the same child; null: nothing yet. */
export async function lastSaid(
  tx: SchoolTx,
  { paper, version, pupil, signer }: NewAnswer,
): Promise<Pick<AnswerRow, 'says' | 'option' | 'words' | 'note'> | null> {
  const row = await own(tx)
    .selectFrom('paper_answer', {
      paper_id: paper,
      version,
      pupil_address_id: pupil,
      signer_address_id: signer,
    })
    .select(['says', 'option', 'words', 'note'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Adds an answer to the words of a paper that is locked. */
export async function insertAnswer(
  tx: SchoolTx,
  answer: NewAnswer,
  { childName, photo }: BesideAnswer,
): Promise<void> {
  await own(tx)
    .insertInto('paper_child', {
      paper_id: answer.paper,
      pupil_address_id: answer.pupil,
      name: childName,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await own(tx)
    .insertInto('paper_answer', {
      paper_id: answer.paper,
      version: answer.version,
      pupil_address_id: answer.pupil,
      signer_address_id: answer.signer,
      signer_name: answer.signerName,
      says: answer.says,
      option: answer.option,
      words: answer.words,
      note: answer.note,
      at: answer.at,
      way: answer.way,
      by_address_id: answer.by,
      slip_hash: answer.slipHash,
      hash: answer.hash,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (photo !== null)
    await own(tx)
      .insertInto('paper_photo', {
        answer_id: id,
        paper_id: answer.paper,
        name: photo.name,
        media_type: photo.mediaType,
        size_bytes: photo.sizeBytes,
        sha256: photo.sha256,
        bytes: photo.bytes,
      })
      .execute();
}

/** The photo of an answer's sheet. */
export async function answerPhoto(
  tx: SchoolTx,
  paper: PaperId,
  answer: number,
): Promise<PaperFileBytes | null> {
  const row = await own(tx)
    .selectFrom('paper_photo', { paper_id: paper, answer_id: answer })
    .selectAll()
    .executeTakeFirst();
  return row === undefined ? null : fileBytesOf(row);
}

/** What the photos of a paper are by their very bytes, whatever stands beside them. */
export async function photoMarks(
  tx: SchoolTx,
  paper: PaperId,
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ answer: number; sha256: string }>`
    select answer_id as answer, encode(sha256(bytes), 'hex') as sha256
    from paper_photo
    where school_id = ${tx.school} and paper_id = ${paper}
  `.execute(tx.db);
  return new Map(rows.map(({ answer, sha256 }) => [answer, sha256]));
}

const PHOTO = sql<string | null>`
  (
    select p.sha256
    from paper_photo p
    where p.school_id = paper_answer.school_id and p.answer_id = paper_answer.id
  )
`;

/** All answers to some papers, to whichever words, in the order in which they came. */
export async function answersOf(
  tx: SchoolTx,
  papers: readonly PaperId[],
): Promise<readonly AnswerRow[]> {
  if (papers.length === 0) return [];
  const rows = await ownKept(tx)
    .selectFrom('paper_answer', { paper_id: anyOf(papers) })
    .selectAll()
    .select(PHOTO.as('photo'))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    paper: row.paper_id,
    version: row.version,
    pupil: row.pupil_address_id,
    signer: row.signer_address_id,
    signerName: row.signer_name,
    says: row.says,
    option: row.option,
    words: row.words,
    note: row.note,
    at: row.at,
    way: row.way,
    by: row.by_address_id,
    slipHash: row.slip_hash,
    hash: row.hash,
    photo: row.photo,
  }));
}

/** Of these marks those that the school's journal has: it is chained, row by row. */
export async function journalledSignatures(
  tx: SchoolTx,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ hash: string }>`
    select subject ->> 'hash' as hash
    from audit
    where school_id = ${tx.school}
      and act in ('paper-sign', 'paper-slip')
      and subject ->> 'hash' = any(${[...hashes]}::text[])
  `.execute(tx.db);
  return new Set(rows.map(({ hash }) => hash));
}

/** A slip that can be answered: what of it is counted, in as few words as a badge needs. */
interface OpenSlipRow {
  readonly classId: ClassId | null;
  readonly version: number;
  readonly needed: Database['paper_version']['needed'];
  readonly pupil: AddressId;
  readonly isSilent: boolean;
  /** To the words of now, in the order in which they came. */
  readonly answers: readonly Pick<
    AnswerRow,
    'signer' | 'signerName' | 'says' | 'option' | 'words'
  >[];
}

/** A child, and a class in which they are. */
interface ChildInClass {
  readonly pupil: AddressId;
  readonly classId: ClassId;
}

/** The slips of these children that can be answered at `now`, by one statement. */
export async function openSlips(
  tx: SchoolTx,
  {
    pupils,
    inClasses,
  }: {
    readonly pupils: readonly AddressId[];
    readonly inClasses: readonly ChildInClass[];
  },
  now: Date,
): Promise<readonly OpenSlipRow[]> {
  const { rows } = await sql<OpenSlipRow>`
    with
      c as (
        select paper_id, pupil_address_id
        from paper_child
        where school_id = ${tx.school} and pupil_address_id = any(${[...pupils]}::bigint[])
        union
        select p.id, k.pupil
        from paper p
          join unnest(${inClasses.map(({ pupil }) => pupil)}::bigint[],
            ${inClasses.map(({ classId }) => classId)}::bigint[]) as k (pupil, class_id)
          on k.class_id = p.class_id
        where p.school_id = ${tx.school}
      )
    select p.class_id as "classId", p.version, v.needed, c.pupil_address_id as pupil,
      exists (
        select
        from guardianship g
        where g.school_id = p.school_id and g.child_address_id = c.pupil_address_id and g.silent
      ) as "isSilent",
      coalesce(
        (
          select jsonb_agg(jsonb_build_object('signer', a.signer_address_id,
              'signerName', a.signer_name, 'says', a.says, 'option', a.option, 'words', a.words)
            order by a.id)
          from paper_answer a
          where a.school_id = p.school_id and a.paper_id = p.id and a.version = p.version
            and a.pupil_address_id = c.pupil_address_id
        ),
        '[]'
      ) as answers
    from c
      join paper p on p.school_id = ${tx.school} and p.id = c.paper_id
      join paper_version v on v.school_id = p.school_id and v.paper_id = p.id
        and v.version = p.version
    where p.withdrawn_at is null
      and v.until_at > ${now}
  `.execute(tx.kept);
  return rows;
}

/** A telephone number for the day. */
export interface NumberRow {
  readonly pupil: AddressId;
  readonly guardian: AddressId;
  readonly number: string;
}

/** A number in the place of the one before; none where it is empty. */
export async function saveNumber(
  tx: SchoolTx,
  paper: PaperId,
  { pupil, guardian, number }: NumberRow,
): Promise<void> {
  const whose = { paper_id: paper, pupil_address_id: pupil, guardian_address_id: guardian };
  if (number === '') await own(tx).deleteFrom('paper_number', whose).execute();
  else
    await own(tx)
      .insertInto('paper_number', { ...whose, number })
      .onConflict((conflict) =>
        conflict
          .columns(['school_id', 'paper_id', 'pupil_address_id', 'guardian_address_id'])
          .doUpdateSet({ number }),
      )
      .execute();
}

export async function numbersOf(tx: SchoolTx, paper: PaperId): Promise<readonly NumberRow[]> {
  const rows = await own(tx)
    .selectFrom('paper_number', { paper_id: paper })
    .select(['pupil_address_id', 'guardian_address_id', 'number'])
    .execute();
  return rows.map((row) => ({
    pupil: row.pupil_address_id,
    guardian: row.guardian_address_id,
    number: row.number,
  }));
}

export async function eraseNumbers(tx: SchoolTx, paper: PaperId): Promise<void> {
  await own(tx).deleteFrom('paper_number', { paper_id: paper }).execute();
}

/** When guardians were last reminded of a paper. */
export async function remindersOf(
  tx: SchoolTx,
  papers: readonly PaperId[],
): Promise<
  readonly { readonly paper: PaperId; readonly guardian: AddressId; readonly at: Date }[]
> {
  if (papers.length === 0) return [];
  const rows = await ownKept(tx)
    .selectFrom('paper_reminder', { paper_id: anyOf(papers) })
    .select(['paper_id', 'guardian_address_id', 'at'])
    .execute();
  return rows.map((row) => ({
    paper: row.paper_id,
    guardian: row.guardian_address_id,
    at: row.at,
  }));
}

/** Of these guardians those who have had no word of any paper here since a moment. */
export async function notRemindedSince(
  tx: SchoolTx,
  guardians: readonly AddressId[],
  since: Date,
): Promise<readonly AddressId[]> {
  const rows = await own(tx)
    .selectFrom('paper_reminder', { guardian_address_id: anyOf(guardians) })
    .select('guardian_address_id')
    .where('at', '>=', since)
    .execute();
  const told = new Set(rows.map((row) => row.guardian_address_id));
  return guardians.filter((id) => !told.has(id));
}

interface ReminderClaim {
  readonly guardian: AddressId;
  readonly at: Date;
  readonly since: Date;
}

/**
 * A word names these papers to a guardian. False where another has named one of them since a
 * moment: of two at once the second waits for the first here.
 */
export async function claimReminder(
  tx: SchoolTx,
  papers: readonly PaperId[],
  word: ReminderClaim,
): Promise<boolean> {
  if (papers.length === 0) return true;
  const { guardian, at, since } = word;
  const claimed = await own(tx)
    .insertInto(
      'paper_reminder',
      papers
        .toSorted((one, other) => one - other)
        .map((paper) => ({ paper_id: paper, guardian_address_id: guardian, at })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'paper_id', 'guardian_address_id'])
        .doUpdateSet((eb) => ({ at: eb.ref('excluded.at') }))
        .where('paper_reminder.at', '<', since),
    )
    .returning('paper_id')
    .execute();
  return claimed.length === papers.length;
}

/** Of these children those of whom nothing is said by one guardian to another. */
export async function silentChildren(
  tx: SchoolTx,
  pupils: readonly AddressId[],
): Promise<ReadonlySet<AddressId>> {
  if (pupils.length === 0) return new Set();
  const rows = await own(tx)
    .selectFrom('guardianship', { child_address_id: anyOf(pupils), silent: true })
    .select('child_address_id')
    .execute();
  return new Set(rows.map((row) => row.child_address_id));
}
