/**
 * The page of speaking: one touch and one speaks, another and it is done. The voice goes with the
 * form as a file would; then it is heard again before anybody gets it.
 */
import { putFile } from './put-file.ts';
import { canRecord, MOST_MS, record, type RecordingSession } from './recorder.ts';

/** Of a recording, from its first to its last moment: what the next page draws. */
const BARS = 36;
/** The circle of the ring, in its own units: 2π × 46. */
const ROUND = 289;

const booth = document.querySelector<HTMLFormElement>('[data-booth]');
if (booth !== null) {
  if (canRecord()) openBooth(booth);
  else say(booth, 'missing');
}

interface Booth {
  readonly form: HTMLFormElement;
  readonly button: HTMLButtonElement;
  readonly file: HTMLInputElement;
}

function openBooth(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('[data-talk]');
  const file = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (button === null || file === null) return;
  const booth: Booth = { form, button, file };
  button.hidden = false;
  const upload = form.querySelector<HTMLElement>('[data-upload]');
  if (upload !== null) upload.hidden = true;
  let state: 'still' | 'asking' | 'going' | RecordingSession = 'still';
  button.addEventListener('click', () => {
    if (typeof state === 'object') return state.stop();
    if (state !== 'still') return;
    state = 'asking';
    void speak(booth, (recording) => {
      state = recording;
    }).then((isGoing) => {
      state = isGoing ? 'going' : 'still';
    });
  });
  addEventListener('pageshow', () => {
    if (state === 'going') state = 'still';
  });
}

/** From one touch to the other; false where nothing came of it. */
async function speak(
  { form, button, file }: Booth,
  begun: (recording: RecordingSession) => void,
): Promise<boolean> {
  const heard: number[] = [];
  try {
    const recording = await record(file.dataset['name'] ?? 'voix', (loudness, ms) => {
      heard.push(loudness);
      show(form, heard, ms);
    });
    begun(recording);
    look(button, 'on');
    const voice = await recording.done;
    look(button, 'off');
    if (voice === null) return false;
    putFile(file, voice);
    const wave = form.querySelector<HTMLInputElement>('input[name="wave"]');
    if (wave !== null) wave.value = digits(heard);
    form.submit();
    return true;
  } catch {
    look(button, 'off');
    say(form, 'refused');
    return false;
  }
}

function look(button: HTMLButtonElement, when: 'on' | 'off'): void {
  button.classList.toggle('on', when === 'on');
  button.querySelectorAll('[data-when]').forEach((one) => {
    one.toggleAttribute('hidden', one.getAttribute('data-when') !== when);
  });
}

/** The last moments as a wave, the time as a ring. */
function show(form: HTMLFormElement, heard: readonly number[], ms: number): void {
  form.querySelector('[data-wave] path')?.setAttribute('d', heard.slice(-BARS).map(bar).join(''));
  const gone = Math.min(1, ms / MOST_MS) * ROUND;
  form.querySelector('[data-gone]')?.setAttribute('stroke-dasharray', `${gone} ${ROUND}`);
}

/** As `waveOf` of the server draws it. */
function bar(loudness: number, at: number): string {
  const half = Math.max(0.5, loudness * 27);
  return `M${5 + at * 10} ${30 - half}v${half * 2}`;
}

/** The whole of it in so many bars, each a digit: the loudest of its moment. */
function digits(heard: readonly number[]): string {
  return Array.from({ length: BARS }, (_, at) => {
    const from = Math.floor((at * heard.length) / BARS);
    const to = Math.max(from + 1, Math.floor(((at + 1) * heard.length) / BARS));
    return Math.round(Math.max(0, ...heard.slice(from, to)) * 9);
  }).join('');
}

/** No microphone, or it was refused: in words, and the way that is left. */
function say(form: HTMLFormElement, why: 'missing' | 'refused'): void {
  form.querySelectorAll<HTMLElement>('[data-trouble]').forEach((one) => {
    one.hidden = one.dataset['trouble'] !== why;
  });
  const upload = form.querySelector<HTMLElement>('[data-upload]');
  if (upload !== null) upload.hidden = false;
}
