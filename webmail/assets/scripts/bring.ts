/**
 * Files for a cupboard: chosen or let fall, each comes by itself with its progress and a way to
 * stop it, piece by piece. A line that is cut costs one piece, and goes on by itself; once all are
 * there the form goes, without them.
 */
import { filled } from './coming-file.ts';

/** As the server takes them (`core/school/cupboard/coming.ts`). */
const PIECE_BYTES = 1_048_576;
/** More at once are left where they are; the form says so of those that it brings itself. */
const MOST_FILES = 20;
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

function say({ box }: Box, words: string): void {
  const line = box.querySelector<HTMLElement>('[data-says]');
  if (line === null) return;
  line.textContent = words;
  line.hidden = words === '';
}

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
  stop.textContent = box.dataset['stop'] ?? '';
  const hidden = document.createElement('span');
  hidden.className = 'vh';
  hidden.textContent = ` ${file.name}`;
  stop.append(hidden);
  item.append(name, words, bar, stop);
  const one: Coming = {
    ...{ upload: newUpload(), file, item, words, bar },
    request: null,
    isStopped: false,
  };
  stop.addEventListener('click', () => {
    one.isStopped = true;
    if (one.request !== null) one.request.abort();
    item.remove();
  });
  return one;
}

function take(box: Box, files: readonly File[]): void {
  say(box, '');
  for (const file of files) {
    if (box.files.length + box.here.length >= MOST_FILES) break;
    const isFilm = /^(?:video|audio)\//.test(file.type);
    const most = Number(box.box.dataset[isFilm ? 'mostFilm' : 'most']);
    const tooBig = isFilm ? 'tooBigFilm' : 'tooBig';
    const why = file.size > most ? tooBig : 'empty';
    if (file.size > most || file.size === 0) {
      say(box, filled(box.box.dataset[why], { f: file.name }));
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
  if (box.here.some(({ isStopped }) => !isStopped)) send(box);
}

/** Brings a file piece by piece; false where it was stopped, or the server won't have it. */
async function bring(box: Box, one: Coming): Promise<boolean> {
  const { file } = one;
  const begun = Date.now();
  for (let place = 1; (place - 1) * PIECE_BYTES < file.size; place += 1) {
    if (!(await bringPiece(box, one, { place, begun }))) return false;
  }
  one.words.textContent = box.box.dataset['done'] ?? '';
  return !one.isStopped;
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
      say(box, '');
      return true;
    }
    // No answer, or too much just now: the line, or the server, may be back soon.
    const passes = status === 0 || status === 429 || status >= 502;
    if (!passes || Date.now() > until) {
      say(box, filled(box.box.dataset['refused'], { f: one.file.name }));
      one.item.remove();
      return false;
    }
    say(box, box.box.dataset['cut'] ?? '');
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
    request.addEventListener('loadend', () => resolve(request.status));
    request.open('POST', `/coming/${one.upload}/${place}`);
    const fields = new FormData();
    const token = form.querySelector<HTMLInputElement>('input[name=csrf]');
    fields.append('csrf', token === null ? '' : token.value);
    fields.append('files', file.slice(before, before + PIECE_BYTES), 'piece');
    request.send(fields);
  });
}

/** The form goes with the names of what has come. */
function send({ form, here }: Box): void {
  const put = (name: string, value: string): void => {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  };
  for (const { upload, file } of here.filter(({ isStopped }) => !isStopped)) {
    put('come', upload);
    put('come-name', file.name);
    put('come-type', file.type);
    put('come-pieces', String(Math.ceil(file.size / PIECE_BYTES)));
  }
  form.submit();
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

const place = document.querySelector<HTMLElement>('[data-coming]');
const form = place === null ? null : place.closest('form');
if (place !== null && form !== null) {
  const box: Box = { form, box: place, files: [], here: [], running: false };
  const field = form.querySelector<HTMLInputElement>('input[type=file]');
  if (field !== null)
    field.addEventListener('change', () => {
      const files = Array.from(field.files ?? []);
      field.value = '';
      take(box, files);
    });
  form.addEventListener('submit', (event) => {
    if (box.running) event.preventDefault();
  });
  hearDrops(box);
}
