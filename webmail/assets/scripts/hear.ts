/** What speaks when it is touched: an ear, a face. */
const EARS = '[data-hear], [data-name]';

/**
 * Reads aloud what an ear stands for, and lights the word that is being said. With a voice of this
 * very machine where the browser has one (a voice of the network would send a child's letter away),
 * else with that of the server.
 */
export function offerHearing(): void {
  makeButtons(document.body);
  addEventListener('load', () => setTimeout(warmUp, WARM_MS));
  document.addEventListener('click', (event) => {
    const ear = event.target instanceof Element ? event.target.closest<HTMLElement>(EARS) : null;
    if (ear === null) return;
    event.preventDefault();
    const wasSpeaking = isSpeaking(ear);
    hush();
    if (!wasSpeaking) void speak(ear);
  });
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    const presses = key === 'Enter' || key === ' ';
    if (!presses || !(target instanceof HTMLElement) || !target.matches(EARS)) return;
    event.preventDefault();
    target.click();
  });
}

/** What speaks just now, until it is hushed. */
interface Speaking {
  readonly ear: HTMLElement;
  stop(): void;
}
let speaking: Speaking | null = null;
/** One player for all: a browser lets it go on by itself once it was begun by a finger. */
let player: HTMLAudioElement | null = null;

/** The page has been laid out by then, and no small finger was so fast. */
const WARM_MS = 300;
/** A WAVE file of one moment of silence. */
const SILENCE = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQIAAACAgA==';

/**
 * The first sound of a page costs an old computer a third of a second before anything is asked of
 * the server: opened with silence while nobody waits, the player has that behind it.
 */
function warmUp(): void {
  const ear = document.querySelector<HTMLElement>('[data-hear]');
  if (ear === null || player !== null || ownVoice(ear) !== null) return;
  const silence = Uint8Array.from(window.atob(SILENCE), (one) => one.charCodeAt(0));
  player = new Audio(URL.createObjectURL(new Blob([silence], { type: 'audio/wav' })));
  player.load();
}

/** Where a script can make them speak, an ear is no link and a face is a button. */
export function makeButtons(within: ParentNode): void {
  for (const ear of within.querySelectorAll<HTMLElement>(EARS)) {
    ear.tabIndex = 0;
    ear.setAttribute('role', 'button');
  }
}

const isSpeaking = (ear: HTMLElement): boolean => speaking !== null && speaking.ear === ear;

function hush(): void {
  speaking?.stop();
  speaking?.ear.removeAttribute('aria-pressed');
  speaking = null;
  light(null, 0);
}

async function speak(ear: HTMLElement): Promise<void> {
  const isStill = (): boolean => isSpeaking(ear);
  speaking = { ear, stop: () => {} };
  ear.setAttribute('aria-pressed', 'true');
  const voice = ownVoice(ear);
  try {
    await (voice === null ? byServer(ear, isStill) : byBrowser(ear, voice, isStill));
  } catch {
    // Nothing to be heard: the ear goes out again, and the page is as it was.
  }
  if (isStill()) hush();
}

/** A voice of this machine in the language of what is said. */
function ownVoice(ear: HTMLElement): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in window)) return null;
  const language = languageOf(ear);
  const fits = (one: SpeechSynthesisVoice): boolean =>
    one.localService && one.lang.slice(0, 2) === language;
  return speechSynthesis.getVoices().find(fits) ?? null;
}

/** What a page says itself is in its language, or in its own; letters and names are French. */
function languageOf({ lang, dataset }: HTMLElement): string {
  if (lang !== '') return lang;
  return dataset['text'] === undefined ? 'fr' : document.documentElement.lang;
}

/** The pieces of the letter that lie on this page, by their numbers. */
const piecesHere = (ear: HTMLElement): HTMLElement[] =>
  Array.from(ear.closest('.frame')?.querySelectorAll<HTMLElement>('[data-piece]') ?? []);

async function byBrowser(
  ear: HTMLElement,
  voice: SpeechSynthesisVoice,
  isStill: () => boolean,
): Promise<void> {
  const { text, name } = ear.dataset;
  const here = piecesHere(ear);
  const alone = text ?? name;
  const said = alone === undefined ? await wordsOf(ear, here) : [{ words: alone, piece: null }];
  for (const { words, piece } of said) {
    if (!isStill()) return;
    await utter(ear, words, { voice, piece });
  }
}

interface Said {
  readonly words: string;
  readonly piece: HTMLElement | null;
}

/** What is said of a letter: as it stands on the page, else as the server tells it. */
async function wordsOf(ear: HTMLElement, here: readonly HTMLElement[]): Promise<Said[]> {
  if (here.length > 0) return here.map((piece) => ({ words: piece.textContent ?? '', piece }));
  const answer = await fetch(`${ear.dataset['letter'] ?? ''}/words`, {
    credentials: 'same-origin',
  });
  const told = (await answer.json()) as Readonly<Record<string, string>>;
  return Object.keys(told).map((at) => ({ words: told[at] ?? '', piece: null }));
}

