/**
 * Files of one's cupboards for the letter that one writes: a layer over its page, in which folders
 * open and names are looked for; what is ticked stays so from one folder to the next. Loaded once
 * it is asked for. The letter's own form knows nothing of it until files are joined.
 */
import { getPage } from './fragments.ts';
import { wear } from './wear.ts';

const opener = document.querySelector<HTMLButtonElement>('[data-pick]');
if (opener !== null) void openLayer(opener);

interface Layer {
  readonly box: HTMLElement;
  readonly chosen: Set<string>;
}

async function openLayer(button: HTMLButtonElement): Promise<void> {
  const page = await getPage('/write/cupboard');
  const drawn = page?.querySelector<HTMLElement>('[data-pick-layer]') ?? null;
  button.removeAttribute('aria-busy');
  // Without the layer the next press goes by its page.
  if (drawn === null) {
    button.removeAttribute('data-pick');
    button.click();
    return;
  }
  const box = document.importNode(drawn, true);
  await wear(box.dataset['look'] ?? '');
  document.body.append(box);
  const layer: Layer = { box, chosen: new Set() };
  hear(layer, button);
  const show = (): void => {
    box.hidden = false;
    box.querySelector<HTMLElement>('a, input:not([type=hidden])')?.focus();
  };
  button.addEventListener('click', show);
  show();
}

const says = ({ box }: Layer, words: string): void => {
  const line = box.querySelector<HTMLElement>('[data-pick-says]');
  if (line === null) return;
  line.textContent = words;
  line.hidden = words === '';
};

/** How many are ticked stands on the button, also those in another folder than the one shown. */
function count({ box, chosen }: Layer): void {
  const label = box.querySelector<HTMLElement>('[data-join] span');
  if (label === null) return;
  label.dataset['still'] ??= label.textContent ?? '';
  const { still = '' } = label.dataset;
  const { one = '', many = '' } = box.dataset;
  label.textContent = [still, one][chosen.size] ?? many.replace('%n', String(chosen.size));
}

function hear(layer: Layer, button: HTMLButtonElement): void {
  const { box, chosen } = layer;
  const away = (): void => {
    box.hidden = true;
    chosen.clear();
    box.querySelectorAll('input').forEach((one) => {
      one.checked = false;
    });
    count(layer);
    says(layer, '');
    button.focus();
  };
  box.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.name !== 'file') return;
    if (target.checked) chosen.add(target.value);
    else chosen.delete(target.value);
    count(layer);
  });
  // The second of two quick presses, of which the first opened it, selects no word.
  box.addEventListener('mousedown', (event) => {
    if (event.detail > 1 && !(event.target instanceof HTMLInputElement)) event.preventDefault();
  });
  box.addEventListener('click', (event) => {
    const at = event.target instanceof Element ? event.target.closest('a, button') : null;
    if (at instanceof HTMLAnchorElement) {
      event.preventDefault();
      void go(layer, at.href);
    } else if (at?.hasAttribute('data-away')) away();
    else if (at?.hasAttribute('data-join')) {
      if (chosen.size === 0) return says(layer, box.dataset['nothing'] ?? '');
      const detail = Array.from(chosen);
      away();
      button.form?.dispatchEvent(new CustomEvent('stored', { detail }));
    }
  });
  box.addEventListener('submit', (event) => {
    event.preventDefault();
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    const query = new URLSearchParams();
    new FormData(target).forEach((value, name) => query.append(name, String(value)));
    void go(layer, `${target.action}?${query.toString()}`);
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') away();
    if (event.key === 'Tab') turn(box, event);
  });
}

/** Another folder, or what was found, in place of what is shown. */
async function go(layer: Layer, address: string): Promise<void> {
  const { box, chosen } = layer;
  const page = await getPage(address);
  const next = page?.querySelector('[data-picks]') ?? null;
  if (next === null) return says(layer, box.dataset['lost'] ?? '');
  says(layer, '');
  const fresh = document.importNode(next, true);
  fresh.querySelectorAll<HTMLInputElement>('input[name=file]').forEach((one) => {
    one.checked = chosen.has(one.value);
  });
  box.querySelector('[data-picks]')?.replaceWith(fresh);
  box.scrollTop = 0;
  const first = fresh.querySelector<HTMLElement>('.picked a, .picked input');
  (first ?? fresh.querySelector<HTMLElement>('.input'))?.focus();
}

/** By Tab one goes round in it: what lies under it is away. */
function turn(box: HTMLElement, event: KeyboardEvent): void {
  const all = Array.from(
    box.querySelectorAll<HTMLElement>('a, button, input:not([type=hidden])'),
  ).filter((one) => one.offsetParent !== null);
  const [first, last] = [all[0], all[all.length - 1]];
  const from = event.shiftKey ? first : last;
  if (document.activeElement !== from) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
