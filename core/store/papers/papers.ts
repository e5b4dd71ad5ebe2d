import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { AddressId, ClassId, LetterId, PaperId, SchoolId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import { eraseSignatures } from '../chain.ts';
import { makeDue } from '../due.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { Database } from '../tables.ts';
import type { PaperFileBytes, PaperFileRow } from './contract.ts';

/** The words of a paper that a letter brings: which paper, and which of its versions. */
export interface PaperWords {
  readonly school: SchoolId;
  readonly paper: PaperId;
  readonly version: number;
  /** Which letter: another may bring others for the same version. */
  readonly letter: LetterId;
}

/** A paper; what it says stands with its versions. */
export interface PaperRow {
  readonly id: PaperId;
  readonly author: AddressId;
  readonly authorName: string;
  /** Null: of a group of its author's own. */
  readonly classId: ClassId | null;
  readonly about: string;
  readonly recipient: string;
  /** 0: no letter has left with it yet. */
  readonly version: number;
  readonly madeAt: Date;
  readonly askedAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** When who hasn't answered is reminded by itself; null: no more, or never. */
  readonly remindAt: Date | null;
  readonly numbersGoneAt: Date | null;
  readonly goneAt: Date;
}

type PaperTable = Database['paper_version'];

/** The words of a paper at one time, with the letter that brought them. */
export interface VersionRow {
  readonly paper: PaperId;
  readonly version: number;
  readonly letter: LetterId;
  readonly letterHash: string;
  readonly subject: string;
  readonly body: string;
  readonly text: string;
  readonly place: string;
  readonly price: string;
  readonly day: string | null;
  readonly lastDay: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly question: PaperTable['question'];
  readonly options: readonly string[];
  readonly needed: PaperTable['needed'];
  readonly until: Date;
  /** When who hasn't answered is reminded, or was to be; null: that is not wished. */
  readonly remindAt: Date | null;
  readonly asksNumber: boolean;
  readonly madeAt: Date;
  readonly files: readonly PaperFileRow[];
}

/** Puts a paper on the list of what is due, at the next of its hours. */
export async function putNextDue(tx: SchoolTx, paper: PaperId): Promise<void> {
  const row = await own(tx)
    .selectFrom('paper', { id: paper })
    .select(['remind_at', 'numbers_gone_at', 'gone_at'])
    .executeTakeFirst();
  if (row === undefined) return;
  const hours = [row.remind_at, row.numbers_gone_at, row.gone_at].flatMap((at) => at ?? []);
  await makeDue(tx, 'paper', [
    { id: paper, at: new Date(Math.min(...hours.map((at) => at.getTime()))) },
  ]);
}

/** What has been done of a paper's hours; the next one is due. */
export async function passHour(tx: SchoolTx, paper: PaperId, passed: PassedHour): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('paper', { id: paper })
    .set({ [passed.hour]: null })
    .where(passed.hour, '=', passed.at)
    .executeTakeFirst();
  await putNextDue(tx, paper);
  return numUpdatedRows > 0n;
}

/** An hour that has come, as it was read: meanwhile it may be another. */
interface PassedHour {
  readonly hour: 'remind_at' | 'numbers_gone_at';
  readonly at: Date;
}

/** When words end, and what comes by itself. */
type Hours = Pick<VersionRow, 'until' | 'remindAt'> & Pick<PaperRow, 'numbersGoneAt' | 'goneAt'>;

/** An evening that has gone by reminds of nothing; its words keep it, as it was wished. */
export const stillAhead = (evening: Date | null, now: Date): Date | null =>
  evening !== null && evening > now ? evening : null;

