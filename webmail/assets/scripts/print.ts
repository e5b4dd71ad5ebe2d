/** Buttons that print the page that is open; without script they stay hidden. */
export function offerPrinting(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-print]')) {
    if (!button.hidden) continue;
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
}

/** On paper nothing can be unfolded: earlier turns are printed as they are read. */
export function unfoldForPaper(): void {
  let folded: HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    folded = Array.from(
      document.querySelectorAll<HTMLDetailsElement>('.convo > li > details:not([open])'),
    );
    for (const one of folded) one.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const one of folded) one.open = false;
  });
}
