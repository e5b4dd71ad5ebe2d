import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What tsc notes of the program it has read (`--tsBuildInfoFile`), as far as lint asks it. Files
 * are named by their places in `fileNames`, counted from 1, and a file refers to those of a list.
 */
export interface TypedProgram {
  readonly fileNames: readonly string[];
  /** What each file is: its text, and what others see of it where that is known apart. */
  readonly fileInfos: readonly (string | TypedFile)[];
  readonly fileIdsList?: readonly (readonly number[])[];
  readonly referencedMap?: readonly (readonly [file: number, list: number])[];
}

interface TypedFile {
  readonly version: string;
  readonly signature?: string | false;
  readonly affectsGlobalScope?: true;
}

const FOLDER = 'node_modules/.cache';
/**
 * What the types of the run before were, so that only what has changed is looked at: 2 seconds of
 * processor time, and 15 without. It is another compiler's, or none: everything is.
 */
export const TYPES_BEFORE = join(FOLDER, 'types.tsbuildinfo');
/** How tsc begins the names of our own files there; all others are packages'. */
const OURS = '../../';
const LINTED = join(FOLDER, 'linted.json');
/** What says how is linted, and by which programs. */
const SETTINGS = ['package-lock.json', 'tsconfig.json', '.oxlintrc.json'];

/**
 * The files of the program in which lint has found nothing and would find nothing now: neither
 * they have changed, nor what others see of a file that they refer to, by whatever way. That is
 * what tsc itself goes by. None, where settings or what everybody sees have changed.
 */
export function asBefore(before: TypedProgram, now: TypedProgram): string[] {
  const old = new Map(filesOf(before).map((file) => [file.name, file]));
  const files = filesOf(now);
  const looksOther = files.filter((file) => old.get(file.name)?.seen !== file.seen);
  if (looksOther.some((file) => file.everybodys)) return [];
  const here = new Set(now.fileNames);
  if ([...old.values()].some(({ name, everybodys }) => everybodys && !here.has(name))) return [];
  const touched = new Set(
    whoRefersTo(
      now,
      looksOther.map(({ place }) => place),
    ),
  );
  return files
    .filter(({ name, text, place }) => old.get(name)?.text === text && !touched.has(place))
    .map(({ name }) => name);
}

function filesOf({ fileNames, fileInfos }: TypedProgram) {
  return fileNames.map((name, index) => {
    const info = fileInfos[index]!;
    const { version, signature, affectsGlobalScope } =
      typeof info === 'string' ? ({ version: info } as TypedFile) : info;
    const seen = signature === undefined || signature === false ? version : signature;
    const everybodys = affectsGlobalScope === true || !name.startsWith(OURS);
    return { name, place: index + 1, text: version, seen, everybodys };
  });
}

/** The files and all that refer to them, to those, and so on. */
function whoRefersTo({ fileIdsList, referencedMap }: TypedProgram, files: number[]): Set<number> {
  const askers = new Map<number, number[]>();
  for (const [file, list] of referencedMap ?? [])
    for (const referred of fileIdsList?.[list - 1] ?? [])
      askers.set(referred, [...(askers.get(referred) ?? []), file]);
  const found = new Set(files);
  for (const file of found) for (const asker of askers.get(file) ?? []) found.add(asker);
  return found;
}

interface Linted {
  readonly settings: string;
  readonly program: TypedProgram;
}

/** What oxlint need not look at, as its arguments; read once types are right. */
export function leaveOut(): string[] {
  try {
    const { settings, program } = JSON.parse(readFileSync(LINTED, 'utf8')) as Linted;
    if (settings !== settingsNow()) return [];
    return asBefore(program, programNow())
      .filter((name) => name.startsWith(OURS))
      .flatMap((name) => ['--ignore-pattern', `/${name.slice(OURS.length)}`]);
  } catch {
    return []; // the first time
  }
}

/** Lint has found nothing in what it has looked at, and all the rest is as it was. */
export function keepLinted(): void {
  const linted: Linted = { settings: settingsNow(), program: programNow() };
  writeFileSync(LINTED, JSON.stringify(linted));
}

const programNow = (): TypedProgram =>
  JSON.parse(readFileSync(TYPES_BEFORE, 'utf8')) as TypedProgram;

function settingsNow(): string {
  const hash = createHash('sha256');
  for (const file of SETTINGS) hash.update(readFileSync(file));
  return hash.digest('base64');
}
