import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpokenSentence } from './contract.ts';
import { ESPEAK } from './limits.ts';
import { say } from './say.ts';
import { isEspeak, PACE } from './voice-program.ts';
import { waveOf } from './wave.ts';

/** What `makeSpeech` came to. */
export interface SpeechMade {
  /** Files that were made now, that were there already, that no sentence wanted any more. */
  readonly made: number;
  readonly kept: number;
  readonly removed: number;
  /** Sentences that the voice said nothing of. */
  readonly silent: number;
  /** Of all files together. */
  readonly bytes: number;
}

/** Which voice the files are of; one that speaks otherwise makes all of them anew. */
const VOICE_FILE = 'voice.txt';

/** Where what was said once lies; made of the texts, so that no backup needs it. */
export const speechFolder = (dataDir: string): string => join(dataDir, 'voice');

/** A file is called after what it says: a sentence that changes has none until it is made. */
function fileOf({ language, words }: SpokenSentence): string {
  // In a letter, spaces are told apart no more (`message/spoken.ts`).
  const spoken = words.replaceAll(/\s+/gu, ' ').trim();
  return `${hash('sha256', `${language}\0${spoken}`, 'base64url')}.wav`;
}

/** The spoken sentences of a folder; one that is made meanwhile is found at the next asking. */
export function openMadeSpeech(folder: string): {
  find(sentence: SpokenSentence): Promise<Buffer | null>;
} {
  // Only what lies in the folder comes in here: some dozens of sentences.
  const read = new Map<string, Buffer>();
  return {
    async find(sentence) {
      const file = fileOf(sentence);
      const known = read.get(file);
      if (known !== undefined) return known;
      const audio = await readFile(join(folder, file)).catch(() => null);
      if (audio !== null) read.set(file, audio);
      return audio;
    },
  };
}

/**
 * Has every sentence said once into `folder`, one after the other: only those without a file, or
 * all of them where another voice made the files. A file is there in whole or not at all. Throws
 * where the folder can't be written, or when `signal` is aborted.
 */
export async function makeSpeech(
  program: string,
  sentences: readonly SpokenSentence[],
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<SpeechMade> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const voice = await nameOf(program);
  const isSameVoice = voice === (await readFile(join(folder, VOICE_FILE), 'utf8').catch(() => ''));
  const there = new Set(await readdir(folder));
  const wanted = new Map(sentences.map((sentence) => [fileOf(sentence), sentence]));
  let [made, silent, bytes] = [0, 0, 0];
  for (const [file, sentence] of wanted) {
    signal.throwIfAborted();
    if (isSameVoice && there.has(file)) {
      bytes += (await stat(join(folder, file))).size;
      continue;
    }
    const { language, words } = sentence;
    const samples = await say(program, words, { language, apart: false });
    if (samples === null) {
      silent += 1;
      continue;
    }
    const audio = waveOf(samples);
    await writeWhole(join(folder, file), audio);
    made += 1;
    bytes += audio.length;
  }
  const old = [...there].filter((file) => file !== VOICE_FILE && !wanted.has(file));
  for (const file of old) await rm(join(folder, file), { force: true });
  // Last: a voice that was cut short begins anew.
  if (silent === 0) await writeWhole(join(folder, VOICE_FILE), voice);
  return { made, kept: wanted.size - made - silent, removed: old.length, silent, bytes };
}

/** The voice, as it says itself which one it is, and how fast we have it speak. */
function nameOf(program: string): Promise<string> {
  if (!isEspeak(program)) return Promise.resolve(program);
  return new Promise((resolve) => {
    execFile(program, ['--version'], { timeout: ESPEAK.ms }, (error, printed) =>
      resolve(`${error === null ? printed.trim() : program}, ${PACE}`),
    );
  });
}

/** Processes that share a folder each find a whole file, whoever was last. */
async function writeWhole(path: string, content: Buffer | string): Promise<void> {
  const coming = `${path}.${process.pid}`;
  await writeFile(coming, content, { mode: 0o600 });
  await rename(coming, path);
}
