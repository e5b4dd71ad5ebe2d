import { showCount } from './counts.ts';
import { postForm, swapParts } from './fragments.ts';
import { open, showPane } from './panes.ts';
import { dropHeadings, listOf, renewRows, rowsIn } from './rows.ts';
import { choose, chosenRows, refresh } from './selection.ts';
import { showToast } from './toast.ts';

const MARKS: ReadonlySet<string> = new Set(['seen', 'unseen', 'flagged', 'unflagged']);

/**
 * What is done with messages is done in place: the form goes by itself, and from the page that
 * answers come the toast, the counts and what has changed. Without this script that page is shown.
 */
export function actInPlace(): void {
  document.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element
        ? event.target.closest<HTMLButtonElement>(
            '[data-deed], button[form="pick"], [data-acts] button',
          )
        : null;
    if (button === null || event.defaultPrevented) return;
    const row = button.closest<HTMLElement>('[data-row]');
    if (button.type !== 'button' && button.form === null) return;
    event.preventDefault();
    closeMenu(button);
    if (row !== null) void act([row], deedFor(row, button.dataset['deed'] ?? ''));
    else if (button.form?.id === 'pick') void actOnChosen(valueOf(button), folderBy(button));
    else if (button.form !== null) void actOnOpen(button.form, valueOf(button), folderBy(button));
  });
  document.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-undo]') : null;
    if (button === null || listOf(document) === null) return;
    event.preventDefault();
    void undo();
  });
}

/** The name that is typed in the menu of a button, for a folder that is made. */
const folderBy = (button: HTMLElement): string =>
  button.parentElement?.querySelector<HTMLInputElement>('[data-new-folder]')?.value ?? '';

/** What a button says; one of a day and an hour, with these: `later 2026-11-25T08:00`. */
function valueOf(button: HTMLButtonElement): string {
  if (button.value !== 'later') return button.value;
  const typed = (name: string): string =>
    button.form?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? '';
  return `${button.value} ${typed('day')}T${typed('hour')}`;
}

function closeMenu(button: HTMLElement): void {
  const menu = button.closest<HTMLDetailsElement>('details.drop');
  if (menu !== null) menu.open = false;
}

/** A star is put or taken away, as a row has none or one; the same of « non lu ». */
export function deedFor(row: HTMLElement, deed: string): string {
  if (deed === 'flagged' && row.dataset['star'] !== undefined) return 'unflagged';
  if (deed === 'unseen' && row.classList.contains('new')) return 'seen';
  return deed;
}

async function actOnChosen(deed: string, folder: string): Promise<void> {
  const all = document.querySelector<HTMLInputElement>('.chosen input[name="all"]');
  if (all?.checked !== true) {
    await act(chosenRows(), deed, folder);
    return;
  }
  const path = document.querySelector<HTMLFormElement>('#pick')?.action.replace(/\/act$/, '');
  if ((await post(chosenRows(), { deed, folder, all: '1' })) !== null && path !== undefined)
    location.assign(path + kept());
}

/** Does something with the message that is open: with its row, where the list has it. */
async function actOnOpen(form: HTMLFormElement, deed: string, folder: string): Promise<void> {
  const key = form.querySelector<HTMLInputElement>('[name="m"]')?.value ?? '';
  const row = document.querySelector<HTMLElement>(`.rows [data-row="${key}"]`);
  if (row === null || document.getElementById('pick') === null) {
    const hidden = document.createElement('input');
    hidden.type = 'hidden';
    hidden.name = 'do';
    hidden.value = deed;
    form.append(hidden);
    form.submit();
    return;
  }
  await act([row], deed, folder);
}

/** Does something with rows of the list; says whether it was done. */
export async function act(rows: readonly HTMLElement[], deed: string, folder = ''): Promise<void> {
  if (rows.length === 0) return;
  // News of this very act may be quicker than its answer, and the list be renewed by then.
  const place = placeOf(rows);
  const answer = post(rows, { deed, folder, all: '' });
  // Who goes on meanwhile chooses anew.
  if (MARKS.has(deed)) choose(rows, 'unticked');
  const page = await answer;
  const list = listOf(document);
  if (page === null || list === null) return;
  const isDone = page.querySelector('[data-toast="not-done"]') === null;
  if (MARKS.has(deed)) mark(place, list, page);
  else if (isDone) remove(place, list, page);
  takeCounts(page);
  showToast(page);
  refresh();
}

/** Sends the form of the list; what answers is a page, null where there is none. */
async function post(
  rows: readonly HTMLElement[],
  fields: Readonly<Record<'deed' | 'folder' | 'all', string>>,
): Promise<Document | null> {
  const form = document.querySelector<HTMLFormElement>('#pick');
  const csrf = form?.querySelector<HTMLInputElement>('[name="csrf"]')?.value ?? '';
  if (form === null) return null;
  const body = new URLSearchParams([
    ['csrf', csrf],
    ['do', fields.deed],
    ['folder', fields.folder],
    ['all', fields.all],
    ['open', openUid(rows)],
    ['only', only()],
    ...rows.map((row): [string, string] => ['m', row.dataset['row'] ?? '']),
  ]);
  const page = await postForm(form.action, body);
  if (page?.getElementById('list')) return page;
  // Whatever it is, the page itself says it: signed out meanwhile, that is the door.
  location.reload();
  return null;
}

