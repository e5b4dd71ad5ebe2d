/**
 * One file on its way to the server: how it stands among the others, and the request that brings
 * it.
 */
import { keepAnswerIn, type KeepAnswer } from './told.ts';

const KEEP = '/write/keep';
/** Progress is said so often: each time is a new sentence for whoever looks. */
const TELL_MS = 300;

export interface PendingFile {
  readonly file: File;
  readonly item: HTMLElement;
  readonly request: XMLHttpRequest;
  isStopped: boolean;
}

/** A file on its way, as it stands among the others. */
export function comingOf(file: File, { dataset }: HTMLElement): PendingFile {
  const item = document.createElement('li');
  item.className = 'clip coming';
  const what = document.createElement('span');
  what.className = 'what';
  const name = document.createElement('span');
  name.className = 'cut';
  name.textContent = file.name;
  const words = document.createElement('span');
  words.className = 'small soft';
  words.textContent = sizeOf(file.size);
  const bar = document.createElement('progress');
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute('aria-label', file.name);
  what.append(name, words, bar);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn mini';
  button.dataset['stopFile'] = '';
  button.textContent = dataset['stop'] ?? '';
  item.append(what, button);
  const request = new XMLHttpRequest();
  tellProgress(request, { words, bar, dataset });
  return { file, item, request, isStopped: false };
}

interface Telling {
  readonly words: HTMLElement;
  readonly bar: HTMLProgressElement;
  readonly dataset: DOMStringMap;
}

function tellProgress(request: XMLHttpRequest, { words, bar, dataset }: Telling): void {
  let begun = 0;
  let told = 0;
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    const now = Date.now();
    if (begun === 0) begun = now;
    if (now - told < TELL_MS && loaded < total) return;
    told = now;
    bar.value = Math.round((loaded / total) * 100);
    const seconds = Math.ceil((((now - begun) / Math.max(1, loaded)) * (total - loaded)) / 1_000);
    words.textContent =
      loaded >= total
        ? (dataset['checking'] ?? '')
        : filled(dataset['progress'], { p: String(bar.value), s: String(Math.max(1, seconds)) });
  });
}

export const sent = (one: PendingFile, fields: FormData): Promise<KeepAnswer | null> =>
  one.isStopped ? Promise.resolve(null) : asked(one.request, fields);

/** What the server says of it; null where it says nothing, or nothing of ours. */
export function asked(request: XMLHttpRequest, fields: FormData): Promise<KeepAnswer | null> {
  return new Promise((resolve) => {
    request.open('POST', KEEP);
    request.responseType = 'json';
    request.addEventListener('loadend', () => {
      resolve(request.status === 200 ? keepAnswerIn(request.response) : null);
    });
    request.send(fields);
  });
}

/** « %f est trop gros » with what stands for the letters. */
export function filled(
  sentence: string | undefined,
  words: Readonly<Record<string, string>>,
): string {
  return (sentence ?? '').replace(/%(\w)/g, (all, letter: string) => words[letter] ?? all);
}

export function sizeOf(bytes: number): string {
  const { lang } = document.documentElement;
  const megabytes = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(bytes / 1e6);
  return `${megabytes}\u00a0${lang === 'fr' ? 'Mo' : 'MB'}`;
}
