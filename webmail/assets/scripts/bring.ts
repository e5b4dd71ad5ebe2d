/**
 * Files for a cupboard: chosen or let fall, each comes by itself with its progress and a way to
 * stop it, piece by piece. A line that is cut costs one piece, and goes on by itself; once all are
 * there the form goes, without them: by itself where nothing had to be said of any, and nobody is
 * to look at them first; else by its button.
 */
import { filled } from './coming-file.ts';

/** As the server takes them (`core/school/cupboard/coming.ts`). */
const PIECE_BYTES = 1_048_576;
/** How long a line may be away, and how long is waited between two tries. */
const PATIENCE_MS = 600_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

interface Coming {
  readonly upload: string;
  readonly file: File;
  readonly item: HTMLLIElement;
  readonly words: HTMLElement;
  readonly bar: HTMLProgressElement;
  readonly stop: HTMLButtonElement;
  request: XMLHttpRequest | null;
  isStopped: boolean;
}

interface Box {
  readonly form: HTMLFormElement;
  readonly box: HTMLElement;
  readonly files: Coming[];
  /** What has come whole. */
  readonly here: Coming[];
  running: boolean;
  /** Somebody has pressed the button. */
  isAsked: boolean;
  /** The form is on its way: what it had is the page's no more. */
  isSent: boolean;
  /** What had to be said of files that stay behind. */
  troubles: readonly string[];
}

/** 16 random bytes as a UUID (RFC 9562 §5.4), for browsers that have no `randomUUID`. */
function newUpload(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, at) => {
    if (at === 6) return ((byte & 0x0f) | 0x40).toString(16).padStart(2, '0');
    return (at === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0');
  }).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** What is to be said of files, a line each, and of the line just now. */
function say({ box, troubles }: Box, words = ''): void {
  const line = box.querySelector<HTMLElement>('[data-says]');
  if (line === null) return;
  const all = words === '' ? troubles : [...troubles, words];
  line.textContent = all.join('\n');
  line.hidden = all.length === 0;
}

function sayOf(box: Box, sentence: string, { name }: File): void {
  box.troubles = [...box.troubles, filled(box.box.dataset[sentence], { f: name })];
  say(box);
}

const left = (files: readonly Coming[]): readonly Coming[] =>
  files.filter(({ isStopped }) => !isStopped);

/** A file as it stands among the others. */
function comingOf({ box }: Box, file: File): Coming {
  const item = document.createElement('li');
  const name = document.createElement('b');
  name.textContent = file.name;
  const words = document.createElement('span');
  words.className = 'small soft';
  words.textContent = box.dataset['waiting'] ?? '';
  const bar = document.createElement('progress');
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute('aria-label', file.name);
  const stop = document.createElement('button');
  stop.type = 'button';
  stop.className = 'btn mini';
  item.append(name, words, bar, stop);
  const one: Coming = {
    upload: newUpload(),
    file,
    item,
    words,
    bar,
    stop,
    request: null,
    isStopped: false,
  };
  callIt(one, box.dataset['stop']);
  stop.addEventListener('click', () => {
    one.isStopped = true;
    if (one.request !== null) one.request.abort();
    item.remove();
  });
  return one;
}

/** What the button of a file does: stop it, or leave it out. */
function callIt({ stop, file }: Coming, words = ''): void {
  const hidden = document.createElement('span');
  hidden.className = 'vh';
  hidden.textContent = ` ${file.name}`;
  stop.textContent = words;
  stop.append(hidden);
}

/** What keeps a file out before a byte of it has left; null where nothing does. */
function whyNot({ box, files, here }: Box, file: File): string | null {
  const all = [...left(files), ...left(here)];
  if (file.size === 0) return 'empty';
  if (all.length >= Number(box.dataset['mostFiles'])) return 'tooMany';
  const isFilm = /^(?:video|audio)\//.test(file.type);
  if (file.size > Number(box.dataset[isFilm ? 'mostFilm' : 'most']))
    return isFilm ? 'tooBigFilm' : 'tooBig';
  const together = all.reduce((sum, one) => sum + one.file.size, file.size);
  return together > Number(box.dataset['room']) ? 'noRoom' : null;
}

function take(box: Box, files: readonly File[]): void {
  box.troubles = [];
  say(box);
  for (const file of files) {
    const why = whyNot(box, file);
    if (why !== null) {
      sayOf(box, why, file);
      continue;
    }
    const one = comingOf(box, file);
    box.files.push(one);
    box.box.querySelector('ul')?.append(one.item);
  }
  if (!box.running) void bringAll(box);
}

async function bringAll(box: Box): Promise<void> {
  box.running = true;
  for (let one = box.files[0]; one !== undefined; one = box.files[0]) {
    if (!one.isStopped && (await bring(box, one))) box.here.push(one);
    box.files.shift();
  }
  box.running = false;
  const waits = box.box.dataset['waits'] !== undefined || box.troubles.length > 0;
  if (left(box.here).length > 0 && (box.isAsked || !waits)) {
    putAll(box);
    box.form.submit();
  }
  box.isAsked = false;
}

