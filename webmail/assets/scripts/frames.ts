/** A frame is no higher than this: whoever sends a letter of a kilometre has it scroll. */
const MOST_PX = 20_000;

/** Letters with a dress of their own have their natural height: nothing in their frame scrolls. */
export function fitFrames(): void {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>('.mail-html')) {
    frame.addEventListener('load', () => fit(frame));
    if (frame.contentDocument?.readyState === 'complete') fit(frame);
  }
}

/** They are measured anew where the page changes its width. */
export function keepFramesFit(): void {
  fitFrames();
  window.addEventListener('resize', () => {
    for (const frame of document.querySelectorAll<HTMLIFrameElement>('.mail-html')) fit(frame);
  });
}

function fit(frame: HTMLIFrameElement): void {
  const letter = frame.contentDocument?.documentElement;
  if (letter === undefined || letter === null) return;
  frame.style.height = '0';
  frame.style.height = `${Math.min(MOST_PX, letter.scrollHeight + 1)}px`;
}
