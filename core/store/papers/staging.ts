import type { AddressId, LetterId, PaperId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { writeAudit } from '../audit.ts';
import { makeDue } from '../due.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import { eraseNumbers } from './answers.ts';
import type { PaperFileBytes } from './contract.ts';
import {
  erasePaper,
  putNextDue,
  stillAhead,
  type PaperRow,
  type PaperWords,
  type VersionRow,
} from './papers.ts';

/** What is written before its letter leaves; it counts for nothing until then. */
export interface NewVersion extends Omit<VersionRow, 'files'> {
  readonly numbersGoneAt: Date | null;
  readonly goneAt: Date;
  readonly files: readonly PaperFileBytes[];
  readonly children: readonly { readonly pupil: AddressId; readonly name: string }[];
}

/** What is left of a paper whose letter never left is looked for after so long. */
const UNASKED_MS = DAY_MS;

type NewPaper = Pick<
  PaperRow,
  'author' | 'authorName' | 'classId' | 'about' | 'recipient' | 'madeAt' | 'goneAt'
>;

/** A paper that nobody is asked for yet. */
export async function insertPaper(tx: SchoolTx, paper: NewPaper): Promise<PaperId> {
  const { id } = await own(tx)
    .insertInto('paper', {
      author_address_id: paper.author,
      author_name: paper.authorName,
      class_id: paper.classId,
      about: paper.about,
      recipient: paper.recipient,
      made_at: paper.madeAt,
      gone_at: paper.goneAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await makeDue(tx, 'paper', [{ id, at: new Date(paper.madeAt.getTime() + UNASKED_MS) }]);
  return id;
}

/**
 * Words of a paper in place of those that were written for its next version and never left. False:
 * their letter brings words already, or the paper has come to others or is withdrawn.
 */
export async function insertVersion(tx: SchoolTx, one: NewVersion): Promise<boolean> {
  const { paper, version } = one;
  if (!(await clearStaged(tx, one))) return false;
  const inserted = await own(tx)
    .insertInto('paper_version', {
      paper_id: paper,
      version,
      letter: one.letter,
      letter_hash: one.letterHash,
      subject: one.subject,
      body: one.body,
      text: one.text,
      place: one.place,
      price: one.price,
      day: one.day,
      last_day: one.lastDay,
      from_time: one.from,
      to_time: one.to,
      question: one.question,
      options: [...one.options],
      needed: one.needed,
      until_at: one.until,
      asks_number: one.asksNumber,
      made_at: one.madeAt,
      remind_at: one.remindAt,
      numbers_gone_at: one.numbersGoneAt,
      gone_at: one.goneAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .executeTakeFirst();
  if (inserted === undefined) return false;
  if (one.files.length > 0)
    await own(tx)
      .insertInto(
        'paper_file',
        one.files.map((file, place) => ({
          paper_id: paper,
          version,
          place,
          name: file.name,
          media_type: file.mediaType,
          size_bytes: file.sizeBytes,
          sha256: file.sha256,
          bytes: file.bytes,
        })),
      )
      .execute();
  await own(tx)
    .insertInto(
      'paper_child',
      one.children.map(({ pupil, name }) => ({ paper_id: paper, pupil_address_id: pupil, name })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return true;
}

/** Locks the paper's row, so that no letter makes words count that are taken away here. */
async function clearStaged(
  tx: SchoolTx,
  { paper, version }: Pick<NewVersion, 'paper' | 'version'>,
): Promise<boolean> {
  const before = await own(tx)
    .selectFrom('paper', { id: paper, version: version - 1, withdrawn_at: null })
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) return false;
  await own(tx)
    .deleteFrom('paper_version', { paper_id: paper })
    .where('version', '>=', version)
    .execute();
  return true;
}

/**
 * The letter leaves: from this commit on its words are asked, and the journal says who asked them.
 * False: they are asked already, or others are by now, or others wait to be.
 */
export async function claimPaper(
  tx: SchoolTx,
  { paper, version, letter }: PaperWords,
  { by, at }: { readonly by: AddressId; readonly at: Date },
): Promise<boolean> {
  // First the paper's row, which whoever writes other words has locked.
  const row = await own(tx)
    .updateTable('paper', { id: paper, version: version - 1, withdrawn_at: null })
    .set(({ fn, ref, val }) => ({ version, asked_at: fn.coalesce(ref('asked_at'), val(at)) }))
    .returning('class_id')
    .executeTakeFirst();
  if (row === undefined) return false;
  const staged = await own(tx)
    .selectFrom('paper_version', { paper_id: paper, version, letter })
    .select(['remind_at', 'numbers_gone_at', 'gone_at'])
    .executeTakeFirst();
  if (staged === undefined) return false;
  const hours = { ...staged, remind_at: stillAhead(staged.remind_at, at) };
  await own(tx).updateTable('paper', { id: paper }).set(hours).execute();
  // Words that ask for no number keep none that was given to those before.
  if (staged.numbers_gone_at === null) await eraseNumbers(tx, paper);
  await putNextDue(tx, paper);
  await writeAudit(tx, by, version === 1 ? 'paper-ask' : 'paper-change', {
    paper,
    version,
    class: row.class_id,
  });
  return true;
}

/**
 * Takes back words whose letter didn't leave; a paper without any goes with them. False: they
 * aren't there any more, or are asked.
 */
export async function dropStaged(
  tx: SchoolTx,
  { paper, version, letter }: Pick<PaperWords, 'paper' | 'version' | 'letter'>,
): Promise<boolean> {
  const row = await own(tx)
    .selectFrom('paper', { id: paper })
    .select('version')
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || row.version >= version) return false;
  const { numDeletedRows } = await own(tx)
    .deleteFrom('paper_version', { paper_id: paper, version, letter })
    .executeTakeFirst();
  if (numDeletedRows === 0n) return false;
  if (row.version === 0) await erasePaper(tx, paper);
  return true;
}

/**
 * Takes back words that were to leave with this letter and were written before then: by a process
 * that ended before it sent them.
 */
export async function dropLeftOver(tx: SchoolTx, letter: LetterId, before: Date): Promise<void> {
  const row = await own(tx)
    .selectFrom('paper_version', { letter })
    .where('made_at', '<', before)
    .select(['paper_id', 'version'])
    .executeTakeFirst();
  if (row !== undefined)
    await dropStaged(tx, { paper: row.paper_id, version: row.version, letter });
}
