/**
 * Pages of what those send who don't write yet. Pleasant, never needed: the stamp shows the face
 * that was chosen, a voice is heard by the large button, nothing goes twice, an arrow that leads
 * nowhere any more goes away.
 */

/** The circle of the ring, in its own units: 2π × 46. */
const ROUND = 289;

function hearFaces(): void {
  document.addEventListener('change', ({ target }) => {
    const box = target instanceof HTMLInputElement && target.name === 'who' ? target : null;
    const chosen = box?.parentElement?.querySelector('.face');
    const stamp = document.querySelector('[data-stamp] .face');
    if (chosen && stamp) stamp.replaceWith(chosen.cloneNode(true));
  });
}

function hearVoice(): void {
  const button = document.querySelector<HTMLElement>('[data-play]');
  const sound = document.querySelector<HTMLAudioElement>(button?.dataset['play'] ?? 'audio');
  if (button === null || sound === null) return;
  button.hidden = false;
  sound.controls = false;
  sound.hidden = true;
  const ring = button.querySelector('[data-gone]');
  button.addEventListener('click', () => {
    if (!sound.paused) {
      sound.pause();
      return;
    }
    sound.currentTime = 0;
    void sound.play();
  });
  sound.addEventListener('timeupdate', () => {
    // A recording of the browser says only at its end how long it is.
    const part = Number.isFinite(sound.duration) ? sound.currentTime / sound.duration : 0;
    ring?.setAttribute('stroke-dasharray', `${part * ROUND} ${ROUND}`);
  });
}

function sendOnce(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    const button = form?.querySelector<HTMLElement>('[data-once]');
    if (!button) return;
    if (button.getAttribute('aria-busy') === 'true') event.preventDefault();
    button.setAttribute('aria-busy', 'true');
  });
  addEventListener('pageshow', () => {
    document.querySelectorAll('[data-once]').forEach((one) => one.removeAttribute('aria-busy'));
  });
}

/** A photo that was taken goes on to be looked at by itself: no button is needed for it. */
function goOnWithPhoto(): void {
  document.querySelectorAll<HTMLElement>('[data-instead]').forEach((one) => {
    one.hidden = true;
  });
  document.addEventListener('change', ({ target }) => {
    const field = target instanceof HTMLInputElement && 'goes' in target.dataset ? target : null;
    if (field !== null && field.files?.length === 1) field.form?.submit();
  });
}

function endInTime(): void {
  document.querySelectorAll<HTMLElement>('[data-until]').forEach((one) => {
    setTimeout(
      () => {
        one.hidden = true;
      },
      Number(one.dataset['until']) * 1_000,
    );
  });
}

hearFaces();
hearVoice();
sendOnce();
endInTime();
goOnWithPhoto();