/** Another end of the words that are asked; false where others are by now, or it is withdrawn. */
export async function setUntil(
  tx: SchoolTx,
  { paper, version }: Pick<PaperWords, 'paper' | 'version'>,
  { hours, now }: { readonly hours: Hours; readonly now: Date },
): Promise<boolean> {
  const moments = {
    remind_at: hours.remindAt,
    numbers_gone_at: hours.numbersGoneAt,
    gone_at: hours.goneAt,
  };
  const { numUpdatedRows } = await own(tx)
    .updateTable('paper', { id: paper, version, withdrawn_at: null })
    .set({ ...moments, remind_at: stillAhead(hours.remindAt, now) })
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await own(tx)
    .updateTable('paper_version', { paper_id: paper, version })
    .set({ ...moments, until_at: hours.until })
    .execute();
  await putNextDue(tx, paper);
  return true;
}

/** Asks for nothing any more: what was signed stays. False: it was so before. */
export async function withdrawPaper(tx: SchoolTx, paper: PaperId, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('paper', { id: paper, withdrawn_at: null })
    .set({ withdrawn_at: now, remind_at: null })
    .executeTakeFirst();
  if (numUpdatedRows > 0n) await putNextDue(tx, paper);
  return numUpdatedRows > 0n;
}

/** Erases a paper with all that hangs on it, and what the journal says of its signatures. */
export async function erasePaper(tx: SchoolTx, paper: PaperId): Promise<void> {
  await eraseSignatures(tx, paper);
  await own(tx).deleteFrom('paper', { id: paper }).execute();
  await own(tx).deleteFrom('due', { kind: 'paper', row_id: paper }).execute();
}

/** Whose papers are looked for. */
export type PapersAsked =
  | { readonly of: 'paper'; readonly paper: PaperId }
  /** Those that somebody asks, and those of their classes, whoever asks them. */
  | {
      readonly of: 'teacher';
      readonly author: AddressId;
      readonly classes: readonly ClassId[];
    }
  | { readonly of: 'class'; readonly classId: ClassId }
  | { readonly of: 'school' }
  /** Those that were about one of them, and those of the classes in which they are by now. */
  | {
      readonly of: 'children';
      readonly pupils: readonly AddressId[];
      readonly classes: readonly ClassId[];
    };

/** How many of them, and of these those that can be answered at a moment, or those that can't. */
export interface PaperSlice {
  readonly limit: number;
  readonly at?: { readonly moment: Date; readonly are: 'open' | 'past' };
  /** Those that were written before this one. */
  readonly before?: PaperId | null;
}

/** The papers that were asked, the newest first; of one, also before that. */
export async function papersOf(
  tx: SchoolTx,
  asked: PapersAsked,
  { limit, at, before = null }: PaperSlice,
): Promise<readonly PaperRow[]> {
  const rows = await ownKept(tx)
    .selectFrom('paper')
    .selectAll()
    .where(isAsked(asked))
    .$if(before !== null, (some) => some.where('id', '<', before))
    .$if(at !== undefined, (some) =>
      some.where(isOpenAt(at?.moment ?? new Date(0)), '=', at?.are === 'open'),
    )
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    author: row.author_address_id,
    authorName: row.author_name,
    classId: row.class_id,
    about: row.about,
    recipient: row.recipient,
    version: row.version,
    madeAt: row.made_at,
    askedAt: row.asked_at,
    withdrawnAt: row.withdrawn_at,
    remindAt: row.remind_at,
    numbersGoneAt: row.numbers_gone_at,
    goneAt: row.gone_at,
  }));
}

function isAsked(asked: PapersAsked): RawBuilder<SqlBool> {
  switch (asked.of) {
    case 'paper':
      return sql`paper.id = ${asked.paper}`;
    case 'teacher':
      return sql`
        version > 0 and (
          author_address_id = ${asked.author}
          or class_id = any(${[...asked.classes]}::bigint[])
        )
      `;
    case 'class':
      return sql`version > 0 and class_id = ${asked.classId}`;
    case 'school':
      return sql`version > 0`;
    case 'children':
      return sql`
        version > 0 and (
          class_id = any(${[...asked.classes]}::bigint[])
          or exists (
            select
            from paper_child c
            where c.school_id = paper.school_id and c.paper_id = paper.id
              and c.pupil_address_id = any(${[...asked.pupils]}::bigint[])
          )
        )
      `;
  }
}

