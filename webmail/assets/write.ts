/**
 * The writing page while it is filled in: what is written is kept, the button and the line « Pour »
 * say to whom it goes, chips move.
 */
import { keepByItself } from './keeping.ts';

const form = document.querySelector<HTMLFormElement>('[data-write]');
const chips = document.querySelector<HTMLElement>('[data-chips]');
/** Names on the button up to here; more people are a number. As in writing-form.ts. */
const NAMED = 3;

const ticked = (): HTMLInputElement[] =>
  Array.from(form?.querySelectorAll<HTMLInputElement>('input[name="to"]:checked') ?? []);

function words(button: HTMLElement): string {
  const chosen = ticked();
  const { nobody = '', names = '', many = '', and = '' } = button.dataset;
  if (chosen.length === 0) return nobody;
  if (chosen.length <= NAMED && chosen.every((one) => one.dataset['kind'] !== 'list')) {
    const called = chosen.map((one) => one.dataset['name'] ?? '');
    const last = called.pop() ?? '';
    return names
      .split('%')
      .join(called.length === 0 ? last : called.join(', ') + and.slice(1, -1) + last);
  }
  return many
    .split('1234')
    .join(String(chosen.reduce((sum, one) => sum + Number(one.dataset['count']), 0)));
}

function refresh(): void {
  form?.querySelectorAll<HTMLElement>('[data-send]').forEach((button) => {
    const label = button.querySelector('span');
    if (label !== null) label.textContent = words(button);
  });
  const list = ticked().find((one) => one.dataset['kind'] === 'list');
  const aside = document.querySelector<HTMLElement>('[data-hidden-list]');
  if (aside !== null) aside.hidden = list === undefined;
  if (form !== null && form.className.indexOf('rev') >= 0)
    form.classList.toggle('alone', list === undefined);
  forWhom();
}

/** A child sees the faces of those it goes to. */
function forWhom(): void {
  const line = document.querySelector<HTMLElement>('[data-for]');
  if (line === null) return;
  const chosen = ticked();
  line.querySelectorAll('b').forEach((one) => one.remove());
  line.hidden = chosen.length === 0;
  for (const box of chosen) {
    const card = document.createElement('b');
    card.className = 'row';
    const face = box.nextElementSibling?.querySelector('.face, .who, .spine') ?? null;
    if (face !== null && box.dataset['kind'] !== 'list') {
      const small = document.importNode(face, true);
      small.classList.add('s');
      card.append(small);
    }
    const name = document.createElement('span');
    name.textContent = box.dataset['name'] ?? '';
    card.append(name);
    line.append(card);
  }
}

/** A chip goes up when it is chosen, and back to where it came from when it is not. */
function moveChip(box: HTMLInputElement): void {
  const item = box.closest('li');
  if (chips === null || item === null) return;
  if (box.checked && !chips.contains(item)) {
    const marker = document.createComment('');
    item.replaceWith(marker);
    homes.set(item, marker);
    chips.append(item);
    box.focus();
    return;
  }
  if (!box.checked && chips.contains(item)) {
    const home = homes.get(item);
    if (home === undefined) item.remove();
    else home.replaceWith(item);
  }
}
const homes = new Map<Element, Comment>();

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

/**
 * Filters the drawer by what is typed; the button still asks the server for people of other
 * schools.
 */
function filter(text: string): void {
  const wanted = plain(text.trim());
  const drawer = document.querySelector<HTMLDetailsElement>('[data-drawer]');
  if (drawer === null) return;
  if (wanted !== '') drawer.open = true;
  drawer.querySelectorAll<HTMLDetailsElement>('.group').forEach((group) => {
    let any = false;
    group.querySelectorAll<HTMLElement>('[data-search]').forEach((item) => {
      item.hidden = wanted !== '' && plain(item.dataset['search'] ?? '').indexOf(wanted) < 0;
      any = any || !item.hidden;
    });
    group.hidden = !any;
    if (wanted !== '' && any) group.open = true;
  });
}

/** The file field becomes a button like the others, and says what was chosen. */
form?.querySelectorAll<HTMLInputElement>('.filepick input').forEach((input) => {
  const names = document.createElement('span');
  names.setAttribute('role', 'status');
  names.className = 'soft';
  input.classList.add('vh');
  input.closest('label')?.after(names);
  input.addEventListener('change', () => {
    names.textContent = Array.from(input.files ?? [])
      .map((one) => one.name)
      .join(', ');
  });
});

form?.addEventListener('change', (event) => {
  const box = event.target;
  if (box instanceof HTMLInputElement && box.name === 'to') {
    moveChip(box);
    refresh();
  }
});
if (form !== null) leaveKept(form);

/**
 * A form leaves once what is in it is kept, so that a cut line or an ended session shows here and
 * loses nothing; and it leaves once.
 */
function leaveKept(own: HTMLFormElement): void {
  const keeping = keepByItself(own);
  const buttons = () => own.querySelectorAll('button');
  let pressed: HTMLButtonElement | null = null;
  let state: 'here' | 'asking' | 'leaving' = 'here';
  const be = (now: typeof state): void => {
    state = now;
    keeping.leaves(now === 'leaving');
    buttons().forEach((one) => {
      if (now === 'here') one.removeAttribute('aria-busy');
      else if (one === pressed) one.setAttribute('aria-busy', 'true');
    });
  };
  // Chrome 80 doesn't say which button submits; Enter in a field presses the first.
  own.addEventListener('click', (event) => {
    pressed = event.target instanceof Element ? event.target.closest('button') : null;
  });
  own.addEventListener('submit', (event) => {
    if (state === 'leaving') {
      window.setTimeout(
        () =>
          buttons().forEach((one) => {
            one.disabled = true;
          }),
        0,
      );
      return;
    }
    event.preventDefault();
    if (state === 'asking') return;
    be('asking');
    void keeping.settle(pressed?.value === 'throw').then((isKept) => {
      be(isKept ? 'leaving' : 'here');
      if (isKept) own.requestSubmit(pressed);
    });
  });
  window.addEventListener('pageshow', () => {
    buttons().forEach((one) => {
      one.disabled = false;
    });
    be('here');
  });
}
// Whoever has written the title goes on with the letter.
form
  ?.querySelector<HTMLInputElement>('input[name="subject"]')
  ?.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    form.querySelector<HTMLTextAreaElement>('textarea[name="text"]')?.focus();
  });
const find = document.querySelector<HTMLInputElement>('[data-find]');
find?.addEventListener('input', () => filter(find.value));
find?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  form?.querySelector<HTMLButtonElement>('button[value="find"]')?.click();
});
refresh();
