/**
 * In a menu of many folders one types the beginning of a name; Enter takes the first that is left,
 * and makes the one whose name is typed. Without this script the whole list is there.
 */
export function findFolders(): void {
  document.addEventListener(
    'toggle',
    ({ target }) => {
      const field =
        target instanceof HTMLDetailsElement && target.open
          ? target.querySelector<HTMLInputElement>('[data-find-folder]')
          : null;
      if (field === null) return;
      field.hidden = false;
      field.focus({ preventScroll: true });
    },
    true,
  );
  document.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches('[data-find-folder]')) filter(target);
  });
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.key !== 'Enter' || !(target instanceof HTMLInputElement)) return;
    if (target.matches('[data-new-folder]')) {
      event.preventDefault();
      target.parentElement?.querySelector('button')?.click();
    }
    if (!target.matches('[data-find-folder]')) return;
    event.preventDefault();
    foldersBeside(target)
      .find((one) => !one.hidden)
      ?.click();
  });
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

function foldersBeside(field: HTMLInputElement): HTMLElement[] {
  const menu = field.closest('.menu');
  return menu === null ? [] : Array.from(menu.querySelectorAll<HTMLElement>('[data-folder]'));
}

function filter(field: HTMLInputElement): void {
  const wanted = plain(field.value.trim());
  let left = 0;
  for (const folder of foldersBeside(field)) {
    folder.hidden = !plain(folder.dataset['folder'] ?? '').includes(wanted);
    if (!folder.hidden) left += 1;
  }
  const none = field.closest('.menu')?.querySelector<HTMLElement>('[data-no-folder]');
  if (none) none.hidden = left > 0;
}