/** Brings a file piece by piece; false where it was stopped, or the server won't have it. */
async function bring(box: Box, one: Coming): Promise<boolean> {
  const { file } = one;
  const begun = Date.now();
  for (let place = 1; (place - 1) * PIECE_BYTES < file.size; place += 1) {
    if (!(await bringPiece(box, one, { place, begun }))) return false;
  }
  if (one.isStopped) return false;
  one.words.textContent = box.box.dataset['done'] ?? '';
  callIt(one, box.box.dataset['remove']);
  return true;
}

interface Piece {
  readonly place: number;
  readonly begun: number;
}

/** One piece, as often as it takes; what is too much or not wanted isn't tried again. */
async function bringPiece(box: Box, one: Coming, piece: Piece): Promise<boolean> {
  const until = Date.now() + PATIENCE_MS;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    const status = await sent(box, one, piece);
    if (one.isStopped) return false;
    if (status === 200) {
      say(box);
      return true;
    }
    // No answer, or too much just now: the line, or the server, may be back soon.
    const passes = status === 0 || status === 429 || status >= 502;
    if (!passes || Date.now() > until) {
      sayOf(box, 'refused', one.file);
      one.item.remove();
      return false;
    }
    say(box, box.box.dataset['cut']);
    await new Promise((resolve) => {
      setTimeout(resolve, waitMs);
      window.addEventListener('online', resolve, { once: true });
    });
  }
}

function sent({ form, box }: Box, one: Coming, { place, begun }: Piece): Promise<number> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    one.request = request;
    const before = (place - 1) * PIECE_BYTES;
    const { file, words, bar } = one;
    request.upload.addEventListener('progress', ({ loaded }) => {
      const done = Math.min(before + loaded, file.size);
      const seconds = (((Date.now() - begun) / Math.max(1, done)) * (file.size - done)) / 1_000;
      bar.value = Math.round((done / file.size) * 100);
      words.textContent = filled(box.dataset['progress'], {
        p: String(bar.value),
        s: String(Math.max(1, Math.ceil(seconds))),
      });
    });
    request.addEventListener('loadend', () => {
      // Where the session is over another page answers, and has kept nothing.
      const isOurs = request.responseURL.indexOf('/coming/') > 0;
      resolve(request.status === 200 && !isOurs ? 401 : request.status);
    });
    request.open('POST', `/coming/${one.upload}/${place}`);
    const fields = new FormData();
    const token = form.querySelector<HTMLInputElement>('input[name=csrf]');
    fields.append('csrf', token === null ? '' : token.value);
    fields.append('files', file.slice(before, before + PIECE_BYTES), 'piece');
    request.send(fields);
  });
}

/** The form gets the names of what has come. */
function putAll(box: Box): void {
  const { form, here } = box;
  box.isSent = true;
  const put = (name: string, value: string): void => {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  };
  for (const { upload, file, words } of left(here)) {
    words.textContent = box.box.dataset['looked'] ?? '';
    put('come', upload);
    put('come-name', file.name);
    put('come-type', file.type);
    put('come-pieces', String(Math.ceil(file.size / PIECE_BYTES)));
  }
}

/** Files may be let fall anywhere: beside the form they would open in place of the page. */
function hearDrops(box: Box): void {
  const hint = box.box.querySelector<HTMLElement>('[data-drop-here]');
  if (hint !== null && window.matchMedia('(hover: hover)').matches) hint.hidden = false;
  document.addEventListener('dragover', (event) => {
    if (event.dataTransfer === null || event.dataTransfer.types.indexOf('Files') < 0) return;
    event.preventDefault();
    box.form.classList.add('over');
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) box.form.classList.remove('over');
  });
  document.addEventListener('drop', (event) => {
    box.form.classList.remove('over');
    const files = Array.from(event.dataTransfer?.files ?? []);
    if (files.length === 0) return;
    event.preventDefault();
    take(box, files);
  });
}

/** What comes goes with its form, and isn't left behind without a question. */
function hearLeaving(box: Box): void {
  box.form.addEventListener('submit', (event) => {
    if (box.isSent) return;
    if (box.running) {
      box.isAsked = true;
      event.preventDefault();
    } else if (left(box.here).length > 0) putAll(box);
  });
  window.addEventListener('beforeunload', (event) => {
    if (!box.isSent && left([...box.files, ...box.here]).length > 0) event.preventDefault();
  });
  // Who comes back by the arrow finds a page that sends again.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) window.location.reload();
  });
}

const place = document.querySelector<HTMLElement>('[data-coming]');
const form = place === null ? null : place.closest('form');
if (place !== null && form !== null) {
  const box: Box = {
    form,
    box: place,
    files: [],
    here: [],
    troubles: [],
    running: false,
    isAsked: false,
    isSent: false,
  };
  const hint = form.querySelector<HTMLElement>('#fh');
  const { each } = place.dataset;
  if (hint !== null && each !== undefined) hint.textContent = each;
  const field = form.querySelector<HTMLInputElement>('input[type=file]');
  if (field !== null)
    field.addEventListener('change', () => {
      const files = Array.from(field.files ?? []);
      field.value = '';
      take(box, files);
    });
  hearLeaving(box);
  hearDrops(box);
}
