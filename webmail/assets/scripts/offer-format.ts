import { run } from './run.ts';

/** « Mise en forme » comes with what it needs once an adult asks for it, or has asked once. */
export function offerFormat(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLElement>('[data-format]');
  if (button === null) return;
  const load = (): void => {
    button.setAttribute('aria-busy', 'true');
    run(button.dataset['format'] ?? '');
  };
  button.hidden = false;
  if (button.dataset['wanted'] !== undefined) load();
  else
    button.addEventListener(
      'click',
      () => {
        button.dataset['asked'] = '';
        load();
      },
      { once: true },
    );
}
