import type { FolderAt, ItemRef } from '../../../core/school/cupboard/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { folderPath, type CupboardPart } from './parts.ts';

/** A file or a folder, with what is around it. */
export async function itemOf({ core, viewer }: Visit<CupboardPart>, ref: ItemRef) {
  const file = await core.cupboards.file(viewer, ref);
  if (file !== null) return { view: file, item: file.file };
  const folder = await core.cupboards.folder(viewer, ref, null);
  return folder?.folder ? { view: folder, item: folder.folder } : null;
}

type Found = NonNullable<Awaited<ReturnType<typeof itemOf>>>;

/** The folder in which it lies. */
export const parentOf = ({ view }: Found): FolderAt => view.way.at(-2)?.ref ?? view.cupboard;

/**
 * What was thrown away meanwhile, in another tab or by a colleague, isn't missing for who might
 * have arranged it where it lay: the list there says so.
 */
export async function thrownBefore(
  { core, viewer }: Visit<CupboardPart>,
  ref: ItemRef,
): Promise<Answer> {
  const at = await core.cupboards.thrownFrom(viewer, ref);
  return at === null ? MISSING : { kind: 'go', to: `${folderPath(at)}?said=thrownBefore` };
}
