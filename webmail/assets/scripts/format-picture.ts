import type Squire from 'squire-rte';

interface PicturePlaces {
  readonly root: HTMLElement;
  readonly strip: HTMLElement;
  readonly letter: HTMLFormElement;
}

/**
 * Pictures in the text: one is chosen or pasted, comes into the letter as any file does, and stands
 * where one was writing. One that may not come says why beside the files. Gives what asks for one.
 */
export function openPictures(editor: Squire, places: PicturePlaces): () => void {
  const { root, strip, letter } = places;
  const speakOf = openPictureBox(editor, strip);
  if (speakOf === null) return () => undefined;
  root.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLImageElement) speakOf(target);
  });
  let known: readonly string[] | null = null;
  let at = editor.getSelection();
  new MutationObserver(() => {
    if (isRefused(letter)) known = null;
    const fresh = clipsIn(letter).filter(({ id }) => known?.indexOf(id) === -1);
    if (known === null || fresh.length === 0) return;
    known = null;
    editor.setSelection(at);
    for (const { id, address } of fresh)
      speakOf(editor.insertImage(address, { 'data-cid': id, alt: '' }));
  }).observe(letter, { childList: true, subtree: true });
  const expect = (): void => {
    known = clipsIn(letter).map(({ id }) => id);
    at = editor.getSelection();
  };
  editor.addEventListener('pasteImage', expect);
  return () => {
    expect();
    letter.querySelector<HTMLInputElement>('[data-files]')?.click();
  };
}

/** Where one says what a picture shows, or takes it away; gives what opens it for one. */
function openPictureBox(
  editor: Squire,
  strip: HTMLElement,
): ((picture: HTMLImageElement) => void) | null {
  const box = strip.querySelector<HTMLElement>('[data-picturebox]');
  const says = box?.querySelector<HTMLInputElement>('[data-says]');
  if (!box || !says) return null;
  let shown: HTMLImageElement | null = null;
  const close = (change: (picture: HTMLImageElement) => void): void => {
    if (shown !== null) change(shown);
    shown = null;
    box.hidden = true;
    editor.fireEvent('input'); // the library doesn't look at a picture's words
    editor.focus();
  };
  const tell = (picture: HTMLImageElement): void => {
    picture.alt = says.value.trim();
  };
  box.querySelector('[data-put]')?.addEventListener('click', () => close(tell));
  box.querySelector('[data-unput]')?.addEventListener('click', () => close((one) => one.remove()));
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close(event.key === 'Enter' ? tell : () => undefined);
  });
  return (picture) => {
    shown = picture;
    says.value = picture.alt;
    box.hidden = false;
    says.focus();
  };
}

/** A file has just stayed behind: what comes next is another one's. */
const isRefused = (letter: HTMLFormElement): boolean =>
  letter.querySelector('[data-tray-says]:not([hidden])') !== null;

/** The pictures of the letter: by which name it has them, and where they lie. */
const clipsIn = (letter: HTMLFormElement) =>
  Array.from(letter.querySelectorAll<HTMLElement>('[data-tray] [data-cid]')).map((clip) => ({
    id: clip.dataset['cid'] ?? '',
    address: (clip.querySelector('a.cut')?.getAttribute('href') ?? '').replace(
      '/file/',
      '/picture/',
    ),
  }));

/**
 * The words as they are kept, with their pictures from where they lie now. The style that a letter
 * gives them isn't allowed on our pages (CSP), which have their own.
 */
export function withPictures(html: string, letter: HTMLFormElement): string {
  return clipsIn(letter).reduce(
    (words, { id, address }) =>
      words
        .split(`src="cid:${encodeURIComponent(id).split('%40').join('@')}"`)
        .join(`src="${address}" data-cid="${id}"`),
    html.split(' style="max-width:100%"').join(''),
  );
}