const isOpenAt = (moment: Date) => sql<boolean>`
  (
    withdrawn_at is null
    and exists (
      select
      from paper_version v
      where v.school_id = paper.school_id and v.paper_id = paper.id
        and v.version = paper.version and v.until_at > ${moment}
    )
  )
`;

/** All words of some papers, the oldest first; also those whose letter hasn't left. */
export async function versionsOf(
  tx: SchoolTx,
  papers: readonly PaperId[],
): Promise<readonly VersionRow[]> {
  if (papers.length === 0) return [];
  const rows = await ownKept(tx)
    .selectFrom('paper_version', { paper_id: anyOf(papers) })
    .selectAll()
    .orderBy('version')
    .execute();
  const files = await ownKept(tx)
    .selectFrom('paper_file', { paper_id: anyOf(papers) })
    .select(['paper_id', 'version', 'name', 'media_type', 'size_bytes', 'sha256'])
    .orderBy('place')
    .execute();
  return rows.map((row) => ({
    paper: row.paper_id,
    version: row.version,
    letter: row.letter,
    letterHash: row.letter_hash,
    subject: row.subject,
    body: row.body,
    text: row.text,
    place: row.place,
    price: row.price,
    day: row.day,
    lastDay: row.last_day,
    from: row.from_time,
    to: row.to_time,
    question: row.question,
    options: row.options,
    needed: row.needed,
    until: row.until_at,
    remindAt: row.remind_at,
    asksNumber: row.asks_number,
    madeAt: row.made_at,
    files: files
      .filter((file) => file.paper_id === row.paper_id && file.version === row.version)
      .map((file) => ({
        name: file.name,
        mediaType: file.media_type,
        sizeBytes: file.size_bytes,
        sha256: file.sha256,
      })),
  }));
}

/** The paper that a letter brought; null: it brought none, or has not left with it. */
export async function paperOfLetter(tx: SchoolTx, letter: LetterId): Promise<PaperId | null> {
  const { rows } = await sql<{ paper: PaperId }>`
    select p.id as paper
    from paper_version v
      join paper p on p.school_id = v.school_id and p.id = v.paper_id
    where v.school_id = ${tx.school} and v.letter = ${letter}
      and v.version > 0 and v.version <= p.version
  `.execute(tx.db);
  return rows[0]?.paper ?? null;
}

/** The bytes of a file, by its place among those of a version. */
export async function paperFile(
  tx: SchoolTx,
  { paper, version }: Pick<PaperWords, 'paper' | 'version'>,
  place: number,
): Promise<PaperFileBytes | null> {
  const row = await own(tx)
    .selectFrom('paper_file', { paper_id: paper, version, place })
    .selectAll()
    .executeTakeFirst();
  return row === undefined ? null : fileBytesOf(row);
}

/** A file as its row has it, be it a paper's own or the photo of a sheet. */
export const fileBytesOf = (
  row: Pick<Database['paper_file'], 'name' | 'media_type' | 'size_bytes' | 'sha256' | 'bytes'>,
): PaperFileBytes => ({
  name: row.name,
  mediaType: row.media_type,
  sizeBytes: row.size_bytes,
  sha256: row.sha256,
  bytes: row.bytes,
});

/** A child whom a paper is about, by the name that is signed. */
export interface PaperChildRow {
  readonly paper: PaperId;
  readonly pupil: AddressId;
  readonly name: string;
}

export async function paperChildren(
  tx: SchoolTx,
  papers: readonly PaperId[],
): Promise<readonly PaperChildRow[]> {
  if (papers.length === 0) return [];
  const rows = await ownKept(tx)
    .selectFrom('paper_child', { paper_id: anyOf(papers) })
    .select(['paper_id', 'pupil_address_id', 'name'])
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    paper: row.paper_id,
    pupil: row.pupil_address_id,
    name: row.name,
  }));
}
