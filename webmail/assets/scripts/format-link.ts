import type Squire from 'squire-rte';

/** Asks where the chosen words lead. Gives what opens the box. */
export function openLinkBox(editor: Squire, strip: HTMLElement): () => void {
  const box = strip.querySelector<HTMLElement>('[data-linkbox]');
  const words = box?.querySelector<HTMLInputElement>('[data-words]');
  const address = box?.querySelector<HTMLInputElement>('[data-address]');
  if (!box || !words || !address) return () => undefined;
  let chosen = editor.getSelection();
  const close = (): void => {
    box.hidden = true;
    editor.focus();
    editor.setSelection(chosen);
  };
  const put = (): void => {
    const leads = asAddress(address.value);
    if (leads === null) {
      address.setAttribute('aria-invalid', 'true');
      address.focus();
      return;
    }
    close();
    if (chosen.collapsed || editor.getSelectedText() !== words.value)
      editor.insertPlainText(words.value.trim() === '' ? leads : words.value, false);
    editor.makeLink(leads);
  };
  box.querySelector('[data-put]')?.addEventListener('click', put);
  box.querySelector('[data-unput]')?.addEventListener('click', () => {
    close();
    editor.removeLink();
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) put();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return () => {
    chosen = editor.getSelection();
    const node = chosen.startContainer.parentElement;
    const link = node === null ? null : node.closest('a');
    words.value = editor.getSelectedText() || (link?.textContent ?? '');
    address.value = link?.getAttribute('href') ?? '';
    address.removeAttribute('aria-invalid');
    if (link !== null && chosen.collapsed) chosen.selectNodeContents(link);
    box.hidden = false;
    (words.value === '' ? words : address).focus();
  };
}

/** What somebody typed as an address of the web or of mail; null where it is none. */
function asAddress(typed: string): string | null {
  const text = typed.trim();
  const bare = text.replace(/^mailto:/i, '');
  if (/^[^\s@/]+@[^\s@/]+$/.test(bare)) return `mailto:${bare}`;
  try {
    const { href, hostname } = new URL(/^https?:/i.test(text) ? text : `https://${text}`);
    return hostname.includes('.') ? href : null;
  } catch {
    return null;
  }
}
