import { toldIn } from './told.ts';
import {
  askServer,
  isWord,
  light,
  ownVoice,
  play,
  startsIn,
  utter,
  warmPlayer,
  type Saying,
} from './voices.ts';

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
  const now = document.querySelector<HTMLElement>('[data-hear][data-now]');
  if (now !== null) void speak(now);
  document.addEventListener('click', (event) => {
    const ear = event.target instanceof Element ? event.target.closest<HTMLElement>(EARS) : null;
    if (ear === null || isHeard(ear)) return;
    event.preventDefault();
    const wasSpeaking = isSpeaking(ear);
    hush();
    if (!wasSpeaking) void speak(ear);
  });
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    const presses = key === 'Enter' || key === ' ';
    if (!presses || !(target instanceof HTMLElement) || !target.matches(EARS)) return;
    // A button presses itself.
    if (target instanceof HTMLButtonElement) return;
    event.preventDefault();
    target.click();
  });
}

/** What sends its form is heard first: the next touch of the same one sends it. */
function isHeard(ear: HTMLElement): boolean {
  if (!(ear instanceof HTMLButtonElement)) return false;
  const wasHeard = ear.dataset['heard'] !== undefined;
  document.querySelectorAll<HTMLElement>('[data-heard]').forEach((one) => {
    delete one.dataset['heard'];
  });
  ear.dataset['heard'] = '';
  return wasHeard;
}

/** What speaks just now, until it is hushed. */
interface Speaking {
  readonly ear: HTMLElement;
  stop(): void;
}
let speaking: Speaking | null = null;

/** The page has been laid out by then, and no small finger was so fast. */
const WARM_MS = 300;

function warmUp(): void {
  const ear = document.querySelector<HTMLElement>('[data-hear]');
  if (ear !== null && voiceFor(ear) === null) warmPlayer();
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
  light(undefined);
}

async function speak(ear: HTMLElement): Promise<void> {
  const isStill = (): boolean => isSpeaking(ear);
  speaking = { ear, stop: () => {} };
  ear.setAttribute('aria-pressed', 'true');
  const voice = voiceFor(ear);
  try {
    await (voice === null ? byServer(ear, isStill) : byBrowser(ear, voice, isStill));
    if (isStill()) openHeard(ear);
  } catch {
    // Nothing to be heard: the ear goes out again, and what it stands on does what it is for.
    if (isStill() && ear instanceof HTMLButtonElement) ear.click();
  }
  if (isStill()) hush();
}

/** A letter of the table that was heard to its end lies open. */
function openHeard(ear: HTMLElement): void {
  const letter = ear.closest('.letters li')?.querySelector<HTMLAnchorElement>('.open');
  if (letter) location.assign(letter.href);
}

/** A voice of this machine in the language of what is said. */
const voiceFor = (ear: HTMLElement) => ownVoice(languageOf(ear));

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
    await during(ear, utter(words, voice, lightIn(piece)));
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
  return Object.values(toldIn(await answer.json())).map((words) => ({ words, piece: null }));
}

/** Somebody who presses its ear again ends it. */
function during(ear: HTMLElement, { done, stop }: Saying): Promise<void> {
  speaking = { ear, stop };
  return done;
}

async function byServer(ear: HTMLElement, isStill: () => boolean): Promise<void> {
  const { letter, name, text } = ear.dataset;
  if (text !== undefined) return sound(ear, ear.getAttribute('href') ?? '');
  if (letter === undefined) {
    // A name goes with the form's token, and never in an address.
    const said = await (await askServer(name ?? '', languageOf(ear), 'sound')).blob();
    return isStill() ? sound(ear, URL.createObjectURL(said)) : undefined;
  }
  const here = piecesHere(ear);
  if (here.length > 0) {
    for (const piece of here)
      if (isStill()) await sound(ear, `${letter}/${piece.dataset['piece'] ?? ''}`, piece);
    return;
  }
  // Who wrote is said at once, while one hears how much there is.
  const writer = sound(ear, `${letter}/1`);
  const all = wordsOf(ear, []);
  await writer;
  const { length } = await all;
  for (let at = 2; at <= length && isStill(); at += 1) await sound(ear, `${letter}/${at}`);
}

/** Plays a file to its end; with a piece of the page its words are lit as they are said. */
function sound(ear: HTMLElement, address: string, piece: HTMLElement | null = null): Promise<void> {
  let starts: readonly number[] = [];
  const done = during(ear, play(address, { starts: () => starts, onWord: lightIn(piece) }));
  // After the sound itself: that must not wait for them.
  if (piece !== null)
    void marksOf(address).then((found) => {
      starts = found;
    });
  return done;
}

async function marksOf(address: string): Promise<readonly number[]> {
  const answer = await fetch(`${address}?marks=1`, { credentials: 'same-origin' });
  return answer.ok ? startsIn(answer) : [];
}

/** Lights the words of a piece, as they are counted; of nothing that is shown none. */
const lightIn =
  (piece: HTMLElement | null) =>
  (word: number): void =>
    light(piece === null ? undefined : wordsIn(piece)[Math.max(0, word)]);

/** The words of a piece, each in an element of its own; made when it is first said. */
function wordsIn(piece: HTMLElement): HTMLElement[] {
  const made = Array.from(piece.querySelectorAll<HTMLElement>('span'));
  if (made.length > 0) return made;
  const parts = (piece.textContent ?? '').split(/(\s+)/);
  piece.textContent = '';
  for (const part of parts) {
    if (!isWord(part)) {
      piece.append(part);
      continue;
    }
    const word = document.createElement('span');
    word.textContent = part;
    piece.append(word);
  }
  return Array.from(piece.querySelectorAll<HTMLElement>('span'));
}
