/** A voice of this very machine, or a sound of the server's: both say where they are. */

import { toldIn } from './told.ts';

/** Something that is being said; `done` comes at its end, and when it is stopped. */
export interface Saying {
  readonly done: Promise<void>;
  stop(): void;
}

/** Which word is being said, counted from 0 as the server counts them. */
type OnWord = (word: number) => void;

/** A voice of this machine: one of the network would send a child's letter away. */
export function ownVoice(language: string): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in window)) return null;
  const fits = (one: SpeechSynthesisVoice): boolean =>
    one.localService && one.lang.slice(0, 2) === language;
  return speechSynthesis.getVoices().find(fits) ?? null;
}

/** Says words by a voice of this machine, slowly. */
export function utter(words: string, voice: SpeechSynthesisVoice, onWord: OnWord): Saying {
  const said = new SpeechSynthesisUtterance(words);
  said.voice = voice;
  said.lang = voice.lang;
  said.rate = 0.85;
  said.addEventListener('boundary', ({ charIndex }) => {
    onWord(countWords(words.slice(0, charIndex)));
  });
  let end = (): void => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
    said.addEventListener('end', () => resolve());
    said.addEventListener('error', () => resolve());
  });
  speechSynthesis.speak(said);
  return {
    done,
    stop() {
      speechSynthesis.cancel();
      end();
    },
  };
}

/** One player for all: a browser lets it go on by itself once it was begun by a finger. */
let player: HTMLAudioElement | null = null;
/** A WAVE file of one moment of silence. */
const SILENCE = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQIAAACAgA==';

/**
 * The first sound of a page costs an old computer a third of a second before anything is asked of
 * the server: opened with silence while nobody waits, the player has that behind it.
 */
export function warmPlayer(): void {
  if (player !== null) return;
  const silence = Uint8Array.from(window.atob(SILENCE), (one) => one.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([silence], { type: 'audio/wav' }));
  player = new Audio(address);
  player.addEventListener('loadeddata', () => URL.revokeObjectURL(address), { once: true });
  player.load();
}

/**
 * Plays a sound to its end; `starts` says when its words begin, once that is known. The address of
 * a blob is good once.
 */
export function play(
  address: string,
  { starts, onWord }: { readonly starts: () => readonly number[]; readonly onWord: OnWord },
): Saying {
  const audio = player ?? new Audio();
  player = audio;
  let end = (): void => {};
  const done = new Promise<void>((resolve, reject) => {
    let isOver = false;
    const over = (settle: () => void): void => {
      isOver = true;
      audio.onended = audio.onerror = null;
      URL.revokeObjectURL(address);
      settle();
    };
    const fail = () => over(() => reject(new Error(address)));
    const follow = (): void => {
      if (isOver) return;
      const now = audio.currentTime * 1_000;
      onWord(starts().filter((start) => start <= now).length - 1);
      window.requestAnimationFrame(follow);
    };
    end = () => over(resolve);
    audio.onended = end;
    audio.onerror = fail;
    audio.src = address;
    audio.play().then(follow, fail);
  });
  return {
    done,
    stop() {
      audio.pause();
      end();
    },
  };
}

const HAS_WORD = /[\p{L}\p{N}]/u;
/** Whether a part between two spaces is a word that is said. */
export const isWord = (part: string): boolean => HAS_WORD.test(part);
const countWords = (text: string): number => text.split(/\s+/).filter(isWord).length;

/** Marks one word of those that are said; undefined marks none. */
export function light(word: Element | undefined): void {
  const lit = document.querySelector('.now');
  if (lit === (word ?? null)) return;
  lit?.classList.remove('now');
  word?.classList.add('now');
}

/** Has the server say a few words, or tell when each begins: by a form, never an address. */
export async function askServer(
  words: string,
  language: string,
  what: 'sound' | 'marks',
): Promise<Response> {
  const csrf = document.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ?? '';
  const answer = await fetch('/says', {
    method: 'POST',
    body: new URLSearchParams({ csrf, name: words, language, marks: what === 'marks' ? '1' : '' }),
    credentials: 'same-origin',
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

/** When each word begins, out of what the server told. */
export async function startsIn(answer: Response): Promise<readonly number[]> {
  return (toldIn(await answer.json())['marks'] ?? '').split(' ').map(Number);
}
