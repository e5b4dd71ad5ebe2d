import { act } from './acts.ts';
import { chosenRows } from './selection.ts';

/** Folders that mail is put into by hand; the others fill by themselves. */
const USES: ReadonlySet<string> = new Set(['inbox', 'archive', 'trash']);

/**
 * Rows of a list are drawn onto a folder of the menu: one, or all that are ticked. « Ranger » does
 * the same without a mouse.
 */
export function dragIntoFolders(): void {
  let drawn: HTMLElement[] = [];
  document.addEventListener('dragstart', ({ target, dataTransfer }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('.rows [data-row]') : null;
    if (row === null || dataTransfer === null || document.getElementById('pick') === null) return;
    const chosen = chosenRows();
    drawn = chosen.includes(row) ? chosen : [row];
    dataTransfer.effectAllowed = 'move';
  });
  document.addEventListener('dragover', (event) => {
    const place = drawn.length > 0 ? placeAt(event) : null;
    light(place);
    if (place === null) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'move';
  });
  document.addEventListener('drop', (event) => {
    const place = placeAt(event);
    const deed = place === null ? null : deedOf(place);
    if (deed === null || drawn.length === 0) return;
    event.preventDefault();
    void act(drawn, deed);
  });
  document.addEventListener('dragend', () => {
    drawn = [];
    light(null);
  });
}

/** The folder under the pointer that takes mail, and isn't the one that is open. */
function placeAt({ target }: DragEvent): HTMLAnchorElement | null {
  const place =
    target instanceof Element ? target.closest<HTMLAnchorElement>('#places a[href]') : null;
  return place === null || place.hasAttribute('aria-current') || deedOf(place) === null
    ? null
    : place;
}

/** What a drop there does: `move-12`, `archive`. */
function deedOf({ pathname }: HTMLAnchorElement): string | null {
  const name = /^\/mail\/([a-z]+|\d+)$/.exec(pathname)?.[1] ?? '';
  if (/^\d+$/.test(name)) return `move-${name}`;
  return USES.has(name) ? name : null;
}

function light(place: HTMLElement | null): void {
  for (const one of Array.from(document.querySelectorAll('#places .over')))
    if (one !== place) one.classList.remove('over');
  place?.classList.add('over');
}
