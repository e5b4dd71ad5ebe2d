import { act, deedFor, undo } from './acts.ts';
import { listOf, rowsIn } from './rows.ts';
import { choose, chosenRows } from './selection.ts';

/** Where « g » leads with a second key. */
const PLACES: Readonly<Record<string, string>> = {
  r: 'inbox',
  i: 'inbox',
  k: 'starred',
  s: 'sent',
  d: 'drafts',
  a: 'archive',
  t: 'trash',
};
/** How long « g » waits for its second key. */
const SECOND_MS = 1_500;
const DEEDS: Readonly<Record<string, string>> = {
  e: 'archive',
  '#': 'trash',
  Delete: 'trash',
  u: 'unseen',
  s: 'flagged',
};

let wentAt = -Infinity;

/** Keys that act, where one wants them: the page says so. `?` shows them all. */
export function hearKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (document.querySelector('[data-keys]') === null || isTyping(event)) return;
    const done = press(event.key);
    if (done) event.preventDefault();
  });
}

/** Letters that go into a field, or that the browser has a meaning for, are no keys of ours. */
function isTyping({ target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return true;
  if (!(target instanceof HTMLElement)) return false;
  const isField = /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  return (isField && !target.classList.contains('pick')) || target.isContentEditable;
}

function press(key: string): boolean {
  const isSecond = performance.now() - wentAt < SECOND_MS;
  wentAt = -Infinity;
  if (isSecond && PLACES[key] !== undefined) return go(`/mail/${PLACES[key]}`);
  const deed = DEEDS[key];
  if (deed !== undefined) return doWith(deed);
  return SIMPLE[key]?.() ?? false;
}

const SIMPLE: Readonly<Record<string, () => boolean>> = {
  j: () => step(1),
  k: () => step(-1),
  o: () => click(current()?.querySelector<HTMLElement>('.msg') ?? null),
  x: () => tick(),
  z: () => {
    void undo();
    return true;
  },
  m: () => unfold('[data-into]'),
  v: () => unfold('[data-into]'),
  b: () => unfold('[data-later]'),
  r: () => answer(),
  a: () => click(document.querySelector<HTMLElement>('[data-key="a"]')),
  f: () => click(document.querySelector<HTMLElement>('[data-key="f"]')),
  c: () => click(document.querySelector('a[href="/write"]')) || go('/write'),
  g: () => {
    wentAt = performance.now();
    return true;
  },
  '/': () => {
    const field = document.querySelector<HTMLInputElement>('#q');
    field?.focus();
    field?.select();
    return field !== null;
  },
  '?': () => go('/keys'),
};

function go(path: string): boolean {
  location.assign(path);
  return true;
}

function click(element: HTMLElement | null): boolean {
  element?.click();
  return element !== null;
}

const rows = (): HTMLElement[] => {
  const list = listOf(document);
  return list === null ? [] : rowsIn(list);
};

/** The row that keys mean: the one with the focus, else the one that is open. */
function current(): HTMLElement | null {
  const focused = document.activeElement?.closest<HTMLElement>('.rows [data-row]') ?? null;
  return (
    focused ??
    document.querySelector<HTMLElement>('.rows .msg[aria-current]')?.closest('li') ??
    null
  );
}

function step(by: 1 | -1): boolean {
  const all = rows();
  const here = current();
  const at = here === null ? -1 : all.indexOf(here);
  const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
  next?.querySelector<HTMLElement>('.msg')?.focus();
  return next !== undefined;
}

function tick(): boolean {
  const row = current();
  if (row === null) return false;
  choose([row], row.querySelector<HTMLInputElement>('.pick')?.checked ? 'unticked' : 'ticked');
  return true;
}

/** With all that is chosen, else with the row that is meant; only what the list offers is done. */
function doWith(deed: string): boolean {
  if (document.querySelector(`.chosen [value="${deed}"]`) === null) return false;
  const chosen = chosenRows();
  const row = current();
  if (chosen.length > 0) void act(chosen, deed);
  else if (row !== null) void act([row], deedFor(row, deed));
  return chosen.length > 0 || row !== null;
}

/** The menu of folders; a row that is meant is chosen for it. */
function unfold(menu: string): boolean {
  const row = current();
  if (chosenRows().length === 0 && row !== null) choose([row], 'ticked');
  const found = document.querySelector<HTMLDetailsElement>(menu);
  if (found === null) return false;
  found.open = true;
  found.querySelector<HTMLElement>('.menu button')?.focus();
  return true;
}

function answer(): boolean {
  const field = document.querySelector<HTMLElement>('#rp');
  if (field !== null) field.focus();
  return field !== null || click(document.querySelector<HTMLElement>('[data-key="r"]'));
}
