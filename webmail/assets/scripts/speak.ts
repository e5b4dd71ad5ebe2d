/**
 * On the writing page: a voice instead of a file. It joins the files of the letter as one that was
 * chosen, is heard there, and goes with it. For pupils a drawing too.
 */
import { putMade } from './put-file.ts';
import { canRecord, record, type RecordingSession } from './recorder.ts';
import { run } from './run.ts';
import { whileOpen } from './while-open.ts';

/** Offers what this computer can: a voice, and to pupils the pad. */
export function offerVoiceAndPad(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-record]');
  const files = document.querySelector<HTMLInputElement>('[data-files]');
  if (button !== null && files !== null && canRecord()) openSpeaking(button, files);
  offerPad();
}

/** The pad comes with what it needs once somebody asks for it. */
function offerPad(): void {
  const pad = document.querySelector<HTMLElement>('[data-pad-opens]');
  if (pad === null) return;
  pad.hidden = false;
  pad.addEventListener(
    'click',
    () => {
      pad.setAttribute('aria-busy', 'true');
      run(pad.dataset['padOpens'] ?? '');
    },
    { once: true },
  );
  // Who asked for a drawing to draw on finds it open.
  if (pad.dataset['atOnce'] !== undefined) pad.click();
}

function openSpeaking(pressed: HTMLButtonElement, input: HTMLInputElement): void {
  const { file = 'voix', stop = '', refused = '' } = pressed.dataset;
  const label = pressed.querySelector('span');
  const still = label?.textContent ?? '';
  let state: 'still' | 'asking' | RecordingSession = 'still';
  let onward: (() => void) | null = null;
  const say = (words: string): void => {
    if (label !== null) label.textContent = words;
  };
  const speak = async (): Promise<void> => {
    state = 'asking';
    try {
      state = await record(file, (_loudness, ms) => say(stop.split('%t').join(clock(ms))));
      pressed.setAttribute('aria-pressed', 'true');
      const voice = await state.done;
      tell('');
      if (voice !== null) {
        putMade(input, voice);
        input.dispatchEvent(new Event('change'));
      }
    } catch {
      tell(refused);
    }
    state = 'still';
    pressed.removeAttribute('aria-pressed');
    say(still);
    // Who hears that it stayed behind decides anew.
    if (!isTold()) onward?.();
    onward = null;
  };
  // Who sends while they speak has spoken: the voice joins first, and then the form goes with it.
  const onSubmit = (event: SubmitEvent): void => {
    const { form } = input;
    if (typeof state !== 'object' || form === null || event.target !== form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    onward = () => form.requestSubmit(submitter);
    state.stop();
  };
  document.addEventListener('submit', onSubmit, { capture: true, signal: whileOpen() });
  pressed.hidden = false;
  pressed.addEventListener('click', () => {
    if (typeof state === 'object') state.stop();
    else if (state === 'still') void speak();
  });
}

/** « 0:07 ». */
function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Where the page says what becomes of files. */
const lineOfFiles = () => document.querySelector<HTMLElement>('[data-tray-says]');
const isTold = (): boolean => lineOfFiles()?.hidden === false;

function tell(words: string): void {
  const line = lineOfFiles();
  if (line === null) return;
  line.hidden = words === '';
  line.textContent = words;
}
