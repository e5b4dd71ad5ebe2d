/**
 * Reads a part of the page aloud, sentence by sentence, and lights the word that is said: for who
 * presses « Écouter ». Loaded once somebody does.
 */
import {
  askServer,
  isWord,
  light,
  ownVoice,
  play,
  startsIn,
  utter,
  type Saying,
} from './voices.ts';

/** As on the server (`core/letters/message/spoken.ts`): what is said in one breath. */
const PIECE_CHARACTERS = 220;
const SENTENCE_END = /[.!?…][»”"')\]]*$/;
/** What the eye would not read, or can press. */
const UNREAD = 'button, .btn, [hidden], details, .pager, [aria-hidden="true"], script, style';
/** What ends a sentence, whatever stands before it. */
const BLOCKS = 'p, li, h1, h2, h3, div, blockquote, header, td, th';

/** A word of the page, and the block in which it stands. */
interface Word {
  readonly element: HTMLElement;
  readonly block: Element | null;
}

interface Aloud {
  readonly button: HTMLElement;
  saying: Saying | null;
}
let aloud: Aloud | null = null;

function toggle(button: HTMLElement): void {
  const wasSpeaking = aloud !== null && aloud.button === button;
  hush();
  if (!wasSpeaking) void read({ button, saying: null });
}

function hush(): void {
  aloud?.saying?.stop();
  aloud?.button.removeAttribute('aria-pressed');
  aloud = null;
  light(undefined);
}

async function read(now: Aloud): Promise<void> {
  aloud = now;
  now.button.setAttribute('aria-pressed', 'true');
  const part = document.querySelector(now.button.dataset['listen'] ?? '');
  const language = now.button.dataset['speaks'] ?? document.documentElement.lang;
  try {
    const pieces = part === null ? [] : piecesOf(wordsIn(part));
    await say(now, pieces, language);
  } catch {
    // Nothing to be heard: the button goes out again, and the page is as it was.
  }
  if (aloud === now) hush();
}

async function say(now: Aloud, pieces: readonly Word[][], language: string): Promise<void> {
  const voice = ownVoice(language);
  const isStill = (): boolean => aloud === now;
  // What comes next is asked for while one hears what is there.
  let next = voice === null ? soundOf(pieces[0], language) : null;
  for (let at = 0; at < pieces.length && isStill(); at += 1) {
    const piece = pieces[at] ?? [];
    const spoken = piece.filter(({ element }) => isWord(element.textContent ?? ''));
    const onWord = (word: number): void => light(spoken[Math.max(0, word)]?.element);
    if (voice !== null) now.saying = utter(textOf(piece), voice, onWord);
    else {
      const sound = await next;
      next = soundOf(pieces[at + 1], language);
      if (sound === null || !isStill()) return;
      now.saying = playing(piece, { sound, language, onWord });
    }
    await now.saying.done;
  }
}

interface SpeechOptions {
  readonly sound: Blob;
  readonly language: string;
  readonly onWord: (word: number) => void;
}

function playing(piece: readonly Word[], { sound, language, onWord }: SpeechOptions): Saying {
  let starts: readonly number[] = [];
  void askServer(textOf(piece), language, 'marks')
    .then(startsIn)
    .then((found) => {
      starts = found;
    })
    // It is heard, and no word is lit.
    .catch(() => {});
  return play(URL.createObjectURL(sound), { starts: () => starts, onWord });
}

/** What the server says of a piece; null where there is none. */
async function soundOf(piece: readonly Word[] | undefined, language: string) {
  if (piece === undefined) return null;
  return (await askServer(textOf(piece), language, 'sound')).blob();
}

const textOf = (piece: readonly Word[]): string =>
  piece.map(({ element }) => element.textContent ?? '').join(' ');

/** The words of a part that the eye reads, each in an element of its own from now on. */
function wordsIn(part: Element): Word[] {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (node instanceof Text) texts.push(node);
  return texts.flatMap((text) => {
    const { parentElement } = text;
    if (parentElement === null || parentElement.closest(UNREAD) !== null) return [];
    const block = parentElement.closest(BLOCKS);
    if (parentElement.className === 'word') return [{ element: parentElement, block }];
    return splitInWords(text).map((element) => ({ element, block }));
  });
}

function splitInWords(text: Text): HTMLElement[] {
  const words: HTMLElement[] = [];
  const all = document.createDocumentFragment();
  for (const part of text.data.split(/(\s+)/)) {
    if (part.trim() === '') {
      all.append(part);
      continue;
    }
    const word = document.createElement('span');
    word.className = 'word';
    word.textContent = part;
    words.push(word);
    all.append(word);
  }
  text.replaceWith(all);
  return words;
}

/** Words in what is said in one breath: to the end of a sentence or of a block. */
function piecesOf(words: readonly Word[]): Word[][] {
  const pieces: Word[][] = [];
  let piece: Word[] = [];
  let length = 0;
  words.forEach((word, at) => {
    const { length: more } = word.element.textContent ?? '';
    piece.push(word);
    length += more + 1;
    const next = words[at + 1];
    const isOver =
      next === undefined ||
      next.block !== word.block ||
      SENTENCE_END.test(word.element.textContent ?? '') ||
      length + (next.element.textContent ?? '').length > PIECE_CHARACTERS;
    if (!isOver) return;
    pieces.push(piece);
    piece = [];
    length = 0;
  });
  return pieces.filter((one) => one.some(({ element }) => isWord(element.textContent ?? '')));
}

document.addEventListener('click', ({ target }) => {
  const pressed = target instanceof Element ? target.closest<HTMLElement>('[data-listen]') : null;
  if (pressed !== null) toggle(pressed);
});
document.addEventListener('preau:pane', hush);
document.querySelectorAll<HTMLElement>('[data-listen][aria-busy]').forEach((button) => {
  button.removeAttribute('aria-busy');
  toggle(button);
});
