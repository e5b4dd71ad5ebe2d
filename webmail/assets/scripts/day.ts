/** Keys that lead through a day, where one wants them: the page says so. */
const KEYS: Readonly<Record<string, () => boolean>> = {
  j: () => step(1),
  k: () => step(-1),
  o: () => press('[data-open]'),
  r: () => press('[data-key="r"]'),
  b: () => pressForTicked('[value$="T08:00"]') || press('[data-key="b"]'),
  e: () => pressForTicked('[value="archive"]') || press('[data-key="e"]'),
  x: () => press('.pick'),
  z: () => pressOne(document.querySelector<HTMLElement>('[data-undo]')),
  '?': () => {
    location.assign('/keys');
    return true;
  },
};

const items = (): HTMLElement[] =>
  Array.from(document.querySelectorAll<HTMLElement>('[data-item]'));

/** The thing that keys mean: where the focus is, else the first. */
const current = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>('[data-item]') ?? items()[0] ?? null;

function step(by: 1 | -1): boolean {
  const all = items();
  const here = document.activeElement?.closest<HTMLElement>('[data-item]') ?? null;
  const at = here === null ? -1 : all.indexOf(here);
  const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
  next?.querySelector<HTMLElement>('[data-open]')?.focus();
  return next !== undefined;
}

const press = (which: string): boolean =>
  pressOne(current()?.querySelector<HTMLElement>(which) ?? null);

/** Where something is ticked, keys mean all of it: B puts it off until tomorrow. */
function pressForTicked(which: string): boolean {
  if (document.querySelector('.pick:checked') === null) return false;
  return pressOne(document.querySelector<HTMLElement>(`#ticked ${which}`));
}

function pressOne(found: HTMLElement | null): boolean {
  found?.click();
  return found !== null;
}

document.addEventListener('keydown', hear);
// After an act the next thing is at hand.
if (/[?&](?:said|act)=/.test(location.search) || document.querySelector('#toasts [data-toast]'))
  step(1);

/** Letters that go into a field, or that the browser has a meaning for, are no keys of ours. */
function hear(event: KeyboardEvent): void {
  const { ctrlKey, metaKey, altKey, target } = event;
  const isTyping =
    target instanceof HTMLElement &&
    /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) &&
    !target.classList.contains('pick');
  if (ctrlKey || metaKey || altKey || isTyping) return;
  if (document.querySelector('[data-keys] [data-item]') === null) return;
  if (KEYS[event.key]?.() === true) event.preventDefault();
}

export {};
