import { createHash, hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../../ground/config.ts';
import { Fault } from '../../ground/fault.ts';

/** A key that keys of bodies are wrapped by. */
interface WrappingKey {
  /** By what it is known, from which nobody learns anything of it. */
  readonly mark: string;
  readonly key: Buffer;
}

/**
 * The keys of a town's bodies: the newest wraps, the others open what lies wrapped by them still,
 * here or in a backup. They hang on no other key: who loses secret.key reads old letters all the
 * same.
 */
export interface BodyKeys {
  readonly newest: WrappingKey;
  marked(mark: string): Buffer | null;
}

/** Signs of a key without its hyphens, which somebody can type from its sheet. */
const LEAST_SIGNS = 56;
const MARK_CHARACTERS = 16;

/** Where the keys are, one a line, the newest first: beside secret.key, and like it in backups. */
export const bodyKeyFile = ({ secretFile }: Pick<Config, 'secretFile'>): string =>
  join(dirname(secretFile), 'bodies.key');

/**
 * The keys of this installation; null: none was made. Throws a `Fault` 'configuration' where the
 * file holds none: another one in its place would open nothing.
 */
export function loadBodyKeys(path: string): BodyKeys | null {
  if (!existsSync(path)) return null;
  const lines = readFileSync(path, 'utf8').split(/\s+/).filter(Boolean);
  const [newest, ...older] = lines.map(wrappingKey);
  if (newest === undefined) throw garbled(path);
  const keys = [newest, ...older];
  if (lines.some((line) => signsOf(line).length < LEAST_SIGNS)) throw garbled(path);
  return { newest, marked: (mark) => keys.find((one) => one.mark === mark)?.key ?? null };
}

function wrappingKey(line: string): WrappingKey {
  const key = hash('sha256', `preau bodies ${signsOf(line)}`, 'buffer');
  const mark = createHash('sha256').update('mark').update(key).digest('hex');
  return { key, mark: mark.slice(0, MARK_CHARACTERS) };
}

const signsOf = (line: string): string => line.replaceAll('-', '');

const garbled = (path: string): Fault =>
  new Fault(
    'configuration',
    `${path} ne contient plus la clé des grands corps : ôtez ce fichier, puis preau restore files, ou preau bodies key --key - avec la feuille. / ${path} no longer holds the key of large bodies: remove the file, then preau restore files, or preau bodies key --key - with the sheet.`,
    { transient: false },
  );
