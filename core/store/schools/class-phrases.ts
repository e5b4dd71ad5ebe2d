import type { ClassId, PhraseId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { Database } from '../tables.ts';

export interface ClassPhraseRow {
  readonly id: PhraseId;
  readonly words: string;
  /** Null where the picture is the class's own. */
  readonly drawing: string | null;
}

/** A picture of a class's own. */
export interface OwnPicture {
  readonly mediaType: NonNullable<Database['class_phrase']['media_type']>;
  readonly bytes: Buffer;
}

/** The phrases of some classes, without their pictures, the oldest first, at most `limit`. */
export async function phrasesOf(
  tx: SchoolTx,
  classes: readonly ClassId[],
  limit: number,
): Promise<readonly ClassPhraseRow[]> {
  if (classes.length === 0) return [];
  return own(tx)
    .selectFrom('class_phrase', { class_id: anyOf(classes) })
    .select(['id', 'words', 'drawing'])
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** One of these, with its own picture where it has one. */
export async function phraseWithPicture(
  tx: SchoolTx,
  classes: readonly ClassId[],
  id: PhraseId,
): Promise<(ClassPhraseRow & { readonly picture: OwnPicture | null }) | null> {
  if (classes.length === 0) return null;
  const row = await own(tx)
    .selectFrom('class_phrase', { class_id: anyOf(classes), id })
    .select(['id', 'words', 'drawing', 'media_type', 'picture'])
    .executeTakeFirst();
  if (row === undefined) return null;
  const { media_type: mediaType, picture: bytes, ...rest } = row;
  return { ...rest, picture: mediaType === null || bytes === null ? null : { mediaType, bytes } };
}

export async function countPhrases(tx: SchoolTx, classId: ClassId): Promise<number> {
  const { count } = await own(tx)
    .selectFrom('class_phrase', { class_id: classId })
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export async function insertPhrase(
  tx: SchoolTx,
  classId: ClassId,
  { words, picture }: { readonly words: string; readonly picture: string | OwnPicture },
): Promise<PhraseId> {
  const file = typeof picture === 'string' ? null : picture;
  const row = await own(tx)
    .insertInto('class_phrase', {
      class_id: classId,
      words,
      drawing: typeof picture === 'string' ? picture : null,
      media_type: file?.mediaType ?? null,
      picture: file?.bytes ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** False: not there, or not this class's. */
export async function deletePhrase(tx: SchoolTx, classId: ClassId, id: PhraseId): Promise<boolean> {
  const { numDeletedRows } = await own(tx)
    .deleteFrom('class_phrase', { class_id: classId, id })
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
