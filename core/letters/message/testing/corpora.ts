/** Files of the corpora beside the repository, for tests; none where it stands alone. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../../../../shared/corpora');

export interface CorpusFile {
  readonly corpus: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** Whether the corpora are there. Tests that need them skip, saying so, where they aren't. */
export const hasCorpora = existsSync(ROOT);

/** Every file of the corpora whose folder starts so, notes and manifests left out. */
export function corpusFiles(prefix: string): CorpusFile[] {
  if (!hasCorpora) return [];
  return readdirSync(ROOT)
    .filter((corpus) => corpus.startsWith(prefix))
    .flatMap((corpus) =>
      readdirSync(join(ROOT, corpus), { recursive: true, encoding: 'utf8' })
        .filter(
          (name) =>
            !/SOURCES\.md$|manifest\.json$/.test(name) &&
            statSync(join(ROOT, corpus, name)).isFile(),
        )
        .map((name) => ({ corpus, name, bytes: readFileSync(join(ROOT, corpus, name)) })),
    );
}

/** One JSON file of a corpus. */
export function corpusJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as unknown;
}

/**
 * Files of mail collections often have LF for line ends; on the wire they would have come with
 * CRLF.
 */
export function asSent(bytes: Buffer): Buffer {
  return bytes.includes('\r\n')
    ? bytes
    : Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}

/** Runs something and gives its CPU time in milliseconds. */
export function cpuMs<T>(run: () => T): { readonly result: T; readonly ms: number } {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}
