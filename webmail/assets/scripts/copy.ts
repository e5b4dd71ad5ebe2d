const SAID_MS = 4_000;

/**
 * Puts what stands before a button on the clipboard, where the browser lets a page do so (not on a
 * page without TLS).
 */
export function offerCopying(): void {
  if (navigator.clipboard === undefined) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copied]')) {
    const words = button.querySelector('span');
    const source = button.previousElementSibling;
    const text = source instanceof HTMLInputElement ? source.value : (source?.textContent ?? '');
    const before = words?.textContent ?? '';
    if (words === null) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(text).then(
        () => {
          words.textContent = button.dataset['copied'] ?? before;
          setTimeout(() => {
            words.textContent = before;
          }, SAID_MS);
        },
        () => {
          button.hidden = true;
        },
      ); // the text is there to be marked by hand
    });
  }
}
