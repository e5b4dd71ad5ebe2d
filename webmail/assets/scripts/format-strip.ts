import type Squire from 'squire-rte';

/** What a tool of the strip does, and whether it is on where one writes. */
export interface FormatTool {
  does(): void;
  isOn(): boolean;
}

interface Strip {
  readonly root: HTMLElement;
  readonly strip: HTMLElement;
  readonly deeds: Readonly<Record<string, FormatTool>>;
}

/**
 * The strip of tools above the words, by mouse and by keyboard: F10 leads to it, arrows go along
 * it, Escape leads back (ARIA Authoring Practices, « toolbar »).
 */
export function openStrip(editor: Squire, { root, strip, deeds }: Strip): void {
  const tools = Array.from(strip.querySelectorAll<HTMLButtonElement>('[data-do]'));
  const deedOf = (tool: HTMLElement): FormatTool | undefined => deeds[tool.dataset['do'] ?? ''];
  const tell = (): void =>
    tools.forEach((tool) => {
      const isOn = String(deedOf(tool)?.isOn() === true);
      const said = tool.getAttribute('aria-pressed');
      if (said !== null && said !== isOn) tool.setAttribute('aria-pressed', isOn);
    });
  const reach = (at: number): void => {
    const tool = tools[(at + tools.length) % tools.length];
    tools.forEach((one) => one.setAttribute('tabindex', one === tool ? '0' : '-1'));
    tool?.focus();
  };
  tools.forEach((tool, at) => {
    tool.setAttribute('tabindex', at === 0 ? '0' : '-1');
    // The words stay chosen while a tool is pressed.
    tool.addEventListener('mousedown', (event) => event.preventDefault());
    tool.addEventListener('click', () => {
      deedOf(tool)?.does();
      tell();
    });
    tool.addEventListener('keydown', (event) => {
      const step = STEPS[event.key];
      if (step !== undefined) reach(at + step);
      else if (event.key === 'Escape') root.focus();
      else return;
      event.preventDefault();
    });
  });
  editor.addEventListener('pathChange', tell);
  editor.addEventListener('select', tell);
  keys(editor, root, { deeds, toStrip: () => reach(0) });
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

const LOOKS: Readonly<Record<string, string>> = { B: 'bold', I: 'italic' };

/** Signs of the keyboard that the library has, and that an adult's letter has no use for. */
const UNUSED = ['u', 'd', 'Shift-5', 'Shift-6', 'Shift-7', '[', ']'];

function keys(
  editor: Squire,
  root: HTMLElement,
  { deeds, toStrip }: { readonly deeds: Strip['deeds']; toStrip(): void },
): void {
  const by = (name: string) => (_editor: Squire, event: KeyboardEvent) => {
    event.preventDefault();
    deeds[name]?.does();
  };
  for (const ctrl of ['Ctrl-', 'Meta-']) {
    for (const key of UNUSED) editor.setKeyHandler(`${ctrl}${key}`, null);
    editor.setKeyHandler(`${ctrl}k`, by('link'));
    editor.setKeyHandler(`${ctrl}Shift-7`, by('numbers'));
    editor.setKeyHandler(`${ctrl}Shift-8`, by('list'));
  }
  editor.setKeyHandler('F10', (_editor: Squire, event: KeyboardEvent) => {
    event.preventDefault();
    toStrip();
  });
  // What was put away at the end of a line stays so on the next.
  editor.setKeyHandler('Enter', (_editor: Squire, event: KeyboardEvent, range: Range) => {
    const looks = ['B', 'I'].filter((tag) => !editor.hasFormat(tag));
    event.preventDefault();
    editor.splitBlock(event.shiftKey, range);
    looks.filter((tag) => editor.hasFormat(tag)).forEach((tag) => deeds[LOOKS[tag] ?? '']?.does());
  });
  // Tab leads on, as in any field; it doesn't push an item in.
  editor.setKeyHandler('Tab', null);
  editor.setKeyHandler('Shift-Tab', null);
  // The library makes a list of « * », and hears a key before anybody within; people write « - ».
  root.parentElement?.addEventListener(
    'keydown',
    ({ key, target }) => {
      if (target !== root) return;
      const selection = getSelection();
      const node = selection?.anchorNode ?? null;
      const block = node?.parentElement ?? null;
      if (key !== ' ' || !(node instanceof Text) || block?.closest('li, a') !== null) return;
      if (block.textContent?.split('\u200b').join('') !== '-') return;
      node.data = '*';
      selection?.collapse(node, 1);
    },
    true,
  );
}
