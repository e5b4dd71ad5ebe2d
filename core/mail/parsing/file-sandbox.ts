/** What the sandbox of files does: the script of its processes. */

import { patchesOf, type Patch } from '../../ground/pieces.ts';
import { serve } from '../../ground/sandbox/serve.ts';
import { ALL, type ArchiveLimits } from '../../letters/message/archive/work.ts';
import type { ReadMessage } from '../../letters/message/message.ts';
import { readMessage } from '../../letters/message/parse.ts';
import { placeless } from '../../letters/message/picture-place.ts';
import { composedAlone } from './alone.ts';

/** What is read of a file that is alone. */
export interface FileRead {
  /** By what it is judged; null: nothing that could be attached to a message. */
  readonly message: Pick<
    ReadMessage,
    'attachments' | 'structure' | 'danger' | 'archiveLimit'
  > | null;
  /** Some of its bytes go: the place where a picture was taken. */
  readonly patches: readonly Patch[];
}

/**
 * Nobody asks where a file leads that is put away: the list of forbidden sites is of letters. To
 * search it would be most of the work.
 */
const WITHOUT_LINKS: ArchiveLimits = { ...ALL, linkBytes: null };

const JOBS = {
  read: async (
    bytes: Buffer,
    { name, mediaType }: { readonly name: string; readonly mediaType: string },
  ): Promise<FileRead> => {
    const placed = placeless({ name, mediaType, bytes });
    const raw = await composedAlone(placed);
    const read = raw && readMessage(raw, WITHOUT_LINKS);
    if (read?.kind !== 'read') return { message: null, patches: [] };
    const { attachments, structure, danger, archiveLimit } = read.message;
    return {
      message: { attachments, structure, danger, archiveLimit },
      patches: placed.bytes === bytes ? [] : patchesOf(bytes, placed.bytes),
    };
  },
};

/** Its jobs, as `openSandbox` is told of them. */
export type FileJobs = typeof JOBS;

serve(JOBS);
