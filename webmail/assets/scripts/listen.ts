/**
 * Reads a part of the page aloud, with a voice of this very machine: a voice of the network would
 * send a child's mail away.
 */
export function offerListening(): void {
  if (!('speechSynthesis' in window)) return;
  const language = document.documentElement.lang;
  const voice = () =>
    speechSynthesis
      .getVoices()
      .find((one) => one.localService && one.lang.slice(0, 2) === language);
  const show = () =>
    document.querySelectorAll<HTMLButtonElement>('[data-listen]').forEach((button) => {
      button.hidden = voice() === undefined;
    });
  show();
  speechSynthesis.addEventListener('voiceschanged', show);
  document.addEventListener('preau:pane', show);
  document.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-listen]') : null;
    const own = voice();
    if (button === null || own === undefined) return;
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      return;
    }
    const said = new SpeechSynthesisUtterance(
      wordsOf(document.querySelector(button.dataset['listen'] ?? '')),
    );
    said.voice = own;
    said.lang = own.lang;
    speechSynthesis.speak(said);
  });
}

/** What the eye would read: without buttons, and without what is hidden. */
function wordsOf(part: Element | null): string {
  if (part === null) return '';
  const copy = document.importNode(part, true);
  copy.querySelectorAll('button, .btn, [hidden], details, .pager').forEach((one) => one.remove());
  copy.querySelectorAll('p, li, h1, h2, span, b').forEach((one) => one.append(' '));
  return (copy.textContent ?? '').replace(/\s+/g, ' ');
}
