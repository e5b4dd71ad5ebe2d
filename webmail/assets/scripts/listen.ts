import { run } from './run.ts';
import { ownVoice } from './voices.ts';

/**
 * « Écouter » stands where something can say a part of the page: a voice of this very machine (one
 * of the network would send a child's mail away), else the server's. What reads is loaded once
 * somebody presses it.
 */
export function offerListening(): void {
  const show = () =>
    document.querySelectorAll<HTMLButtonElement>('[data-listen]').forEach((button) => {
      const { speaks, served } = button.dataset;
      const language = speaks ?? document.documentElement.lang;
      button.hidden = served === undefined && ownVoice(language) === null;
    });
  show();
  if ('speechSynthesis' in window) speechSynthesis.addEventListener('voiceschanged', show);
  for (const drawn of ['preau:pane', 'preau:news']) document.addEventListener(drawn, show);
  document.addEventListener('click', load);
}

function load({ target }: MouseEvent): void {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-listen]') : null;
  if (button === null) return;
  document.removeEventListener('click', load);
  button.setAttribute('aria-busy', 'true');
  run(button.dataset['by'] ?? '');
}
