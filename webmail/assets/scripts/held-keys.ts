/** Keys that decide, where one wants them: the page says so. */
export function decideByKey(): void {
  document.addEventListener('keydown', (event) => {
    if (document.querySelector('[data-keys]') === null || isTyping(event)) return;
    if (KEYS[event.key.toLowerCase()]?.() === true) event.preventDefault();
  });
}

const KEYS: Readonly<Record<string, () => boolean>> = {
  j: () => step(1),
  k: () => step(-1),
  l: () => press('[data-key="l"]'),
  r: giveBack,
  x: () => press('[name="h"]'),
  z: () => click(document.querySelector<HTMLElement>('[data-undo]')),
  '?': () => {
    location.assign('/keys');
    return true;
  },
};

/** Letters that go into a field, or that the browser has a meaning for, are no keys of ours. */
function isTyping({ target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return true;
  return target instanceof HTMLElement && /^(?:TEXTAREA|SELECT)$/.test(target.tagName);
}

const letters = (): HTMLElement[] =>
  Array.from(document.querySelectorAll<HTMLElement>('#list .held')).filter(
    (one) => one.closest('details:not([open])') === null,
  );

/** The letter that keys mean: where the focus is. */
const current = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>('#list .held') ?? null;

function step(by: 1 | -1): boolean {
  const all = letters();
  const here = current();
  const at = here === null ? -1 : all.indexOf(here);
  const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
  next?.querySelector('h2')?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}

function press(which: string): boolean {
  return click(current()?.querySelector<HTMLElement>(which) ?? null);
}

function click(element: HTMLElement | null): boolean {
  element?.click();
  return element !== null;
}

/** Opens the place for the word, where it can be written at once. */
function giveBack(): boolean {
  const details = current()?.querySelector<HTMLDetailsElement>('.give-back');
  if (!details) return false;
  details.open = true;
  details.querySelector<HTMLElement>('textarea, button')?.focus();
  return true;
}
