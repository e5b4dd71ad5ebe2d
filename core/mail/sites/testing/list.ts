import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '../../../core.ts';

/** Puts a list in force: by category, its names of sites. */
export async function listSites(
  { sites }: Pick<Core, 'sites'>,
  list: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const source = await mkdtemp(join(tmpdir(), 'preau-list-'));
  try {
    for (const [category, names] of Object.entries(list)) {
      await mkdir(join(source, category));
      await writeFile(join(source, category, 'domains'), `${names.join('\n')}\n`);
    }
    const updated = await sites.update({ source }, new AbortController().signal);
    if (updated.kind !== 'loaded') throw new Error(`the list was not read: ${updated.kind}`);
  } finally {
    await rm(source, { recursive: true });
  }
}