const isOpen = (row: HTMLElement): boolean => row.querySelector('.msg[aria-current]') !== null;

/** The open message, where it is among these rows. */
function openUid(rows: readonly HTMLElement[]): string {
  const row = rows.find(isOpen);
  return row?.dataset['row']?.split('-')[1] ?? '';
}

/** Rows whose marks have changed, as the page that answers has them; a tick is the reader's own. */
function mark({ keys, wasOpen }: RowsPlace, list: HTMLElement, page: Document): void {
  const fresh = listOf(page);
  const stays = page.querySelector('.reading') !== null;
  for (const row of rowsIn(list).filter((one) => keys.has(keyOf(one)))) {
    const next = fresh?.querySelector<HTMLElement>(`[data-row="${keyOf(row)}"]`);
    if (next === null || next === undefined) continue;
    const copy = document.importNode(next, true);
    if (isOpen(row) && stays) copy.querySelector('.msg')?.setAttribute('aria-current', 'true');
    const hadFocus = row.contains(document.activeElement);
    const isChosen = chosenRows().includes(row);
    row.replaceWith(copy);
    if (isChosen) choose([copy], 'ticked');
    if (hadFocus) copy.querySelector<HTMLElement>('.msg')?.focus({ preventScroll: true });
  }
  if (wasOpen) leavePane(page);
}

/** What the answer has in its pane: the message still, or nothing: then the list is the page. */
function leavePane(page: Document): void {
  showPane(page);
  if (page.querySelector('.reading') === null) history.pushState(null, '', listPath());
}

/** Says which part of its folder the list shows, as a form sends it. */
const only = (): string => document.getElementById('list')?.dataset['only'] ?? '';
/** The same in an address. */
const kept = (): string => (only() === '' ? '' : `?${only()}`);
/** Where the list is that a message lies in. */
const listPath = (): string => location.pathname.replace(/\/\d+$/, '') + kept();

/** Where rows stood in the list: by their keys, since the list may be another one later. */
interface RowsPlace {
  readonly keys: ReadonlySet<string>;
  /** The first one after them that stays; null: they were the last. */
  readonly next: string | null;
  readonly hadFocus: boolean;
  readonly wasOpen: boolean;
}

const keyOf = (row: HTMLElement): string => row.dataset['row'] ?? '';

function placeOf(rows: readonly HTMLElement[]): RowsPlace {
  const keys = new Set(rows.map(keyOf));
  const list = listOf(document);
  const all = list === null ? [] : rowsIn(list);
  const at = all.findIndex((row) => keys.has(keyOf(row)));
  const next = all.find((row, index) => index > at && !keys.has(keyOf(row)));
  return {
    keys,
    next: next === undefined ? null : keyOf(next),
    hadFocus: rows.some((row) => row.contains(document.activeElement)),
    wasOpen: rows.some(isOpen),
  };
}

/** Rows that are no longer of this list; the focus goes on to the next. */
function remove(
  { keys, next: nextKey, hadFocus, wasOpen }: RowsPlace,
  list: HTMLElement,
  page: Document,
): void {
  for (const row of rowsIn(list)) if (keys.has(keyOf(row))) row.remove();
  dropHeadings(list);
  const rest = rowsIn(list);
  const next = rest.find((row) => keyOf(row) === nextKey) ?? rest[rest.length - 1];
  if (rest.length === 0) swapParts(page, '#list');
  if (hadFocus) next?.querySelector<HTMLElement>('.msg')?.focus({ preventScroll: true });
  if (!wasOpen) return;
  const goesOn = document.getElementById('list')?.dataset['after'] === 'next';
  const link = goesOn ? next?.querySelector<HTMLAnchorElement>('.msg') : null;
  if (link) void open(link.href, 'push');
  else leavePane(page);
}

/** The counts that an act has changed. */
function takeCounts(page: Document): void {
  swapParts(page, '#places');
  showCount(page);
}

/** Takes the last act back, while its toast is there. */
export async function undo(): Promise<void> {
  const button = document.querySelector<HTMLButtonElement>('[data-undo]');
  const form = button?.form ?? null;
  const list = listOf(document);
  if (button === null || form === null) return;
  const fields = Array.from(form.querySelectorAll<HTMLInputElement>('input')).map(
    ({ name, value }): [string, string] => [name, value],
  );
  const body = new URLSearchParams([...fields, [button.name, button.value]]);
  const page = await postForm(form.action, body);
  if (page === null || list === null || !renewRows(list, page)) {
    location.reload();
    return;
  }
  if (document.querySelector('.reading') !== null) await open(location.href, 'stay');
  takeCounts(page);
  showToast(page);
  refresh();
}
