import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** What a pattern finds in the sources of the pages. */
export function foundInSources(pattern: RegExp): readonly string[] {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/\.test\.ts$|^testing\//.test(name),
  );
  return files.flatMap((name) =>
    [...readFileSync(join(ROOT, name), 'utf8').matchAll(pattern)].map((match) => match[1] ?? ''),
  );
}
