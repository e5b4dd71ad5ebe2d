import { listOf, rowsIn } from './rows.ts';

const boxOf = (row: HTMLElement): HTMLInputElement | null =>
  row.querySelector<HTMLInputElement>('.pick');

/** The rows that are ticked. */
export function chosenRows(): HTMLElement[] {
  const list = listOf(document);
  return list === null ? [] : rowsIn(list).filter((row) => boxOf(row)?.checked === true);
}

/** Ticks rows of the list, or takes the ticks away. */
export function choose(rows: readonly HTMLElement[], as: 'ticked' | 'unticked'): void {
  for (const row of rows) {
    const box = boxOf(row);
    if (box !== null) box.checked = as === 'ticked';
  }
  refresh();
}

let last: HTMLInputElement | null = null;

/**
 * Boxes over the faces of a list: a click ticks one, with Shift all from the last one. The bar of
 * what can be done then takes the place of the search; without a script it stands below the list.
 */
export function offerChoosing(): void {
  const bar = takeBar();
  const section = document.querySelector<HTMLElement>('.three > .list');
  if (bar === null || section === null) return;
  section.prepend(bar);
  bar.querySelector<HTMLElement>('[data-picks]')?.removeAttribute('hidden');
  offerOnRows(bar);
  document.addEventListener('click', ({ target, shiftKey }) => {
    if (!(target instanceof HTMLInputElement) || !target.classList.contains('pick')) return;
    const list = listOf(document);
    if (shiftKey && last !== null && list !== null) {
      const boxes = rowsIn(list).flatMap((row) => boxOf(row) ?? []);
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(target)].sort((a, b) => a - b);
      for (const box of from === -1 ? [] : boxes.slice(from, (to ?? 0) + 1))
        box.checked = target.checked;
    }
    last = target;
    refresh();
  });
  bar.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-pick]') : null;
    const list = listOf(document);
    if (button !== null && list !== null)
      choose(rowsIn(list), button.dataset['pick'] === 'page' ? 'ticked' : 'unticked');
  });
  bar.addEventListener('change', refresh);
  document.getElementById('list')?.addEventListener('preau:rows', refresh);
  refresh();
}

/** The bar waits in a `noscript`: where there is no script it simply stands there. */
function takeBar(): HTMLElement | null {
  const source = document.querySelector('[data-bar]')?.textContent ?? '';
  const page = new DOMParser().parseFromString(source, 'text/html');
  const bar = page.querySelector<HTMLElement>('.chosen');
  return bar === null ? null : document.importNode(bar, true);
}

/** The bar is there while something is chosen, and says how much. */
export function refresh(): void {
  const rows = chosenRows();
  const section = document.querySelector<HTMLElement>('.three > .list');
  const bar = section?.querySelector<HTMLElement>('.chosen') ?? null;
  const all = bar?.querySelector<HTMLInputElement>('input[name="all"]') ?? null;
  if (rows.length === 0 && all !== null) all.checked = false;
  section?.classList.toggle('picking', rows.length > 0);
  const words = bar?.querySelector<HTMLElement>('[data-chosen]') ?? null;
  if (words !== null)
    words.textContent =
      rows.length === 1
        ? (words.dataset['one'] ?? '')
        : (words.dataset['many'] ?? '').replace('%', String(rows.length));
  const list = listOf(document);
  for (const row of list === null ? [] : rowsIn(list))
    row.classList.toggle('picked', boxOf(row)?.checked === true);
}

/** What the bar can do, on the row that is pointed at or has the focus. */
function offerOnRows(bar: HTMLElement): void {
  const acts = document.createElement('div');
  acts.className = 'acts';
  for (const deed of bar.querySelectorAll<HTMLButtonElement>('[data-on-row]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset['deed'] = deed.value;
    button.title = (deed.textContent ?? '').trim();
    button.setAttribute('aria-label', button.title);
    const drawing = deed.querySelector('svg');
    if (drawing !== null) button.append(document.importNode(drawing, true));
    acts.append(button);
  }
  const put = ({ target }: Event) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('.rows [data-row]') : null;
    if (row !== null && acts.parentElement !== row) row.append(acts);
  };
  document.addEventListener('mouseover', put);
  document.addEventListener('focusin', put);
}
