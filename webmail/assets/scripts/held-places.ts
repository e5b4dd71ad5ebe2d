/**
 * The list of what waits is drawn anew as letters come and others decide: what stood open stands
 * open again, a sound goes on, and the focus is where it was, or at the letter after one that has
 * gone.
 */
export function keepPlaces(): void {
  document.addEventListener('preau:redraw', () => {
    const old = document.getElementById('list');
    if (old === null) return;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    document.addEventListener('preau:news', () => putBack(old, focused), { once: true });
  });
}

function putBack(old: HTMLElement, focused: Element | null): void {
  const fresh = document.getElementById('list');
  if (fresh === null) return;
  for (const open of Array.from(old.querySelectorAll('details[open]'))) {
    const same = sameIn(fresh, placeIn(old, open));
    if (same instanceof HTMLDetailsElement) same.open = true;
  }
  const place = focused === null ? null : placeIn(old, focused);
  keepSounds(old, fresh);
  if (place === null) return;
  const next = sameIn(fresh, place) ?? headingBeside(fresh, thingsIn(old).map(keyOf), place.key);
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
}

/** A sound that has begun is put in again itself: within the same task it doesn't even stop. */
function keepSounds(old: HTMLElement, fresh: HTMLElement): void {
  const begun = Array.from(old.querySelectorAll('audio'))
    .filter(({ paused, currentTime }) => !paused || currentTime > 0)
    .map((sound) => ({ sound, same: sameIn(fresh, placeIn(old, sound)) }));
  for (const { sound, same } of begun) same?.replaceWith(sound);
}

/** What has a place of its own: a letter, what a pupil proposes, the bar for several. */
const thingsIn = (list: Element): Element[] =>
  Array.from(list.querySelectorAll('[data-held], [aria-labelledby]'));

const keyOf = (thing: Element | undefined): string =>
  thing?.getAttribute('data-held') ?? thing?.getAttribute('aria-labelledby') ?? '';

/** Where something stands: in the thing of that key, or in none, after so many of its tag. */
interface Place {
  readonly key: string;
  readonly tag: string;
  readonly at: number;
}

function alike(list: Element, { key, tag }: Omit<Place, 'at'>): Element[] {
  const things = thingsIn(list);
  return Array.from(list.querySelectorAll(tag)).filter(
    (one) => keyOf(things.find((thing) => thing.contains(one))) === key,
  );
}

function placeIn(list: Element, element: Element): Place {
  const key = keyOf(thingsIn(list).find((thing) => thing.contains(element)));
  const tag = element.tagName;
  return { key, tag, at: alike(list, { key, tag }).indexOf(element) };
}

const sameIn = (list: Element, place: Place): Element | undefined => alike(list, place)[place.at];

/** The heading of the letter that stood after that of a key; after the last, of the one before. */
function headingBeside(list: Element, keys: readonly string[], key: string): Element | undefined {
  const at = keys.indexOf(key);
  return (
    [...keys.slice(at), ...keys.slice(0, Math.max(0, at)).reverse()]
      .map((one) => list.querySelector(`[data-held="${one}"] h2`))
      .find((one) => one !== null) ?? undefined
  );
}
