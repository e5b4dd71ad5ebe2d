import { postForm, swapParts } from './fragments.ts';

/**
 * Pupils are dragged from class to class, or lifted with Enter and carried with the arrows. Each
 * drop is the form's own POST; the page that it answers with is put in place. Without this script
 * the boxes and the bar at the foot do the same.
 */
const voice = document.getElementById('voice');
let lifted: { readonly items: readonly HTMLElement[]; target: HTMLElement } | null = null;
let busy = false;

const form = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>('#spread');
const columns = (): HTMLElement[] =>
  Array.from(document.querySelectorAll<HTMLElement>('[data-column]'));
const columnOf = (item: Element): HTMLElement | null => item.closest<HTMLElement>('[data-column]');
const gripsIn = (column: Element): HTMLElement[] =>
  Array.from(column.querySelectorAll<HTMLElement>('.grip'));
const itemOf = (element: Element | null): HTMLElement | null =>
  element === null ? null : element.closest<HTMLElement>('li[data-pupil]');

function say(text: string): void {
  if (voice !== null) voice.textContent = text;
}

/** One grip a column is reached by Tab; the arrows go on from there. */
function begin(): void {
  for (const column of columns())
    gripsIn(column).forEach((grip, at) => {
      grip.hidden = false;
      grip.tabIndex = at === 0 ? 0 : -1;
    });
  document.querySelectorAll<HTMLElement>('li[data-pupil]').forEach((item) => {
    item.draggable = true;
  });
  const how = document.querySelector<HTMLElement>('[data-how]');
  if (how !== null) how.textContent = how.dataset['how'] ?? '';
  count();
}

function count(): void {
  const shown = document.querySelector<HTMLElement>('[data-chosen]');
  if (shown === null) return;
  const chosen = document.querySelectorAll('#spread input[name="p"]:checked').length;
  const { none = '', one = '', more = '' } = shown.dataset;
  shown.hidden = false;
  document.getElementById('bar')?.classList.toggle('some', chosen > 0);
  const many = chosen === 1 ? one : more.split('1234').join(String(chosen));
  shown.textContent = chosen === 0 ? none : many;
}

/** The pupil, and with them all the others that are ticked when they are. */
function together(item: HTMLElement): HTMLElement[] {
  const ticked = Array.from(
    document.querySelectorAll<HTMLInputElement>('#spread input[name="p"]:checked'),
  )
    .map((box) => itemOf(box))
    .filter((one): one is HTMLElement => one !== null);
  return ticked.indexOf(item) >= 0 ? ticked : [item];
}

function nameOf(items: readonly HTMLElement[]): string {
  const [first] = items;
  return items.length === 1
    ? (first?.dataset['name'] ?? '')
    : `${items.length} ${form()?.dataset['many'] ?? ''}`;
}

function lift(item: HTMLElement): void {
  const home = columnOf(item);
  if (home === null || busy) return;
  lifted = { items: together(item), target: home };
  for (const one of lifted.items) {
    one.classList.add('lifted');
    one.querySelector('.grip')?.setAttribute('aria-pressed', 'true');
  }
  say((form()?.dataset['lifted'] ?? '').split('%').join(nameOf(lifted.items)));
}

function letGo(): void {
  document.querySelectorAll('.hole').forEach((hole) => hole.remove());
  document.querySelectorAll('.target').forEach((column) => column.classList.remove('target'));
  document.querySelectorAll('.lifted').forEach((one) => {
    one.classList.remove('lifted');
    one.querySelector('.grip')?.setAttribute('aria-pressed', 'false');
  });
  lifted = null;
}

/** Shows where they would go. */
function aim(column: HTMLElement): void {
  if (lifted === null || (column === lifted.target && column.classList.contains('target'))) return;
  document.querySelectorAll('.hole').forEach((hole) => hole.remove());
  document.querySelectorAll('.target').forEach((one) => one.classList.remove('target'));
  lifted.target = column;
  column.classList.add('target');
  if (column !== columnOf(lifted.items[0] ?? column)) {
    const hole = document.createElement('li');
    hole.className = 'hole';
    hole.textContent = form()?.dataset['drop'] ?? '';
    column.querySelector('ul')?.prepend(hole);
  }
  column.scrollIntoView({ block: 'nearest' });
  say(column.getAttribute('aria-label') ?? '');
}

