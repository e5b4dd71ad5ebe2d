import type { Upload, WithWritings } from '../../core/mail/writing/contract.ts';
import type { ItemRef, ServedFile, WithCupboards } from '../../core/school/cupboard/contract.ts';
import type { Visit } from '../frame/visit.ts';
import { fileSize } from '../frame/when.ts';
import { fieldsOf, MAX_FILES, type Form } from '../http/forms.ts';
import { cupboardItemIdOf, schoolIdOf } from '../ids.ts';

/** Files of cupboards that a form names for a letter, and sentences of what doesn't go along. */
interface StoredFiles {
  readonly add: readonly Upload[];
  readonly left: readonly string[];
}

/** The files of one's cupboards that a form names by `name`, read for a letter. */
export async function storedIn(
  { core, viewer, texts }: Visit<WithCupboards<'content'> & WithWritings<'fileRoom'>>,
  form: Form,
  name: 'file' | 'stored',
): Promise<StoredFiles> {
  const refs = fieldsOf(form, name).slice(0, MAX_FILES).flatMap(refIn);
  if (refs.length === 0) return { add: [], left: [] };
  const words = texts.cupboards.pick;
  const files = await Promise.all(refs.map((ref) => core.cupboards.content(viewer, ref, null)));
  const found = files.filter((one) => one !== null);
  const bytes = found.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const room = core.writings.fileRoom(viewer);
  if (bytes > room) return { add: [], left: [words.tooBig(fileSize(viewer.language, room))] };
  const add: Upload[] = [];
  for (const one of found) add.push(await uploadOf(one));
  return { add, left: found.length === refs.length ? [] : [words.gone] };
}

function refIn(value: string): readonly ItemRef[] {
  const [first, second] = value.split('/');
  const [school, item] = [schoolIdOf(first), cupboardItemIdOf(second)];
  return school === null || item === null ? [] : [{ school, item }];
}

/** All of a file, as a letter takes it. */
async function uploadOf({ name, mediaType, read }: ServedFile): Promise<Upload> {
  const pieces: Buffer[] = [];
  for await (const piece of read()) pieces.push(piece);
  return { name, mediaType, bytes: Buffer.concat(pieces) };
}
