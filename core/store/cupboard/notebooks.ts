import type { AccountId, BoxId, NotebookPageId, SchoolId } from '../../ground/ids.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { GivenBackNote } from './contract.ts';
import type { FileBody } from './items.ts';

/** Something that was given back to a child, with what was said of it. */
export interface PageRow extends GivenBackNote {
  readonly id: NotebookPageId;
  readonly name: string;
  readonly file: FileBody;
}

const COLUMNS = [
  'id',
  'box_name as boxName',
  'class_name as className',
  'school_year as year',
  'teacher_name as teacherName',
  'stamp',
  'word',
  'given_back_at as at',
  'name',
  'sha256',
  'media_type as mediaType',
  'size_bytes as sizeBytes',
] as const;

/** A child's notebook, the newest page first. */
export async function pagesOf(
  tx: SchoolTx,
  account: AccountId,
  { page, limit }: { readonly page: NotebookPageId | null; readonly limit: number },
): Promise<readonly PageRow[]> {
  const all = ownKept(tx).selectFrom('notebook_page', { account_id: account }).select(COLUMNS);
  const some = page === null ? all : all.where('id', '=', page);
  const rows = await some
    .orderBy('given_back_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(withFile);
}

const withFile = <Row extends FileBody>({ sha256, mediaType, sizeBytes, ...row }: Row) => ({
  ...row,
  file: { sha256, mediaType, sizeBytes },
});

/** Whose pages, of which box. */
interface PagesOfBox {
  readonly account: AccountId;
  readonly school: SchoolId;
  readonly box: BoxId;
}

/** What was given back out of one box, as it was put there. */
export async function pagesOfBox(
  tx: SchoolTx,
  { account, school, box }: PagesOfBox,
): Promise<readonly PageRow[]> {
  const rows = await ownKept(tx)
    .selectFrom('notebook_page', { account_id: account, box_school: school, box_id: box })
    .select(COLUMNS)
    .orderBy('id')
    .execute();
  return rows.map(withFile);
}

/** What was given back out of one box takes the place of what was given back before. */
export async function replacePages(
  tx: SchoolTx,
  { account, school, box }: PagesOfBox,
  pages: readonly Omit<PageRow, 'id'>[],
): Promise<void> {
  await own(tx)
    .deleteFrom('notebook_page', { account_id: account, box_school: school, box_id: box })
    .execute();
  for (const { file, ...page } of pages)
    await own(tx)
      .insertInto('notebook_page', {
        account_id: account,
        box_school: school,
        box_id: box,
        box_name: page.boxName,
        class_name: page.className,
        school_year: page.year,
        stamp: page.stamp,
        teacher_name: page.teacherName,
        word: page.word,
        given_back_at: page.at,
        name: page.name,
        sha256: file.sha256,
        media_type: file.mediaType,
        size_bytes: file.sizeBytes,
      })
      .execute();
}