function drop(): void {
  if (lifted === null) return;
  const { items, target } = lifted;
  const to = target.dataset['column'] ?? '0';
  const going = items.filter((one) => columnOf(one) !== target);
  letGo();
  if (going.length === 0) {
    say(form()?.dataset['cancelled'] ?? '');
    return;
  }
  void send(going, to);
}

async function send(items: readonly HTMLElement[], to: string): Promise<void> {
  const own = form();
  const csrf = own?.querySelector<HTMLInputElement>('input[name="csrf"]')?.value;
  if (own === null || csrf === undefined || busy) return;
  busy = true;
  const body = new URLSearchParams({
    csrf,
    way: to === '0' ? 'take-out' : 'move',
    to: to === '0' ? '' : to,
  });
  for (const item of items)
    body.append('p', item.querySelector<HTMLInputElement>('input[name="p"]')?.value ?? '');
  const first = items[0]?.dataset['pupil'] ?? '';
  own.setAttribute('aria-busy', 'true');
  try {
    const page = await postForm(own.action, body);
    if (page === null) throw new Error(own.action);
    show(page, { pupil: first, column: to });
  } catch {
    say(own.dataset['failed'] ?? '');
    location.reload();
  }
  busy = false;
}

/** Puts what the server says in place; the focus stays with who was moved. */
function show(fresh: Document, moved: { readonly pupil: string; readonly column: string }): void {
  swapParts(fresh, '#told', '#columns', '#bar', '#summary');
  begin();
  const column = document.querySelector<HTMLElement>(`[data-column="${moved.column}"]`);
  const grip = column?.querySelector<HTMLElement>(`li[data-pupil="${moved.pupil}"] .grip`);
  if (grip !== null && grip !== undefined) focus(grip);
  say(document.getElementById('told')?.textContent?.trim() ?? '');
}

function focus(grip: HTMLElement): void {
  const column = columnOf(grip);
  if (column !== null)
    gripsIn(column).forEach((one) => {
      one.tabIndex = one === grip ? 0 : -1;
    });
  grip.focus();
}

function neighbour<T>(all: readonly T[], one: T, step: number): T | undefined {
  return all[all.indexOf(one) + step];
}

/** Which way an arrow leads, forwards or back. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

function keyed(event: KeyboardEvent): void {
  const grip = event.target instanceof Element ? event.target.closest<HTMLElement>('.grip') : null;
  const item = itemOf(grip);
  const column = grip === null ? null : columnOf(grip);
  if (grip === null || item === null || column === null) return;
  const step = STEPS[event.key] ?? 0;
  const sideways = event.key === 'ArrowRight' || event.key === 'ArrowLeft';
  if (event.key === 'Enter' || event.key === ' ') {
    if (lifted === null) lift(item);
    else drop();
  } else if (event.key === 'Escape' && lifted !== null) {
    letGo();
    say(form()?.dataset['cancelled'] ?? '');
  } else if (step !== 0 && lifted !== null) {
    const next = sideways ? neighbour(columns(), lifted.target, step) : undefined;
    if (next !== undefined) aim(next);
  } else if (step !== 0) {
    const next = sideways ? firstBeside(column, step) : neighbour(gripsIn(column), grip, step);
    if (next !== undefined) focus(next);
  } else return;
  event.preventDefault();
}

function firstBeside(column: HTMLElement, step: number): HTMLElement | undefined {
  const beside = neighbour(columns(), column, step);
  return beside === undefined ? undefined : gripsIn(beside)[0];
}

document.addEventListener('keydown', keyed);
document.addEventListener('change', count);
document.addEventListener('focusout', (event) => {
  if (
    lifted !== null &&
    event.target instanceof Element &&
    event.target.classList.contains('grip') &&
    !busy
  )
    letGo();
});
document.addEventListener('dragstart', (event) => {
  const item = itemOf(event.target instanceof Element ? event.target : null);
  if (item === null) return;
  lift(item);
  event.dataTransfer?.setData('text/plain', nameOf(lifted?.items ?? []));
  if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = 'move';
});
document.addEventListener('dragover', (event) => {
  const column = event.target instanceof Element ? columnOf(event.target) : null;
  if (lifted === null || column === null) return;
  event.preventDefault();
  aim(column);
});
document.addEventListener('drop', (event) => {
  if (lifted === null) return;
  event.preventDefault();
  drop();
});
document.addEventListener('dragend', letGo);
begin();
