import { askAt, pageOf } from './fragments.ts';

/**
 * The field of recipients: people come while one types, Enter picks, Backspace takes away, many
 * pasted addresses become many chips.
 */
const ASK = '/write/people';
/** After the last sign typed; a quick typist asks once. */
const REST_MS = 140;
/** What ends an address. */
const ENDS = /[,;]$/;
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"][^\s@<>,;".]*\.[^\s@<>,;"]+$/;

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

interface Field {
  readonly root: HTMLElement;
  readonly into: string;
  readonly input: HTMLInputElement;
  readonly chips: HTMLElement;
  readonly box: HTMLElement;
  readonly list: HTMLElement;
  timer: number;
  /** What the list shows; null while it is asked for. */
  shown: string | null;
  /** Enter was pressed before the list came. */
  picksFirst: boolean;
}

/** Makes every field of recipients of a form pleasant. */
export function openPeopleFields(form: HTMLFormElement): void {
  form.querySelectorAll<HTMLElement>('[data-people]').forEach((root) => {
    const field = fieldIn(root);
    if (field !== null) open(field);
  });
  form.querySelectorAll<HTMLButtonElement>('[data-quick]').forEach((button) => {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      toggleQuick(form, button);
    });
  });
  openFamilies(form);
}

function fieldIn(root: HTMLElement): Field | null {
  const input = root.querySelector<HTMLInputElement>('[data-find]');
  const chips = root.querySelector<HTMLElement>('[data-chips]');
  const box = root.querySelector<HTMLElement>('[data-sug]');
  const list = box?.querySelector<HTMLElement>('[role="listbox"]');
  if (!input || !chips || !box || !list) return null;
  const into = root.dataset['people'] ?? 'to';
  return { root, into, input, chips, box, list, timer: 0, shown: '', picksFirst: false };
}

function open(field: Field): void {
  const { root, input, list } = field;
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');
  input.nextElementSibling?.setAttribute('hidden', '');
  input.addEventListener('input', () => typed(field));
  input.addEventListener('keydown', (event) => pressed(field, event));
  input.addEventListener('paste', (event) => pasted(field, event));
  input.addEventListener('blur', () => window.setTimeout(() => left(field), 150));
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target instanceof Element ? event.target.closest('.opt') : null;
    if (option instanceof HTMLElement) pick(field, option);
  });
  root.addEventListener('change', ({ target }) => {
    const chip = target instanceof HTMLInputElement && !target.checked && target.closest('li');
    if (!chip) return;
    takeAway(root, chip);
    input.focus();
  });
}

function typed(field: Field): void {
  const { input } = field;
  const text = input.value.trim();
  window.clearTimeout(field.timer);
  field.picksFirst = false;
  if (text === '') {
    close(field);
    return;
  }
  if (ENDS.test(text) && ADDRESS.test(text.slice(0, -1))) {
    void bring(field, text);
    return;
  }
  field.shown = null;
  field.timer = window.setTimeout(() => void look(field, text), REST_MS);
}

async function look(field: Field, text: string): Promise<void> {
  const fragment = await ask(field, { q: text });
  if (fragment === null || field.input.value.trim() !== text) return;
  field.list.textContent = '';
  field.list.append(fragment);
  field.shown = text;
  field.box.hidden = false;
  field.input.setAttribute('aria-expanded', 'true');
  choose(field, field.list.querySelector<HTMLElement>('.opt'));
  if (field.picksFirst) enter(field);
}

function pressed(field: Field, event: KeyboardEvent): void {
  const { input } = field;
  const step = STEPS[event.key] ?? 0;
  if (step !== 0 && !field.box.hidden) {
    event.preventDefault();
    move(field, step);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    enter(field);
  } else if (event.key === 'Escape' && !field.box.hidden) {
    event.stopPropagation();
    close(field);
  } else if (event.key === 'Backspace' && input.value === '') takeLast(field);
}

/** What is chosen in the list becomes a chip, else the address that was typed. */
function enter(field: Field): void {
  const text = field.input.value.trim();
  if (text === '') return;
  if (field.shown === null) {
    field.picksFirst = true;
    return;
  }
  const option = field.list.querySelector<HTMLElement>('[aria-selected="true"]');
  if (option !== null && field.shown === text) pick(field, option);
  else if (ADDRESS.test(text)) void bring(field, text);
}

function move(field: Field, step: number): void {
  const options = Array.from(field.list.querySelectorAll<HTMLElement>('.opt'));
  const at = options.findIndex((one) => one.getAttribute('aria-selected') === 'true');
  choose(field, options[(at + step + options.length) % options.length] ?? null);
}

function choose({ list, input, box }: Field, option: HTMLElement | null): void {
  list.querySelectorAll('[aria-selected="true"]').forEach((one) => {
    one.setAttribute('aria-selected', 'false');
  });
  if (option === null) {
    input.removeAttribute('aria-activedescendant');
    return;
  }
  option.setAttribute('aria-selected', 'true');
  input.setAttribute('aria-activedescendant', option.id);
  const [above, below] = [option.offsetTop, option.offsetTop + option.offsetHeight];
  if (below > box.scrollTop + box.clientHeight - 40) box.scrollTop = below - box.clientHeight + 40;
  if (above < box.scrollTop + 30) box.scrollTop = above - 30;
}