function utter(
  ear: HTMLElement,
  words: string,
  { voice, piece }: { readonly voice: SpeechSynthesisVoice; readonly piece: HTMLElement | null },
): Promise<void> {
  return new Promise((done) => {
    const said = new SpeechSynthesisUtterance(words);
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = 0.85;
    said.addEventListener('boundary', ({ charIndex }) => {
      light(piece, countWords(words.slice(0, charIndex)));
    });
    said.addEventListener('end', () => done());
    said.addEventListener('error', () => done());
    speaking = {
      ear,
      stop: () => {
        speechSynthesis.cancel();
        done();
      },
    };
    speechSynthesis.speak(said);
  });
}

async function byServer(ear: HTMLElement, isStill: () => boolean): Promise<void> {
  const { letter, name, text } = ear.dataset;
  if (text !== undefined) return play(ear, ear.getAttribute('href') ?? '');
  if (letter === undefined) return play(ear, await spokenName(name ?? '', languageOf(ear)));
  const here = piecesHere(ear);
  if (here.length > 0) {
    for (const piece of here)
      if (isStill()) await play(ear, `${letter}/${piece.dataset['piece'] ?? ''}`, piece);
    return;
  }
  // Who wrote is said at once, while one hears how much there is.
  const writer = play(ear, `${letter}/1`);
  const all = wordsOf(ear, []);
  await writer;
  const { length } = await all;
  for (let at = 2; at <= length && isStill(); at += 1) await play(ear, `${letter}/${at}`);
}

/** A name goes with the form's token, and never in an address. */
async function spokenName(name: string, language: string): Promise<string> {
  const csrf = document.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ?? '';
  const answer = await fetch('/says', {
    method: 'POST',
    body: new URLSearchParams({ csrf, name, language }),
    credentials: 'same-origin',
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return URL.createObjectURL(await answer.blob());
}

/** Plays a file to its end; with a piece of the page its words are lit as they are said. */
function play(ear: HTMLElement, address: string, piece: HTMLElement | null = null): Promise<void> {
  const audio = player ?? new Audio();
  player = audio;
  let starts: readonly number[] = [];
  return new Promise((done, failed) => {
    let isOver = false;
    const over = (): void => {
      isOver = true;
      audio.onended = null;
      audio.onerror = null;
    };
    const follow = (): void => {
      if (isOver) return;
      const now = audio.currentTime * 1_000;
      light(piece, starts.filter((start) => start <= now).length - 1);
      window.requestAnimationFrame(follow);
    };
    audio.onended = () => {
      over();
      done();
    };
    audio.onerror = () => {
      over();
      failed(new Error(address));
    };
    speaking = {
      ear,
      stop: () => {
        over();
        audio.pause();
        done();
      },
    };
    audio.src = address;
    audio.play().then(follow, () => {
      over();
      failed(new Error(address));
    });
    // After the sound itself: that must not wait for them.
    if (piece !== null)
      void marksOf(address).then((found) => {
        starts = found;
      });
  });
}

async function marksOf(address: string): Promise<readonly number[]> {
  const answer = await fetch(`${address}?marks=1`, { credentials: 'same-origin' });
  if (!answer.ok) return [];
  const { marks = '' } = (await answer.json()) as { readonly marks?: string };
  return marks.split(' ').map(Number);
}

const HAS_WORD = /[\p{L}\p{N}]/u;
const countWords = (text: string): number =>
  text.split(/\s+/).filter((word) => HAS_WORD.test(word)).length;

/** Marks one word of a piece, counted as the server counts them; null marks none. */
function light(piece: HTMLElement | null, word: number): void {
  const lit = document.querySelector('.now');
  const next = piece === null ? undefined : wordsIn(piece)[Math.max(0, word)];
  if (lit === (next ?? null)) return;
  lit?.classList.remove('now');
  next?.classList.add('now');
}

/** The words of a piece, each in an element of its own; made when it is first said. */
function wordsIn(piece: HTMLElement): HTMLElement[] {
  const made = Array.from(piece.querySelectorAll<HTMLElement>('span'));
  if (made.length > 0) return made;
  const parts = (piece.textContent ?? '').split(/(\s+)/);
  piece.textContent = '';
  for (const part of parts) {
    if (!HAS_WORD.test(part)) {
      piece.append(part);
      continue;
    }
    const word = document.createElement('span');
    word.textContent = part;
    piece.append(word);
  }
  return Array.from(piece.querySelectorAll<HTMLElement>('span'));
}
