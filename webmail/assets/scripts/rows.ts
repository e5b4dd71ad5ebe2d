/** The rows of a list, as scripts put them together: messages under the headings of their days. */

/** The list that is open, or null where a page has none. */
export const listOf = (page: Document): HTMLElement | null =>
  page.querySelector<HTMLElement>('#list .rows');

/** Its rows, without the headings. */
export const rowsIn = (list: ParentNode): HTMLElement[] =>
  Array.from(list.querySelectorAll<HTMLElement>('[data-row]'));

const keyOf = (row: HTMLElement): string => row.dataset['row'] ?? '';

/** Puts rows of another page after those of a list, or before them; what stands there stays. */
export function joinRows(list: HTMLElement, more: HTMLElement, way: 'older' | 'newer'): void {
  const known = new Set(rowsIn(list).map(keyOf));
  for (const row of rowsIn(more)) if (known.has(keyOf(row))) row.remove();
  const children = Array.from(more.children).map((child) => document.importNode(child, true));
  if (way === 'older') list.append(...children);
  else list.prepend(...children);
  dropHeadings(list);
}

/**
 * Puts the newest rows of a list in place of those that were; the ones further down stay, whatever
 * page they came from, unless the fresh page has the list whole. A row that is chosen, open or has
 * the focus keeps that. Gives false where that page has no such list.
 */
export function renewRows(list: HTMLElement, page: Document): boolean {
  const fresh = listOf(page);
  if (fresh === null) return false;
  const isWhole = page.querySelector('[data-more="older"]') === null;
  const before = rowsIn(list);
  const stay = keepInSight(list, before);
  const incoming = new Set(rowsIn(fresh).map(keyOf));
  const last = rowsIn(fresh).pop();
  const end = last === undefined ? -1 : before.findIndex((row) => keyOf(row) === keyOf(last));
  const kept =
    isWhole || end === -1 ? [] : before.slice(end + 1).filter((row) => !incoming.has(keyOf(row)));
  const rest = kept.length === 0 ? [] : childrenFrom(list, kept[0]);
  const focused = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'];
  const chosen = new Set(
    before.filter((row) => row.querySelector<HTMLInputElement>('.pick')?.checked).map(keyOf),
  );
  list.textContent = '';
  list.append(
    ...Array.from(fresh.children).map((child) => document.importNode(child, true)),
    ...rest,
  );
  dropHeadings(list);
  for (const row of rowsIn(list)) {
    const box = row.querySelector<HTMLInputElement>('.pick');
    if (box !== null && chosen.has(keyOf(row))) box.checked = true;
    if (focused !== undefined && keyOf(row) === focused)
      row.querySelector<HTMLElement>('.msg')?.focus({ preventScroll: true });
  }
  stay();
  return true;
}

/**
 * What somebody further down reads stays under their eyes when rows come in above it; at the top
 * of a list the newest is seen.
 */
function keepInSight(list: HTMLElement, rows: readonly HTMLElement[]): () => void {
  const roll = list.closest<HTMLElement>('.roll');
  const scroller =
    roll !== null && roll.scrollHeight > roll.clientHeight ? roll : document.scrollingElement;
  if (scroller === null || scroller.scrollTop === 0) return () => {};
  const edge = scroller === roll ? roll.getBoundingClientRect().top : 0;
  const seen = rows.find((row) => row.getBoundingClientRect().bottom > edge);
  if (seen === undefined) return () => {};
  const { top } = seen.getBoundingClientRect();
  return () => {
    const now = rowsIn(list).find((row) => keyOf(row) === keyOf(seen));
    if (now !== undefined) scroller.scrollTop += now.getBoundingClientRect().top - top;
  };
}

/** A row and all that stands below it, headings too. */
function childrenFrom(list: HTMLElement, row: HTMLElement | undefined): Element[] {
  const children = Array.from(list.children);
  return row === undefined ? [] : children.slice(children.indexOf(row));
}

/** A heading says its day once, and none stands over nothing. */
export function dropHeadings(list: HTMLElement): void {
  let day = '';
  for (const child of Array.from(list.children)) {
    if (!child.classList.contains('day')) continue;
    const next = child.nextElementSibling;
    const words = child.textContent ?? '';
    if (words === day || next === null || next.classList.contains('day')) child.remove();
    else day = words;
  }
}