function pick(field: Field, option: HTMLElement): void {
  const template = option.querySelector('template');
  if (template === null) return;
  add(field, template.content);
  field.input.value = '';
  close(field);
  field.input.focus();
}

/** Puts chips of `from` beside those that are there, each person once. */
function add({ chips }: Pick<Field, 'chips'>, from: DocumentFragment | HTMLElement): void {
  from.querySelectorAll('li').forEach((item) => {
    const fresh = document.importNode(item, true);
    const box = fresh.querySelector('input');
    if (box === null || document.getElementById(box.id) !== null) return;
    chips.append(fresh);
    box.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

/** The last of those that are seen; many that are folded are seen first. */
function takeLast({ root, chips, input }: Field): void {
  const folded = root.querySelector<HTMLDetailsElement>('details.chosen-many');
  const last = chips.lastElementChild ?? folded?.querySelector('li:last-child') ?? null;
  if (last === null) return;
  if (folded?.contains(last) === true && !folded.open) {
    folded.open = true;
    return;
  }
  takeAway(root, last);
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** A chip leaves, and the line that says how many are folded with it. */
function takeAway(root: HTMLElement, chip: Element): void {
  chip.remove();
  const folded = root.querySelector('details.chosen-many');
  const line = folded?.querySelector<HTMLElement>('summary');
  if (!folded || !line) return;
  const count = folded.querySelectorAll('li').length;
  const { one = '', many = '' } = line.dataset;
  line.textContent = count === 1 ? one : many.split('1234').join(String(count));
  if (count === 0) folded.remove();
}

/** Whoever is back by now, after a touch of « Vite », has begun to type the next name. */
function left(field: Field): void {
  if (document.activeElement !== field.input) close(field);
}

function close(field: Field): void {
  const { box, list, input } = field;
  window.clearTimeout(field.timer);
  field.shown = '';
  box.hidden = true;
  list.textContent = '';
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

/** One address is typed like any other text; several become chips at once. */
function pasted(field: Field, event: ClipboardEvent): void {
  const text = event.clipboardData?.getData('text') ?? '';
  if (text.split('@').length < 3 && !/[\n,;<]/.test(text.trim())) return;
  if (text.indexOf('@') < 0) return;
  event.preventDefault();
  void bring(field, text);
}

/**
 * What was typed or pasted as addresses becomes chips; what is none stays in the field, and so does
 * what stands beside it there: the next name may be typed by then.
 */
async function bring(field: Field, text: string): Promise<void> {
  const { input } = field;
  const fragment = await ask(field, { pasted: text });
  const found = fragment?.querySelector('ul') ?? null;
  // What was pasted isn't in the field.
  const beside = input.value.replace(text, '').replace(/^[\s,;]+/, '');
  const rest = found === null ? text : (found.dataset['rest'] ?? '');
  input.value = [rest, beside].filter((one) => one !== '').join(' ');
  if (found !== null) add(field, found);
  if (beside === '' || document.activeElement !== input) close(field);
  else typed(field);
}

/** What the server answers, as a fragment of the page; null where it doesn't. */
async function ask(
  { into, input }: Field,
  asked: Readonly<Record<string, string>>,
): Promise<DocumentFragment | null> {
  const token = input.form?.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ?? '';
  const body = new URLSearchParams({ csrf: token, into, ...asked });
  const answer = await askAt(ASK, body);
  if (answer === null) return null;
  const fresh = pageOf(await answer.text());
  const fragment = document.createDocumentFragment();
  fresh.body.childNodes.forEach((node) => fragment.append(document.importNode(node, true)));
  return fragment;
}

function toggleQuick(form: HTMLFormElement, button: HTMLButtonElement): void {
  const chips = form.querySelector<HTMLElement>('[data-people="to"] [data-chips]');
  const chosen = document.getElementById(`to-${button.dataset['quick'] ?? ''}`);
  if (chips === null) return;
  if (chosen !== null) {
    const root = chosen.closest<HTMLElement>('[data-people]');
    const chip = chosen.closest('li');
    if (root !== null && chip !== null) takeAway(root, chip);
    button.dispatchEvent(new Event('change', { bubbles: true }));
    return;
  }
  const template = button.querySelector('template');
  if (template !== null) add({ chips }, template.content);
}

/** « Leurs familles » is there while children are chosen, and adds their families to them. */
function openFamilies(form: HTMLFormElement): void {
  const root = form.querySelector<HTMLElement>('[data-people="to"]');
  const button = form.querySelector<HTMLButtonElement>('[data-families]');
  const said = form.querySelector<HTMLElement>('[data-families-said]');
  const field = root && fieldIn(root);
  if (!button || !said || !field) return;
  const children = (): string[] =>
    Array.from(root.querySelectorAll<HTMLInputElement>('[data-kind="child"]:checked')).map(
      ({ value }) => value,
    );
  form.addEventListener('change', () => {
    button.hidden = children().length === 0;
    said.textContent = '';
  });
  button.addEventListener('click', (event) => {
    event.preventDefault();
    const before = field.chips.children.length;
    void ask(field, { children: children().join(',') }).then((families) => {
      if (families !== null) add(field, families);
      const isNew = field.chips.children.length > before;
      said.textContent = isNew ? '' : (said.dataset['none'] ?? '');
    });
  });
}
