import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** What a pattern finds in the sources of the pages. */
export function foundInSources(pattern: RegExp): readonly string[] {
  const files = ['.', 'pages'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((one) => one.endsWith('.ts'))
      .map((one) => join(ROOT, folder, one)),
  );
  return files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(pattern)].map((match) => match[1] ?? ''),
  );
}
