/**
 * What hears the whole page for the message that is open: it ends with the next pane, unless
 * something of it `lasts` until a later one. In browsers of before 2021 it goes on, and finds
 * nothing to do.
 */
export function whileOpen(lasts: () => boolean = () => false): AbortSignal {
  const pane = new AbortController();
  const { signal } = pane;
  const onNext = (): void => {
    if (!lasts()) pane.abort();
  };
  document.addEventListener('preau:pane', onNext, { signal });
  return signal;
}
