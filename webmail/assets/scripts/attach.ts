/**
 * Files on the writing page: chosen, dropped or pasted, each comes by itself with its progress and
 * a way to stop it, and goes by one tap. What can't fit is said before a byte of it has left.
 */

import { asked, comingOf, filled, sent, sizeOf, type PendingFile } from './coming-file.ts';
import { pageOf } from './fragments.ts';
import type { TextKeeper } from './keeping.ts';
import { run } from './run.ts';
import type { KeepAnswer } from './told.ts';
import { whileOpen } from './while-open.ts';

/** Files that wait to come at once; more are left where they are. */
const MOST_WAITING = 20;

/** What comes into the letter of a form. */
interface Tray {
  readonly form: HTMLFormElement;
  readonly keeping: TextKeeper;
  /** The first is on its way. */
  readonly waiting: PendingFile[];
  running: Promise<void> | null;
  /** Files that were to come and have not. */
  refused: number;
}

interface Attaching {
  /** Once nothing is on its way any more: whether all that was has come. */
  idle(): Promise<boolean>;
}

/** Lets files come into the letter of a form. */
export function openAttaching(form: HTMLFormElement, keeping: TextKeeper): Attaching {
  const tray: Tray = { form, keeping, waiting: [], running: null, refused: 0 };
  hearButtons(tray);
  hearDrops(tray);
  return {
    async idle() {
      const before = tray.refused;
      if (tray.running !== null) await tray.running;
      return tray.refused === before;
    },
  };
}

const boxOf = ({ form }: Tray): HTMLElement | null => form.querySelector('[data-tray]');

function hearButtons(tray: Tray): void {
  const { form } = tray;
  form.querySelectorAll<HTMLInputElement>('[data-files]').forEach((input) => {
    input.addEventListener('change', () => {
      const files = Array.from(input.files ?? []);
      input.value = '';
      take(tray, files);
    });
  });
  form.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button === null) return;
    if (button.dataset['stopFile'] !== undefined) stop(tray, button.closest('.clip'));
    if (button.dataset['pick'] !== undefined) pick(button, event);
    const { drop } = button.dataset;
    if (drop === undefined) return;
    event.preventDefault();
    button.setAttribute('aria-busy', 'true');
    void change(tray, 'drop', [drop]);
  });
  // What was ticked in the layer of one's cupboards.
  form.addEventListener('stored', (event) => {
    if (event instanceof CustomEvent) void change(tray, 'stored', event.detail);
  });
}

/** The layer comes with what it needs once somebody asks for it. */
function pick(button: HTMLButtonElement, event: Event): void {
  event.preventDefault();
  if (button.dataset['opened'] !== undefined) return;
  button.dataset['opened'] = '';
  button.setAttribute('aria-busy', 'true');
  run(button.dataset['pick'] ?? '');
}

/** Files may be let fall anywhere: beside the form they would open in place of the letter. */
function hearDrops(tray: Tray): void {
  const signal = whileOpen();
  const over = (event: DragEvent): void => {
    if (event.dataTransfer !== null && event.dataTransfer.types.indexOf('Files') >= 0)
      event.preventDefault();
  };
  document.addEventListener('dragover', over, { signal });
  const bring = (event: Event, data: DataTransfer | null): void => {
    const files = Array.from(data?.files ?? []);
    if (files.length === 0) return;
    event.preventDefault();
    take(tray, files);
  };
  document.addEventListener('drop', (event) => bring(event, event.dataTransfer), { signal });
  tray.form.addEventListener('paste', (event) => bring(event, event.clipboardData));
}

function take(tray: Tray, files: readonly File[]): void {
  say(tray, '');
  for (const file of files) {
    const box = boxOf(tray);
    if (box === null || tray.waiting.length >= MOST_WAITING) return;
    const coming = tray.waiting.reduce((sum, one) => sum + one.file.size, 0);
    const room = Math.max(0, Number(box.dataset['room']) - coming);
    if (file.size > room) {
      say(tray, filled(box.dataset['tooBig'], { f: file.name, r: sizeOf(room) }));
      continue;
    }
    const one = comingOf(file, box);
    tray.waiting.push(one);
    box.querySelector('[data-clips]')?.append(one.item);
    box.hidden = false;
  }
  tray.running ??= bringAll(tray).then(() => {
    tray.running = null;
  });
}

async function bringAll(tray: Tray): Promise<void> {
  const { waiting } = tray;
  for (let one = waiting[0]; one !== undefined; one = waiting[0]) {
    if (!one.isStopped) await bring(tray, one);
    waiting.shift();
    one.item.remove();
    const box = boxOf(tray);
    if (box !== null && box.querySelector('.clip') === null) box.hidden = true;
  }
}

async function bring(tray: Tray, one: PendingFile): Promise<void> {
  const answer = await tray.keeping.carry(async (fields) => {
    fields.append('file', one.file, one.file.name);
    return sent(one, fields);
  });
  if (answer !== null) show(tray, answer);
  else if (!one.isStopped) say(tray, boxOf(tray)?.dataset['lost'] ?? '');
}

/** The fresh tray in place of the old, with those that are still on their way. */
function show(tray: Tray, { tray: text, left }: KeepAnswer): void {
  const old = boxOf(tray);
  if (text === undefined || old === null) return;
  const fresh = pageOf(text).querySelector<HTMLElement>('[data-tray]');
  if (fresh === null) return;
  const next = document.importNode(fresh, true);
  const later = tray.waiting.slice(1);
  later.forEach(({ item }) => next.querySelector('[data-clips]')?.append(item));
  if (later.length > 0) next.hidden = false;
  old.replaceWith(next);
  say(tray, left ?? '');
}

/** Says why a file stayed behind; nothing takes the words away. */
function say(tray: Tray, words: string): void {
  const line = tray.form.querySelector<HTMLElement>('[data-tray-says]');
  if (line === null) return;
  if (words !== '') tray.refused += 1;
  line.textContent = words;
  line.hidden = words === '';
}

/** Files that go, or come out of a cupboard, along with the letter as it is. */
async function change(
  tray: Tray,
  name: 'drop' | 'stored',
  values: readonly string[],
): Promise<void> {
  const answer = await tray.keeping.carry(async (fields) => {
    values.forEach((value) => fields.append(name, value));
    return asked(new XMLHttpRequest(), fields);
  });
  if (answer !== null) show(tray, answer);
  else say(tray, boxOf(tray)?.dataset['lost'] ?? '');
}

function stop({ waiting }: Tray, item: Element | null): void {
  const one = waiting.find((each) => each.item === item);
  if (one === undefined) return;
  one.isStopped = true;
  one.request.abort();
  one.item.hidden = true;
}
